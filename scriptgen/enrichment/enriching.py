"""Claims against the essay: each is taken with its words, or dropped with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from scriptgen.brief import Enriched
from scriptgen.enrichment.claims import Field
from scriptgen.enrichment.lines import add_line, set_kind, set_speaker
from scriptgen.enrichment.making import Found, Making
from scriptgen.enrichment.moments import add_beat, add_prop, add_question, set_certainty
from scriptgen.enrichment.people import add_alias, add_character, make_one
from scriptgen.enrichment.quotes import Quotes
from scriptgen.enrichment.reasons import Reason
from scriptgen.enrichment.scenery import add_place, set_int_ext, set_scene_place, set_time
from scriptgen.enrichment.settling import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.enrichment.claims import Claim
    from scriptgen.enrichment.quotes import Range
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack

    Take = Callable[[Making, Found], Reason | None]

MOST_CLAIMS = 1_000
"""Claims of one reply that are looked at."""

_TAKES: Mapping[Field, Take] = MappingProxyType(
    {
        Field.CHARACTER: add_character,
        Field.SAME: make_one,
        Field.ALIAS: add_alias,
        Field.PLACE: add_place,
        Field.SCENE_PLACE: set_scene_place,
        Field.INT_EXT: set_int_ext,
        Field.TIME: set_time,
        Field.BEAT: add_beat,
        Field.CERTAINTY: set_certainty,
        Field.SPOKEN: add_line,
        Field.IMAGINED: add_line,
        Field.UNHEARD: add_line,
        Field.REPORTED: add_line,
        Field.SPEAKER: set_speaker,
        Field.KIND: set_kind,
        Field.PROP: add_prop,
        Field.QUESTION: add_question,
    }
)
_ORDER = {field: number for number, field in enumerate(Field)}
_SAID = frozenset({Field.SPOKEN, Field.IMAGINED})


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that was not taken, ``None`` where it was none, and why."""

    claim: Claim | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Enrichment:
    """A brief with the claims that were taken in it, and those that were not, in their order."""

    brief: SceneBrief
    dropped: tuple[Dropped, ...]


def enrich(
    brief: SceneBrief,
    essay: Essay,
    pack: LanguagePack,
    claims: Sequence[Claim | None],
    *,
    model: str,
) -> Enrichment:
    """``brief``, which is of ``essay``, with what of ``claims`` the essay bears out.

    ``claims``: as `claims_in` gives them; ``pack``: of the essay's language; ``model``: who made
    them. Claims can add and fill in, but neither take a speaker away that a name beside the line
    gives, nor make a beat of what is commentary. Every span of the result is the
    essay's own. The same claims give the same brief.
    """
    making = Making(brief, pack, Quotes(essay.text))
    reasons: dict[int, Reason] = {}
    places: dict[int, tuple[Range, ...]] = {}
    for number, claim in enumerate(claims):
        found = _places(making.quotes, number, claim)
        if isinstance(found, Reason):
            reasons[number] = found
        else:
            places[number] = found
    standing = [(number, claim) for number, claim in enumerate(claims) if claim is not None]
    for number, claim in sorted(standing, key=lambda one: _ORDER[one[1].field]):
        if number in places:
            found_at = Found(claim, places[number], _between(claims, places, number))
            reason = _TAKES[claim.field](making, found_at)
            if reason is not None:
                reasons[number] = reason
    dropped = tuple(Dropped(claims[number], reasons[number]) for number in sorted(reasons))
    counts = Counter(one.reason.value for one in dropped)
    told = Enriched(
        model=model,
        claims=len(claims),
        taken=len(claims) - len(dropped),
        dropped=dict(sorted(counts.items())),
    )
    return Enrichment(settle(making).model_copy(update={"enriched": told}), dropped)


def _places(quotes: Quotes, number: int, claim: Claim | None) -> tuple[Range, ...] | Reason:
    if claim is None:
        return Reason.MALFORMED
    if number >= MOST_CLAIMS:
        return Reason.TOO_MANY
    return quotes.places(claim.quote, exactly=claim.field in _SAID)


def _between(
    claims: Sequence[Claim | None], places: Mapping[int, tuple[Range, ...]], number: int
) -> Range | None:
    """Where the claims of this field before and behind stand, if they are in essay order."""
    if len(places[number]) == 1:
        return None
    claim = claims[number]
    alike = [
        other
        for other in places
        if len(places[other]) == 1
        and claim is not None
        and (one := claims[other]) is not None
        and one.field is claim.field
    ]
    before = max((other for other in alike if other < number), default=None)
    behind = min((other for other in alike if other > number), default=None)
    first = places[before][0][0] if before is not None else None
    last = places[behind][0][0] if behind is not None else None
    if first is None and last is None:
        return None
    start, end = first or 0, last if last is not None else max(one[1] for one in places[number])
    return (start, end) if start <= end else None
