"""The transport against a server that fails to order, on real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import threading
import time
from typing import TYPE_CHECKING

import fault_server as fs
import pytest
from asking import IMPATIENT, PROMPT, Kept, Purse, ask, ask_and_close, fail, model_at
from fault_server import FaultServer

from scriptgen.errors import FatalProviderError, OutputError, ProviderError, ReplyError, SetupError
from scriptgen.llm import CallPolicy, FakeClock, open_model
from scriptgen.prompt import Usage

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

    from scriptgen.prompt import Reply

NOTHING = Usage(prompt_tokens=0, completion_tokens=0, total_tokens=0)


def html(code: int = 200) -> fs.Behaviour:
    return fs.body(b"<html><h1>Bad gateway</h1></html>", code=code)


def document(content: object) -> fs.Behaviour:
    return fs.body(json.dumps(content).encode())


FAULTS = {
    # name: (behaviour, class, code, requests)
    "429 with Retry-After": (
        fs.status(429, headers={"Retry-After": "7"}),
        ProviderError,
        "E_PROVIDER",
        4,
    ),
    "408": (fs.status(408), ProviderError, "E_PROVIDER", 4),
    "409": (fs.status(409), ProviderError, "E_PROVIDER", 4),
    "425": (fs.status(425), ProviderError, "E_PROVIDER", 4),
    "500": (fs.status(500), ProviderError, "E_PROVIDER", 4),
    "503": (fs.status(503), ProviderError, "E_PROVIDER", 4),
    "502 with HTML": (html(502), ProviderError, "E_PROVIDER", 4),
    "reset": (fs.reset(), ProviderError, "E_CONNECT", 4),
    "closed without a byte": (fs.raw(b""), ProviderError, "E_CONNECT", 4),
    "no HTTP": (fs.raw(b"SSH-2.0-x\r\n\r\n"), ProviderError, "E_CONNECT", 4),
    "cut body": (fs.cut(), ProviderError, "E_CONNECT", 4),
    "false gzip": (
        fs.body(b"abc", headers={"Content-Encoding": "gzip"}),
        ProviderError,
        "E_CONNECT",
        4,
    ),
    "garbage for a chunk": (fs.garbled(), ProviderError, "E_CONNECT", 4),
    "empty body": (fs.body(b""), ProviderError, "E_PROTOCOL", 3),
    "malformed JSON": (fs.body(b'{"choices": ['), ProviderError, "E_PROTOCOL", 3),
    "not UTF-8": (fs.body(b'{"choices": "\xff\xfe"}'), ProviderError, "E_PROTOCOL", 3),
    "HTML": (html(), ProviderError, "E_PROTOCOL", 3),
    "a list": (document([]), ProviderError, "E_PROTOCOL", 3),
    "null": (document(None), ProviderError, "E_PROTOCOL", 3),
    "choices null": (document({"choices": None}), ProviderError, "E_PROTOCOL", 3),
    "choices empty": (document({"choices": []}), ProviderError, "E_PROTOCOL", 3),
    "error in a 200": (document({"error": {"message": "busy"}}), ProviderError, "E_PROTOCOL", 3),
    "fatal error in a 200": (
        document({"error": {"message": "no", "code": 402}}),
        FatalProviderError,
        "E_FATAL",
        1,
    ),
    "content is a number": (document(fs.completion(7)), ProviderError, "E_PROTOCOL", 3),
    "empty content": (fs.reply(""), ReplyError, "E_EMPTY_REPLY", 2),
    "null content": (fs.reply(None), ReplyError, "E_EMPTY_REPLY", 2),
    "length": (fs.reply(finish_reason="length"), ReplyError, "E_TRUNCATED", 1),
    "no finish reason": (fs.reply(finish_reason=None), ReplyError, "E_TRUNCATED", 1),
    "content filter": (fs.reply(finish_reason="content_filter"), ReplyError, "E_FILTERED", 1),
    "refusal": (document(fs.completion(None, refusal="I won't")), ReplyError, "E_REFUSED", 1),
    "400": (fs.status(400), ProviderError, "E_PROVIDER", 1),
    "422": (fs.status(422), ProviderError, "E_PROVIDER", 1),
    "too long": (
        fs.status(400, error_code="context_length_exceeded"),
        ProviderError,
        "E_TOO_LONG",
        1,
    ),
    "too long, in words": (
        fs.status(400, message="This model's maximum context length is 4096 tokens. You asked for"),
        ProviderError,
        "E_TOO_LONG",
        1,
    ),
    "400 model_not_found": (
        fs.status(400, error_code="model_not_found"),
        FatalProviderError,
        "E_FATAL",
        1,
    ),
    "401": (fs.status(401), FatalProviderError, "E_FATAL", 1),
    "402": (fs.status(402), FatalProviderError, "E_FATAL", 1),
    "403": (fs.status(403), FatalProviderError, "E_FATAL", 1),
    "404": (fs.status(404, error_code="model_not_found"), FatalProviderError, "E_FATAL", 1),
    "insufficient quota": (
        fs.status(429, error_code="insufficient_quota"),
        FatalProviderError,
        "E_FATAL",
        1,
    ),
    "x-should-retry: false": (
        fs.status(503, headers={"x-should-retry": "false"}),
        ProviderError,
        "E_PROVIDER",
        1,
    ),
    "101": (fs.raw(b"HTTP/1.1 101 Switch\r\n\r\n"), ProviderError, "E_PROVIDER", 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_error_and_its_number_of_requests(name: str) -> None:
    behaviour, kind, code, requests = FAULTS[name]
    with FaultServer([behaviour]) as server:
        error = fail(model_at(server))
    assert type(error) is kind
    assert error.code == code
    assert error.where == server.origin
    assert len(server.requests) == requests
    assert {r.headers["x-stainless-retry-count"] for r in server.requests} == {"0"}


def test_malformed_replies_are_counted_apart_from_the_attempts() -> None:
    malformed, busy = fs.body(b'{"choices": ['), fs.status(503)
    policy = CallPolicy(attempts=8)
    with FaultServer([malformed, busy, malformed, busy, busy, fs.reply()]) as server:
        assert ask(model_at(server, policy=policy)).attempts == 6
    with FaultServer([malformed, busy, malformed, busy, malformed, fs.reply()]) as server:
        error = fail(model_at(server, policy=policy))
    assert (error.code, len(server.requests)) == ("E_PROTOCOL", 5)


@pytest.mark.parametrize("behaviour", [fs.hang(), fs.drip()], ids=["hang", "drip"])
def test_an_attempt_ends_at_its_deadline_however_the_server_holds_it(
    behaviour: fs.Behaviour,
) -> None:
    with FaultServer([behaviour]) as server:
        error = fail(model_at(server, policy=IMPATIENT))
    assert error.code == "E_DEADLINE"
    assert len(server.requests) == 4


def test_an_attempt_gets_no_more_time_than_the_call_has_left() -> None:
    with FaultServer([fs.hang()]) as server:
        error = fail(model_at(server, policy=CallPolicy(attempts=1, deadline=100, total=0.3)))
    assert "0.3 seconds" in error.message


def test_a_good_reply_comes_with_all_that_is_known_of_it() -> None:
    kept = Kept()
    with FaultServer([fs.status(500), fs.reply("FADE IN:\n")]) as server:
        reply = ask(model_at(server, sink=kept))
    assert reply.text == "FADE IN:\n"
    assert reply.finish_reason == "stop"
    assert reply.usage == Usage(prompt_tokens=11, completion_tokens=7, total_tokens=18)
    assert (reply.attempts, reply.model, reply.raw_id) == (2, "loopback-1", "raw-1")
    assert json.loads(kept.bodies[0])["choices"][0]["message"]["content"] == "FADE IN:\n"
    assert server.requests[0].path == "/v1/chat/completions"
    assert server.requests[0].json() == {
        "model": "loopback-1",
        "messages": [m.model_dump() for m in PROMPT.messages],
        "temperature": 0.5,
        "max_tokens": 900,
    }


def test_connections_are_kept_open_between_calls(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_json(fs.completion())

    async def twice() -> list[Reply]:
        model = open_model("m", base_url=httpserver.url_for("/v1"), environ={})
        try:
            return [await model.reply(PROMPT) for _ in range(2)]
        finally:
            await model.close()
            await model.close()

    assert [reply.attempts for reply in asyncio.run(twice())] == [1, 1]
    assert len(httpserver.log) == 2


def _answer(text: str) -> bytes:
    content = json.dumps(fs.completion(text)).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(content), content)


def test_what_a_server_says_unasked_is_no_answer_to_the_next_request() -> None:
    connections: list[socket.socket] = []

    def talk(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connections.append(listening.accept()[0])
                threading.Thread(target=answer, args=(connections[-1],), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while connection.recv(65536):
                connection.sendall(_answer("asked"))
                time.sleep(0.05)
                connection.sendall(_answer("unasked"))

    async def thrice() -> list[str]:
        model = open_model("m", base_url=f"http://127.0.0.1:{port}/v1", environ={})
        texts = []
        for _ in range(3):
            texts.append((await model.reply(PROMPT)).text)
            await asyncio.sleep(0.3)
        await model.close()
        return texts

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        threading.Thread(target=talk, args=(listening,), daemon=True).start()
        assert asyncio.run(thrice()) == ["asked"] * 3
        listening.shutdown(socket.SHUT_RDWR)
    for connection in connections:
        connection.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_model_that_was_not_closed_can_be_asked_in_the_next_event_loop(
    httpserver: HTTPServer,
) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_json(fs.completion())
    model = open_model("m", base_url=httpserver.url_for("/v1"), environ={})
    assert [asyncio.run(model.reply(PROMPT)).attempts for _ in range(3)] == [1] * 3
    asyncio.run(model.close())


@pytest.mark.parametrize("name", ["HTML", "choices null", "length", "refusal", "null content"])
def test_the_raw_body_of_a_paid_reply_is_kept_even_when_it_is_useless(name: str) -> None:
    behaviour, _, _, requests = FAULTS[name]
    kept = Kept()
    with FaultServer([behaviour]) as server:
        fail(model_at(server, sink=kept))
    assert len(kept.bodies) == requests
    assert all(kept.bodies)


def test_the_bodies_of_errors_are_not_kept() -> None:
    kept = Kept()
    with FaultServer([fs.status(503)]) as server:
        fail(model_at(server, sink=kept))
    assert kept.bodies == []


def test_a_reply_that_cannot_be_stored_is_not_asked_for_again() -> None:
    class Full:
        def store(self, *_: object) -> str:
            raise OutputError("E_NO_SPACE", "the disk is full")

    with FaultServer() as server:
        error = fail(model_at(server, sink=Full()))
    assert error.code == "E_NO_SPACE"
    assert len(server.requests) == 1


def test_each_attempt_is_reserved_before_and_settled_after_with_what_it_cost() -> None:
    events: list[str] = []
    purse = Purse(events=events)
    behaviours = [fs.status(503), fs.cut(), fs.body(b"<html>"), fs.reply()]
    with FaultServer(behaviours) as server:
        ask(model_at(server, budget=purse, sink=Kept(events=events)))
    paid = Usage(prompt_tokens=11, completion_tokens=7, total_tokens=18)
    assert purse.settled == [NOTHING, None, None, paid]
    failed = ["reserve", "settle"]
    stored = ["reserve", "store", "settle"]
    assert events == [*failed, *failed, *stored, *stored]


def test_a_refused_connection_costs_nothing_and_a_truncated_reply_costs_its_tokens() -> None:
    purse = Purse()
    with FaultServer([fs.reply(finish_reason="length")]) as server:
        fail(model_at(server, budget=purse))
    assert fail(model_at(server, budget=purse)).code == "E_CONNECT"
    assert purse.settled[0] == Usage(prompt_tokens=11, completion_tokens=7, total_tokens=18)
    assert purse.settled[1:] == [NOTHING] * 4


def test_no_request_leaves_once_a_cap_is_reached() -> None:
    purse = Purse(calls=2)
    with FaultServer([fs.status(503)]) as server:
        error = fail(model_at(server, budget=purse))
    assert error.code == "E_BUDGET"
    assert len(server.requests) == 2
    assert len(purse.settled) == 2


def test_a_redirect_is_never_followed() -> None:
    with FaultServer() as elsewhere:
        location = {"Location": f"{elsewhere.base_url}/chat/completions"}
        for code in (301, 302, 303, 307, 308):
            with FaultServer([fs.status(code, headers=location)]) as server:
                error = fail(model_at(server, key="sk-canary-0123456789"))
            assert isinstance(error, SetupError)
            assert error.code == "E_CONFIG"
            assert len(server.requests) == 1
    assert elsewhere.connections == 0


def test_a_model_of_a_server_that_is_gone_says_so() -> None:
    with FaultServer() as server:
        pass
    error = fail(model_at(server))
    assert error.code == "E_CONNECT"
    assert server.origin in (error.hint or "")
    assert "4 attempts" in error.message


def test_a_name_that_leads_nowhere_is_tried_again_and_costs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    purse = Purse()
    environ = {"KEY": "sk-canary-0123456789"}
    model = open_model(
        "m",
        base_url="http://nowhere.test/v1",
        api_key_env="KEY",
        environ=environ,
        clock=FakeClock(),
        budget=purse,
    )
    error = fail(model)
    assert error.code == "E_CONNECT"
    assert "4 attempts" in error.message
    assert purse.settled == [NOTHING] * 4


def test_a_server_that_speaks_no_tls_is_tried_again_and_costs_nothing() -> None:
    purse = Purse()
    accepted: list[int] = []

    def answer_plainly() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                accepted.append(1)
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer_plainly, daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        model = open_model(
            "m",
            base_url=f"https://127.0.0.1:{port}/v1",
            environ={},
            clock=FakeClock(),
            budget=purse,
        )
        error = fail(model)
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(30)
    assert error.code == "E_CONNECT"
    assert len(accepted) == 4
    assert purse.settled == [NOTHING] * 4


def test_thirty_calls_at_once_each_count_their_own_attempts() -> None:
    seen: dict[str, int] = {}

    def twice_bad(request: fs.Request) -> fs.Behaviour:
        messages = request.json()["messages"]
        assert isinstance(messages, list)
        name = messages[1]["content"]
        seen[name] = seen.get(name, 0) + 1
        return fs.reply(f"SCENE {name}") if seen[name] == 3 else fs.status(503)

    async def together() -> list[Reply]:
        model = model_at(server)
        system = PROMPT.messages[0]
        prompts = [
            PROMPT.model_copy(
                update={"messages": (system, system.model_copy(update={"content": str(i)}))}
            )
            for i in range(30)
        ]
        try:
            return await asyncio.gather(*(model.reply(prompt) for prompt in prompts))
        finally:
            await model.close()

    with FaultServer(twice_bad) as server:
        replies = asyncio.run(together())
    assert [reply.text for reply in replies] == [f"SCENE {i}" for i in range(30)]
    assert {reply.attempts for reply in replies} == {3}
    assert set(seen.values()) == {3}
    assert len(server.requests) == 90


def test_a_cancelled_call_ends_at_once_and_is_not_tried_again() -> None:
    purse = Purse()

    async def cancel() -> None:
        model = model_at(server, budget=purse)
        task = asyncio.create_task(ask_and_close(model))
        await asyncio.to_thread(server.wait_for_request)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, 10)
        assert task.cancelled()

    with FaultServer([fs.hang()]) as server:
        asyncio.run(cancel())
    assert len(server.requests) == 1
    assert purse.settled == [None]


def test_a_call_cancelled_while_it_waits_to_retry_makes_no_other_request() -> None:
    class Asleep(FakeClock):
        def __init__(self) -> None:
            super().__init__()
            self.waiting = asyncio.Event()

        async def sleep(self, seconds: float) -> None:
            self.slept.append(seconds)
            self.waiting.set()
            await asyncio.Event().wait()

    async def cancel() -> None:
        clock = Asleep()
        task = asyncio.create_task(ask_and_close(model_at(server, clock=clock)))
        await clock.waiting.wait()
        task.cancel()
        await asyncio.wait([task], timeout=10)
        assert task.cancelled()

    with FaultServer([fs.status(503)]) as server:
        asyncio.run(cancel())
    assert len(server.requests) == 1


def test_a_pause_one_call_was_asked_for_holds_back_the_others() -> None:
    class ByHand(FakeClock):
        """Time moves when the test says so."""

        def __init__(self) -> None:
            super().__init__()
            self.go = asyncio.Event()
            self.waiting = (asyncio.Event(), asyncio.Event())

        async def sleep(self, seconds: float) -> None:
            self.waiting[len(self.slept)].set()
            self.slept.append(seconds)
            await self.go.wait()

    async def two() -> list[Reply]:
        clock = ByHand()
        model = model_at(server, clock=clock)
        first = asyncio.create_task(model.reply(PROMPT))
        await clock.waiting[0].wait()
        second = asyncio.create_task(model.reply(PROMPT))
        await clock.waiting[1].wait()
        assert len(server.requests) == 1
        assert all(30 <= wait <= 33 for wait in clock.slept)
        clock._elapsed = 40
        clock.go.set()
        try:
            return [await first, await second]
        finally:
            await model.close()

    with FaultServer([fs.status(429, headers={"Retry-After": "30"}), fs.reply()]) as server:
        replies = asyncio.run(two())
    assert [reply.attempts for reply in replies] == [2, 1]
    assert len(server.requests) == 3


def test_after_a_pause_too_long_to_wait_for_no_call_bothers_the_server() -> None:
    async def two() -> list[BaseException]:
        model = model_at(server)
        try:
            results = [
                (await asyncio.gather(model.reply(PROMPT), return_exceptions=True))[0]
                for _ in range(2)
            ]
        finally:
            await model.close()
        return [result for result in results if isinstance(result, BaseException)]

    with FaultServer([fs.status(429, headers={"Retry-After": "3600"})]) as server:
        first, second = asyncio.run(two())
    assert isinstance(first, ProviderError)
    assert "retry at 2023-11-14T23:13:20+00:00" in str(first)
    assert isinstance(second, FatalProviderError)
    assert "2023-11-14T23:13:20+00:00" in str(second)
    assert len(server.requests) == 1


def test_an_error_names_status_and_request_and_stays_short(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    behaviour = fs.status(
        400, message="bad \x1b[31m\x07" + "x" * 500, headers={"x-request-id": "req_9"}
    )
    with FaultServer([behaviour]) as server:
        error = fail(model_at(server))
    assert error.message.startswith("HTTP 400 (request req_9): bad xxx")
    assert len(error.message) < 240
    assert "\x1b" not in error.message
