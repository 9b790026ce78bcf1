"""What speaks for and against a piece's playing a moment, at first sight and beside others."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p, sqrt
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.tracing.chances import Chance
from scriptgen.tracing.moments import is_passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scriptgen.tracing.moments import Moment
    from scriptgen.tracing.overlap import Shared

FEW_WORDS = 2
NO_ODDS = -5.0
"""The odds at first sight of a moment that shares nothing with a piece."""
LITTLE = 0.001
NO_CHANCE = Chance(0.0, 0.0)


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
        "long": log1p(len(moment.terms)),
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
class Around:
    """What a piece and those near it may play, by the numbers of moments.

    ``odds``: of the piece at first sight; ``chances``: of the piece; ``near``: the chances of the
    pieces one and two before it and behind it, empty where there is none, and whether each stands
    in the same paragraph.
    """

    odds: Mapping[int, float]
    chances: Mapping[int, Chance]
    near: tuple[tuple[str, Mapping[int, Chance], bool], ...]

    @property
    def best_odds(self) -> float:
        """The best of the odds, `NO_ODDS` where there are none."""
        return max(self.odds.values(), default=NO_ODDS)

    @property
    def likeliest(self) -> int | None:
        """The moment where the piece most likely stands, the first of equals."""
        return max(self.chances, key=lambda j: (self.chances[j].there, -j), default=None)


def second_signs(
    number: int, first: Mapping[str, float], around: Around, seen: Seen, told: Sequence[Moment]
) -> dict[str, float]:
    """The signs of a piece and a moment, by its ``number``, beside what is played around them.

    ``first``: the signs of the first look, which still count.
    """
    odds = around.odds.get(number, NO_ODDS)
    chance = around.chances.get(number, NO_CHANCE)
    found = {
        **first,
        "odds": odds,
        "gap": around.best_odds - odds,
        "there": chance.there,
        "log there": log(chance.there + LITTLE),
        "plays": chance.plays,
        "log plays": log(chance.plays + LITTLE),
        "words": log1p(len(seen.words)),
    }
    likeliest = around.likeliest
    if likeliest is not None:
        most = around.chances[likeliest].there
        found["behind"] = log(most + LITTLE) - found["log there"]
        found.update(_beside(number, likeliest, most, told))
    if seen.people:
        found["somebody"] = 1.0
    if seen.speech:
        found["speech there"] = chance.there
    if len(seen.words) <= FEW_WORDS:
        found["few words there"] = chance.there
    for name, chances, same in around.near:
        found[name] = played = chances.get(number, NO_CHANCE).plays
        if same:
            found[f"{name}, same paragraph"] = played
    return found


def _beside(number: int, likeliest: int, most: float, told: Sequence[Moment]) -> dict[str, float]:
    if number == likeliest:
        return {"likeliest": 1.0}
    one, other = told[number], told[likeliest]
    if one.start < other.end and other.start < one.end:
        return {"within likeliest": most}
    return {"next to likeliest": most} if abs(number - likeliest) == 1 else {}


def weighed(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logarithm of the odds that signs speak for."""
    return sum(value * weights.get(name, 0.0) for name, value in found.items())
