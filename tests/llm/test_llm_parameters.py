"""Parameters that a server refuses: left out once, remembered, and told of."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import fault_server as fs
from asking import PROMPT, Purse, ask, fail, model_at
from fault_server import FaultServer

if TYPE_CHECKING:
    from scriptgen.prompt import Reply


def refusing(*names: str) -> FaultServer:
    """A server that takes no request holding one of ``names``."""

    def behave(request: fs.Request) -> fs.Behaviour:
        held = [name for name in names if name in request.json()]
        if not held:
            return fs.reply()
        said = f"Unsupported parameter: '{held[0]}' is not supported with this model."
        return fs.status(400, message=said, error_code="unsupported_parameter", param=held[0])

    return FaultServer(behave)


def test_a_parameter_refused_by_name_is_left_out_at_once_and_told_of() -> None:
    purse = Purse()
    with refusing("temperature") as server:
        reply = ask(model_at(server, budget=purse))
    assert [sorted(r.json()) for r in server.requests] == [
        ["max_tokens", "messages", "model", "temperature"],
        ["max_tokens", "messages", "model"],
    ]
    assert (reply.attempts, reply.dropped) == (2, ("temperature",))
    assert len(purse.settled) == 2


def test_what_was_learnt_holds_for_the_next_call_and_for_another_client() -> None:
    with refusing("temperature") as server:
        ask(model_at(server))
        reply = ask(model_at(server))
    assert (reply.attempts, reply.dropped) == (1, ("temperature",))
    assert len(server.requests) == 3


def test_the_cap_on_tokens_is_renamed_before_it_is_left_out() -> None:
    with refusing("max_tokens") as server:
        reply = ask(model_at(server))
    assert server.requests[1].json()["max_completion_tokens"] == 900
    assert (reply.attempts, reply.dropped) == (2, ())
    with refusing("max_tokens", "max_completion_tokens") as server:
        reply = ask(model_at(server))
    assert (reply.attempts, reply.dropped) == (3, ("max_tokens",))


def test_calls_at_once_that_are_refused_together_all_end_well() -> None:
    async def together() -> list[Reply]:
        model = model_at(server)
        try:
            return await asyncio.gather(*(model.reply(PROMPT) for _ in range(8)))
        finally:
            await model.close()

    with refusing("temperature", "max_tokens") as server:
        replies = asyncio.run(together())
    assert max(reply.attempts for reply in replies) <= 3
    assert {reply.dropped for reply in replies} == {("temperature",)}


def test_a_server_that_goes_on_refusing_what_is_not_sent_gets_no_third_request() -> None:
    with FaultServer([fs.status(400, param="temperature")]) as server:
        assert fail(model_at(server)).code == "E_PROVIDER"
    assert len(server.requests) == 2
