"""``--annotate`` of ``draft`` and ``batch``, with a scripted model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

PAGE = (
    "INT. LAMP ROOM - NIGHT\n\nMara stands at the window with a lantern in her hand.\n\n"
    "TEODOR\nYou should have told me.\n\nMARA\nI did tell you.\n\nTeodor takes off his wet coat.\n"
)
MAPPING = {"pieces": [{"piece": 2, "sources": ["b02"]}, {"piece": 5, "sources": ["b77"]}]}


@pytest.fixture
def scripted(program: Program) -> str:
    """A model that writes the page and then says what it plays."""
    steps = json.dumps([PAGE, json.dumps(MAPPING)])
    (program.cwd / "replies.json").write_text(steps, encoding="utf-8")
    return "scripted:replies.json"


def test_an_annotated_draft_has_its_sources_in_notes(
    program: Program, essay: Path, scripted: str
) -> None:
    args = ("draft", essay.name, "--model", scripted, "--annotate", "--revisions", "0")
    done = program(*args, "--json")
    (made,) = json.loads(done.stdout)["drafts"]
    run = made["run"]
    assert [call["purpose"] for call in run["calls"]] == ["draft", "annotate"]
    assert run["report"]["figures"]["sources_claimed"] == 2
    assert "[[b" in (program.cwd / made["path"]).read_text(encoding="utf-8")
    shown = program("runs", "show", "last").stdout
    assert "annotate" in shown
    again = program("runs", "replay", "last")
    assert again.returncode == 0


def test_a_batch_annotates_too_and_its_forecast_counts_the_call(
    program: Program, essay: Path, scripted: str
) -> None:
    args = ("batch", essay.name, "--model", scripted, "--revisions", "0")
    plain, more = (program(*args, *flags, "--dry-run") for flags in ((), ("--annotate",)))
    assert "1 call" in plain.stdout + plain.stderr
    assert "2 calls" in more.stdout + more.stderr
    assert program(*args, "--annotate").returncode == 0
    assert "annotate" in program("runs", "show", "last").stdout


def test_without_a_model_it_has_no_effect_and_that_is_said(program: Program, essay: Path) -> None:
    done = program("draft", essay.name, "--annotate")
    assert done.returncode == 0
    assert "without a model these had no effect: --annotate" in done.stderr
