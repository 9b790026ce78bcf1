"""Breaking text into lines of so many cells.

A line breaks at a blank, after a hyphen or a dash between letters, and between wide characters
(but not before closing nor after opening punctuation, as Chinese and Japanese set it). A word
that is longer than a line is broken where the line ends. Blanks at a break are not printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.layout.cells import JOINER, cell_width, widths

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_FIRST = frozenset("、。，．！？：；）」』】》〉〕］｝”’…—·ー々,.!?:;)]}%»")
_NOT_LAST = frozenset("（「『【《〈〔［｛“‘([{«$¥￥")
_DASHES = frozenset("-\N{HYPHEN}\N{EN DASH}\N{EM DASH}")
_BLANKS = re.compile(" *")


class Line(NamedTuple):
    """Characters ``[start, end)`` of a text; the next line begins at ``after``."""

    start: int
    end: int
    after: int


def lines(text: str, start: int, width: int, *, hang: int = 0) -> Iterator[Line]:
    """The lines of ``text`` from ``start``; lines after the first are ``hang`` cells narrower."""
    first = True
    while True:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        for line in _broken(text, start, stop, width if first else width - hang, width - hang):
            first = False
            yield line
        if stop == len(text):
            return
        start = stop + 1


def _broken(text: str, start: int, stop: int, width: int, later: int) -> Iterator[Line]:
    """The lines of ``text[start:stop]``, which holds no line end; at least one."""
    while True:
        cut = _cut(text, start, stop, width)
        if cut == stop:
            end = stop
            while end > start and text[end - 1] == " ":
                end -= 1
            yield Line(start, end, min(stop + 1, len(text)))
            return
        end = cut
        while end > start and text[end - 1] == " ":
            end -= 1
        blanks = _BLANKS.match(text, cut, stop)
        after = blanks.end() if blanks else cut
        if after == stop:
            yield Line(start, end, min(stop + 1, len(text)))
            return
        yield Line(start, end, after)
        start, width = after, later


def _cut(text: str, start: int, stop: int, width: int) -> int:
    """Where a line that begins at ``start`` breaks; ``stop`` where all of it fits."""
    limit = _limit(text, start, stop, width)
    if limit == stop:
        return stop
    for cut in range(limit, start, -1):
        if _may_break(text, cut) and text[start:cut].strip():
            return cut
    cut = limit
    while cut > start and cell_width(text[cut]) == 0:
        cut -= 1
    # A heap of marks on one character is broken where it is, else each would have a line.
    return cut if cut > start else max(limit, start + 1)


def _limit(text: str, start: int, stop: int, width: int) -> int:
    """The end of what fits in ``width`` cells, blanks that would hang over left aside."""
    if text.isascii():
        return min(start + width, stop)
    # As many characters as are sure to fill the line, and more where some take no cell.
    at, used = start, 0
    while at < stop:
        end = min(stop, at + width + 1)
        while end < stop and (text[end - 1] == JOINER or not cell_width(text[end])):
            end += 1
        for cell in widths(text[at:end]):
            used += cell
            if used > width:
                return at
            at += 1
    return stop


def _may_break(text: str, cut: int) -> bool:
    """Whether a line may end before the character at ``cut``."""
    before, after = text[cut - 1], text[cut]
    if after == " ":
        return True
    if before == " ":
        return True
    if before in _DASHES:
        return after.isalnum() and cut > 1 and text[cut - 2].isalnum()
    if before.isascii() and after.isascii():
        return False
    if cell_width(after) == 0 or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    while cell_width(before) == 0 and cut > 1:
        cut -= 1
        before = text[cut - 1]
    return cell_width(before) > 1 or cell_width(after) > 1
