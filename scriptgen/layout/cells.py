"""How many character cells text takes: Courier has one width, East Asian characters have two."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import bidirectional, category, east_asian_width

JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN = range(0x1F3FB, 0x1F400)
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


@lru_cache(maxsize=8192)
def cell_width(char: str) -> int:
    """0 for a mark that sits on another character, 2 for a wide one (UAX #11), else 1."""
    if category(char) in _NO_WIDTH or ord(char) in _SKIN:
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1


def widths(text: str) -> list[int]:
    """The cells of each character; what a zero-width joiner joins stands in the cells before it."""
    found = [cell_width(char) for char in text]
    if JOINER in text:
        at = text.find(JOINER)
        while 0 <= at < len(text) - 1:
            if found[at + 1] > 1:
                found[at + 1] = 0
            at = text.find(JOINER, at + 1)
    return found


def cells(text: str) -> int:
    """The cells that ``text`` takes on one line."""
    return len(text) if text.isascii() else sum(widths(text))


def runs_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first letter does (UAX #9, P2)."""
    if text.isascii():
        return False
    kinds = (bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
