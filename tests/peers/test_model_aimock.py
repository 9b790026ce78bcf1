"""Our client against aimock, a chat server that others wrote; its journal counts the requests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from asking import IMPATIENT
from model_peers import Peer, call, folder, running

from scriptgen.errors import FatalProviderError
from scriptgen.llm import CallPolicy, FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.peers

TEXT = "FADE IN:"


def _error(status: int, kind: str, **more: Any) -> dict[str, Any]:
    said = {"message": "as ordered", "type": kind, "code": kind}
    return {"response": {"error": said, "status": status, **more}}


def _good(**more: Any) -> dict[str, Any]:
    return {"response": {"content": TEXT}, **more}


ROWS: dict[str, tuple[dict[str, Any], str, int]] = {
    # the model that is asked for: (what it does, reply or error code, requests)
    "good": (_good(), TEXT, 1),
    "slow": (_good(chaos={"latencyMs": 150}), TEXT, 1),
    "quota": (_error(429, "insufficient_quota"), "E_FATAL", 1),
    "key": (_error(401, "invalid_api_key"), "E_FATAL", 1),
    "unknown": (_error(404, "model_not_found"), "E_FATAL", 1),
    "request": (_error(400, "invalid_request_error"), "E_PROVIDER", 1),
    "broken": (_error(500, "server_error"), "E_PROVIDER", 4),
    "down": (_error(503, "server_error"), "E_PROVIDER", 4),
    "limit": (_good(chaos={"rateLimitRate": 1}), "E_PROVIDER", 4),
    "reset": (_good(chaos={"disconnectRate": 1}), "E_CONNECT", 4),
    "hang": (_good(chaos={"latencyMs": 30_000}), "E_DEADLINE", 4),
    "malformed": (_good(chaos={"malformedRate": 1}), "E_PROTOCOL", 3),
    "length": ({"response": {"content": TEXT, "finishReason": "length"}}, "E_TRUNCATED", 1),
    "filter": ({"response": {"content": "", "finishReason": "content_filter"}}, "E_FILTERED", 1),
    "empty": ({"response": {"content": ""}}, "E_EMPTY_REPLY", 2),
}
IN_TURN: dict[str, list[dict[str, Any]]] = {
    "busy": [_error(429, "rate_limit_exceeded", retryAfter=7), _good()],
    "long pause": [_error(429, "rate_limit_exceeded", retryAfter=3_600), _good()],
    "four in a row": [_error(503, "server_error")] * 3 + [_good()],
}


def _fixtures() -> list[dict[str, Any]]:
    always = [{"match": {"model": name}, **row[0]} for name, row in ROWS.items()]
    in_turn = [
        {"match": {"model": name, "sequenceIndex": number}, **step}
        for name, steps in IN_TURN.items()
        for number, step in enumerate(steps)
    ]
    whole = {"match": {"model": "streamed"}, **_good(chunkSize=3)}
    cut = {"match": {"model": "cut stream"}, **_good(truncateAfterChunks=1, chunkSize=3)}
    return [*always, *in_turn, whole, cut]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """The server, with a model for each fault."""
    fixtures: Path = tmp_path_factory.mktemp("aimock") / "fixtures.json"
    fixtures.write_text(json.dumps({"fixtures": _fixtures()}), encoding="utf-8")
    program = folder() / "node_modules/@copilotkit/aimock/dist/cli.cjs"
    options = ("-p", "0", "-h", "127.0.0.1", "--strict", "--journal-max", "0", "-f", fixtures)
    with running("node", program, *options) as peer:
        yield peer


def check_journal(server: Peer, model: str, requests: int) -> None:
    """By the server's own record so many came in for ``model``, none as a retry of the SDK.

    Of a request that the client gave up before its answer it keeps none.
    """
    entries = [
        entry
        for entry in server.ask("GET", "/__aimock/journal?path=/v1/chat/completions")
        if entry["body"]["model"] == model
    ]
    assert len(entries) == requests
    assert {entry["headers"]["x-stainless-retry-count"] for entry in entries} == {"0"}


@pytest.mark.parametrize("model", ROWS)
def test_each_answer_has_its_end_and_its_number_of_requests(model: str, server: Peer) -> None:
    _, said, requests = ROWS[model]
    end = call(server, model=model, policy=IMPATIENT if model == "hang" else None)
    assert (end.said, end.requests) == (said, requests)
    assert isinstance(end.error, FatalProviderError) is (said == "E_FATAL")
    assert end.error is None or end.error.where == server.origin
    if model != "hang":
        check_journal(server, model, requests)


def test_a_wait_that_is_asked_for_is_kept(server: Peer) -> None:
    clock = FakeClock()
    end = call(server, model="busy", clock=clock)
    assert (end.said, end.requests) == (TEXT, 2)
    assert end.reply is not None
    assert end.reply.usage.total_tokens
    assert 7 <= max(clock.slept) <= 7.7
    check_journal(server, "busy", 2)


def test_an_hour_is_not_waited_for(server: Peer) -> None:
    clock = FakeClock()
    end = call(server, model="long pause", clock=clock)
    assert (end.said, end.requests, clock.slept) == ("E_PROVIDER", 1, [])
    assert "asks to retry at" in str(end.error)
    check_journal(server, "long pause", 1)


def test_the_last_attempt_may_still_succeed(server: Peer) -> None:
    end = call(server, model="four in a row", policy=CallPolicy(attempts=4))
    assert (end.said, end.requests) == (TEXT, 4)
    check_journal(server, "four in a row", 4)


class Watcher:
    """A tap that joins what it sees."""

    def __init__(self) -> None:
        self.seen = ""

    def begin(self) -> None:
        self.seen = ""

    def more(self, text: str) -> None:
        self.seen += text

    def end(self) -> None:
        pass


def test_a_stream_is_watched_and_read_as_a_whole(server: Peer) -> None:
    watcher = Watcher()
    end = call(server, model="streamed", tap=watcher)
    assert (end.said, end.requests, end.kept, watcher.seen) == (TEXT, 1, 1, TEXT)
    check_journal(server, "streamed", 1)


def test_a_stream_that_breaks_off_is_never_taken_for_a_whole(server: Peer) -> None:
    watcher = Watcher()
    end = call(server, model="cut stream", tap=watcher)
    assert end.reply is None
    assert end.said in ("E_CONNECT", "E_TRUNCATED")
    assert watcher.seen != TEXT
