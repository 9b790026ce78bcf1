"""What was spent, what is left and what may come: status, dry run, doctor, runs and settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

PAGE = """\
INT. LAMP ROOM - NIGHT

MARA VANCE stands at the window with a lantern. OLD TEODOR stops in the doorway.

TEODOR
You should have told me.

MARA
I did tell you.
"""
MODEL = ("--model", "scripted:page.txt")


@pytest.fixture
def seeds(essay: Path, tmp_path: Path) -> Path:
    """Ten essays, and a model that is rehearsed and has a price."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    text = essay.read_text(encoding="utf-8")
    for number in range(10):
        (folder / f"e{number}.txt").write_text(text.replace("wet coat", f"{number} wet coats"))
    essay.unlink()
    (tmp_path / "page.txt").write_text(PAGE)
    (tmp_path / "scriptgen.toml").write_text(
        '[prices."scripted:page.txt"]\ninput = 100\noutput = 1000\n'
        '[models."other"]\ncontext_tokens = 8192\n'
    )
    return folder


def test_a_dry_run_tells_the_least_and_the_most_and_asks_for_nothing(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    result = program("batch", "--dry-run", *MODEL, "--max-cost", "90")
    assert result.returncode == 0, result.stderr
    assert "10 of 10 essays would be drafted by scripted:page.txt" in result.stderr
    assert "10 to 20 calls, " in result.stderr
    assert " USD, calls that fail apart" in result.stderr
    assert "the caps leave 90.00 USD of 90.00" in result.stderr
    assert not (program.cwd / "outputs").exists()
    lines = program("batch", "--dry-run", *MODEL, "--json").stdout.splitlines()
    assert len(lines) == 11
    assert json.loads(lines[0])["tokens"] > 50
    told = json.loads(lines[-1])
    assert told["type"] == "forecast"
    assert (told["low"]["calls"], told["high"]["calls"], told["currency"]) == (10, 20, "USD")
    assert 0 < told["low"]["cost"] < told["high"]["cost"]
    assert told["high"]["completion_tokens"] == 2 * 10 * 16_000


def test_what_is_spent_lies_between_the_least_and_the_most_that_were_told(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    lines = program("batch", "--dry-run", *MODEL, "--revisions", "0", "--json").stdout
    told = json.loads(lines.splitlines()[-1])
    ran = program("batch", *MODEL, "--revisions", "0", "--json")
    assert ran.returncode == 0, ran.stderr
    summary = json.loads(ran.stdout.splitlines()[-1])
    assert summary["requests"] == told["low"]["calls"] == told["high"]["calls"]
    for name in ("prompt_tokens", "completion_tokens", "cost"):
        assert summary[name] <= told["high"][name]
    assert summary["prompt_tokens"] >= told["low"]["prompt_tokens"]
    assert f"{summary['cost']:,.2f} USD" in ran.stderr
    status = program("batch", *MODEL, "--revisions", "0", "--status", "--max-calls", "12")
    assert "spent so far: 10 calls, " in status.stderr
    assert "the caps leave 2 of 12 calls" in status.stderr
    record = json.loads(program("batch", *MODEL, "--status", "--json").stdout)["spent"]
    assert record["calls"] == 10
    assert record["costs"]["USD"] == pytest.approx(summary["cost"])
    doctor = program("doctor").stdout
    assert "spent: 10 calls, " in doctor
    shown = program("runs", "show", "last").stdout
    assert "cost       0." in shown
    assert shown.count(" USD") >= 2, "the cost and the price it was reckoned with"
    nothing_left = program("batch", "--dry-run", *MODEL, "--revisions", "0").stderr
    assert "0 of 10 essays would be drafted" in nothing_left


def test_a_dry_run_says_how_many_essays_may_be_too_long(program: Program, seeds: Path) -> None:
    (seeds / "long.txt").write_text("Mara waits in the lamp room. " * 900)
    flags = (*MODEL, "--set", "max_tokens=1000")
    result = program("batch", "--dry-run", *flags, env={"SCRIPTGEN_CONTEXT_TOKENS": "9000"})
    assert "1 essay may be too long for it" in result.stderr, result.stderr


def test_without_a_price_nothing_is_said_to_cost_nothing(program: Program, seeds: Path) -> None:
    assert seeds.is_dir()
    (program.cwd / "scriptgen.toml").unlink()
    assert "unpriced" in program("batch", "--dry-run", *MODEL).stderr
    ran = program("batch", "seeds/e0.txt", *MODEL, "--json")
    summary = json.loads(ran.stdout.splitlines()[-1])
    assert (summary["cost"], summary["currency"]) == (None, None)
    assert "unpriced" in ran.stderr
    assert "cost       unpriced" in program("runs", "show", "last").stdout
    assert "1 call unpriced" in program("doctor").stdout
    again = program("batch", "--status", "--json").stdout
    assert json.loads(again)["spent"]["costs"] == {}


def test_offline_drafts_spend_nothing_and_say_nothing_of_it(program: Program, seeds: Path) -> None:
    assert seeds.is_dir()
    ran = program("batch", "seeds/e0.txt")
    assert "unpriced" not in ran.stderr
    assert "cost" not in program("runs", "show", "last").stdout
    assert "spent: nothing" in program("doctor").stdout
    assert "offline, nothing is spent" in program("batch", "--dry-run", "--fresh").stderr


def test_config_show_has_the_caps_the_prices_and_the_limits_of_every_model(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    result = program("config", "show", *MODEL, "--max-cost", "5", "--max-tokens", "7")
    rows = {line.split()[0]: line for line in result.stdout.splitlines() if line}
    assert rows["max_cost"].split() == ["max_cost", "5.0", "flag"]
    assert rows["max_total_tokens"].split() == ["max_total_tokens", "7", "flag"]
    assert "100 in, 1000 out USD" in rows["prices"]
    assert "scriptgen.toml" in rows["prices"]
    told = json.loads(program("config", "show", "--json").stdout)
    assert told["prices"]["scripted:page.txt"]["output"] == 1000
    assert told["models"]["other"] == {"context_tokens": 8192}
    plain = program("config", "show").stdout
    assert 'prices."scripted:page.txt"' in plain
    assert 'models."other"' in plain
