"""Where each piece of a screenplay comes from, by aligning page and essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.trace import Trace, Traced
from scriptgen.tracing.alignment import align
from scriptgen.tracing.headings import heading_places
from scriptgen.tracing.lines import spoken_lines
from scriptgen.tracing.moments import moments
from scriptgen.tracing.overlap import Overlap
from scriptgen.tracing.people import People, carried
from scriptgen.tracing.pieces import pieces
from scriptgen.tracing.signs import signs, weighed
from scriptgen.tracing.weights import STEPS
from scriptgen.wording import terms

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay

LOOKED_AT = 16
SURE = 6.0


def trace_screenplay(
    screenplay: Screenplay, brief: SceneBrief, essay: Essay, pack: LanguagePack
) -> Trace:
    """The pieces of a screenplay with what they play."""
    cut = pieces(screenplay)
    people = People(brief, pack)
    told = moments(brief, essay, pack, people)
    numbers = {moment.id: number for number, moment in enumerate(told)}
    said = [frozenset(terms(piece.text, pack)) - people.words for piece in cut]
    overlap = Overlap(told, said, pack.likeness)
    who = carried(
        [piece.text for piece in cut],
        [people.named(piece.cue if piece.kind == "speech" else piece.text) for piece in cut],
        pack,
    )
    places = heading_places(cut, brief, pack)
    lines = spoken_lines(cut, brief)
    odds: list[dict[int, float]] = []
    here: str | None = None
    for number, piece in enumerate(cut):
        if piece.kind == "heading":
            here = places.get(number)
            odds.append({})
            continue
        if number in lines:
            odds.append({numbers[line]: SURE for line in lines[number]})
            continue
        row = {}
        weight = overlap.weight(said[number])
        shared = overlap.shared(said[number])
        near = sorted(shared, key=lambda j: (-shared[j].said - shared[j].around, j))
        for j in near[:LOOKED_AT]:
            found = signs(shared[j], weight, told[j], overlap.weight_of[j], who[number], here)
            row[j] = weighed(found)
        odds.append(row)
    path = align(odds, STEPS)
    found_pieces = []
    for number, piece in enumerate(cut):
        sources: tuple[str, ...] = ()
        if piece.kind == "heading":
            place = places.get(number)
            sources = (place,) if place else ()
        elif number in lines:
            sources = lines[number]
        else:
            at = path[number]
            if at is not None:
                sources = (told[at].id,)
        invented = number not in lines if piece.kind == "speech" else not sources
        found_pieces.append(
            Traced(
                element=piece.element,
                start=piece.start,
                end=piece.end,
                sources=sources,
                invented=invented,
            )
        )
    return Trace(pieces=tuple(found_pieces))
