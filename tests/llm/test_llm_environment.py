"""What the environment holds does not leave the machine, and a key is seen by nobody else."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
import os
import subprocess
import sys
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote

import fault_server as fs
import pytest
from asking import IMPATIENT, Kept, ask, ask_and_close, fail, model_at
from fault_server import FaultServer

from scriptgen.errors import ScriptgenError, SetupError
from scriptgen.llm import open_model

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "sk-canary/Zm9v+7331~quack-0123456789"
AMBIENT = {
    "OPENAI_API_KEY": "sk-ambient-leaked-key",
    "OPENAI_ADMIN_KEY": "sk-ambient-leaked-admin",
    "OPENAI_ORG_ID": "org-leaked",
    "OPENAI_PROJECT_ID": "proj-leaked",
    "OPENAI_WEBHOOK_SECRET": "hook-leaked",
    "OPENAI_CUSTOM_HEADERS": "X-Leaked: yes\nAuthorization: Bearer leaked\nHost: leaked.example"
    "\nContent-Length: 1\nCookie: leaked=1\nUser-Agent: leaked\nX-Stainless-Raw-Response: leaked"
    "\nx-stainless-retry-count: leaked",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "all_proxy": "http://127.0.0.1:9",
    "OPENAI_LOG": "debug",
}
SENT = {
    "accept",
    "accept-encoding",
    "content-length",
    "content-type",
    "host",
    "user-agent",
    "x-stainless-retry-count",
}


@pytest.fixture
def ambient(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name, value in AMBIENT.items():
        monkeypatch.setenv(name, value)
    return AMBIENT


def test_nothing_of_the_environment_is_sent_to_a_server_named_by_a_flag(
    ambient: dict[str, str],
) -> None:
    with FaultServer() as elsewhere, FaultServer() as server:
        ask(model_at(server, environ={**ambient, "OPENAI_BASE_URL": elsewhere.base_url}))
    (request,) = server.requests
    assert set(request.headers) == SENT
    assert request.headers["host"] == server.origin.removeprefix("http://")
    assert request.headers["x-stainless-retry-count"] == "0"
    assert "leaked" not in f"{request.headers} {request.path} {request.body!r}"
    assert elsewhere.connections == 0


def test_a_key_named_for_a_server_is_the_only_thing_added(ambient: dict[str, str]) -> None:
    with FaultServer() as server:
        ask(model_at(server, key=CANARY, environ=ambient))
    (request,) = server.requests
    assert set(request.headers) == {*SENT, "authorization"}
    assert request.headers["authorization"] == f"Bearer {CANARY}"


def test_a_key_goes_to_the_base_url_variable_beside_it(ambient: dict[str, str]) -> None:
    with FaultServer() as server:
        ask(open_model("m", environ={**ambient, "OPENAI_BASE_URL": server.base_url}))
    assert server.requests[0].headers["authorization"] == "Bearer sk-ambient-leaked-key"


def test_a_custom_header_outside_ascii_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Été: déjà")
    with FaultServer() as server:
        assert ask(model_at(server)).text == "FADE IN:"


def test_no_cookie_is_taken_or_given_back() -> None:
    behaviours = [fs.status(503, headers={"Set-Cookie": "a=b; Path=/"}), fs.reply()]
    with FaultServer(behaviours) as server:
        ask(model_at(server))
    assert "cookie" not in server.requests[1].headers


def test_a_request_to_another_server_than_the_bound_one_is_stopped() -> None:
    import httpx2

    from scriptgen.llm.keys import Endpoint
    from scriptgen.llm.wire import Wire

    async def stray(url: str) -> None:
        wire = Wire(Endpoint("http://127.0.0.1:1/v1", "http://127.0.0.1:1", None))
        with pytest.raises(SetupError):
            await wire.handle_async_request(httpx2.Request("POST", url, content=b"{}"))

    with FaultServer() as elsewhere:
        for url in (f"{elsewhere.base_url}/x", "https://127.0.0.1:1/v1", "http://localhost:1/v1"):
            asyncio.run(stray(url))
    assert elsewhere.connections == 0


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that anybody logs, at any level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(n) for n in ("openai", "httpx2", "aiohttp", "asyncio"))]
    levels = [logger.level for logger in loggers]
    root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


FORMS = (
    CANARY,
    "canary/Zm9v",
    quote(CANARY, safe=""),
    quote(CANARY, safe="").lower(),
    base64.b64encode(CANARY.encode()).decode().rstrip("=")[:-1],
    base64.b64encode(b"user:" + CANARY.encode()).decode()[8:-4],
    base64.urlsafe_b64encode(b"Bearer " + CANARY.encode()).decode()[12:-4],
)


def encoded(form: str, code: int) -> fs.Behaviour:
    return fs.status(code, message=f"your key {form} is wrong", headers={"x-request-id": form})


@pytest.mark.parametrize(
    "behaviour",
    [
        *(fs.echo(code) for code in (200, 307, 400, 401, 403, 404, 429, 500)),
        *(encoded(form, code) for form in FORMS for code in (401, 503)),
        fs.body(f"<html>{CANARY}".encode()),
        fs.body(json.dumps(fs.completion(None, refusal=CANARY)).encode()),
        fs.body(json.dumps({"choices": [{"finish_reason": CANARY, "message": {}}]}).encode()),
        fs.raw(f"HTTP/1.1 2xx {CANARY}\r\n\r\n".encode()),
        fs.raw(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}\r\n".encode()),
        fs.raw(f"HTTP/1.1 200 OK\r\nContent-Length: {CANARY}\r\n\r\n".encode()),
        fs.reset(),
        fs.hang(),
        fs.cut(),
    ],
)
def test_a_key_is_never_shown_logged_or_stored_even_when_the_server_repeats_it(
    behaviour: fs.Behaviour, log: io.StringIO
) -> None:
    kept = Kept()
    with FaultServer([behaviour]) as server:
        model = model_at(server, key=CANARY, sink=kept, policy=IMPATIENT)
        shown = [repr(model), str(model)]
        try:
            asyncio.run(ask_and_close(model))
        except ScriptgenError as error:
            shown += [repr(error), str(error), str(error.hint), str(error.args)]
            shown += [traceback.format_exc()]
    assert server.requests[0].headers["authorization"] == f"Bearer {CANARY}"
    everything = "\n".join([*shown, log.getvalue(), *map(repr, kept.bodies)])
    assert len(shown) > 2
    for form in FORMS:
        assert form not in everything


def test_a_reply_that_holds_the_key_is_kept_and_given_without_it() -> None:
    kept = Kept()
    with FaultServer([fs.reply(f"The key is {CANARY}.")]) as server:
        reply = ask(model_at(server, key=CANARY, sink=kept))
    assert reply.text == "The key is [redacted]."
    assert CANARY.encode() not in kept.bodies[0]


def test_the_sdk_is_loaded_by_the_first_call_and_not_before() -> None:
    program = (
        "import sys; from scriptgen.llm import open_model\n"
        "open_model('m', base_url='http://127.0.0.1:1', environ={})\n"
        "print(sorted({'openai', 'aiohttp', 'httpx2'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"


def test_an_unnamed_model_is_refused_before_anything_else() -> None:
    for name in ("", " ", "gpt\n"):
        with pytest.raises(SetupError):
            open_model(name, environ={})


def test_a_dead_proxy_in_the_environment_does_not_stand_in_the_way(
    ambient: dict[str, str],
) -> None:
    with FaultServer([fs.status(503), fs.reply()]) as server:
        assert ask(model_at(server, environ=ambient)).attempts == 2


def test_openai_gets_the_newer_name_of_the_cap_and_others_the_older() -> None:
    from asking import PROMPT

    from scriptgen.llm.keys import bind
    from scriptgen.llm.profile import profile_of

    for url, cap in (
        ("https://api.openai.com/v1", "max_completion_tokens"),
        ("https://eu.api.openai.com/v1", "max_completion_tokens"),
        ("https://api.openai.com.models.example/v1", "max_tokens"),
        ("http://127.0.0.1:11434/v1", "max_tokens"),
    ):
        endpoint = bind(
            base_url=url, base_url_from_file=False, api_key_env="K", environ={"K": CANARY}
        )
        sending = profile_of(endpoint.origin, "m").sending(PROMPT)
        assert sending.parameters == {"temperature": 0.5, cap: 900}


def test_the_error_of_a_refused_key_says_what_to_do() -> None:
    with FaultServer([fs.status(401, message=f"Incorrect API key provided: {CANARY}.")]) as server:
        error = fail(model_at(server, key=CANARY))
    assert error.message == "HTTP 401: Incorrect API key provided: [redacted]."
    assert "check the key" in (error.hint or "")
