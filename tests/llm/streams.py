"""Streams of events as servers send them, to be fed whole, in pieces or broken off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DONE = b"data: [DONE]\n\n"
USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


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
