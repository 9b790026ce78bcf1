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

TALK = frozenset(
    {"first_person", "audience_words", "show_nouns", "talk_words", "hedges", "generals", "makers"}
)
"""Word lists of the pack that hold what a critic says and a page does not."""

SEEN = frozenset(
    {"body", "garment", "artefact", "furniture", "vehicle", "food", "animal", "plant", "substance",
     "light", "sound", "weather", "place_in", "place_out", "building", "person", "kin", "nature"}
)  # fmt: skip
"""Classes of nouns that a camera or a microphone takes in."""


def leaked(subject: Subject) -> Iterator[Finding]:
    """Warn of each element with a piece of the critic's talk in it, word for word.

    Only where the piece talks of the drama or names nothing that can be seen: what else stands in
    a critic's sentence may be filmed. Silent where the language has no pack.
    """
    pack = subject.pack
    if pack is None or pack.lexicon is None:
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
    lexicon = pack.lexicon
    seen = lexicon is not None and any(
        not lexicon.closed(word) and not SEEN.isdisjoint(lexicon.nouns(word)) for word in piece
    )
    return not seen or any(not TALK.isdisjoint(pack.kinds(word)) for word in piece)
