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
NARROW_GAP = 130
SHORT = 80
BRIEF = 30
POINTING = ("That ", "This ")


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
        if self.sentences and self._only_announces(sentence):
            self.sentences.pop()
        if not self.sentences:
            self._add(self._clear(sentence, prose), piece)
            return True
        same_breath = piece.beat.continues or piece.beat is self.beats[-1]
        mark = _mark_between(essay_text[self.end : piece.start])
        united = joined(self.sentences[-1], sentence, same_breath=same_breath, mark=mark)
        if united is not None and len(self.text) + len(sentence.text) <= MOST_SIGNS:
            self.sentences.pop()
            self._add(united, piece)
            return True
        goes_on = same_breath or self._goes_on(sentence, piece, essay_text)
        if goes_on and self._has_room(sentence):
            self._add(self._clear(sentence, prose), piece)
            return True
        return False

    def _only_announces(self, sentence: Sentence) -> bool:
        """Whether the last sentence names whom the next one tells of: ``That man. Lin points.``."""
        last = self.sentences[-1]
        known = sentence.subject is not None and sentence.predicate is None
        same = last.text.startswith(POINTING) or last.subject == sentence.subject
        return last.bare and known and same

    def _has_room(self, sentence: Sentence) -> bool:
        signs = len(self.text) + 1 + len(sentence.text)
        count = sum(0.5 if len(s.text) <= BRIEF else 1 for s in (*self.sentences, sentence))
        return count <= MOST_SENTENCES and signs <= MOST_SIGNS

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


def joined(
    first: Sentence, second: Sentence, *, same_breath: bool, mark: str | None = ", "
) -> Sentence | None:
    """Two sentences as one, where the second only goes on with the first.

    A bare name takes what is said of it (``Master Gu.`` ``He kneels.``), a fragment is hung on
    with ``mark`` (``None``: too much lies between), and two short doings of one person are one.
    """
    same_person = not (first.subject and second.subject and first.subject != second.subject)
    start = first.text.rstrip(".")
    if same_breath and first.bare and same_person:
        if second.predicate:
            text = f"{start} {second.predicate}"
            return replace(second, text=finished(text), pronoun=False, predicate=None)
        if second.inside and mark:
            return replace(first, text=f"{start}{mark}{second.raw or second.text}", bare=False)
    if same_breath and second.loose and mark and first.text.endswith("."):
        return replace(first, text=f"{start}{mark}{second.raw or second.text}", bare=False)
    short = len(first.text) <= SHORT and len(second.text) <= SHORT and " and " not in first.text
    goes_on = first.predicate is not None and first.subject == second.subject
    if second.given and second.predicate and first.subject and goes_on and short:
        return replace(first, text=f"{start} and {second.predicate}", predicate=None)
    return None


def _mark_between(between: str) -> str | None:
    """What hangs a fragment on: the essay's own colon or dash, else a comma."""
    if len(between) > NARROW_GAP:
        return None
    lead = between.lstrip()[:1]
    return {":": ": ", "—": "—"}.get(lead, ", ")
