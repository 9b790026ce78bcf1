"""Text in the columns of a terminal, where some characters take two and some none."""

from __future__ import annotations

import unicodedata

_WIDE = frozenset("WF")
_UNSEEN = frozenset({"Mn", "Me", "Cf"})


def columns(text: str) -> int:
    """How many columns ``text`` takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in _UNSEEN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def wrapped(text: str, width: int) -> list[str]:
    """The words of ``text`` in lines of at most ``width`` columns; a longer word is cut.

    Never empty; ``width`` under 2 counts as 2.
    """
    lines: list[str] = []
    line, taken = "", 0
    for word in text.split():
        room = columns(word)
        if line and taken + 1 + room <= width:
            line, taken = f"{line} {word}", taken + 1 + room
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, max(2, width))
        lines += full
        taken = columns(line)
    return [*lines, line]


def _cut(word: str, width: int) -> list[str]:
    if columns(word) <= width:
        return [word]
    parts, part, taken = [], "", 0
    for character in word:
        room = _columns(character)
        if taken + room > width:
            parts.append(part)
            part, taken = "", 0
        part += character
        taken += room
    return [*parts, part]
