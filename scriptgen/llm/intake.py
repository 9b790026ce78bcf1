"""A streamed reply on its way in: kept as it comes, and shown to whoever watches."""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import TYPE_CHECKING

from scriptgen.llm.events import StreamedReply, assemble, is_stream
from scriptgen.llm.quoting import SURE, redact, scrub

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.llm.keys import Secret
    from scriptgen.ports import Tap


class Intake:
    """What has come of one reply.

    ``tap`` sees its text, a secret hidden even where it comes in pieces; one that fails is left
    alone from then on, since nobody who watches may break what is paid for.
    """

    def __init__(self, tap: Tap, secrets: tuple[Secret, ...] = ()) -> None:
        self._tap: Tap | None = tap
        self._veil = _Veil(secrets)
        self._secrets = secrets
        self._reply = StreamedReply()
        self._received = bytearray()

    @property
    def whole(self) -> bool:
        """Whether the stream has said that nothing more follows."""
        return self._reply.done

    def begin(self) -> None:
        """The request is on its way."""
        self._show(lambda tap: tap.begin())

    def take(self, chunk: bytes) -> None:
        """The next bytes of its body."""
        self._received += chunk
        self._more(self._veil.lift(self._reply.feed(chunk)))

    def end(self) -> None:
        """Nothing more comes, for whatever reason."""
        self._more(self._veil.lift(self._reply.end()) + self._veil.rest())
        self._show(lambda tap: tap.end())

    def begun(self) -> bytes | None:
        """What has come and may be kept; ``None`` where that is no part of a stream."""
        received = bytes(self._received)
        return kept(received, self._secrets) if is_stream(received) else None

    def _more(self, text: str) -> None:
        if text:
            self._show(lambda tap: tap.more(text))

    def _show(self, what: Callable[[Tap], None]) -> None:
        if self._tap is None:
            return
        try:
            what(self._tap)
        except Exception:  # noqa: BLE001 -- somebody else's code, of which nothing depends
            self._tap = None


INTAKE: ContextVar[Intake | None] = ContextVar("INTAKE", default=None)
"""The intake of the request that is being sent: it passes the SDK, which knows nothing of it."""


def kept(body: bytes, secrets: tuple[Secret, ...]) -> bytes | None:
    """``body`` without secrets; ``None`` for a stream that says one in pieces."""
    body = scrub(body, secrets)
    if not secrets or not is_stream(body):
        return body
    document, _ = assemble(body)
    said = json.dumps(document, ensure_ascii=False).encode(errors="replace")
    return body if scrub(said, secrets) == said else None


class _Veil:
    """Text as it comes, without secrets: what may be the beginning of one waits."""

    def __init__(self, secrets: tuple[Secret, ...]) -> None:
        self._secrets = tuple(secret for secret in secrets if len(secret.reveal()) >= SURE)
        self._forms = tuple(form.lower() for secret in self._secrets for form in secret.forms())
        self._held = ""

    def lift(self, text: str) -> str:
        if not self._forms:
            return text
        text = redact(self._held + text, self._secrets)
        shown = len(text) - max(_overlap(text, form) for form in self._forms)
        self._held = text[shown:]
        return text[:shown]

    def rest(self) -> str:
        text, self._held = self._held, ""
        return text


def _overlap(text: str, form: str) -> int:
    """How many characters at the end of ``text`` begin ``form``, whatever their case."""
    longest = min(len(text), len(form) - 1)
    return next((n for n in range(longest, 0, -1) if form.startswith(text[-n:].lower())), 0)
