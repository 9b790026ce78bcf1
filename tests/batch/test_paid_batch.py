"""Many essays through a paid model: nothing is paid twice, nothing paid is lost."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.batch import BatchOptions, BatchResult, Means, arun_batch, exit_code
from scriptgen.costs import BILLION, Caps, Price
from scriptgen.drafting import DraftOptions, path, publishing, replay
from scriptgen.errors import OutputError, ProviderError
from scriptgen.ledger import Ledger, State
from scriptgen.llm import CallPolicy, FakeClock, ScriptedModel, open_model
from scriptgen.llm.served import Answer, ServedModel, Unreached
from scriptgen.outputs import publish
from scriptgen.reader import find_essays

if TYPE_CHECKING:
    from pathlib import Path

    from scriptgen.llm.profile import Sending
    from scriptgen.prompt import Prompt, Reply, Usage
    from tests.batch.conftest import Studio

NO_QUOTA = {"error": 429, "code": "insufficient_quota"}
CUT = {"text": "INT. KITCHEN - NI", "finish_reason": "length"}
DOWN = {"error": 503}
PAGE = "INT. KITCHEN - NIGHT\n\nAnna waits.\n"
PRICE = Price(input=2.0, output=10.0)


class StartingAnew:
    """A transport whose server is away for a time (seconds, from and until)."""

    origin = "http://127.0.0.1:1"
    secrets = ()

    def __init__(self, clock: FakeClock, *, away: tuple[float, float]) -> None:
        self.clock = clock
        self.away = away

    def open(self) -> None:
        pass

    async def send(self, prompt: Prompt, sending: Sending) -> Answer:
        del prompt, sending
        await self.clock.sleep(0.1)
        begins, ends = self.away
        if begins < self.clock.monotonic() < ends:
            raise Unreached(ProviderError("E_CONNECT", "nobody answers"), sent=False)
        said = {"choices": [{"message": {"content": PAGE}, "finish_reason": "stop"}]}
        return Answer(200, {}, json.dumps(said).encode())

    async def close(self) -> None:
        pass


class Killed(BaseException):
    """Stands for the end of the process."""


def test_each_essay_is_paid_for_once_and_a_second_run_pays_nothing(studio: Studio) -> None:
    model = studio.model()
    first = studio.run(model)
    assert (first.done, first.requests, model.requests) == (3, 3, 3)
    assert first.prompt_tokens > 0
    assert first.completion_tokens > 0
    second = studio.run(model)
    assert (second.skipped, second.requests, model.requests) == (3, 0, 3)
    assert second.prompt_tokens == 0
    assert (first.currency, second.cost) == ("USD", None)
    assert first.cost == PRICE.of(first.prompt_tokens, first.completion_tokens) / BILLION


def test_the_costs_of_the_drafts_add_up_to_that_of_the_batch(studio: Studio) -> None:
    result = studio.run(studio.model(DOWN, PAGE, attempts=2))
    costs = [item.run.cost for item in studio.heard.items if item.run]
    assert None not in costs
    assert result.cost == pytest.approx(sum(cost or 0 for cost in costs))
    assert (result.requests, result.estimated) == (4, 0)
    assert studio.ledger.account().cost == result.cost


def test_a_twin_from_the_record_cost_nothing(studio: Studio) -> None:
    studio.run(studio.model())
    studio.write(twin="Anna waits.")
    studio.run(studio.model())
    (twin,) = (item.run for item in studio.heard.items if item.name == "twin" and item.run)
    assert (twin.cost, twin.requests, twin.currency) == (0.0, 0, "USD")


def test_the_sockets_are_looked_after_between_two_essays_however_many_run_at_once(
    studio: Studio,
) -> None:
    for number in range(20):
        studio.write(**{f"e{number:02}": f"Essay{number} waits."})
    model, looked = studio.model(), 0
    turns: list[int] = []

    async def counting() -> None:
        loop = asyncio.get_running_loop()

        def look() -> None:
            nonlocal looked
            looked += 1
            loop.call_soon(look)

        look()
        await arun_batch(
            find_essays([str(studio.essays)]).essays,
            Means(DraftOptions(revisions=0), model, "http://model.test", studio.ledger),
            outputs=studio.outputs,
            options=BatchOptions(jobs=20),
        )

    studio.harm = lambda _: turns.append(looked)
    asyncio.run(counting())
    assert model.requests == len(turns) == 23
    # Two that were prepared while the loop was busy may be sent in one turn of it.
    assert len(set(turns)) > len(turns) // 2


@pytest.mark.parametrize("fresh", [False, True])
def test_two_essays_with_one_text_are_paid_for_once(studio: Studio, *, fresh: bool) -> None:
    studio.write(twin="Anna waits.", third="Anna waits.")
    studio.run(studio.model())
    model = studio.model()
    result = studio.run(model, fresh=fresh)
    assert model.requests == (3 if fresh else 0)
    assert (result.done, result.skipped) == ((5, 0) if fresh else (0, 5))


def test_another_model_template_or_setting_is_other_work(studio: Studio) -> None:
    studio.run(studio.model())
    again = studio.model()
    studio.run(again, revisions=1)
    assert again.requests == 0, "the same calls: their replies are on record"
    assert len(list(studio.ledger.runs())) == 6


def test_a_quota_that_is_used_up_stops_the_batch_and_leaves_the_rest(studio: Studio) -> None:
    for number in range(20):
        studio.write(**{f"e{number:02}": f"Essay{number} waits."})
    model = studio.model(PAGE, PAGE, NO_QUOTA, attempts=4)
    result = studio.run(model, jobs=2)
    assert (result.done, result.todo, result.failed) == (2, 21, ())
    assert result.stopped is not None
    assert result.stopped.code == "E_FATAL"
    assert model.requests <= 2 + 2
    assert exit_code(result) == 4
    assert State.FAILED not in studio.ledger.counts()
    later = studio.model()
    assert studio.run(later).done == 21
    assert later.requests == 21


def test_a_server_that_is_down_for_one_essay_is_asked_again_by_the_next_run(
    studio: Studio,
) -> None:
    result = studio.run(studio.model(DOWN, PAGE), jobs=1)
    assert [failure.code for failure in result.failed] == ["E_PROVIDER"]
    assert exit_code(result) == 1
    later = studio.model()
    assert studio.run(later).done == 1
    assert later.requests == 1


def test_a_reply_that_cannot_be_used_is_asked_for_again_only_when_told(studio: Studio) -> None:
    result = studio.run(studio.model(CUT, PAGE), jobs=1)
    assert [(failure.name, failure.code) for failure in result.failed] == [("a", "E_TRUNCATED")]
    assert studio.ledger.counts() == {State.FAILED: 1, State.DONE: 2}
    model = studio.model()
    again = studio.run(model)
    assert model.requests == 0
    assert again.failed[0].hint is not None
    assert "--retry-failed" in again.failed[0].hint
    assert again.failed[0].exit_code == 5
    assert studio.run(model, retry_failed=True).done == 1
    assert model.requests == 1


def test_a_server_that_cannot_be_reached_is_left_in_peace(studio: Studio) -> None:
    for number in range(20):
        studio.write(**{f"e{number:02}": f"Essay{number} waits."})
    nowhere = open_model("m", base_url="http://127.0.0.1:1/v1", environ={}, clock=FakeClock())
    result = studio.run(nowhere, jobs=1)
    assert result.stopped is not None
    assert result.stopped.code == "E_CONNECT"
    assert (len(result.failed), result.todo) == (5, 18)
    assert studio.ledger.counts() == {State.TODO: 6}
    assert exit_code(result) == 4


def test_a_server_that_starts_anew_stops_no_batch(studio: Studio) -> None:
    for number in range(40):
        studio.write(**{f"e{number:02}": f"Essay{number} waits."})
    clock = FakeClock()
    model = ServedModel(
        "m",
        StartingAnew(clock, away=(2, 100)),
        sink=studio.ledger.sink(origin="http://model.test"),
        budget=None,
        clock=clock,
        policy=CallPolicy(),
    )
    result = studio.run(model, jobs=8)
    assert result.stopped is None
    assert {failure.code for failure in result.failed} == {"E_CONNECT"}
    assert len(result.failed) <= 8
    assert result.done + len(result.failed) == 43
    assert studio.run(model).done == len(result.failed)


@pytest.mark.parametrize("caps", [Caps(calls=7), Caps(tokens=140_000), Caps(cost=1.4)])
@pytest.mark.parametrize("jobs", [1, 4])
def test_a_cap_that_is_reached_is_never_passed_and_a_raised_one_goes_on(
    caps: Caps, jobs: int, studio: Studio
) -> None:
    for number in range(20):
        studio.write(**{f"e{number:02}": f"Essay{number} waits."})
    model = studio.model(DOWN, PAGE, DOWN, DOWN, PAGE, PAGE, attempts=3, caps=caps)
    result = studio.run(model, jobs=jobs)
    if caps.calls is not None:
        assert model.requests == caps.calls
        assert result.stopped is not None
        assert (result.stopped.code, exit_code(result)) == ("E_BUDGET", 4)
        assert result.done + result.todo == 23
    spent = studio.ledger.account()
    assert spent.calls == model.requests == result.requests
    assert caps.tokens is None or spent.tokens <= caps.tokens
    assert caps.cost is None or spent.costs["USD"] <= caps.cost * BILLION
    assert State.FAILED not in studio.ledger.counts()
    assert studio.run(studio.model(caps=Caps(calls=900))).todo == 0
    assert len(studio.drafts()) == 23


def test_near_a_cap_fewer_are_at_work_and_all_the_room_is_used(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        studio.write(**{f"e{number:02}": f"Essay{number} waits."})
    studio.run(studio.model(), jobs=1)
    before = studio.ledger.account()
    caps = Caps(tokens=2 * before.tokens + 60_000)
    model = studio.model(caps=caps)
    send, under_way = model._script.send, [0]

    async def slow(*args: Any) -> Answer:
        under_way.append(under_way[-1] + 1)
        for _ in range(9):
            await asyncio.sleep(0)
        under_way.append(under_way[-1] - 1)
        return await send(*args)

    monkeypatch.setattr(model._script, "send", slow)
    result = studio.run(model, jobs=12, fresh=True)
    assert (result.todo, result.stopped, model.requests) == (0, None, 23)
    assert 2 <= max(under_way) < 12
    assert studio.ledger.account().tokens == 2 * before.tokens <= (caps.tokens or 0)


def test_a_revision_that_a_cap_refuses_leaves_the_first_page_standing(studio: Studio) -> None:
    unlike = "INT. KITCHEN - NIGHT\n\nAnna waits.\n\nSTRANGER\nNobody said this.\n"
    result = studio.run(studio.model(unlike, caps=Caps(calls=1)), revisions=1, jobs=1)
    assert (result.done, result.todo) == (1, 2)
    assert result.stopped is not None
    assert result.stopped.code == "E_BUDGET"


def test_a_cap_stops_the_batch_and_leaves_the_rest(studio: Studio) -> None:
    class TwoCalls:
        calls = 0

        def reserve(self, prompt: Prompt) -> str:
            if self.calls == 2:
                raise ProviderError("E_BUDGET", "two calls are made", where=prompt.template)
            self.calls += 1
            return str(self.calls)

        def settle(self, reservation: str, usage: Usage | None) -> None:
            del reservation, usage

    model = ScriptedModel([PAGE], sink=studio.ledger.sink(origin="o"), budget=TwoCalls())
    result = studio.run(model, jobs=1)
    assert (result.done, result.todo) == (2, 1)
    assert exit_code(result) == 4


POINTS = (
    "calling",
    "before storing",
    "after storing",
    "got",
    "add_run",
    "begin_file",
    "publish before",
    "publish after",
    "finish",
)


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_a_second_run_finishes_without_paying_twice(
    point: str, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = studio.model()
    kill_at(point, monkeypatch)
    with pytest.raises(Killed):
        studio.run(model, jobs=1)
    paid = model.requests
    assert paid <= 1
    monkeypatch.undo()
    later, result = finish(studio, monkeypatch)
    assert (result.done + result.skipped, result.failed) == (3, ())
    assert set(studio.drafts()) == {"a.fountain", "b.fountain", "c.fountain"}
    lost = 1 if point == "before storing" else 0
    assert paid + later.requests == 3 + lost
    assert studio.ledger.counts() == {State.DONE: 3}
    assert result.kept == 0
    assert studio.ledger.account().calls == paid + later.requests
    assert studio.ledger.account().estimated == 0
    assert all(replay(run, studio.ledger).same for run in studio.ledger.runs())


def kill_at(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begin, add_reply = Ledger.begin, Ledger.add_reply

    def stop(*_: object, **__: object) -> None:
        raise Killed

    def begin_or_stop(*args: Any, state: State, **options: Any) -> None:
        begin(*args, state=state, **options)
        if state == point:
            raise Killed

    def add_and_stop(*args: Any, **options: Any) -> None:
        add_reply(*args, **options)
        raise Killed

    def publish_and_stop(*args: Any, **options: Any) -> None:
        publish(*args, **options)
        raise Killed

    faults: dict[str, tuple[object, str, object]] = {
        "calling": (Ledger, "begin", begin_or_stop),
        "got": (Ledger, "begin", begin_or_stop),
        "before storing": (Ledger, "add_reply", stop),
        "after storing": (Ledger, "add_reply", add_and_stop),
        "publish before": (publishing, "publish", stop),
        "publish after": (publishing, "publish", publish_and_stop),
    }
    monkeypatch.setattr(*faults.get(point, (Ledger, point, stop)))


def finish(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> tuple[ScriptedModel, BatchResult]:
    """Run again; undoing the fault undid the stand-in for the parser too."""
    monkeypatch.setattr(path, "parse_with_pack", studio.parse)
    later = studio.model()
    return later, studio.run(later)


def test_a_disk_that_fills_stops_the_batch_and_no_paid_reply_is_lost(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = studio.model()
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr(os, "replace", full)
        result = studio.run(model, jobs=1)
    assert result.stopped is not None
    assert (result.stopped.code, result.done, result.todo) == ("E_NO_SPACE", 0, 3)
    assert exit_code(result) == 6
    assert studio.drafts() == {}
    assert studio.run(model).done == 3
    assert model.requests == 3


def test_every_paid_reply_that_could_not_be_stored_is_counted_in_the_summary(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OutputError("E_NO_SPACE", "the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "add_reply", full)
        patch.setattr(Ledger, "settle", full)
        result = studio.run(studio.model(), jobs=3)
    assert result.stopped is not None
    assert "a reply came and could not be stored" in result.stopped.message
    assert (result.todo, result.lost) == (3, 3)


def test_cancelled_calls_are_not_counted_as_failures(studio: Studio) -> None:
    class Cancelling(ScriptedModel):
        async def reply(self, prompt: Prompt) -> Reply:
            batch.cancel()
            await asyncio.sleep(60)
            return await super().reply(prompt)

    batch: asyncio.Task[BatchResult]

    async def interrupted() -> None:
        nonlocal batch
        means = Means(DraftOptions(), Cancelling([PAGE]), "o", studio.ledger)
        sources = find_essays([str(studio.essays)]).essays
        batch = asyncio.create_task(
            arun_batch(sources, means, outputs=studio.outputs, progress=studio.heard)
        )
        await batch

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(interrupted())
    (result,) = studio.heard.results
    assert (result.failed, result.todo, result.interrupted) == ((), 3, True)
    assert studio.run(studio.model()).done == 3


def test_a_stored_reply_is_not_asked_for_again_even_where_the_run_was_lost(
    studio: Studio,
) -> None:
    model = studio.model()
    studio.run(model)
    studio.ledger._db.executescript("DELETE FROM runs; DELETE FROM work;")
    assert studio.run(model).done == 3
    assert model.requests == 3


CHILD = """
import os, sys
from pathlib import Path
from scriptgen.batch import Means, run_batch
from scriptgen.drafting import DraftOptions
from scriptgen.ledger import Ledger
from scriptgen.llm import ScriptedModel
from scriptgen.reader import find_essays

