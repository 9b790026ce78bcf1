"""A page that comes in pieces, in lines of a terminal: words stay whole, the treatment apart."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from scriptgen.cli.columns import columns

if TYPE_CHECKING:
    from collections.abc import Callable

Piece = tuple[str, bool]
"""Text, and whether it stands in a boneyard (``/* ... */``), which is no part of the page."""

MARGIN = "| "
_TAB = 4
_WIDE = 2
_NOT_FIRST = frozenset({"Pe", "Pf", "Po", "Mn", "Me", "Cf"})
_NOT_LAST = frozenset({"Ps", "Pi"})


class PageFlow:
    """Text to lines, however it is cut up on its way.

    ``width``: gives the columns there are, asked for each word, since a window may change. A word
    is shown once it is whole; text in wide characters needs no blanks to be broken, but no line
    begins with closing punctuation. Lines in a boneyard begin with `MARGIN`.
    """

    def __init__(self, width: Callable[[], int]) -> None:
        self._width = width
        self._pieces: list[Piece] = []
        self._word = ""
        self._gap = 0
        self._column = 0
        self._aside = False
        self._before = ""

    def more(self, text: str) -> list[Piece]:
        """What is to be shown once ``text`` (without control characters) has come."""
        for character in text:
            self._take(character)
        return self._shown()

    def end(self) -> list[Piece]:
        """What is left to be shown, to the end of the last line."""
        if self._before == "/" and not self._aside:
            self._add("/")
        self._flush()
        if self._column:
            self._break()
        return self._shown()

    def interrupted(self) -> None:
        """Something else was shown: what follows begins a line."""
        self._column = self._gap = 0

    def _shown(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _take(self, character: str) -> None:
        before, self._before = self._before, character
        if self._aside:
            self._add(character)
            if before == "*" and character == "/":
                self._flush()
                self._aside, self._before = False, ""
        elif before == "/" and character == "*":
            self._flush()
            self._aside, self._before = True, ""
            self._add("/")
            self._add("*")
        else:
            # A slash waits: it may open a boneyard.
            if before == "/":
                self._add("/")
            if character != "/":
                self._add(character)

    def _add(self, character: str) -> None:
        if character in "\n \t":
            self._flush()
            if character == "\n":
                self._break()
            else:
                self._gap += _TAB if character == "\t" else 1
            return
        if self._word and _may_part(self._word[-1], character):
            self._flush()
        self._word += character
        if columns(self._word) >= max(_WIDE, self._width() - len(MARGIN) - 1):
            self._flush()

    def _flush(self) -> None:
        if not self._word:
            return
        taken, width = max(1, columns(self._word)), self._width()
        if self._column and self._column + self._gap + taken > width:
            self._show("\n")
            self._column = self._gap = 0
        if not self._column:
            if self._aside:
                self._show(MARGIN)
                self._column = len(MARGIN)
            # However far in a line is to begin, half of it is for words.
            self._gap = max(0, min(self._gap, width // 2, width - self._column - taken))
        self._show(" " * self._gap + self._word)
        self._column += self._gap + taken
        self._gap, self._word = 0, ""

    def _break(self) -> None:
        if self._aside and not self._column:
            self._show(MARGIN.rstrip())
        self._show("\n")
        self._column = self._gap = 0

    def _show(self, text: str) -> None:
        self._pieces.append((text, self._aside))


def _may_part(one: str, other: str) -> bool:
    """Whether a line may end between two characters that no blank parts."""
    if columns(one) < _WIDE and columns(other) < _WIDE:
        return False
    return (
        unicodedata.category(other) not in _NOT_FIRST and unicodedata.category(one) not in _NOT_LAST
    )
