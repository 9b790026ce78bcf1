"""Whom a line speaks to or of: hardly anybody says their own name or title."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Person
    from scriptgen.parser.mentions import MentionIndex
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.turns import Spoken
    from scriptgen.parser.words import Word

_MOST_TITLED = 3
_VOCATIVE_GAPS = ",.!?…—"


def barred_speakers(
    doc: Document, pack: LanguagePack, index: MentionIndex, start: int, end: int
) -> tuple[Person, ...]:
    """Who does not say ``[start, end)``: those it names, and those it calls by a title or kin."""
    for pattern in pack.patterns.get("introduces", ()):
        if pattern.match(doc.text, start, end):
            return ()
    found: dict[Person, None] = {}
    words = doc.words_in(start, end)
    for at, word in enumerate(words):
        if at and "speech_verbs" in words[at - 1].verb_kinds:
            continue
        if word.closed:
            continue
        if word.capital and (person := index.named(word.text[: word.bare])) is not None:
            found[person] = None
        if _is_vocative(doc, word, start, end) and not _shortens(doc, words, at):
            titled = index.titled(word.folded)
            found |= dict.fromkeys(titled if len(titled) <= _MOST_TITLED else ())
    return tuple(found)


def _shortens(doc: Document, words: Sequence[Word], at: int) -> bool:
    """Whether a word is a title cut short before a name ("Mr. Osei"), and so calls nobody."""
    word = words[at]
    return (
        "abbreviations" in word.kinds
        and doc.text[word.end : word.end + 1] == "."
        and at + 1 < len(words)
        and words[at + 1].capital
    )


def called_people(doc: Document, index: MentionIndex, start: int, end: int) -> tuple[Person, ...]:
    """Whom ``[start, end)`` calls by name, set off from the rest ("Go home, Uncle Osei.")."""
    found: dict[Person, None] = {}
    words, text = doc.words_in(start, end), doc.text
    for at, word in enumerate(words):
        if not word.capital or text[word.end : min(end, word.end + 1)] not in _CALL_ENDS:
            continue
        first = at
        while first and words[first - 1].capital and word.start - words[first - 1].start < _LONGEST:
            if text[words[first - 1].end : words[first].start].strip(". "):
                break
            first -= 1
        before = text[max(start, words[first].start - 2) : words[first].start].rstrip()
        opens = words[first].start == start or before[-1:] in _CALL_STARTS
        if not opens or (words[first].start, word.end) == (start, end):
            continue
        meant = dict.fromkeys(index.named(w.text[: w.bare]) for w in words[first : at + 1])
        people = [person for person in meant if person is not None]
        found |= dict.fromkeys(people if len(people) == 1 else ())
    return tuple(found)


_CALL_ENDS = ("", *_VOCATIVE_GAPS)
_CALL_STARTS = tuple(_VOCATIVE_GAPS)
_LONGEST = 40


def _is_vocative(doc: Document, word: Word, start: int, end: int) -> bool:
    """Whether a word is called out: set off by punctuation on both sides, or by the marks."""
    text = doc.text
    before = text[max(start, word.start - 2) : word.start].rstrip()
    after = text[word.end : min(end, word.end + 1)]
    opens = word.start == start or (before != "" and before[-1] in _VOCATIVE_GAPS)
    return (
        opens and (not after or after in _VOCATIVE_GAPS) and (word.start, word.end) != (start, end)
    )


def refusing_listener(doc: Document, index: MentionIndex, line: Spoken) -> tuple[Person, ...]:
    """Who is told right behind a line to answer it, or not to ("He doesn't reply.")."""
    start, text = line.outer_end, doc.text
    sentence = doc.sentence_at(min(start + 2, len(text) - 1))
    if sentence.start < start or sentence.start - start > _RIGHT_BEHIND:
        return ()
    words = doc.words_in(start, min(sentence.end, start + _REPLY_REACH))
    for at, word in enumerate(words[1:], start=1):
        replies = "reply_verbs" in word.verb_kinds
        denied = any("negations" in w.kinds for w in words[:at])
        asks = text[line.end - 1] in "?？"
        tells = denied and word.verb_kinds & _TELLS
        if (replies and (denied or asks)) or tells:
            subject = index.last_subject_in(start, word.start)
            return () if subject is None or subject.person is None else (subject.person,)
    return ()


_RIGHT_BEHIND, _REPLY_REACH = 3, 60
_TELLS = frozenset({"telling_verbs", "speech_verbs"})
