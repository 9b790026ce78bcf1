"""A thousand calls to a server of which one answer in five is a fault."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from asking import PROMPT, AnyPrompt
from model_server import RATES, ModelServer

from scriptgen.llm import CallPolicy, FakeClock, open_model

if TYPE_CHECKING:
    from scriptgen.prompt import Prompt, Reply

CALLS, AT_ONCE, MOST_REQUESTS_A_CALL = 1_000, 64, 1.3
PATIENT = CallPolicy(attempts=8, malformed=3)
SEEDS = (20_261_121, 7)


def _prompt(number: int) -> Prompt:
    system, user = PROMPT.messages
    asked = user.model_copy(update={"content": f"{user.content} {number}"})
    return PROMPT.model_copy(update={"messages": (system, asked)})


async def _all(server: ModelServer, desk: AnyPrompt, clock: FakeClock) -> list[Reply]:
    model = open_model(
        "loopback-1",
        base_url=server.base_url,
        environ={},
        sink=desk,
        budget=desk,
        clock=clock,
        policy=PATIENT,
    )
    replies: dict[int, Reply] = {}
    numbers = iter(range(CALLS))

    async def work() -> None:
        for number in numbers:
            replies[number] = await model.reply(_prompt(number))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
    finally:
        await model.close()
    return list(replies.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_call_of_a_thousand_ends_well_through_a_fault_in_five_answers(seed: int) -> None:
    desk, clock = AnyPrompt(), FakeClock()

    async def run() -> tuple[ModelServer, list[Reply]]:
        async with ModelServer(faults=seed, keep=True) as server:
            return server, await _all(server, desk, clock)

    server, replies = asyncio.run(run())
    requests = len(server.requests)
    assert (len(replies), server.outcomes["good"]) == (CALLS, CALLS)
    assert {reply.finish_reason for reply in replies} == {"stop"}
    assert requests == sum(reply.attempts for reply in replies) == server.outcomes.total()
    assert requests <= CALLS * MOST_REQUESTS_A_CALL
    assert max(reply.attempts for reply in replies) <= PATIENT.attempts
    for fault, share in RATES.items():
        assert share / 2 < server.outcomes[fault] / requests < share * 2, fault
    assert server.most <= AT_ONCE
    assert {r.headers["x-stainless-retry-count"] for r in server.requests} == {"0"}
    _no_request_is_made_for_nothing(server, desk, clock)


def _no_request_is_made_for_nothing(server: ModelServer, desk: AnyPrompt, clock: FakeClock) -> None:
    """Each has its reservation, each paid body is kept, each request to wait is heeded."""
    bodies = Counter(request.body for request in server.requests)
    assert len(bodies) == CALLS
    assert (desk.reserved, desk.settled) == (len(server.requests),) * 2
    assert desk.stored == server.outcomes["good"] + server.outcomes["malformed"]
    assert sum(wait >= 1 for wait in clock.slept) >= 1
    assert sum(1 <= wait <= 1.1 for wait in clock.slept) >= server.outcomes["429"]
