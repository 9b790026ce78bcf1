"""Caps on calls, tokens and money: the program as a process, a server that fails as it is told."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from fault_server import Behaviour, FaultServer, Request, body, completion, hang, reply, status

from scriptgen.ledger import Account, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.cli.conftest import Program

PAGE = """\
INT. LAMP ROOM - NIGHT

MARA VANCE stands at the window with a lantern. OLD TEODOR stops in the doorway.

TEODOR
You should have told me.

MARA
I did tell you.

Teodor takes off his wet coat and sits down.
"""
ESSAYS = 12
FAILED = status(500, headers={"retry-after-ms": "1"})


@pytest.fixture
def seeds(essay: Path, tmp_path: Path) -> Path:
    """A dozen essays, each another one."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    text = essay.read_text(encoding="utf-8")
    for number in range(ESSAYS):
        (folder / f"e{number:02}.txt").write_text(text.replace("wet coat", f"{number} wet coats"))
    essay.unlink()
    return folder


@pytest.fixture
def prices(tmp_path: Path) -> None:
    """A price for the model."""
    (tmp_path / "scriptgen.toml").write_text(
        '[prices."loopback-1"]\ninput = 2\noutput = 10\ncurrency = "EUR"\n'
    )


def account(program: Program) -> Account:
    with Ledger.open(
        program.cwd / "outputs" / ".scriptgen" / "ledger.sqlite3", create=False
    ) as ledger:
        return ledger.account()


def batch(
    program: Program, server: FaultServer, *flags: str, attempts: int = 4
) -> CompletedProcess[str]:
    """A batch without revisions, four essays at a time."""
    return program(
        *("batch", "--model", "loopback-1", "--base-url", server.base_url, "-j", "4"),
        *("--revisions", "0", *flags),
        env={"SCRIPTGEN_ATTEMPTS": str(attempts)},
    )


def failing_once() -> Callable[[Request], Behaviour]:
    """The first request for each essay fails, the next gets its page."""
    seen: set[bytes] = set()

    def behave(request: Request) -> Behaviour:
        if request.body in seen:
            return reply(PAGE)
        seen.add(request.body)
        return FAILED

    return behave


def used(prompt: int, completion_: int) -> Behaviour:
    usage = {"prompt_tokens": prompt, "completion_tokens": completion_}
    return body(json.dumps({**completion(PAGE), "usage": usage}).encode())


def summary(result: CompletedProcess[str]) -> dict[str, object]:
    told = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(told, dict)
    return told


