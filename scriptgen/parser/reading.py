"""What the later passes share: the document, its people, and where its lines stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.parser.typography import cover

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.mentions import MentionIndex
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.turns import Spoken


@dataclass(frozen=True, slots=True)
class Reading:
    """An essay half read: names, mentions and lines are known.

    ``lines``: the lines found; ``line_starts``: where their marks open; ``tagged``: which
    offsets say who speaks; ``outside``: where the title, actors and makers are named;
    ``asides``: the words of brackets in which the critic speaks of watching;
    ``cuts``: the sentences cut so far, as two passes ask for them.
    """

    doc: Document
    pack: LanguagePack
    index: MentionIndex
    lines: tuple[Spoken, ...]
    line_starts: frozenset[int]
    tagged: bytearray
    outside: frozenset[int]
    asides: frozenset[int]
    cuts: dict[tuple[int, int], tuple[tuple[int, int, str, bool], ...]] = field(
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
        )
