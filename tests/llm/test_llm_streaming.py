"""Replies that are watched as they come, on real sockets: shown, kept whole, never half used."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from base64 import b64encode
from urllib.parse import quote as url_encoded

import fault_server as fs
import pytest
from asking import IMPATIENT, PROMPT, Kept, Purse, ask, ask_and_close, fail, model_at
from fault_server import FaultServer
from streams import GUARD, USAGE, chunk, event, events, sent, stream

from scriptgen.drafting.asking import stored_reply
from scriptgen.drafting.means import Means
from scriptgen.errors import OutputError, ReplyError
from scriptgen.ledger import Ledger
from scriptgen.llm import read_body
from scriptgen.llm.intake import Intake
from scriptgen.llm.keys import Secret
from scriptgen.prompt import JsonSchema, Usage
from scriptgen.prompting import call_key

PIECES = ["INT. BARN", " - DAY\n", "\nHay — é 干草."]
PAGE = "".join(PIECES)
KEY = "sk-canary/0123456789+abcdef"


class Watcher:
    """A tap that notes what it sees; ``seen`` is set by the first text."""

    def __init__(self) -> None:
        self.replies: list[str] = []
        self.ended = 0
        self.seen = threading.Event()

    def begin(self) -> None:
        self.replies.append("")

    def more(self, text: str) -> None:
        assert text
        self.replies[-1] += text
        self.seen.set()

    def end(self) -> None:
        self.ended += 1


def test_a_reply_is_watched_while_it_comes_and_kept_and_read_whole() -> None:
    watcher, kept, purse = Watcher(), Kept(), Purse()
    first, *rest = events(PIECES)
    # The server holds the rest back until the first piece was seen.
    with FaultServer([sent([first, rest[0], watcher.seen, *rest[1:]])]) as server:
        reply = ask(model_at(server, tap=watcher, sink=kept, budget=purse))
    assert reply.text == PAGE
    assert reply.usage == Usage(**USAGE)
    assert (reply.attempts, reply.finish_reason, reply.raw_id) == (1, "stop", "raw-1")
    assert (watcher.replies, watcher.ended) == ([PAGE], 1)
    assert kept.bodies == [stream(*PIECES)]
    assert purse.settled == [Usage(**USAGE)]
    request = server.requests[0]
    assert request.json()["stream"] is True
    assert request.json()["stream_options"] == {"include_usage": True}
    assert request.headers["x-stainless-retry-count"] == "0"


def test_without_a_watcher_or_for_json_nothing_is_streamed() -> None:
    with FaultServer() as server:
        ask(model_at(server))
        asked = PROMPT.model_copy(update={"json_schema": JsonSchema(name="brief", text="{}")})
        model = model_at(server, tap=Watcher())

        async def once() -> None:
            await model.reply(asked)
            await model.close()

        with contextlib.suppress(ReplyError):
            asyncio.run(once())
    assert server.requests
    assert not any("stream" in request.json() for request in server.requests)


@pytest.mark.parametrize("then", ["break", "reset"])
def test_a_stream_that_broke_off_is_kept_never_read_as_a_reply_and_begun_anew(then: str) -> None:
    watcher, kept, purse = Watcher(), Kept(), Purse()
    begun = events(PIECES)[:3]
    broken = sent([*begun, watcher.seen], then=then)  # type: ignore[arg-type]
    with FaultServer([broken, sent(events(PIECES))]) as server:
        reply = ask(model_at(server, tap=watcher, sink=kept, budget=purse))
    assert reply.text == PAGE
    assert (reply.attempts, len(server.requests)) == (2, 2)
    assert watcher.replies[1] == PAGE
    assert PAGE.startswith(watcher.replies[0])
    assert watcher.ended == 2
    assert kept.bodies[-1] == stream(*PIECES)
    assert kept.statuses == [200, 200]
    with pytest.raises(ReplyError, match="does not say that the reply is whole"):
        read_body(200, kept.bodies[0])
    assert purse.settled == [None, Usage(**USAGE)]


def test_a_stream_that_ends_without_its_end_mark_is_cut_off_and_not_asked_for_again() -> None:
    kept = Kept()
    for short in (events(PIECES)[:3], events(PIECES)[:-1]):
        with FaultServer([sent(short)]) as server:
            error = fail(model_at(server, tap=Watcher(), sink=kept))
        assert error.code == "E_TRUNCATED"
        assert len(server.requests) == 1
        assert kept.bodies[-1] == b"".join(short)


def test_a_stream_that_drips_for_ever_ends_at_its_deadline_and_what_came_is_kept() -> None:
    def drip() -> fs.Behaviour:
        letters = [chunk({"content": letter}) for letter in "abcdefghij" * 100]
        return sent([part for letter in letters for part in (letter, 0.02)])

    watcher, kept = Watcher(), Kept()
    with FaultServer([drip()]) as server:
        error = fail(model_at(server, tap=watcher, sink=kept, policy=IMPATIENT))
    assert error.code == "E_DEADLINE"
    assert len(server.requests) == 4
    assert len(kept.bodies) == 4
    assert [read_text(body) for body in kept.bodies] == watcher.replies
    assert all(watcher.replies)


def read_text(body: bytes) -> str:
    """The text in the events of ``body``."""
    documents = [json.loads(line[6:]) for line in body.splitlines() if line.startswith(b"data: {")]
    choices = [choice for each in documents for choice in each["choices"]]
    return "".join(choice["delta"].get("content", "") for choice in choices)


def test_comments_that_keep_a_silent_stream_alive_do_not_keep_it_past_its_deadline() -> None:
    beats: list[bytes | float] = [part for _ in range(1000) for part in (b": wait\n\n", 0.02)]
    kept = Kept()
    with FaultServer([sent(beats)]) as server:
        error = fail(model_at(server, tap=Watcher(), sink=kept, policy=IMPATIENT))
    assert error.code == "E_DEADLINE"
    assert len(server.requests) == 4


def test_a_stream_is_over_at_its_end_mark_even_if_the_connection_stays_open() -> None:
    with FaultServer([sent(events(PIECES), then="hang")]) as server:
        reply = ask(model_at(server, tap=Watcher()))
    assert reply.text == PAGE


def test_a_server_that_ignores_the_wish_for_a_stream_is_read_as_ever() -> None:
    watcher, kept = Watcher(), Kept()
    with FaultServer([fs.cut(), fs.reply(PAGE)]) as server:
        reply = ask(model_at(server, tap=watcher, sink=kept))
    assert reply.text == PAGE
    assert watcher.replies == ["", ""]
    # Half a plain body is no reply that anybody could have used.
    assert len(kept.bodies) == 1


@pytest.mark.parametrize("name", ["stream", "stream_options"])
def test_a_server_that_refuses_to_stream_by_name_is_asked_once_more_without(name: str) -> None:
    def strict(request: fs.Request) -> fs.Behaviour:
        if name not in request.json():
            return sent(events(PIECES)) if request.json().get("stream") else fs.reply(PAGE)
        error = {"message": f"Unsupported parameter: '{name}'", "param": name}
        return fs.body(json.dumps({"error": error}).encode(), code=400)

    with FaultServer(strict) as server:
        for requests in (2, 1):
            reply = ask(model_at(server, tap=Watcher()))
            assert (reply.text, reply.attempts) == (PAGE, requests)
            assert reply.dropped == ()
    assert [name in request.json() for request in server.requests] == [True, False, False]
    assert "stream_options" not in server.requests[-1].json()
    assert server.requests[-1].json().get("stream") is (None if name == "stream" else True)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (400, {"message": "Streaming is not supported for this model."}),
        (400, {"message": "model-1 does not support streaming", "code": None}),
        (501, {"message": "stream mode: not implemented"}),
        (
            400,
            {
                "message": "Your organization must be verified to stream this model.",
                "param": "stream",
                "code": "unsupported_value",
            },
        ),
    ],
)
def test_a_server_that_cannot_stream_and_says_so_in_words_is_asked_without(
    code: int, error: dict[str, object]
) -> None:
    def strict(request: fs.Request) -> fs.Behaviour:
        refusal = fs.body(json.dumps({"error": error}).encode(), code=code)
        return refusal if request.json().get("stream") else fs.reply(PAGE)

    with FaultServer(strict) as server:
        reply = ask(model_at(server, tap=Watcher()))
    assert (reply.text, reply.attempts) == (PAGE, 2)


def test_an_error_in_the_stream_is_decided_upon_like_any_other() -> None:
    kept = Kept()
    busy = event({"error": {"message": "overloaded", "type": "server_error"}})
    with FaultServer([sent([*events(PIECES)[:2], busy]), sent(events(PIECES))]) as server:
        assert ask(model_at(server, tap=Watcher(), sink=kept)).text == PAGE
    assert len(kept.bodies) == 2
    quota = event({"error": {"message": "no", "code": "insufficient_quota"}})
    with FaultServer([sent([quota])]) as server:
        assert fail(model_at(server, tap=Watcher())).code == "E_FATAL"
    assert len(server.requests) == 1


def test_the_body_of_an_error_status_is_neither_shown_nor_kept() -> None:
    watcher, kept = Watcher(), Kept()
    with FaultServer([fs.body(stream(*PIECES), code=400)]) as server:
        assert fail(model_at(server, tap=watcher, sink=kept)).code == "E_PROVIDER"
    assert watcher.replies == [""]
    assert kept.bodies == []


def test_a_stream_larger_than_the_cap_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scriptgen.llm.wire.LARGEST_BODY", 5_000)
    kept = Kept()
    endless = [chunk({"content": "and then " * 20})] * 100
    with FaultServer([sent(endless)]) as server:
        assert fail(model_at(server, tap=Watcher(), sink=kept)).code == "E_CONNECT"
    assert len(server.requests) == 4
    assert all(len(body) < 100_000 for body in kept.bodies)


def test_a_call_cancelled_in_the_middle_of_a_stream_keeps_what_came_and_ends_at_once() -> None:
    watcher, kept, purse = Watcher(), Kept(), Purse()

    async def cancel() -> None:
        task = asyncio.create_task(
            ask_and_close(model_at(server, tap=watcher, sink=kept, budget=purse))
        )
        assert await asyncio.to_thread(watcher.seen.wait, GUARD)
        task.cancel()
        await asyncio.wait([task], timeout=GUARD)
        assert task.cancelled()

    with FaultServer([sent(events(PIECES)[:3], then="hang")]) as server:
        asyncio.run(cancel())
    assert len(server.requests) == 1
    assert watcher.ended == 1
    assert len(kept.bodies) == 1
    assert purse.settled == [None]


def test_what_came_of_a_broken_stream_is_asked_for_again_only_if_it_could_be_stored() -> None:
    class Full:
        def store(self, *_: object) -> str:
            raise OutputError("E_NO_SPACE", "the disk is full")

    with FaultServer([sent(events(PIECES)[:3], then="break")]) as server:
        assert fail(model_at(server, tap=Watcher(), sink=Full())).code == "E_NO_SPACE"
    assert len(server.requests) == 1


def test_a_watcher_that_fails_is_left_alone_and_the_reply_comes_all_the_same() -> None:
    class Broken(Watcher):
        def more(self, text: str) -> None:
            super().more(text)
            raise ValueError("no")

    watcher = Broken()
    with FaultServer([sent(events(PIECES))]) as server:
        assert ask(model_at(server, tap=watcher)).text == PAGE
    assert PAGE.startswith(watcher.replies[0])
    assert watcher.ended == 0


@pytest.mark.parametrize(
    "said", [KEY, b64encode(KEY.encode()).decode(), url_encoded(KEY, safe=""), KEY.upper()]
)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_a_key_that_is_repeated_in_a_stream_is_neither_shown_nor_kept(said: str, size: int) -> None:
    watcher, kept = Watcher(), Kept()
    told = f"FADE IN: {said} sk-c"
    pieces = [told[at : at + size] for at in range(0, len(told), size)]
    with FaultServer([sent(events(pieces)), sent(events(pieces)[:-1], then="break")]) as server:
        model = model_at(server, key=KEY, tap=watcher, sink=kept)
        try:
            shown = ask(model).text
        except Exception as error:  # noqa: BLE001 - whatever it is, it is looked through
            shown = str(error)
    everything = "".join([*watcher.replies, shown, *map(read_text, kept.bodies)])
    assert said not in everything
    assert all(said.encode() not in body for body in kept.bodies)
    assert watcher.replies[0] == "FADE IN: [redacted] sk-c"


def test_an_intake_shows_what_is_no_secret_without_waiting() -> None:
    watcher = Watcher()
    intake = Intake(watcher, (Secret(KEY, name="K"),))
    intake.begin()
    intake.take(chunk({"content": "A lamp goes out"}))
    assert watcher.replies == ["A lamp goes out"]
    intake.take(chunk({"content": " sk"}))
    assert watcher.replies == ["A lamp goes out "]
    intake.take(chunk({"content": "y"}))
    assert watcher.replies == ["A lamp goes out sky"]


def test_what_came_of_a_broken_stream_is_never_reused_from_the_ledger(tmp_path: object) -> None:
    with (
        Ledger.open(f"{tmp_path}/ledger.sqlite3") as ledger,
        FaultServer(
            [sent(events(PIECES)[:3], then="break")] * 4 + [sent(events(PIECES))]
        ) as server,
    ):
        sink = ledger.sink(origin=server.origin)
        model = model_at(server, tap=Watcher(), sink=sink)
        means = Means(model=model, origin=server.origin, ledger=ledger)
        assert fail(model).code == "E_CONNECT"
        assert ledger.spent().replies == 4
        key = call_key(PROMPT, model=model.name, origin=server.origin, repeat=0)
        assert stored_reply(key, PROMPT, means) is None
        assert ask(model).text == PAGE
        found = stored_reply(key, PROMPT, means)
        assert found is not None
        assert (found.text, found.attempts, found.usage) == (PAGE, 0, Usage(**USAGE))
        assert ledger.spent().completion_tokens == USAGE["completion_tokens"]