def test_a_cap_on_calls_is_reached_in_the_middle_with_failing_replies_and_holds(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    with FaultServer(failing_once()) as server:
        first = batch(program, server, "--max-calls", "9")
        assert len(server.requests) == 9, "failed attempts are calls too"
        assert first.returncode == 4, first.stderr
        assert "the cap of 9 calls is reached: 9 are made [E_BUDGET]" in first.stderr
        assert "--max-calls 18 goes on" in first.stderr
        assert "still to do" in first.stderr
        assert "goes on from here" not in first.stderr, "it would stop at once"
        again = batch(program, server, "--max-calls", "9")
        assert len(server.requests) == 9, "the same command spends nothing more"
        assert (again.returncode, "[E_BUDGET]" in again.stderr) == (4, True)
        assert account(program).calls == 9
        on = batch(program, server, "--max-calls", "900", "--json")
        told = summary(on)
        assert (on.returncode, told["todo"], told["failed"]) == (0, 0, [])
        assert len(server.requests) == account(program).calls == 2 * ESSAYS


def test_work_that_a_cap_kept_from_being_done_is_still_to_do(program: Program, seeds: Path) -> None:
    assert seeds.is_dir()
    with FaultServer([reply(PAGE)]) as server:
        batch(program, server, "--max-calls", "5")
        told = batch(program, server, "--status", "--max-calls", "5", "--json")
    status_told = summary(told)
    assert (status_told["done"], status_told["failed"], status_told["todo"]) == (5, 0, 7)
    assert "no failed runs" in program("runs", "failed").stderr, "no model was asked in vain"


def test_a_reply_that_was_paid_for_stays_on_record_when_a_cap_stops_the_next_try(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    with FaultServer([reply("Cheese is lovely.")]) as server:
        off_task = batch(program, server, "seeds/e00.txt")
        assert "[E_OFF_TASK]" in off_task.stderr
        batch(program, server, "seeds/e00.txt", "--retry-failed", "--max-calls", "1")
    (failed,) = json.loads(program("runs", "failed", "--json").stdout)["failed"]
    assert failed["code"] == "E_OFF_TASK"


def test_a_batch_names_its_own_flag_that_asks_again(program: Program, seeds: Path) -> None:
    assert seeds.is_dir()
    with FaultServer([reply("Cheese is lovely."), reply(PAGE)]) as server:
        told = batch(program, server, "seeds/e00.txt")
        assert "--fresh" not in told.stderr, "in a batch it would pay for what is done, too"
        assert "--retry-failed asks the model again" in told.stderr
        assert batch(program, server, "seeds/e00.txt", "--retry-failed").returncode == 0


def test_what_the_server_failed_is_said_to_be_asked_for_again(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    with FaultServer([FAILED, FAILED, reply(PAGE)]) as server:
        told = batch(program, server, "seeds/e0*.txt", attempts=1)
        assert "2 failed" in told.stderr
        assert "the same command asks again for 2 of the failed" in told.stderr
        again = batch(program, server, "seeds/e0*.txt", attempts=1)
        assert (again.returncode, "asks again" in again.stderr) == (0, False)


def test_a_cap_on_tokens_counts_what_the_server_said_and_what_is_on_its_way(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    cap = 100_000
    with FaultServer([used(3000, 9000)]) as server:
        result = batch(program, server, "--max-tokens", str(cap), "--json")
        told = summary(result)
        assert result.returncode == 4
        stopped = told["stopped"]
        assert isinstance(stopped, dict)
        assert stopped["code"] == "E_BUDGET"
        assert "tokens would be passed" in str(stopped["message"])
        assert "--max-tokens 200000 goes on" in str(stopped["hint"])
        spent = account(program)
        assert spent.tokens == 12_000 * len(server.requests) <= cap
        assert 0 < len(server.requests) < ESSAYS + 1


@pytest.mark.usefixtures("prices")
def test_a_cap_on_money_holds_across_commands_and_the_summary_tells_the_cost(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    with FaultServer([used(4000, 15_000)]) as server:  # 0.158 EUR a call
        spent = 0.0
        while True:
            before = len(server.requests)
            result = batch(program, server, "--max-cost", "1.50", "--json")
            told = summary(result)
            if len(server.requests) == before:
                break
            assert told["currency"] == "EUR"
            assert told["cost"] == pytest.approx(0.158 * (len(server.requests) - before))
            spent += float(str(told["cost"]))
        assert spent <= 1.50
        assert spent == pytest.approx(0.158 * len(server.requests))
        assert told["cost"] is None, "nothing was asked for the last time"
        assert result.returncode == 4
        assert "--max-cost 3.00 goes on" in result.stderr
        assert "the cap of 1.50 EUR would be passed" in result.stderr


def test_a_cap_on_money_without_a_price_is_refused_before_any_request(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    with FaultServer([reply(PAGE)]) as server:
        for command in ("batch", "draft"):
            result = program(
                *(command, "seeds/e00.txt", "--max-cost", "1"),
                *("--model", "loopback-1", "--base-url", server.base_url),
            )
            assert result.returncode == 3
            assert "loopback-1 has none [E_CONFIG]" in result.stderr
            assert '[prices."loopback-1"]' in result.stderr
        assert server.requests == []


def test_a_cap_on_tokens_needs_a_template_that_bounds_its_reply(
    program: Program, essay: Path
) -> None:
    mine = program.cwd / "mine.jinja"
    mine.write_text(
        '+++\nkind = "draft"\n+++\n{% block system %}Write.{% endblock %}\n'
        "{% block user %}{{ essay }}{% endblock %}\n"
    )
    with FaultServer([reply(PAGE)]) as server:
        flags = ("-t", str(mine), "--model", "m", "--base-url", server.base_url)
        capped = (*flags, "--max-tokens", "50000")
        refused = program("draft", essay.name, *capped)
        assert (refused.returncode, len(server.requests)) == (3, 0)
        assert "--set max_tokens=16000" in refused.stderr
        bounded = program("draft", essay.name, *capped, "--set", "max_tokens=900")
        assert bounded.returncode == 0, bounded.stderr
        assert server.requests[0].json()["max_tokens"] == 900


def test_several_drafts_stop_at_the_cap_with_one_message(program: Program, seeds: Path) -> None:
    names = sorted(f"seeds/{each.name}" for each in seeds.iterdir())
    with FaultServer([reply(PAGE)]) as server:
        result = program(
            *("draft", *names, "--max-calls", "2", "--revisions", "0"),
            *("--model", "m", "--base-url", server.base_url),
        )
        assert len(server.requests) == 2
    assert result.stderr.count("[E_BUDGET]") == 1
    assert len(result.stdout.splitlines()) == 2


def test_processes_at_work_together_share_a_cap(program: Program, seeds: Path) -> None:
    names = sorted(f"seeds/{each.name}" for each in seeds.iterdir())
    with FaultServer(failing_once()) as server:
        flags = ("--model", "m", "--base-url", server.base_url, "--revisions", "0")
        results: list[CompletedProcess[str]] = []

        def draft(some: Sequence[str]) -> None:
            results.append(program("draft", *some, *flags, "--max-calls", "10"))

        threads = [threading.Thread(target=draft, args=(names[n::3],)) for n in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(server.requests) == 10
    assert any("[E_BUDGET]" in result.stderr for result in results)
    assert (account(program).calls, account(program).estimated) == (10, 0)


def test_killed_in_the_middle_the_sums_tell_no_less_than_was_asked_for(
    program: Program, seeds: Path
) -> None:
    assert seeds.is_dir()
    answered = threading.Event()

    def behave(request: Request) -> Behaviour:
        assert request.body
        if len(server.requests) > 6:
            answered.set()
            return hang()
        return used(1000, 500)

    with FaultServer(behave) as server:
        flags = ("--model", "m", "--base-url", server.base_url, "-j", "4", "--revisions", "0")
        with program.started("batch", *flags) as running:
            assert answered.wait(60)
            running.send(9)
            running.wait()
        spent = account(program)
        assert spent.calls >= len(server.requests)
        assert 1 <= spent.estimated <= 4
        assert spent.tokens >= 6 * 1500
        made = len(server.requests)
        result = batch(program, server, "--max-calls", str(spent.calls))
        assert len(server.requests) == made, "what was on its way when it died is counted"
        assert "[E_BUDGET]" in result.stderr


@pytest.mark.usefixtures("prices")
def test_a_reply_without_usage_is_told_as_an_estimate_and_never_as_free(
    program: Program, essay: Path
) -> None:
    document = completion(PAGE)
    del document["usage"]
    with FaultServer([body(json.dumps(document).encode())]) as server:
        flags = ("--model", "loopback-1", "--base-url", server.base_url)
        result = program("draft", essay.name, *flags, "--json")
    assert result.returncode == 0, result.stderr
    (draft,) = json.loads(result.stdout)["drafts"]
    assert draft["run"]["cost"] > 0.16, "the whole of the reply that was set aside"
    assert draft["run"]["calls"][0]["estimated"] == 1
    shown = program("runs", "show", "last").stdout
    assert "EUR (1 request estimated)" in shown
    assert "1 call estimated" in program("doctor").stdout


@pytest.mark.parametrize("priced", [True, False])
def test_a_summary_counts_the_estimated_tokens_that_the_ledger_counts(
    program: Program, seeds: Path, request: pytest.FixtureRequest, *, priced: bool
) -> None:
    assert seeds.is_dir()
    if priced:
        request.getfixturevalue("prices")
    document = completion(PAGE)
    del document["usage"]
    with FaultServer([body(json.dumps(document).encode())]) as server:
        told = batch(program, server, "seeds/e0*.txt")
    spent = account(program)
    assert spent.tokens > 16_000
    assert f"10 requests, {spent.tokens:,} tokens ({spent.prompt_tokens:,} sent" in told.stderr
    assert "(10 requests estimated)" in told.stderr


@pytest.mark.parametrize(
    "usage",
    [
        None,
        "many",
        {"prompt_tokens": "11", "completion_tokens": None},
        {"prompt_tokens": -1, "completion_tokens": 1e300},
        {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        {"prompt_tokens": True, "completion_tokens": 7.5, "prompt_tokens_details": []},
        {
            "prompt_tokens": 11,
            "completion_tokens": 7,
            "prompt_tokens_details": {"cached_tokens": 900},
            "completion_tokens_details": {"reasoning_tokens": None},
        },
    ],
)
@pytest.mark.usefixtures("prices")
def test_no_usage_however_odd_keeps_a_draft_from_being_made_or_makes_it_free(
    usage: object, program: Program, essay: Path
) -> None:
    document = {**completion(PAGE), "usage": usage}
    with FaultServer([body(json.dumps(document).encode())]) as server:
        flags = ("--model", "loopback-1", "--base-url", server.base_url)
        result = program("draft", essay.name, *flags, "--json")
    assert result.returncode == 0, result.stderr
    (draft,) = json.loads(result.stdout)["drafts"]
    assert draft["run"]["cost"] > 0


def test_what_is_cached_is_paid_for_at_its_own_price(program: Program, essay: Path) -> None:
    (program.cwd / "scriptgen.toml").write_text(
        '[prices."m"]\ninput = 2\noutput = 10\ncached_input = 0.5\n'
    )
    usage = {
        "prompt_tokens": 3000,
        "completion_tokens": 1000,
        "prompt_tokens_details": {"cached_tokens": 2000},
        "completion_tokens_details": {"reasoning_tokens": 400},
    }
    document = {**completion(PAGE), "usage": usage}
    with FaultServer([body(json.dumps(document).encode())]) as server:
        flags = ("--model", "m", "--base-url", server.base_url)
        result = program("draft", essay.name, *flags, "--json")
    (draft,) = json.loads(result.stdout)["drafts"]
    assert draft["run"]["usage"]["cached_tokens"] == 2000
    assert draft["run"]["usage"]["reasoning_tokens"] == 400
    assert draft["run"]["cost"] == pytest.approx((1000 * 2 + 2000 * 0.5 + 1000 * 10) / 1e6)
    assert draft["run"]["currency"] == "USD"


@pytest.mark.usefixtures("prices")
def test_what_could_not_be_used_is_in_the_cost_of_the_run(program: Program, essay: Path) -> None:
    lost = {**completion(PAGE), "choices": []}
    with FaultServer([body(json.dumps(lost).encode()), FAILED, reply(PAGE)]) as server:
        flags = ("--model", "loopback-1", "--base-url", server.base_url)
        result = program("draft", essay.name, *flags, "--json")
        assert len(server.requests) == 3
    (draft,) = json.loads(result.stdout)["drafts"]
    assert draft["run"]["requests"] == 3
    assert draft["run"]["cost"] == pytest.approx(2 * (11 * 2 + 7 * 10) / 1e6)
    assert account(program).calls == 3


def test_a_prompt_that_does_not_fit_is_refused_with_both_numbers_and_not_sent(
    program: Program, essay: Path
) -> None:
    (program.cwd / "scriptgen.toml").write_text('[models."m"]\ncontext_tokens = 1000\n')
    with FaultServer([reply(PAGE)]) as server:
        flags = ("--model", "m", "--base-url", server.base_url)
        result = program("draft", essay.name, *flags)
        assert (result.returncode, len(server.requests)) == (4, 0)
        assert "m takes 1,000 in all [E_TOO_LONG]" in result.stderr
        assert "its reply 16,000" in result.stderr
        assert "context_tokens" in result.stderr
        again = program("batch", essay.name, *flags)
        assert (again.returncode, len(server.requests)) == (4, 0)
        (program.cwd / "scriptgen.toml").write_text("context_tokens = 100000\n")
        on = program("batch", essay.name, *flags, "--retry-failed")
        assert (on.returncode, len(server.requests)) == (0, 1), on.stderr
