"""Whether the critic's words stand on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.copying import LEAKED, critics_grams, stretches, told
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.language import LanguagePack

LONG = 6
"""Words in one piece; a shorter one is in many sentences."""

ENOUGH = 2
"""Words of talk in it that say so; one alone, as "direction", may be of the drama, but for "I"."""

TALK = frozenset({"show_nouns", "talk_words", "hedges", "generals", "makers"})
"""Word lists of the pack that hold what a critic says and a page does not."""


def leaked(subject: Subject) -> Iterator[Finding]:
    """Warn of each element with a piece of the critic's talk in it, word for word.

    Only where the piece talks of the drama or says "I": what else stands in a critic's sentence may
    be filmed. Silent where the language has no pack.
    """
    pack = subject.pack
    if pack is None:
        return
    known = critics_grams(subject.brief)
    for index, said in told(subject):
        for start, end in stretches(said, known, LEAKED):
            piece = said[start:end]
            if len(piece) >= LONG and _is_talk(piece, pack):
                yield Finding(
                    code="W_LEAKED",
                    severity=Severity.WARNING,
                    message="the critic's own words stand on the page: "
                    "cut them, or show what they speak of",
                    element=index,
                    evidence=" ".join(piece),
                )
                break


def _is_talk(piece: list[str], pack: LanguagePack) -> bool:
    talk = sum(not TALK.isdisjoint(pack.kinds(word)) for word in piece)
    return talk >= ENOUGH or any(pack.is_word("first_person", word) for word in piece)
