"""Writing to a terminal without ever waiting for it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TextIO


class Trickle:
    """Text for the terminal behind ``stream``, which it may have when it likes.

    A terminal takes nothing while somebody holds it (Ctrl-S), or a slow line is full. What it does
    not take at once waits for the next text, or for `finish`. ``waiting`` says whether any does.
    Where the terminal cannot be opened a second time, writing waits as it always does.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rest = b""
        self._door = _own_door(stream)

    @property
    def waiting(self) -> bool:
        """Whether some text has not been taken yet."""
        return bool(self._rest)

    def write(self, text: str) -> None:
        """Write what can be written now; raises ``OSError`` where there is no terminal any more."""
        self._rest += text.encode(self._stream.encoding, "backslashreplace")
        if self._door is None:
            self.finish()
            return
        with suppress(BlockingIOError):
            self._rest = self._rest[os.write(self._door, self._rest) :]

    def finish(self) -> None:
        """Write the rest, however long it takes; raises ``OSError`` as `write`."""
        rest, self._rest = self._rest, b""
        self._stream.flush()
        self._stream.buffer.write(rest)
        self._stream.flush()

    def close(self) -> None:
        """Give the terminal back; harmless when repeated."""
        door, self._door = self._door, None
        if door is not None:
            os.close(door)


def _own_door(stream: TextIO) -> int | None:
    """The terminal opened anew, since those who share ``stream`` expect it to wait."""
    try:
        return os.open(
            os.ttyname(stream.fileno()), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
        )
    except (AttributeError, OSError, ValueError):
        return None
