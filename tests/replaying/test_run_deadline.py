"""One draft has so much time for all its calls; what it has when that is over stands."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from lamp_room import ESSAY as TEXT
from lamp_room import LACKING, WHOLE

from scriptgen.drafting import DraftOptions, Means, draft_file, replay
from scriptgen.drafting.path import draft_with
from scriptgen.errors import ProviderError
from scriptgen.ledger import Ledger, State
from scriptgen.llm import CallPolicy, FakeClock, ScriptedModel, SystemClock
from scriptgen.llm.served import ServedModel
from scriptgen.reader import essay_from_text

if TYPE_CHECKING:
    from pathlib import Path

    from scriptgen.llm.profile import Sending
    from scriptgen.llm.served import Answer
    from scriptgen.prompt import Prompt, Reply

ORIGIN = "http://model.test"
ESSAY = essay_from_text(TEXT, source="essay.txt")
BUSY = {"error": 429, "retry_after": 60}


class Slow(ScriptedModel):
    """A model whose replies take their time."""

    def __init__(self, steps: Any, clock: FakeClock, ledger: Ledger, *, takes: float) -> None:
        super().__init__(
            steps,
            clock=clock,
            sink=ledger.sink(origin=ORIGIN),
            policy=CallPolicy(attempts=9, total=10_000),
        )
        self._time, self._takes = clock, takes

    async def reply(self, prompt: Prompt) -> Reply:
        reply = await super().reply(prompt)
        await self._time.sleep(self._takes)
        return reply


def means(ledger: Ledger, *steps: object, takes: float, seconds: float = 100.0) -> Means:
    clock = FakeClock()
    model = Slow(steps, clock, ledger, takes=takes)
    return Means(DraftOptions(run_deadline=seconds), model, ORIGIN, ledger, clock=clock)


@pytest.mark.parametrize("takes", [100.0, 5_000.0])
def test_a_revision_is_not_begun_when_the_time_is_over(takes: float, ledger: Ledger) -> None:
    given = means(ledger, LACKING, WHOLE, takes=takes)
    run = asyncio.run(draft_with(ESSAY, given))
    assert "TEODOR" not in run.draft
    assert run.requests == 1
    assert [call.error for call in run.calls] == [None, "E_DEADLINE"]
    assert run.report.findings[-1].code == "E_DEADLINE"
    assert "longer than 100 seconds" in run.report.findings[-1].message
    assert replay(run, ledger).same


def test_a_revision_that_waits_for_a_server_leaves_the_first_page_standing(ledger: Ledger) -> None:
    given = means(ledger, LACKING, BUSY, takes=30.0)
    run = asyncio.run(draft_with(ESSAY, given))
    assert given.clock.monotonic() <= 100 * 1.1
    assert "TEODOR" not in run.draft
    assert run.calls[-1].error is not None
    assert run.calls[-1].purpose == "revise"
    assert replay(run, ledger).same


def test_a_revision_within_the_time_is_made(ledger: Ledger) -> None:
    run = asyncio.run(draft_with(ESSAY, means(ledger, LACKING, WHOLE, takes=49.0)))
    assert "TEODOR" in run.draft
    assert [call.error for call in run.calls] == [None, None]


def test_a_reply_on_record_takes_no_time(ledger: Ledger) -> None:
    asyncio.run(draft_with(ESSAY, means(ledger, WHOLE, takes=0.0)))
    for table in ("runs", "work"):
        ledger._db.execute(f"DELETE FROM {table}")  # noqa: S608 - constant
    given = means(ledger, "unused", takes=0.0, seconds=1e-9)
    assert asyncio.run(draft_with(ESSAY, given)).requests == 0


class Silent:
    """A transport to a server that never answers."""

    origin = ORIGIN
    secrets = ()

    def open(self) -> None:
        """Nothing to get ready."""

    async def send(self, prompt: Prompt, sending: Sending) -> Answer:
        del prompt, sending
        await asyncio.Event().wait()
        raise AssertionError

    async def close(self) -> None:
        """Nothing is held open."""


def test_a_first_call_is_broken_off_when_the_time_is_over_and_its_work_is_left_to_do(
    ledger: Ledger, tmp_path: Path
) -> None:
    model = ServedModel(
        "m", Silent(), sink=None, budget=None, clock=SystemClock(), policy=CallPolicy()
    )
    given = Means(DraftOptions(run_deadline=0.05), model, ORIGIN, ledger)
    with pytest.raises(ProviderError) as caught:
        asyncio.run(draft_file(ESSAY, given, root=tmp_path / "outputs", target="essay.fountain"))
    assert caught.value.code == "E_DEADLINE"
    assert "run_deadline" in str(caught.value.hint)
    assert ledger.counts() == {State.TODO: 1}
    (failed,) = ledger.all_failed()
    assert [call.error for call in failed.calls] == ["E_DEADLINE"]