ledger = Ledger.open(sys.argv[2] + "/.scriptgen/ledger.sqlite3")

class Sink:
    def store(self, *told):
        stored = ledger.sink(origin="http://model.test").store(*told)
        print("paid", flush=True)
        sys.stdin.readline()
        return stored

run_batch(
    find_essays([sys.argv[1]]).essays,
    Means(DraftOptions(revisions=0), ScriptedModel([sys.argv[3]], sink=Sink()),
          "http://model.test", ledger),
    outputs=Path(sys.argv[2]),
)
"""


def test_a_killed_process_leaves_leases_that_the_next_one_takes_over(
    tmp_path: Path,
) -> None:
    essays, outputs = tmp_path / "essays", tmp_path / "outputs"
    essays.mkdir()
    for name in ("Anna", "Bela"):
        (essays / f"{name}.txt").write_text(f"{name} waits in the kitchen.", encoding="utf-8")
    command = [sys.executable, "-c", CHILD, str(essays), str(outputs), PAGE]
    paid = 0
    for attempt in range(3):
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            assert child.stdin is not None
            if attempt < 2:
                assert child.stdout.readline() == "paid\n"
                child.kill()
                child.wait()
                paid += 1
            else:
                paid += child.communicate("\n" * 9)[0].count("paid")
                assert child.returncode == 0
    assert paid == 2
    assert sorted(each.name for each in outputs.glob("*.fountain")) == [
        "Anna.fountain",
        "Bela.fountain",
    ]
    with Ledger.open(outputs / ".scriptgen" / "ledger.sqlite3") as ledger:
        assert ledger.counts() == {State.DONE: 2}
        assert [replay(run, ledger).same for run in ledger.runs()] == [True, True]


def test_a_draft_restored_from_the_record_counts_no_requests(studio: Studio) -> None:
    model = studio.model()
    assert studio.run(model).requests == 3
    for draft in studio.outputs.glob("*.fountain"):
        draft.unlink()
    again = studio.run(model)
    assert (again.done, again.requests, again.prompt_tokens) == (3, 0, 0)
