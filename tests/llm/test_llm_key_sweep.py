"""A canary key through every fault: it is in nothing that is shown, logged, stored or raised."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import json
import logging
import os
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote

import fault_server as fs
import pytest
from asking import IMPATIENT, ask_and_close, fail, model_at
from fault_server import FaultServer
from streams import events, sent
from test_llm_faults import FAULTS

from scriptgen.cli.failures import guarded
from scriptgen.llm import FakeClock, opening

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

CANARY = "sk-Canary/Zm9v+7331~Quack-0123456789"
ESSAY = (
    "Mara Vance stands at the window of the lamp room with a lantern in her hand. Old Teodor climbs"
    ' the stairs. "You should have told me," he says. Mara puts the lantern on the table.\n'
)


def _forms() -> set[str]:
    """What the key may look like, in small letters: the search is made without regard to case."""
    slashed, coded = CANARY.replace("/", r"\/"), "".join(f"\\u{ord(each):04x}" for each in CANARY)
    forms = {
        slashed,
        coded,
        CANARY,
        CANARY[::-1],
        CANARY.swapcase(),
        quote(CANARY, safe=""),
        "Canary/Zm9v",
    }
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + CANARY.encode()).decode()
        whole = coded[(before * 8 + 5) // 6 : (before + len(CANARY)) * 8 // 6]
        forms |= {whole, whole.replace("+", "-").replace("/", "_"), whole[::-1]}
    return {form.lower() for form in forms}


FORMS = _forms()


def leaks(*said: str | bytes) -> set[str]:
    """The forms of the key that occur in what was said."""
    texts = [each.decode("latin-1") if isinstance(each, bytes) else each for each in said]
    everything = "\n".join(texts).lower()
    return {form for form in FORMS if form in everything}


def in_frames(error: BaseException | None) -> Iterator[str]:
    """What a traceback with all variables would print of an error and those behind it."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield f"{each!r} {each} {each.args!r} {vars(each)!r}"
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
        yield from _variables(each.__traceback__)


def _variables(at: TracebackType | None) -> Iterator[str]:
    while at is not None:
        inside = at.tb_frame.f_globals.get("__name__", "")
        if not inside.startswith(("test_", "_pytest", "asking")):
            for value in at.tb_frame.f_locals.values():
                with contextlib.suppress(Exception):
                    yield repr(value)
        at = at.tb_next


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that anybody logs, at any level."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    names = ("openai", "httpx2", "httpcore2", "aiohttp", "aiohttp.client", "asyncio", "scriptgen")
    loggers = [logging.getLogger(), *map(logging.getLogger, names)]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield text
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an essay, a key in the environment, and time that only passes when waited."""
    for name in [name for name in os.environ if name.startswith(("OPENAI_", "SCRIPTGEN_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    monkeypatch.setenv("HOST_KEY", CANARY)
    monkeypatch.setenv("OPENAI_LOG", "debug")
    monkeypatch.setattr(opening, "SystemClock", FakeClock)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "essay.txt").write_text(ESSAY, encoding="utf-8")
    return tmp_path


def files(folder: Path) -> list[bytes]:
    """Every byte below a folder: drafts, ledger, its log, and names."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [*(path.read_bytes() for path in found), *(os.fsencode(path) for path in found)]


PAGE = "INT. LAMP ROOM - NIGHT\n\nMARA VANCE holds a lantern.\n\nTEODOR\nYou should have told me.\n"
ECHOES = {
    **{f"an echo with status {code}": fs.echo(code) for code in (200, 307, 401, 404, 429, 500)},
    "an echo in HTML": fs.body(f"<html>{CANARY}".encode()),
    "an echo as refusal": fs.body(json.dumps(fs.completion(None, refusal=CANARY)).encode()),
    "an echo in the status line": fs.raw(f"HTTP/1.1 2xx {CANARY}\r\n\r\n".encode()),
    "an echo in the page": fs.reply(f"{PAGE}\nMARA\n{CANARY}.\n"),
    "an echo as base64": fs.reply(f"{PAGE}\nMARA\n{base64.b64encode(CANARY.encode()).decode()}.\n"),
    "an echo with its slashes escaped": fs.body(
        json.dumps(fs.completion(f"{PAGE}\nMARA\n{CANARY}.\n")).replace("/", r"\/").encode()
    ),
    "an echo in broken JSON": fs.body(
        ('{"x": "' + "".join(f"\\u{ord(each):04x}" for each in CANARY)).encode()
    ),
    "an echo as the model": fs.body(
        json.dumps({**fs.completion(PAGE), "model": CANARY, "system_fingerprint": CANARY}).encode()
    ),
}
ROWS = {**{name: row[0] for name, row in FAULTS.items()}, "a good page": fs.reply(PAGE), **ECHOES}


LOOKED_AT = ("a good page", *ECHOES)
LOOKS = (
    ["runs", "list", "--json"],
    ["runs", "show", "last", "--json"],
    ["runs", "show", "last", "--calls"],
    ["runs", "replay", "last"],
    ["doctor", "--json"],
)


