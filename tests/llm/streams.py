"""Streams of events as servers send them: whole, in pieces, slowly, or broken off."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import threading
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fault_server import Behaviour, Request

DONE = b"data: [DONE]\n\n"
USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
GUARD = 30.0
_HEAD = b"HTTP/1.1 200 As Ordered\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"


def event(document: object) -> bytes:
    """One event that holds a document."""
    return b"data: " + json.dumps(document, ensure_ascii=False).encode() + b"\n\n"


def chunk(delta: Mapping[str, object], *, finish: str | None = None) -> bytes:
    """One event of a completion."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return event({"id": "c1", "model": "loopback-1", "choices": [choice]})


def events(pieces: Iterable[str], *, finish: str | None = "stop") -> list[bytes]:
    """A whole stream, event by event, the usage last."""
    return [
        chunk({"role": "assistant", "content": ""}),
        *(chunk({"content": piece}) for piece in pieces),
        chunk({}, finish=finish),
        event({"id": "c1", "model": "loopback-1", "choices": [], "usage": USAGE}),
        DONE,
    ]


def stream(*pieces: str, finish: str | None = "stop") -> bytes:
    """The bytes of a whole stream."""
    return b"".join(events(pieces, finish=finish))


def sent(
    pieces: Iterable[bytes | float | threading.Event],
    *,
    then: Literal["end", "break", "reset", "hang"] = "end",
) -> Behaviour:
    """200 with a body in these pieces, each on its way before the next.

    A number waits so many seconds, an event until it is set. ``then``: the body ends well, the
    connection is closed or reset in the middle of it, or nothing more comes.
    """
    pieces = list(pieces)

    async def behave(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        for piece in pieces:
            if isinstance(piece, bytes):
                writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                await writer.drain()
            elif isinstance(piece, threading.Event):
                assert await asyncio.to_thread(piece.wait, GUARD)
            else:
                await asyncio.sleep(piece)
        if then == "end":
            writer.write(b"0\r\n\r\n")
        elif then == "reset":
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        elif then == "hang":
            await asyncio.Event().wait()

    return behave
