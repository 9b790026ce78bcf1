"""A chat server on loopback for many calls at once: connections are kept, faults come by a seed.

    python bench/model_server.py [--latency SECONDS] [--faults SEED] [--pages FILE]

``FILE`` is a JSON object: a request that holds a name of it is answered with the page of that name.

It prints its address in a line, and ends when its standard input does. As a context manager
(`Serving`) it runs in a process of its own; `ModelServer` serves inside an event loop.

What a request gets depends on its body and on how often that body came before, and on nothing
else: however calls race, each meets the same faults.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import struct
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = """\
INT. KITCHEN - NIGHT

Mara sets the cup down, slowly, and does not look up while the rain goes on outside.

MARA
You said it twice, and you said it to me, in this room, with the door open.

"""
RATES: Mapping[str, float] = {"429": 0.10, "500": 0.05, "reset": 0.03, "malformed": 0.02}
_ERROR = b'{"error": {"message": "as scheduled", "type": "error", "code": null}}'
_MALFORMED = b'{"id": "c1", "choices": [{"index": 0, "mess'


def completion(text: str) -> bytes:
    """A whole, well-formed chat completion that says ``text``."""
    return json.dumps(
        {
            "id": "chatcmpl-0123456789",
            "object": "chat.completion",
            "created": 1_790_000_000,
            "model": "loopback-1",
            "system_fingerprint": "fp_0",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": text, "refusal": None},
                    "logprobs": None,
                    "finish_reason": "stop",
                }
            ],
            "usage": {"prompt_tokens": 2_300, "completion_tokens": 900, "total_tokens": 3_200},
        }
    ).encode()


class Request(NamedTuple):
    """A request as it came in: header names in lower case."""

    headers: Mapping[str, str]
    body: bytes


class ModelServer:
    """Answers each chat completion with ``text`` after ``latency`` seconds.

    ``pages``: other texts, each for the requests that hold its name.
    ``faults``: the seed of a schedule with the shares of `RATES`, ``None`` for none. ``outcomes``
    counts what was sent, by the name of the fault or ``good``; ``requests`` holds all that came in
    where ``keep``; ``most`` is the largest number under way at once.
    """

    def __init__(
        self,
        *,
        text: str = PAGE * 20,
        latency: float = 0.0,
        faults: int | None = None,
        keep: bool = False,
        pages: Mapping[str, str] | None = None,
    ) -> None:
        self._text = text
        self._pages = {name.encode(): page for name, page in (pages or {}).items()}
        self._latency = latency
        self._faults = faults
        self._keep = keep
        self._came: Counter[bytes] = Counter()
        self._server: asyncio.Server | None = None
        self.outcomes: Counter[str] = Counter()
        self.requests: list[Request] = []
        self.now = self.most = 0
        self.base_url = ""

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self), "127.0.0.1", 0, backlog=2048
        )
        port = self._server.sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/v1"
        return self

    async def __aexit__(self, *exc: object) -> None:
        assert self._server is not None
        self._server.close()

    def outcome(self, request: Request) -> str:
        """What this request gets: ``good`` or the name of a fault."""
        if self._keep:
            self.requests.append(request)
        if self._faults is None:
            return "good"
        digest = sha256(request.body).digest()
        self._came[digest] += 1
        return scheduled(f"{self._faults} {digest.hex()} {self._came[digest]}")

    def page(self, request: Request) -> str:
        """What a good reply to a request says."""
        named = (page for name, page in self._pages.items() if name in request.body)
        return next(named, self._text)

    def answer(self, outcome: str, request: Request) -> bytes:
        """The bytes of an answer; none at all for a reset."""
        self.outcomes[outcome] += 1
        return _BAD[outcome] if outcome in _BAD else _answer(200, completion(self.page(request)))

    @property
    def latency(self) -> float:
        """Seconds from the end of a request to its answer."""
        return self._latency


def scheduled(name: str) -> str:
    """The outcome with the name ``name`` in the schedule of `RATES`."""
    point = Random(name).random()  # noqa: S311 - a schedule
    for outcome, share in RATES.items():
        if point < share:
            return outcome
        point -= share
    return "good"


def _answer(status: int, body: bytes, extra: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status} As Scheduled\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n{extra}\r\n"
    )
    return head.encode() + body


_BAD = {
    "429": _answer(429, _ERROR, "Retry-After: 1\r\n"),
    "500": _answer(500, _ERROR),
    "malformed": _answer(200, _MALFORMED),
    "reset": b"",
}


class _Connection(asyncio.Protocol):
    """One connection, one request after the other."""

    def __init__(self, server: ModelServer) -> None:
        self._server = server
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, rest = self._received.partition(b"\r\n\r\n")
        if not found:
            return
        pairs = (line.split(":", 1) for line in head.decode("latin-1").split("\r\n")[1:])
        headers = {name.lower(): value.strip() for name, value in pairs}
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            return
        self._received = rest[length:]
        server = self._server
        server.now += 1
        server.most = max(server.most, server.now)
        request = Request(headers, bytes(rest[:length]))
        outcome = server.outcome(request)
        asyncio.get_running_loop().call_later(server.latency, self._send, outcome, request)

    def _send(self, outcome: str, request: Request) -> None:
        server, transport = self._server, self._transport
        server.now -= 1
        if transport is None or transport.is_closing():
            return
        answer = server.answer(outcome, request)
        if answer:
            transport.write(answer)
            return
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


class Serving:
    """The server in a process of its own, as a context manager; ``base_url`` ends in ``/v1``."""

    def __init__(self, *, latency: float = 0.0, pages: Path | None = None) -> None:
        self._command = [sys.executable, __file__, "--latency", str(latency)]
        if pages is not None:
            self._command += ["--pages", str(pages)]
        self._process: subprocess.Popen[str] | None = None
        self.base_url = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *exc: object) -> None:
        if self._process is not None:
            self._process.communicate(timeout=30)


async def _serve(server: ModelServer) -> None:
    async with server:
        print(server.base_url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog=Path(__file__).name)
    arguments.add_argument("--latency", type=float, default=0.0)
    arguments.add_argument("--faults", type=int)
    arguments.add_argument("--pages", type=lambda path: json.loads(Path(path).read_bytes()))
    asyncio.run(_serve(ModelServer(**vars(arguments.parse_args()))))
