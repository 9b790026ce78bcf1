"""What speaks for and against a piece's playing a moment, at first sight and beside others."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p, sqrt
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.tracing.moments import is_passage
from scriptgen.tracing.neighbours import NO_CHANCE, NO_ODDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scriptgen.tracing.moments import Moment
    from scriptgen.tracing.neighbours import Around
    from scriptgen.tracing.overlap import Shared
    from scriptgen.tracing.telling import Wording

FEW_WORDS = 2
LITTLE = 0.001
MOST_PASSED = 3.0
"""So many pieces on the wrong side of a moment say as much against it as more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece as it is compared: ``weight`` of its ``words``, who is in it, at which place.

    ``named``: those whom it names, ``people``: those too whom it means by a pronoun; ``speech``:
    whether it is one; ``wording``: how it is put.
    """

    words: frozenset[str]
    weight: float
    named: frozenset[str]
    people: frozenset[str]
    place: str | None
    speech: bool
    wording: Wording


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
        how = "named" if seen.named else "meant"
        found[f"people {how}" if seen.people & moment.people else f"others {how}"] = 1.0
    if seen.place and moment.place:
        found["place" if seen.place == moment.place else "other place"] = 1.0
    runs = seen.wording.runs & moment.wording.runs
    if runs:
        found["runs"] = len(runs) / len(seen.wording.runs)
        found["runs played"] = len(runs) / len(moment.wording.runs)
    forms = seen.wording.forms & moment.wording.forms
    if forms:
        found["forms"] = len(forms) / len(seen.wording.forms)
        found["forms played"] = len(forms) / len(moment.wording.forms)
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
        "sentence": around.sentences.get(told[number].sentence, 0.0),
        "log sentence": log(around.sentences.get(told[number].sentence, 0.0) + LITTLE),
        "elsewhere": around.elsewhere.get(number, 0.0),
        "between": min(1.0, around.earlier.below(number)) * min(1.0, around.later.above(number)),
        "passed": min(MOST_PASSED, around.earlier.above(number)),
        "to come": min(MOST_PASSED, around.later.below(number)),
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
    total = 0.0
    for name, value in found.items():
        weight = weights.get(name)
        if weight is not None:
            total += value * weight
    return total
