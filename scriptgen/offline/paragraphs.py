"""Sentences gathered into paragraphs of action."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scriptgen.offline.marks import finished

if TYPE_CHECKING:
    from scriptgen.brief import Beat
    from scriptgen.offline.prose import Prose, Sentence
    from scriptgen.offline.stream import Piece

MOST_SENTENCES = 3
MOST_SIGNS = 240
"""Four lines of action at sixty signs."""
WIDE_GAP = 200
SHORT = 80


@dataclass(slots=True)
class Paragraph:
    """A paragraph in the making: its sentences, the beats and lines they came from, its end."""

    sentences: list[Sentence] = field(default_factory=list)
    beats: list[Beat] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    end: int = 0

    @property
    def text(self) -> str:
        """The sentences in a row."""
        return " ".join(sentence.text for sentence in self.sentences)

    def takes(self, sentence: Sentence, piece: Piece, essay_text: str, prose: Prose) -> bool:
        """Add the sentence where it goes on with this paragraph; whether it did."""
        if not self.sentences:
            self._add(self._clear(sentence, prose), piece)
            return True
        last = self.sentences[-1]
        same_breath = piece.beat.continues or piece.beat is self.beats[-1]
        united = joined(last, sentence, same_breath=same_breath)
        if united is not None and len(self.text) + len(sentence.text) <= MOST_SIGNS:
            self.sentences.pop()
            self._add(united, piece)
            return True
        if len(self.sentences) >= MOST_SENTENCES:
            return False
        if len(self.text) + 1 + len(sentence.text) > MOST_SIGNS:
            return False
        if not same_breath and not self._goes_on(sentence, piece, essay_text):
            return False
        self._add(self._clear(sentence, prose), piece)
        return True

    def _add(self, sentence: Sentence, piece: Piece) -> None:
        self.sentences.append(sentence)
        self.beats.append(piece.beat)
        self.end = piece.end

    def _clear(self, sentence: Sentence, prose: Prose) -> Sentence:
        """With the name, where a reader could not tell whom the pronoun means."""
        last = self.sentences[-1] if self.sentences else None
        if sentence.pronoun and (last is None or last.subject != sentence.subject):
            return prose.renamed(sentence)
        return sentence

    def _goes_on(self, sentence: Sentence, piece: Piece, essay_text: str) -> bool:
        between = essay_text[self.end : piece.start]
        if "\n" in between.strip(" ") or len(between) > WIDE_GAP:
            return False
        known = [s.subject for s in self.sentences if s.subject]
        return not (sentence.subject and known and known[-1] != sentence.subject)


def joined(first: Sentence, second: Sentence, *, same_breath: bool) -> Sentence | None:
    """Two sentences as one, where the second only goes on with the first.

    A bare name takes what is said of it (``Master Gu.`` ``He kneels.``), a fragment is hung on
    with a comma, and two short doings of one person are one sentence.
    """
    same_person = not (first.subject and second.subject and first.subject != second.subject)
    start = first.text.rstrip(".")
    if same_breath and first.bare and same_person:
        if second.predicate:
            text = f"{start} {second.predicate}"
            return replace(second, text=finished(text), pronoun=False, predicate=None)
        if second.inside:
            return replace(first, text=f"{start}, {_small(second.text)}", bare=False)
    if same_breath and second.loose and first.text.endswith("."):
        return replace(first, text=f"{start}, {_small(second.text)}", bare=False)
    short = len(first.text) <= SHORT and len(second.text) <= SHORT and " and " not in first.text
    goes_on = first.predicate is not None and first.subject == second.subject
    if second.given and second.predicate and first.subject and goes_on and short:
        return replace(first, text=f"{start} and {second.predicate}", predicate=None)
    return None


def _small(text: str) -> str:
    word = text.split(maxsplit=1)[0]
    keeps = word == "I" or (word.isupper() and len(word) > 1)
    return text if keeps else text[:1].lower() + text[1:]
