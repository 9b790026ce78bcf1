"""Overlapping ranges as a flat row of segments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Ranged(Protocol):
    """Anything with a half-open range of code points."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


R = TypeVar("R", bound=Ranged)
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Segment(Generic[R]):
    """``[start, end)``, never empty, and every range that covers it, in the order given."""

    start: int
    end: int
    over: tuple[R, ...]


def segments(length: int, ranges: Sequence[R], cuts: Iterable[int] = ()) -> list[Segment[R]]:
    """Cut ``[0, length)`` wherever a range opens or ends, and at ``cuts``.

    The segments follow each other without a gap from 0 to ``length``, so their texts together are
    the whole text. Ranges may nest and overlap; what lies outside the text, or is empty, counts
    for nothing. Takes time in proportion to the length of the answer, and to sorting.
    """
    opening: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    edges = {0, length, *(cut for cut in cuts if 0 < cut < length)}
    for number, one in enumerate(ranges):
        start, end = max(0, one.start), min(length, one.end)
        if start < end:
            opening.setdefault(start, []).append(number)
            ending.setdefault(end, []).append(number)
            edges |= {start, end}
    ordered = sorted(edges)
    active: dict[int, R] = {}
    out: list[Segment[R]] = []
    for start, end in pairwise(ordered):
        for number in ending.get(start, ()):
            del active[number]
        for number in opening.get(start, ()):
            active[number] = ranges[number]
        out.append(Segment(start, end, tuple(active[number] for number in sorted(active))))
    return out


def line_edges(text: str) -> list[int]:
    """Where the lines of ``text`` begin and end, to cut its segments there."""
    return [edge for found in LINE.finditer(text) for edge in found.span()]
