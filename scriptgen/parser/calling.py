"""Whom a line calls by a name: somebody unnamed who is there and does not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.descriptions import PEOPLE_LISTS
from scriptgen.parser.words import PERSON_CLASSES

if TYPE_CHECKING:
    from scriptgen.parser.appearances import Appearance
    from scriptgen.parser.cast import Person
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.stage import Entry, Stage
    from scriptgen.parser.words import Word

_LONGEST_LINE = 600
_TAG = 80
_TAG_WORDS = 6
_LEADS = 3
_BEHIND_QUOTE = 30
_TURN = 400
_OPENS_CALL = frozenset(",“\"‘'*_—.!?")
_ENDS_CALL = frozenset(",.!?…”\"’'*_—")


def is_called(doc: Document, name: Appearance) -> bool:
    """Whether a quoted name is set off from the rest of its line."""
    before = doc.text[max(0, name.start - 2) : name.start].rstrip()
    return before[-1:] in _OPENS_CALL and doc.text[name.end : name.end + 1] in _ENDS_CALL


def is_read_out(doc: Document, name: Appearance) -> bool:
    """Whether the line is read: who is named in it need not be there."""
    return any("reading_verbs" in word.verb_kinds for word in _tag(doc, name))


def called(stage: Stage, doc: Document, name: Appearance, named: Person) -> Person | None:
    """The one whom a line calls ``named``, ``None`` where nobody unnamed is there."""
    tag = _tag(doc, name)
    speaker, noun = _speaker(stage, tag, name)
    gender = stage.genders.get(named)
    for entry in stage.near(name.start):
        person = entry.person
        if not tag and (name.start - entry.start > _TURN or not _has_spoken(doc, entry)):
            return None
        if person.named or person is speaker or not stage.agrees(person, gender):
            continue
        if noun not in person.heads:
            return person
    return None


def _has_spoken(doc: Document, entry: Entry) -> bool:
    """Whether a quote ends right before somebody is mentioned."""
    return 1 in doc.quoted[max(0, entry.start - _BEHIND_QUOTE) : entry.start]


def _tag(doc: Document, name: Appearance) -> tuple[Word, ...]:
    """The words beside a line that tell who says it, nearest first; none without a tag."""
    start, end = _line(doc, name)
    before = doc.words_in(max(doc.sentence_at(start).start, start - _LONGEST_LINE), start)
    if any("speech_verbs" in word.verb_kinds for word in before[-_LEADS:]):
        return before[::-1]
    after = doc.words_in(end, min(end + _TAG, doc.sentence_at(max(start, end - 1)).end))
    after = after[:_TAG_WORDS]
    return after if any("speech_verbs" in word.verb_kinds for word in after) else ()


def _line(doc: Document, name: Appearance) -> tuple[int, int]:
    """The quoted piece around a name, as far as it is not overlong."""
    left = max(0, name.start - _LONGEST_LINE)
    start = doc.quoted.rfind(0, left, name.start) + 1 or left
    end = doc.quoted.find(0, name.end, name.end + _LONGEST_LINE)
    return start, end if end >= 0 else min(len(doc.text), name.end + _LONGEST_LINE)


def _speaker(
    stage: Stage, tag: tuple[Word, ...], name: Appearance
) -> tuple[Person | None, str | None]:
    """Who says a line: somebody whom a pronoun in the tag means, or the noun in it."""
    for word in tag:
        if "pronoun_subjects" in word.kinds:
            gender = "m" if "he" in word.kinds else "f"
            return stage.meant_by_pronoun(name.start, gender), None
        if word.nouns & PERSON_CLASSES or word.kinds & PEOPLE_LISTS:
            return None, word.folded
    return None, None
