"""What speaks for and against a piece's playing a moment."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from scriptgen.tracing.weights import WEIGHTS

if TYPE_CHECKING:
    from scriptgen.tracing.moments import Moment
    from scriptgen.tracing.overlap import Shared


def signs(
    shared: Shared,
    weight: float,
    moment: Moment,
    held: float,
    people: frozenset[str],
    place: str | None,
) -> dict[str, float]:
    """The signs by name; ``weight``: of the piece's words, ``held``: of the moment's."""
    found = {
        "always": 1.0,
        "said": shared.said / weight if weight else 0.0,
        "around": shared.around / weight if weight else 0.0,
        "same": sqrt(shared.same),
        "played": shared.played / held if held else 0.0,
    }
    if people and moment.people:
        found["people" if people & moment.people else "other people"] = 1.0
    if place and moment.place:
        found["place" if place == moment.place else "other place"] = 1.0
    if moment.id.startswith("e"):
        found["passage"] = 1.0
    if moment.line is not None:
        found["line"] = 1.0
    return found


def weighed(found: dict[str, float]) -> float:
    """The logarithm of the odds that signs speak for."""
    return sum(value * WEIGHTS.get(name, 0.0) for name, value in found.items())
