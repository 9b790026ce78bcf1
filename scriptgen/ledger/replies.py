"""Storing raw replies: the sink that a model client writes to before it reads anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scriptgen.errors import LostReplyError, OutputError

if TYPE_CHECKING:
    from scriptgen.ledger.ledger import Ledger
    from scriptgen.prompt import Prompt

_COUNT_LIMIT = 2**53


class LedgerSink:
    """A `scriptgen.ports.ReplySink` for one origin and one repeat number."""

    def __init__(self, ledger: Ledger, origin: str, repeat: int) -> None:
        self._ledger = ledger
        self._origin = origin
        self._repeat = repeat

    def store(self, prompt: Prompt, model: str, status: int, body: bytes) -> str:
        """Keep ``body`` durably; gives its id.

        Raises `LostReplyError` when it cannot.
        """
        from scriptgen.prompting import call_key

        try:
            return self._ledger.add_reply(
                prompt,
                call_key(prompt, model=model, origin=self._origin, repeat=self._repeat),
                origin=self._origin,
                model=model,
                status=status,
                body=body,
            )
        except OutputError as error:
            raise LostReplyError(
                error.code,
                f"a reply came and could not be stored: {error.message}",
                where=error.where,
                hint=error.hint,
            ) from error


def tokens(body: bytes) -> tuple[int | None, int | None]:
    """Prompt and completion tokens a body tells of; ``None`` where it does not say.

    Lenient: a body that cannot be read still may have been paid for and is stored all the same.
    """
    usage = _usage(body)
    # Of a stream of events, the last one that counts is the one that holds.
    lines = body.splitlines() if usage is None else []
    for line in reversed(lines):
        if usage is None and b'"usage"' in line:
            usage = _usage(line.removeprefix(b"data:"))
    if not isinstance(usage, dict):
        return None, None
    return _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))


def _usage(body: bytes) -> object:
    try:
        return json.loads(body)["usage"]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _COUNT_LIMIT:
        return None
    return value
