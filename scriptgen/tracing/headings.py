"""Which places of the essay the headings of a draft stand for, and where it tells of others."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from scriptgen.fountain.headings import told
from scriptgen.wording import Near, terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from scriptgen.brief import SceneBrief
    from scriptgen.language import LanguagePack
    from scriptgen.tracing.chances import Chance
    from scriptgen.tracing.overlap import Shared
    from scriptgen.tracing.pieces import Piece

LEAST = 0.5
"""The share of a place's words that a heading has at least."""
LEAST_SAID = 0.15
"""The share of a heading's words that a moment has at least, to tell of its place.

Where it is not known which words say something, it takes `LEAST`.
"""


def heading_places(cut: Sequence[Piece], brief: SceneBrief, pack: LanguagePack) -> dict[int, str]:
    """The ids of the places that headings name, by the number of the heading.

    Of several places the one of which the heading has most words, then the greatest share, then
    the one that it names first.
    """
    known = []
    for place in brief.places:
        forms = [place.name, *(span.text for span in place.evidence)]
        known.append((place.id, [frozenset(terms(form, pack)) for form in forms]))
    near = Near({word for _, forms in known for form in forms for word in form}, pack.likeness)
    found = {}
    for number, piece in enumerate(cut):
        if piece.kind != "heading":
            continue
        named: dict[str, tuple[float, int]] = {}
        for at, word in enumerate(terms(piece.text, pack)):
            for other, value in near.like(word).items():
                named[other] = max((value, -at), named.get(other, (0.0, 0)))
        best = max(
            ((*_named(named, form), -at) for at, (_, forms) in enumerate(known) for form in forms),
            default=(0.0, 0.0, 0, 0),
        )
        if best[1] >= LEAST:
            found[number] = known[-best[3]][0]
    return found


def place_words(heading: str, pack: LanguagePack) -> frozenset[str]:
    """The words of the place that a heading names, in base forms."""
    return frozenset(terms(told(heading).place, pack))


def told_at(
    shared: Mapping[int, Shared], weight: float, near: Mapping[int, Chance], pack: LanguagePack
) -> int | None:
    """Which moment tells of the place of a heading that is none of the brief's, by its number.

    ``shared``: what the place's words, of this ``weight``, share with moments; ``near``: how likely
    the page is at each when it comes to the heading.
    """
    least = weight * (LEAST if pack.lexicon is None else LEAST_SAID)
    values = {
        number: each.said / weight * sqrt(near[number].there)
        for number, each in shared.items()
        if number in near and each.said >= least
    }
    return max(values, key=lambda number: (values[number], -number), default=None)


def _named(named: dict[str, tuple[float, int]], form: AbstractSet[str]) -> tuple[float, float, int]:
    """How much of a place's form a heading names, in words, as a share, and how early."""
    met = [named[word] for word in sorted(form) if word in named]
    value = sum(likeness for likeness, _ in met)
    share = value / len(form) if form else 0.0
    return (value if share >= LEAST else 0.0, share, max((at for _, at in met), default=0))
