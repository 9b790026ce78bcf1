"""How likely a draft is at each moment of the essay, given all of the page."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REACH = 40
"""So many moments off the path are looked at; more would make the work grow with the essay."""
LEAST = 0.01
"""The chance below which a moment is not looked at again."""
_MOST_ODDS = 12.0


class Chance(NamedTuple):
    """How likely a piece stands at a moment, and how likely it plays it too, in [0, 1]."""

    there: float
    plays: float


class _Row(NamedTuple):
    """Values of the moments from ``first`` on."""

    first: int
    values: list[float]

    @property
    def end(self) -> int:
        return self.first + len(self.values)


def chances(
    odds: Sequence[Mapping[int, float]],
    path: Sequence[int | None],
    moments: int,
    moves: Mapping[str, float],
) -> list[dict[int, Chance]]:
    """The chances of each piece at the moments near the path, by their numbers.

    ``odds`` and ``path``: as for and from `scriptgen.tracing.alignment.align`; ``moments``: how
    many there are. ``moves``: how much likelier it is to go ``on`` to the next moment than to stay,
    and how much less to each further one (``on_far``), the same for ``back``, and for any at all
    (``jump``); ``told``: how much the words count against the order.
    """
    bands = _bands(path, moments)
    weights = [_weights(row, band, moves["told"]) for row, band in zip(odds, bands, strict=True)]
    up = (moves["on"], moves["on_far"], moves["back"], moves["back_far"], moves["jump"])
    down = (moves["back"], moves["back_far"], moves["on"], moves["on_far"], moves["jump"])
    forward = _passed(weights, bands, up)
    backward = _passed(weights[::-1], bands[::-1], down)[::-1]
    return [
        _joined(ahead, behind, weight)
        for ahead, behind, weight in zip(forward, backward, weights, strict=True)
    ]


def _bands(path: Sequence[int | None], moments: int) -> list[tuple[int, int]]:
    """Of each piece the range of moments that are looked at."""
    last, following = 0, [0] * len(path)
    known = [place for place in path if place is not None]
    behind = known[-1] if known else 0
    for at in range(len(path) - 1, -1, -1):
        here = path[at]
        behind = behind if here is None else here
        following[at] = behind
    found = []
    for at, place in enumerate(path):
        last = last if place is None else place
        low, high = min(last, following[at]), max(last, following[at])
        found.append((max(0, low - REACH), min(moments, high + REACH + 1)))
    return found


def _weights(row: Mapping[int, float], band: tuple[int, int], told: float) -> _Row:
    """How much likelier a piece is at each moment than one that plays nothing."""
    values = [1.0] * (band[1] - band[0])
    for number, value in row.items():
        if band[0] <= number < band[1]:
            values[number - band[0]] += exp(min(value + told, _MOST_ODDS))
    return _Row(band[0], values)


def _passed(
    weights: Sequence[_Row], bands: Sequence[tuple[int, int]], moves: tuple[float, ...]
) -> list[_Row]:
    """What comes to each piece from the one before it, and has that piece's own weight."""
    found: list[_Row] = []
    for weight, band in zip(weights, bands, strict=True):
        if found:
            came = _spread(found[-1], band, moves)
            values = [a * b for a, b in zip(came, weight.values, strict=True)]
        else:
            values = list(weight.values)
        whole = sum(values)
        found.append(_Row(band[0], [value / whole for value in values] if whole else values))
    return found


def _spread(row: _Row, band: tuple[int, int], moves: tuple[float, ...]) -> list[float]:
    """Where a page that is somewhere on ``row`` may be one piece on."""
    on, on_far, back, back_far, jump = moves
    low, high = band
    start, end = min(low, row.first), max(high, row.end)
    size = high - low
    values = [0.0] * (row.first - start) + row.values + [0.0] * (end - row.end)
    anywhere = jump * sum(row.values)
    found = [anywhere + value for value in values[low - start : low - start + size]]
    came = 0.0
    for at, value in enumerate(values, start - low):
        if 0 <= at < size:
            found[at] += came
        came = came * on_far + on * value
    came = 0.0
    for at in range(end - start - 1, -1, -1):
        place = at + start - low
        if 0 <= place < size:
            found[place] += came
        came = came * back_far + back * values[at]
    return found


def _joined(ahead: _Row, behind: _Row, weight: _Row) -> dict[int, Chance]:
    """Both passes in one; the piece's own weight is in each of them and counts once."""
    both = [a * b / w for a, b, w in zip(ahead.values, behind.values, weight.values, strict=True)]
    whole = sum(both)
    return {
        ahead.first + at: Chance(value / whole, value / whole * (1 - 1 / weight.values[at]))
        for at, value in enumerate(both)
        if whole and value > LEAST * whole
    }
