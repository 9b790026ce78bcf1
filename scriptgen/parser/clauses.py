"""Clauses: a sentence cut at its joints, by punctuation and by the words that open a clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.grammar import is_finite, is_manner, is_verb_here

if TYPE_CHECKING:
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word


class Joined(NamedTuple):
    """``[start, end)`` of a sentence; ``joint``: the text that parts it from the piece before.

    ``line``: whether it is a quoted line.
    """

    start: int
    end: int
    joint: str
    line: bool = False


_JOINT = re.compile(
    r"[—–;:(),-](?:(?<=[—;()])|(?<=–)(?:(?=\s)|(?<=\s–))|(?<=-)(?:-|(?<=\s-)(?=\s))"
    r"|(?<=:)(?=\s)|(?<=,)(?=\s|[”\"’'*_]\s))\s*"
)
_LETTER = re.compile(r"\w")
_LINE = "line"


def joints(reading: Reading, start: int, end: int) -> tuple[Joined, ...]:
    """The pieces of a sentence, in order."""
    cut = reading.cuts.get((start, end))
    if cut is None:
        cut = reading.cuts[start, end] = tuple(_cut(reading, start, end))
    return cut


def _cut(reading: Reading, start: int, end: int) -> list[Joined]:
    doc = reading.doc
    edges = [(m.start(), m.end(), m.group()) for m in _JOINT.finditer(doc.text, start, end)]
    edges = [edge for edge in edges if not doc.is_quoted(edge[0]) and not _in_list(doc, edge)]
    edges += _marks_as_edges(reading, start, end)
    edges += _openers(doc, start, end)
    edges.sort()
    pieces: list[Joined] = []
    at, joint = start, ""
    for left, right, text in edges:
        if left < at:
            if text == _LINE and right > at:
                at = right
            continue
        _add(pieces, doc, at, left, joint)
        if text == _LINE:
            pieces.append(Joined(left, right, "", line=True))
            joint = ""
        else:
            joint = text
        at = right
    _add(pieces, doc, at, end, joint)
    return pieces


def _in_list(doc: Document, edge: tuple[int, int, str]) -> bool:
    """Whether a comma stands between two adjectives ("a deep, glossy burgundy")."""
    if edge[2].strip() != ",":
        return False
    at = doc.word_index(edge[1])
    if not 0 < at < len(doc.words):
        return False
    return all((w.adjective or "-" in w.text) and not w.closed for w in doc.words[at - 1 : at + 1])


def _marks_as_edges(reading: Reading, start: int, end: int) -> list[tuple[int, int, str]]:
    """Set-apart words that are lines part a sentence; a stressed word does not."""
    return [
        (mark.outer_start, mark.outer_end, _LINE)
        for mark in reading.doc.marks_in(start, end)
        if mark.outer_start in reading.line_starts
    ]


def _add(pieces: list[Joined], doc: Document, start: int, end: int, joint: str) -> None:
    while start < end and doc.text[start].isspace():
        start += 1
    while end > start and doc.text[end - 1].isspace():
        end -= 1
    if start < end and _LETTER.search(doc.text, start, end):
        pieces.append(Joined(start, end, joint))


def _openers(doc: Document, start: int, end: int) -> list[tuple[int, int, str]]:
    """Places without punctuation where another clause begins ("as if", "like a", "because")."""
    words = doc.words_in(start, end)
    return [
        (word.start - 1, word.start, " ")
        for at, word in enumerate(words)
        if at
        and word.kinds & _OPENING
        and not doc.quoted[word.start]
        and doc.text[word.start - 1] == " "
        and _opens(words, at)
    ]


_OPENING = frozenset(
    {"comparers", "relatives", "linkers", "reasons", "whenever", "coordinators",
     "determiners", "accompanied"}
)  # fmt: skip
_SUBJECTS = frozenset(
    {
        "pronoun_subjects",
        "first_person",
        "audience_words",
        "demonstratives",
        "existential",
        "indefinites",
    }
)
_LEADS_CLAUSE = _SUBJECTS | {"determiners", "possessives", "numerals", "anybody"}
_STARTS_NOUN = frozenset({"determiners", "possessives", "numerals"})
_NOT_LIKENED = frozenset({"object_pronouns", "infinitive_marks"})
_SOON = 6


def _opens(words: tuple[Word, ...], at: int) -> bool:
    """Whether the word at ``at`` opens a clause or a comparison here."""
    if at + 1 >= len(words):
        return False
    before, word, after = words[at - 1 : at + 2]
    if "reasons" in word.kinds:
        return "whenever" not in before.kinds
    if "whenever" in word.kinds:
        if after.kinds & (_SUBJECTS | {"reasons", "anybody"}):
            return True
        leads = "prepositions" not in word.kinds or "likenesses" in word.kinds
        return leads and (after.capital or bool(after.kinds & _STARTS_NOUN))
    if "comparers" in word.kinds:
        return not (
            ("likening_verbs" in before.verb_kinds and is_verb_here(words, at - 1))
            or "copulas" in before.kinds
            or after.kinds & _NOT_LIKENED
        )
    if "relatives" in word.kinds:
        return not before.kinds & {"prepositions", "coordinators", "noun_links"}
    if "linkers" in word.kinds:
        return (
            bool(before.nouns)
            and "speech_verbs" not in before.verb_kinds
            and (bool(after.kinds & (_SUBJECTS | _STARTS_NOUN)) or is_finite(words, at + 1))
        )
    if "accompanied" in word.kinds:
        return is_manner(words, at)
    if "determiners" in word.kinds:
        third = words[at + 2] if at + 2 < len(words) else None
        return (
            "manners" in after.kinds
            and third is not None
            and (third.capital or third.adjective or bool(third.kinds & _LEADS_CLAUSE))
        )
    return _joins_clauses(words, at)


def _joins_clauses(words: tuple[Word, ...], at: int) -> bool:
    """Whether an "and" or "but" joins clauses rather than words."""
    after = words[at + 1]
    if after.kinds & _SUBJECTS:
        return True
    if not (after.nouns or after.adjective) and is_finite(words, at + 1):
        return True
    return bool(after.capital or after.kinds & _STARTS_NOUN) and any(
        is_finite(words, place) for place in range(at + 2, min(len(words), at + _SOON))
    )
