"""Which places of the essay the headings of a draft stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.wording import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.language import LanguagePack
    from scriptgen.tracing.pieces import Piece

LEAST = 0.34


def heading_places(cut: Sequence[Piece], brief: SceneBrief, pack: LanguagePack) -> dict[int, str]:
    """The ids of the places that headings name, by the number of the heading."""
    known = [
        (
            place.id,
            frozenset(
                word
                for text in (place.name, *(span.text for span in place.evidence))
                for word in terms(text, pack)
            ),
            frozenset(terms(place.name, pack)),
        )
        for place in brief.places
    ]
    found = {}
    for number, piece in enumerate(cut):
        if piece.kind != "heading":
            continue
        named = frozenset(terms(piece.text, pack))
        best, which = LEAST, None
        for place, words, own in known:
            if not words:
                continue
            value = len(named & words) / len(own or words)
            if value > best:
                best, which = value, place
        if which:
            found[number] = which
    return found
