"""The way to an origin: pauses and the circuit breaker, shared by all who go it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import fault_server as fs
import pytest
from asking import PROMPT
from fault_server import FaultServer

from scriptgen.errors import FatalProviderError, ProviderError, ScriptgenError
from scriptgen.llm import CallPolicy, FakeClock, open_model
from scriptgen.llm.lane import COOL_DOWNS, UNREACHED, Lane, lane_to

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LONGEST = 120.0


def run(body: Callable[[Lane, FakeClock], Awaitable[None]]) -> None:
    clock = FakeClock()

    async def once() -> None:
        await body(Lane("http://model.test", clock), clock)

    asyncio.run(once())


async def request(lane: Lane, status: int | None) -> bool:
    """One request that is answered with ``status``; whether it tried an open circuit."""
    trying = await lane.enter(LONGEST)
    lane.heard(status, trying=trying)
    lane.leave(trying=trying)
    return trying


async def opened(lane: Lane) -> None:
    """A server that answered once and then was not reached by five calls."""
    await request(lane, 200)
    for _ in range(UNREACHED):
        await request(lane, None)
        lane.missed()


def test_four_calls_that_reach_nothing_leave_the_way_open() -> None:
    async def body(lane: Lane, clock: FakeClock) -> None:
        for _ in range(3):
            for _ in range(UNREACHED - 1):
                await request(lane, None)
                lane.missed()
            await request(lane, 500)
        assert clock.slept == []

    run(body)


def test_after_five_nothing_is_sent_for_a_cool_down_and_one_answer_opens_the_way() -> None:
    async def body(lane: Lane, clock: FakeClock) -> None:
        await opened(lane)
        assert await request(lane, 404) is True
        assert len(clock.slept) == 1
        assert COOL_DOWNS[0] <= clock.slept[0] <= COOL_DOWNS[0] * 1.1
        assert await request(lane, 200) is False
        assert len(clock.slept) == 1

    run(body)


def test_all_wait_while_one_tries_and_go_when_it_is_answered() -> None:
    async def body(lane: Lane, clock: FakeClock) -> None:
        await opened(lane)
        await clock.sleep(COOL_DOWNS[0] * 2)
        assert await lane.enter(LONGEST) is True
        others = [asyncio.create_task(lane.enter(LONGEST)) for _ in range(3)]
        await asyncio.sleep(0.01)
        assert not any(other.done() for other in others)
        lane.heard(200, trying=True)
        lane.leave(trying=True)
        assert await asyncio.gather(*others) == [False, False, False]

    run(body)


def test_a_try_that_is_cancelled_lets_another_try() -> None:
    async def body(lane: Lane, clock: FakeClock) -> None:
        await opened(lane)
        await clock.sleep(COOL_DOWNS[0] * 2)
        assert await lane.enter(LONGEST) is True
        other = asyncio.create_task(lane.enter(LONGEST))
        await asyncio.sleep(0)
        lane.leave(trying=True)
        assert await other is True

    run(body)


@pytest.mark.parametrize("status", [None, 502, 503, 504])
def test_a_server_that_stays_away_is_given_up_after_longer_and_longer_cool_downs(
    status: int | None,
) -> None:
    async def body(lane: Lane, clock: FakeClock) -> None:
        await opened(lane)
        for _ in COOL_DOWNS:
            assert await request(lane, status) is True
        assert all(
            least <= wait <= least * 1.1
            for least, wait in zip(COOL_DOWNS, clock.slept, strict=True)
        )
        with pytest.raises(FatalProviderError, match="by 5 calls in a row, nor by 4 tries"):
            await lane.enter(LONGEST)

    run(body)


def test_a_server_that_never_answered_is_given_up_at_once_and_tried_again_later() -> None:
    async def body(lane: Lane, clock: FakeClock) -> None:
        for _ in range(UNREACHED):
            await request(lane, None)
            lane.missed()
        with pytest.raises(FatalProviderError) as caught:
            await lane.enter(LONGEST)
        assert caught.value.code == "E_CONNECT"
        assert "check that a server answers" in (caught.value.hint or "")
        assert clock.slept == []
        await clock.sleep(COOL_DOWNS[0] * 2)
        assert await request(lane, 200) is True

    run(body)


def test_an_origin_has_one_lane_in_a_loop_and_another_in_the_next() -> None:
    async def lanes() -> tuple[Lane, Lane, Lane]:
        clock = FakeClock()
        return lane_to("a", clock), lane_to("a", FakeClock()), lane_to("b", clock)

    one, same, other = asyncio.run(lanes())
    assert one is same
    assert one is not other
    assert asyncio.run(lanes())[0] is not one


def test_two_models_of_one_origin_and_all_their_workers_keep_one_pause() -> None:
    """Each of twelve calls to two models waits out the pause that the first was asked for."""

    class ByHand(FakeClock):
        """Time moves when all are waiting."""

        def __init__(self) -> None:
            super().__init__()
            self.go = asyncio.Event()
            self.paused = asyncio.Event()

        async def sleep(self, seconds: float) -> None:
            self.slept.append(seconds)
            self.paused.set()
            if len(self.slept) == 12:
                self._elapsed += 40
                self.go.set()
            await self.go.wait()

    asked: list[float] = []

    def behave(_: fs.Request) -> fs.Behaviour:
        asked.append(len(clocks[0].slept))
        first = len(asked) == 1
        return fs.status(429, headers={"Retry-After": "30"}) if first else fs.reply()

    clocks: list[ByHand] = []

    async def many() -> None:
        clocks.append(ByHand())
        models = [
            open_model(name, base_url=server.base_url, environ={}, clock=clocks[0])
            for name in ("one", "two")
        ]
        first = asyncio.create_task(models[0].reply(PROMPT))
        await clocks[0].paused.wait()
        rest = [asyncio.create_task(models[i % 2].reply(PROMPT)) for i in range(11)]
        await asyncio.gather(first, *rest)
        for model in models:
            await model.close()

    with FaultServer(behave) as server:
        asyncio.run(many())
    assert asked == [0] + [12] * 12
    assert all(30 <= wait <= 33 for wait in clocks[0].slept)


def test_calls_to_a_dead_server_stop_after_the_fifth_without_another_connection() -> None:
    async def ten() -> list[ScriptgenError]:
        model = open_model(
            "m",
            base_url=server.base_url,
            environ={},
            clock=FakeClock(),
            policy=CallPolicy(attempts=2),
        )
        try:
            errors: list[ScriptgenError] = []
            for _ in range(10):
                try:
                    await model.reply(PROMPT)
                except ProviderError as error:
                    errors.append(error)
            return errors
        finally:
            await model.close()

    with FaultServer([fs.reset()]) as server:
        errors = asyncio.run(ten())
    assert {error.code for error in errors} == {"E_CONNECT"}
    assert [type(error) for error in errors] == [ProviderError] * 5 + [FatalProviderError] * 5
    assert len(server.requests) == 10
