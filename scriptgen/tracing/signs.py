"""What speaks for and against a piece's playing a moment, at first sight and beside others."""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p, sqrt
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.tracing.moments import is_passage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.tracing.moments import Moment
    from scriptgen.tracing.overlap import Shared

FEW_WORDS = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece as it is compared: ``weight`` of its ``words``, who is in it, at which place.

    ``people``: those named or meant by a pronoun; ``speech``: whether it is one.
    """

    words: frozenset[str]
    weight: float
    people: frozenset[str]
    place: str | None
    speech: bool


def first_signs(seen: Seen, shared: Shared, moment: Moment, held: float) -> dict[str, float]:
    """The signs of a piece and a moment alone; ``held``: the weight of the moment's words."""
    found = {
        "always": 1.0,
        "said": shared.said / seen.weight if seen.weight else 0.0,
        "around": shared.around / seen.weight if seen.weight else 0.0,
        "same": sqrt(shared.same),
        "much": sqrt(shared.said),
        "things": sqrt(shared.things),
        "played": shared.played / held if held else 0.0,
    }
    if seen.people and moment.people:
        found["people" if seen.people & moment.people else "other people"] = 1.0
    if seen.place and moment.place:
        found["place" if seen.place == moment.place else "other place"] = 1.0
    if is_passage(moment.id):
        found["passage"] = 1.0
    if moment.line is not None:
        found[f"line {moment.line}"] = 1.0
    if len(seen.words) <= FEW_WORDS:
        found["few words"] = 1.0
    if moment.talk:
        found["talk"] = moment.talk
    if seen.speech:
        found["speech"] = 1.0
        if moment.line in (LineKind.REPORTED, LineKind.UNHEARD, LineKind.IMAGINED):
            found["speech told"] = 1.0
    return found


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the path through the essay runs near a piece, as numbers of moments.

    ``here``: what it plays on the path; ``before`` and ``after``: what the nearest pieces that play
    anything do; ``beside``: what the piece before it in the same paragraph plays; ``best``: the
    best odds that it has at first sight.
    """

    here: int | None
    before: int | None
    after: int | None
    beside: int | None
    best: float

    def met(self, number: int) -> list[str]:
        """Which of the pieces around play the moment with this number."""
        around = (("before", self.before), ("after", self.after), ("beside", self.beside))
        return [name for name, place in around if place == number]

    def off(self, number: int) -> int | None:
        """How many moments off the way from the piece before to the one after; within it -1.

        ``None`` where nothing is played around.
        """
        ends = [place for place in (self.before, self.after) if place is not None]
        if not ends:
            return None
        off = max(min(ends) - number, number - max(ends), 0)
        return -1 if min(ends) < number < max(ends) else off


def second_signs(
    number: int, odds: float, around: Surroundings, seen: Seen, moment: Moment, path: Moment | None
) -> dict[str, float]:
    """The signs of a piece and a moment by what is played around; ``path``: what it plays there."""
    found = {"always": 1.0, "odds": odds, "gap": around.best - odds}
    few = len(seen.words) <= FEW_WORDS
    if number == around.here:
        found["path"] = 1.0
    elif path is not None:
        found["off path"] = 1.0
        found.update(_beside_path(number, around, moment, path))
    for name in around.met(number):
        found[name] = 1.0
        if few:
            found[f"{name}, few words"] = 1.0
        if path is None:
            found[f"{name}, no path"] = 1.0
    off = around.off(number)
    if off is not None:
        found["off"] = log1p(max(0, off))
        if off < 0:
            found["between"] = 1.0
    for name, holds in (
        ("few words", few),
        ("speech", seen.speech),
        ("passage", is_passage(moment.id)),
    ):
        if holds:
            found[name] = 1.0
    return found


def _beside_path(
    number: int, around: Surroundings, moment: Moment, path: Moment
) -> dict[str, float]:
    if moment.start < path.end and path.start < moment.end:
        return {"within path": 1.0}
    if around.here is not None and abs(number - around.here) == 1:
        return {"next to path": 1.0}
    return {}


def weighed(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logarithm of the odds that signs speak for."""
    return sum(value * weights.get(name, 0.0) for name, value in found.items())
