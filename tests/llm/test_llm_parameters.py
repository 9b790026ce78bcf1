"""Parameters that a server refuses: left out once, remembered, and told of."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import fault_server as fs
import pytest
from asking import PROMPT, Kept, Purse, ask, fail, model_at
from fault_server import FaultServer

from scriptgen.ledger import Ledger
from scriptgen.llm import CallPolicy, FakeClock, open_model
from scriptgen.llm.profile import forget

if TYPE_CHECKING:
    from pathlib import Path

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


def test_what_was_learnt_outlives_the_process_in_the_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger, refusing("temperature") as server:
        ask(model_at(server, memory=ledger))
        assert ledger.recall(server.origin, "loopback-1") == {"temperature": "refused"}
        forget(server.origin)
        assert ask(model_at(server, memory=ledger)).attempts == 1
        ledger.forget_lessons()
        forget(server.origin)
        assert ask(model_at(server, memory=ledger)).attempts == 2
    assert len(server.requests) == 5


def test_what_one_model_refuses_another_of_the_same_origin_gets() -> None:
    with refusing("temperature") as server:
        ask(model_at(server))
        other = open_model("loopback-2", base_url=server.base_url, environ={}, clock=FakeClock())
        ask(other)
    assert "temperature" in server.requests[2].json()


def test_an_adaptation_counts_as_no_attempt_and_is_made_at_once() -> None:
    clock = FakeClock()

    def behave(request: fs.Request) -> fs.Behaviour:
        asked = request.json()
        name = next((name for name in ("temperature", "max_tokens") if name in asked), None)
        return fs.status(400, param=name) if name else fs.status(503)

    with FaultServer(behave) as server:
        error = fail(model_at(server, clock=clock, policy=CallPolicy(attempts=3)))
    # Refused for temperature, for max_tokens, then three attempts.
    assert [sorted(r.json().keys() - {"model", "messages"}) for r in server.requests] == [
        ["max_tokens", "temperature"],
        ["max_tokens"],
        ["max_completion_tokens"],
        ["max_completion_tokens"],
        ["max_completion_tokens"],
    ]
    assert "5 attempts" in error.message
    assert len(clock.slept) == 2
    assert {r.headers["x-stainless-retry-count"] for r in server.requests} == {"0"}


def test_a_400_that_names_nothing_is_not_asked_again() -> None:
    with FaultServer([fs.status(400, message="Your request was rejected.")]) as server:
        assert fail(model_at(server)).code == "E_PROVIDER"
    assert len(server.requests) == 1


def test_a_cap_that_the_server_finds_too_large_is_never_left_out() -> None:
    said = "max_tokens is too large: 900. This model supports at most 400 completion tokens."
    behaviour = fs.status(400, message=said, param="max_tokens", error_code="invalid_value")
    with FaultServer([behaviour]) as server:
        error = fail(model_at(server))
    assert "too large" in error.message
    assert "--set max_tokens=VALUE" in (error.hint or "")
    assert len(server.requests) == 1


@pytest.mark.parametrize(("characters", "taken"), [(900 * 8, True), (900 * 8 + 1, False)])
def test_a_reply_far_longer_than_the_cap_is_kept_and_not_taken(
    characters: int, *, taken: bool
) -> None:
    kept = Kept()
    with FaultServer([fs.reply("x" * characters)]) as server:
        model = model_at(server, sink=kept)
        if taken:
            assert len(ask(model).text) == characters
        else:
            error = fail(model)
            assert (error.code, error.exit_code) == ("E_OVERLONG", 5)
    assert (len(server.requests), len(kept.bodies)) == (1, 1)


def test_the_servers_name_for_its_set_up_and_all_that_it_counts_are_told() -> None:
    document = {
        **fs.completion(),
        "system_fingerprint": "fp_9",
        "usage": {
            "prompt_tokens": 11,
            "completion_tokens": 7,
            "total_tokens": 18,
            "prompt_tokens_details": {"cached_tokens": 4},
            "completion_tokens_details": {"reasoning_tokens": 3},
        },
    }
    with FaultServer([fs.body(json.dumps(document).encode())]) as server:
        reply = ask(model_at(server))
    assert reply.fingerprint == "fp_9"
    assert (reply.usage.cached_tokens, reply.usage.reasoning_tokens) == (4, 3)
