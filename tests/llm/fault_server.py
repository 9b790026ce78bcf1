"""A chat server on loopback that fails to order, down to the bytes on the socket.

Use it as a context manager; it runs in its own thread and stops by itself::

    with FaultServer([status(503), reply("FADE IN:")]) as server:
        ...  # server.base_url, server.requests

Behaviours are used in turn, the last for ever after. A function from a `Request` to a behaviour
may stand in place of the list. ``requests`` holds what came in whole, in order; ``connections``
counts all that were opened.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from scriptgen.llm.profile import forget


@dataclass(frozen=True)
class Request:
    """A request as it came in; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        """The decoded body."""
        document = json.loads(self.body)
        assert isinstance(document, dict)
        return document


Behaviour = Callable[[asyncio.StreamWriter, Request], Awaitable[None]]


def completion(content: object = "FADE IN:", **message: object) -> dict[str, object]:
    """A whole, well-formed chat completion; change what should be wrong."""
    return {
        "id": "c1",
        "object": "chat.completion",
        "model": "loopback-1",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, **message},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def reply(content: object = "FADE IN:", *, finish_reason: object = "stop") -> Behaviour:
    """200 with a completion."""
    document = completion(content)
    choices = document["choices"]
    assert isinstance(choices, list)
    choices[0]["finish_reason"] = finish_reason
    return body(json.dumps(document).encode())


def body(content: bytes, *, code: int = 200, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Any status with any bytes."""
    return raw(_head(code, len(content), headers) + content)


def status(
    code: int,
    *,
    message: str = "as ordered",
    error_code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Behaviour:
    """A status with an error object."""
    said = {"message": message, "type": error_code or "error", "code": error_code, "param": param}
    error = {"error": said}
    return body(json.dumps(error).encode(), code=code, headers=headers)


def raw(content: bytes) -> Behaviour:
    """Just these bytes, status line and all, then the connection is closed."""

    async def behave(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(content)
        await writer.drain()

    return behave


def echo(code: int) -> Behaviour:
    """A status whose reason, headers and body repeat the request's Authorization header."""

    async def behave(writer: asyncio.StreamWriter, request: Request) -> None:
        said = request.headers.get("authorization", "")
        content = json.dumps({"error": {"message": f"no: {said}", "code": said}}).encode()
        head = _head(code, len(content), {"x-request-id": said.split()[-1], "x-said": said})
        writer.write(head.replace(b" As Ordered", f" {said}".encode(), 1) + content)
        await writer.drain()

    return behave


def cut(*, after: int = 20) -> Behaviour:
    """The head of a good reply, ``after`` bytes of its body, then the end of the connection."""
    content = json.dumps(completion()).encode()
    return raw(_head(200, len(content), None) + content[:after])


def garbled() -> Behaviour:
    """The head of a body in chunks, and once it is read no chunk but garbage, then the end."""

    async def behave(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(b"HTTP/1.1 200 As Ordered\r\nTransfer-Encoding: chunked\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(b"no chunk]['./.")
        await writer.drain()

    return behave


def reset() -> Behaviour:
    """A TCP reset instead of an answer."""

    async def behave(writer: asyncio.StreamWriter, _: Request) -> None:
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return behave


def hang() -> Behaviour:
    """No answer until the client or the server goes away."""

    async def behave(_: asyncio.StreamWriter, __: Request) -> None:
        await asyncio.Event().wait()

    return behave


def drip(*, every: float = 0.05) -> Behaviour:
    """A good head, then one byte of the body every so many seconds, without end."""

    async def behave(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(_head(200, 1_000_000, None))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(every)

    return behave


def _head(code: int, length: int, headers: Mapping[str, str] | None) -> bytes:
    lines = {
        "Content-Type": "application/json",
        "Content-Length": str(length),
        "Connection": "close",
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {code} As Ordered\r\n{head}\r\n".encode()


class FaultServer:
    """See the module. ``base_url`` ends in ``/v1``; ``origin`` is scheme, host and port."""

    def __init__(
        self, behaviours: Sequence[Behaviour] | Callable[[Request], Behaviour] | None = None
    ) -> None:
        self._behaviours = behaviours or [reply()]
        self._numbers = itertools.count()
        self._loop = asyncio.new_event_loop()
        self._handlers: set[asyncio.Task[None]] = set()
        self._arrived = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.origin = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        forget(self.origin)  # A port may have been another server's, which taught something.
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._stop = asyncio.Event()
        self.requests: list[Request] = []
        self.connections = 0

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def wait_for_request(self, guard: float = 30.0) -> None:
        """Block until a request has come in; fails after ``guard`` seconds."""
        assert self._arrived.wait(guard), "no request came"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, sock=self._socket.dup())
        await self._stop.wait()
        server.close()
        for task in self._handlers:
            task.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)
        await asyncio.sleep(0)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        task.add_done_callback(self._handlers.discard)
        try:
            request = await _read_request(reader)
            self.requests.append(request)
            self._arrived.set()
            await self._next(request)(writer, request)
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def _next(self, request: Request) -> Behaviour:
        if callable(self._behaviours):
            return self._behaviours(request)
        return self._behaviours[min(next(self._numbers), len(self._behaviours) - 1)]


async def _read_request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, content)
