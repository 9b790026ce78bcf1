"""A text with its typography made plain, and the way back.

Blanks of any kind are one blank; quote marks and dashes are ``'``, ``"`` and ``-``; an ellipsis is
three stops; marks of emphasis are gone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_ODD = re.compile(
    "\\s+|[*_]+|[\u2018\u2019\u201a\u201b\u2032\u00b4`]|[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]"
    "|\u2026|[\u2010-\u2015\u2212]+|-{2,3}"
)
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212-", "-"),
    **dict.fromkeys("*_", ""),
    "\u2026": "...",
}


@dataclass(frozen=True)
class Folded:
    """``plain`` is ``text`` folded; `range_of` leads back."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The folded text."""
        return "".join(self._pieces[0])

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The range of ``text`` that became ``plain[start:end]``, which is not empty."""
        _, plain, origin = self._pieces
        first = bisect_right(plain, start) - 1
        last = bisect_right(plain, end - 1) - 1
        begin, _, literal = origin[first]
        opens = begin + (start - plain[first] if literal else 0)
        begin, stop, literal = origin[last]
        return opens, begin + end - plain[last] if literal else stop

    @cached_property
    def _pieces(self) -> tuple[list[str], list[int], list[tuple[int, int, bool]]]:
        """The pieces, where each begins in ``plain``, and its range here and if it is the same."""
        pieces: list[str] = []
        starts: list[int] = []
        origin: list[tuple[int, int, bool]] = []
        at = length = 0

        def add(piece: str, start: int, end: int, *, literal: bool) -> None:
            nonlocal length
            if piece:
                pieces.append(piece)
                starts.append(length)
                origin.append((start, end, literal))
                length += len(piece)

        for odd in _ODD.finditer(self.text):
            add(self.text[at : odd.start()], at, odd.start(), literal=True)
            add(_PLAIN.get(odd[0][0], " "), odd.start(), odd.end(), literal=False)
            at = odd.end()
        add(self.text[at:], at, len(self.text), literal=True)
        return pieces, starts, origin


def fold(text: str) -> str:
    """``text`` folded, without blanks at its ends."""
    return Folded(text).plain.strip()
