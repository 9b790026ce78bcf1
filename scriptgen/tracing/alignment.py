"""The likeliest way of a draft through an essay: dynamic programming over pieces and moments."""

from __future__ import annotations

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
    paths: dict[int, float] = {START: 0.0}
    ways: list[dict[int, tuple[int, bool]]] = []
    for row in odds:
        new = dict(paths)
        way = {place: (place, False) for place in paths}
        for number in sorted(row):
            best, origin = max((paths[at] - _cost(at, number, steps), -at) for at in paths)
            value = best + row[number]
            if number not in new or value > new[number]:
                new[number] = value
                way[number] = (-origin, True)
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


def _cost(at: int, number: int, steps: Mapping[str, float]) -> float:
    if number >= at:
        return min(steps["skipped"] * max(0, number - at - 1), steps["skipped_most"])
    return steps["back"] + min(steps["behind"] * (at - number), steps["behind_most"])
