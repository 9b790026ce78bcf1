"""Whether something happens on the page that the essay does not have."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.checks.moments import DOING, cast_words, has_deed, piece_text
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action
from scriptgen.wording import Near, terms, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.checks.subject import Subject
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.trace import Trace

ALIKE = 0.5
"""Likeness to a word of the essay from which on a word is none of its own."""

STORY = 3.5
"""Weight of the strange words in an invented paragraph from which on it is no bridge.

What strong drafts add between two moments (somebody crosses a room, a clock ticks) weighs
2.6 at most, but for one in twenty drafts; those from a bare request have some of 3.
"""

TURN, THING, HALF = 2.0, 1.0, 0.3
"""Weights of words: of what turns a story and of somebody new; of a thing or a deed; of a word
that may be something else."""

THINGS = frozenset(
    {"act", "animal", "artefact", "communication", "event", "food", "garment", "plant",
     "possession", "substance", "vehicle"}
)  # fmt: skip
_CAPITALISED = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]{2,})")
_STAGING = frozenset({"body_parts", "staging_words"})
PEOPLE = frozenset({"person", "kin", "role"})


class Invented(NamedTuple):
    """A paragraph that no moment of the essay bears out.

    ``element``: its index; ``strange``: the words that are like none of the essay's, with their
    weights; ``deed``: whether somebody does something in it.
    """

    element: int
    strange: dict[str, float]
    deed: bool

    @property
    def weight(self) -> float:
        """How far it is from the essay."""
        return sum(self.strange.values())


def event_new(subject: Subject) -> Iterator[Finding]:
    """Name each event that is far from all the essay has, unless the draft may invent freely.

    An error in a strict draft. Business that bridges two moments is none: it is made from the
    people and things that are there. Needs the essay, a trace and the pack of the language.
    """
    essay, pack, trace = subject.essay, subject.pack, subject.trace
    if essay is None or pack is None or trace is None or pack.lexicon is None:
        return
    if subject.fidelity == "free" or subject.writer == "offline":
        return
    for each in invented(subject, trace, essay, pack):
        if each.deed and each.weight >= STORY:
            yield Finding(
                code="W_EVENT_NEW",
                severity=Severity.ERROR if subject.fidelity == "strict" else Severity.WARNING,
                message="this happens nowhere in the essay: cut it, or bridge with the people and "
                "things that are there",
                element=each.element,
                evidence=", ".join(each.strange),
            )


def invented(
    subject: Subject, trace: Trace, essay: Essay, pack: LanguagePack
) -> Iterator[Invented]:
    """The paragraphs of action without a source."""
    own = Near(terms(essay.text, pack), pack.likeness)
    names = cast_words(subject.brief, pack) | _speaking(subject, pack)
    for element, pieces in groupby(trace.pieces, key=attrgetter("element")):
        found = list(pieces)
        is_action = isinstance(subject.screenplay.elements[element], Action)
        if is_action and not any(piece.sources for piece in found):
            texts = [piece_text(subject.screenplay, piece) for piece in found]
            yield _weighed(element, texts, names, own, pack)


def _weighed(
    element: int, texts: Sequence[str], names: frozenset[str], own: Near, pack: LanguagePack
) -> Invented:
    strange: dict[str, float] = {}
    for text in texts:
        for word in terms(text, pack):
            weight = 0.0 if word in names else _weight(word, pack)
            if weight and max(own.like(word).values(), default=0.0) < ALIKE:
                strange[word] = weight
        new = (name for name in _new_names(text, own, pack) if name not in names)
        strange |= dict.fromkeys(new, TURN)
    said = [[word.removesuffix("'s") for word in words(text)] for text in texts]
    return Invented(element, strange, any(has_deed(each, names, pack) for each in said))


def _speaking(subject: Subject, pack: LanguagePack) -> frozenset[str]:
    """Those whom the cues name: who speaks and should not is told by other rules."""
    lexicon = pack.lexicon
    said = {word for _, dialogue, _ in subject.speeches for word in words(dialogue.cue)}
    return frozenset(
        word
        for word in said
        if lexicon is None or not lexicon.knows(word) or lexicon.nouns(word) & PEOPLE
    )


def _weight(word: str, pack: LanguagePack) -> float:
    """How much a strange word says that something new happens."""
    lexicon = pack.lexicon
    if lexicon is None or not _STAGING.isdisjoint(pack.kinds(word)):
        return 0.0
    nouns, verbs = lexicon.nouns(word), lexicon.verbs(word)
    if pack.is_word("turning_words", word):
        return TURN
    if nouns and nouns <= PEOPLE and not verbs and not lexicon.adjective(word):
        return TURN
    thing = not THINGS.isdisjoint(nouns) and not lexicon.adjective(word)
    deed = not DOING.isdisjoint(verbs)
    if "body" not in nouns and (thing or (deed and not nouns)):
        return THING
    return HALF if deed or thing else 0.0


def _new_names(text: str, own: Near, pack: LanguagePack) -> Iterator[str]:
    """Words with a capital within a sentence that neither the essay nor the lexicon has."""
    lexicon = pack.lexicon
    for found in _CAPITALISED.finditer(text):
        for word in words(found[1]):
            if lexicon is not None and not lexicon.knows(word) and not own.like(word):
                yield word
