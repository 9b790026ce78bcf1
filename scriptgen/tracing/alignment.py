"""The likeliest way of a draft through an essay: dynamic programming over pieces and moments."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BEAM = 24
"""So many places in the essay are kept as where a draft may be, after each piece."""
START = -1


def align(odds: Sequence[Mapping[int, float]], steps: Mapping[str, float]) -> list[int | None]:
    """Of each piece the moment it plays, ``None`` where it plays none.

    ``odds``: for each piece the moments it may play, by number, with the logarithm of the odds
    that it does; playing none counts 0. ``steps``: what it costs to pass over a moment
    (``skipped``, up to ``skipped_most``), to go ``back``, and each moment gone back (``behind``, up
    to ``behind_most``). The work grows with the pieces and the moments each may play, not with
    their product.
    """
    costs = _Costs(steps)
    paths: dict[int, float] = {START: 0.0}
    ways: list[dict[int, tuple[int, bool]]] = []
    for row in odds:
        new = dict(paths)
        way = {place: (place, False) for place in paths}
        for number in sorted(row):
            origin, value = costs.best(paths, number)
            value += row[number]
            if number not in new or value > new[number]:
                new[number] = value
                way[number] = (origin, True)
        if len(new) > BEAM:
            kept = sorted(new, key=lambda place: (-new[place], place))[:BEAM]
            new = {place: new[place] for place in kept}
        paths = new
        ways.append(way)
    place = min(paths, key=lambda place: (-paths[place], place))
    found: list[int | None] = []
    for way in reversed(ways):
        before, played = way[place]
        found.append(place if played else None)
        place = before
    return found[::-1]


class _Costs:
    """What going from one moment to another costs, by how far it is."""

    def __init__(self, steps: Mapping[str, float]) -> None:
        self._steps = steps
        self._known: dict[int, float] = {}

    def best(self, paths: Mapping[int, float], number: int) -> tuple[int, float]:
        """From where to come to a moment, the first of equals, and what the path is worth there."""
        known = self._known
        origin, best = START, -inf
        for at, value in paths.items():
            gap = number - at
            cost = known.get(gap)
            if cost is None:
                cost = known[gap] = self._cost(gap)
            if value - cost > best:
                origin, best = at, value - cost
        return origin, best

    def _cost(self, gap: int) -> float:
        steps = self._steps
        if gap >= 0:
            return min(steps["skipped"] * max(0, gap - 1), steps["skipped_most"])
        return steps["back"] + min(-gap * steps["behind"], steps["behind_most"])
