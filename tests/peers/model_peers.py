"""Chat servers that others wrote, on loopback: aimock, WireMock, and llama.cpp with a tiny model.

``SCRIPTGEN_PEERS`` names a folder with ``venv/`` (xllamacpp, gguf) and ``node_modules/`` (aimock,
and WireMock's jar). Each server takes a free port, runs in a process of its own, and ends with the
block it is used in, or with the test's process.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from asking import PROMPT, AnyPrompt, ask

from scriptgen.errors import ScriptgenError
from scriptgen.llm import FakeClock, open_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.llm import CallPolicy
    from scriptgen.ports import Tap
    from scriptgen.prompt import Prompt, Reply

HERE = Path(__file__).parent
_PORT = re.compile(r"(?:127\.0\.0\.1:|^port: +)(\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Peer:
    """A running server; ``base_url`` ends in ``/v1``."""

    origin: str

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def ask(self, method: str, path: str, document: object = None) -> Any:
        """What its own interface answers, decoded; not a model's reply."""
        content = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(  # noqa: S310 - loopback
            self.origin + path,
            data=content,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            received = answer.read()
        return json.loads(received) if received else None


def folder() -> Path:
    """Where the other programs are installed; a missing one is a failure."""
    named = os.environ.get("SCRIPTGEN_PEERS")
    assert named, "SCRIPTGEN_PEERS is not set: name a folder with venv/ and node_modules/"
    return Path(named)


@contextmanager
def running(*command: str | Path) -> Iterator[Peer]:
    """The server that ``command`` starts, once it has said its port."""
    with subprocess.Popen(
        [sys.executable, HERE / "stop_with_me.py", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": ""},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            said = ""
            while not (found := _PORT.search(said)):
                line = process.stdout.readline()
                assert line, f"{command[0]} did not start: {said[-2_000:]}"
                said += line
            # What it goes on to say has to go somewhere, or it would wait for ever.
            drain = Thread(target=process.stdout.read, daemon=True)
            drain.start()
            yield Peer(f"http://127.0.0.1:{found[1]}")
        finally:
            process.stdin.close()
            process.wait(30)


@dataclass(frozen=True)
class End:
    """How a call ended: its reply or its error, the requests made, and the bodies kept."""

    reply: Reply | None
    error: ScriptgenError | None
    requests: int
    kept: int

    @property
    def said(self) -> str:
        """The reply's text, or the error's code."""
        return self.reply.text if self.reply else self.error.code if self.error else ""


def call(
    peer: Peer,
    *,
    model: str = "loopback-1",
    prompt: Prompt = PROMPT,
    policy: CallPolicy | None = None,
    clock: FakeClock | None = None,
    tap: Tap | None = None,
) -> End:
    """Ask once, and close everything."""
    desk = AnyPrompt()
    opened = open_model(
        model,
        base_url=peer.base_url,
        environ={},
        sink=desk,
        budget=desk,
        clock=clock or FakeClock(),
        policy=policy,
        tap=tap,
    )
    reply, error = None, None
    try:
        reply = ask(opened, prompt)
    except ScriptgenError as caught:
        error = caught
    assert desk.settled == desk.reserved
    return End(reply, error, desk.reserved, desk.stored)
