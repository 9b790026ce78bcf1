"""What the later passes share: the document, its people, and where its lines stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.parser.typography import cover

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.clauses import Joined
    from scriptgen.parser.mentions import MentionIndex
    from scriptgen.parser.place_heads import Degree
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.turns import Spoken


@dataclass(frozen=True, slots=True)
class Reading:
    """An essay half read: names, mentions and lines are known.

    ``lines``: the lines found; ``line_starts``: where their marks open; ``tagged``: which
    offsets say who speaks; ``outside``: where the title, actors and makers are named;
    ``asides``: the words of brackets in which the critic speaks of watching;
    ``past``: whether the essay tells in the past tense; ``cuts``: the sentences cut so far, as
    two passes ask for them; ``degrees``: how surely the words looked at so far are places;
    ``times``: the words that tell a time, by the kind of table that was asked for.
    """

    doc: Document
    pack: LanguagePack
    index: MentionIndex
    lines: tuple[Spoken, ...]
    line_starts: frozenset[int]
    tagged: bytearray
    outside: frozenset[int]
    asides: frozenset[int]
    past: bool
    cuts: dict[tuple[int, int], tuple[Joined, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    degrees: dict[int, Degree] = field(default_factory=dict, compare=False, repr=False)
    times: dict[str, list[tuple[str, int, int]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(
        cls,
        doc: Document,
        pack: LanguagePack,
        index: MentionIndex,
        lines: list[Spoken],
        outside: frozenset[int] = frozenset(),
        asides: frozenset[int] = frozenset(),
    ) -> Reading:
        """Bundle the passes so far."""
        return cls(
            doc,
            pack,
            index,
            tuple(lines),
            frozenset(line.outer_start for line in lines),
            cover(doc.text, (line.tag for line in lines if line.tag)),
            outside,
            asides,
            _is_in_past(doc),
        )


_CLEARLY = 1.3
_ENOUGH = 5
"""Pasts stand in essays in the present too, as what came before: it takes so many more of them."""


def _is_in_past(doc: Document) -> bool:
    forms = [
        word.form
        for word in doc.words
        if word.verbs and not (word.nouns or word.adjective or doc.quoted[word.start])
    ]
    pasts = forms.count("past") + forms.count("both")
    return pasts >= _ENOUGH and pasts > _CLEARLY * forms.count("third")