@pytest.mark.parametrize("row", ROWS)
def test_a_key_is_nowhere_in_what_the_program_shows_logs_and_writes(
    row: str, home: Path, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    with FaultServer([ROWS[row]]) as server:
        at = ["--base-url", server.base_url, "--api-key-env", "HOST_KEY", "--model", "m"]
        for command in (
            ["draft", "in/essay.txt", *at, "--json", "--debug"],
            ["batch", "in", *at, "--debug", "-o", "many"],
            *(LOOKS if row in LOOKED_AT else ()),
        ):
            guarded(command)
    told = capfd.readouterr()
    assert told.err
    assert f"Bearer {CANARY}" in {each.headers.get("authorization") for each in server.requests}
    assert leaks(*(each.body for each in server.requests)) == set()
    assert leaks(told.out, told.err, log.getvalue(), *files(home)) == set()


def test_a_key_is_nowhere_in_what_the_settings_and_the_doctor_say(
    home: Path, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    (home / ".env").write_text(f"OPENAI_BASE_URL=http://127.0.0.1:9\nMY_KEY={CANARY}\n")
    with FaultServer([fs.echo(401)]) as server:
        at = ["--base-url", server.base_url, "--api-key-env", "HOST_KEY", "--model", "m"]
        for command in (
            ["config", "show"],
            ["config", "show", "--json"],
            ["doctor", "--online", *at],
            ["doctor", "--online", "--json", "--debug", *at],
            ["doctor", "--online"],
            ["prompt", "in/essay.txt"],
            ["draft", "in/essay.txt", "--model", CANARY, "--base-url", "http://127.0.0.1:9"],
            ["draft", "in/essay.txt", "--model", "m", "--base-url", f"http://x:{CANARY}@127.0.0.1"],
            ["draft", "in/essay.txt", "--model", "m", "--api-key-env", CANARY],
            ["draft", f"in/{CANARY}.txt", "--debug"],
        ):
            guarded(command)
    (home / ".env").unlink()
    told = capfd.readouterr()
    assert leaks(told.out, told.err, log.getvalue(), *files(home)) == set()


STREAMS = {
    "a stream with the key": sent(events([PAGE, CANARY])),
    "a stream with the key in two pieces": sent(events([PAGE, CANARY[:15], CANARY[15:]])),
}


class Watcher:
    """A tap that notes what it is shown."""

    def __init__(self) -> None:
        self.shown = ""

    def begin(self) -> None:
        """Nothing to forget."""

    def more(self, text: str) -> None:
        self.shown += text

    def end(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("row", [*ROWS, *STREAMS, "a hang", "a drip"])
@pytest.mark.parametrize("watched", [False, True], ids=["unwatched", "watched"])
def test_a_key_is_nowhere_in_an_error_its_causes_and_their_variables(
    row: str, log: io.StringIO, *, watched: bool
) -> None:
    rows = {**ROWS, **STREAMS, "a hang": fs.hang(), "a drip": fs.drip()}
    watcher = Watcher()
    shown: list[str] = []
    with FaultServer([rows[row]]) as server:
        tap = watcher if watched else None
        model = model_at(server, key=CANARY, policy=IMPATIENT, tap=tap)
        try:
            shown.append(repr(asyncio.run(ask_and_close(model))))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is looked at
            shown += [*traceback.format_exception(error), *in_frames(error)]
    assert shown
    assert leaks(*shown, log.getvalue(), watcher.shown) == set()


def test_whoever_asks_a_server_that_says_a_key_in_pieces_is_told_to_change_it() -> None:
    with FaultServer([STREAMS["a stream with the key in two pieces"]]) as server:
        error = fail(model_at(server, key=CANARY, tap=Watcher()))
    assert error.code == "E_PROTOCOL"
    assert error.hint
    assert "change this one" in error.hint


def test_a_key_is_nowhere_in_a_cancellation() -> None:
    found: list[str] = []

    async def cancel() -> None:
        task = asyncio.create_task(ask_and_close(model_at(server, key=CANARY)))
        await asyncio.to_thread(server.wait_for_request)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError as cancelled:
            found.extend(in_frames(cancelled))

    with FaultServer([fs.hang()]) as server:
        asyncio.run(cancel())
    assert found
    assert leaks(*found) == set()


def test_variables_of_the_environment_for_another_server_are_not_sent(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer() as elsewhere, FaultServer([fs.reply(PAGE)]) as server:
        for name, value in {
            "OPENAI_BASE_URL": elsewhere.base_url,
            "OPENAI_ORG_ID": "org-leaked",
            "OPENAI_PROJECT_ID": "proj-leaked",
            "OPENAI_CUSTOM_HEADERS": "X-Leaked: yes\nAuthorization: Bearer leaked",
            "OPENAI_ADMIN_KEY": CANARY,
            "HTTP_PROXY": elsewhere.origin,
        }.items():
            monkeypatch.setenv(name, value)
        assert guarded(["draft", "in/essay.txt", "--model", "m", "--base-url", server.base_url]) < 2
    (request,) = server.requests
    sent = f"{request.headers} {request.path} {request.body!r}"
    assert "authorization" not in request.headers
    assert "leaked" not in sent
    assert leaks(sent) == set()
    assert elsewhere.connections == 0
    assert list(home.glob("outputs/*.fountain"))
