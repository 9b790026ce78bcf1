"""Clauses: a sentence cut at its joints, by punctuation and by the words that open a clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.grammar import is_finite, is_manner, is_measured, is_quality, is_verb_here
from scriptgen.parser.words import WATCHERS

if TYPE_CHECKING:
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word


class Joined(NamedTuple):
    """``[start, end)`` of a sentence; ``joint``: the text that parts it from the piece before.

    ``line``: whether it is a quoted line; ``words``: those that begin in it.
    """

    start: int
    end: int
    joint: str
    line: bool
    words: tuple[Word, ...]


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
            pieces.append(Joined(left, right, "", line=True, words=doc.words_in(left, right)))
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
    words = doc.words_in(start, end)
    if words or (start < end and _LETTER.search(doc.text, start, end)):
        pieces.append(Joined(start, end, joint, line=False, words=words))


def _openers(doc: Document, start: int, end: int) -> list[tuple[int, int, str]]:
    """Places without punctuation where another clause begins ("as if", "like a", "because")."""
    words = doc.words_in(start, end)
    found: list[tuple[int, int, str]] = []
    waits = False
    for at, word in enumerate(words):
        joins = word.signs.joins
        if waits and at and _goes_first(words, at):
            waits = False
        elif joins is None:
            continue
        elif not at:
            waits = not word.kinds.isdisjoint(_SUBORDINATES)
            continue
        elif at + 1 == len(words) or not _OPENS[joins](words, at):
            continue
        else:
            waits = not word.kinds.isdisjoint(_SUBORDINATES) and _begins_clause(doc, words, at)
        if doc.text[word.start - 1] == " " and not doc.quoted[word.start]:
            found.append((word.start - 1, word.start, " "))
    return found


_SUBORDINATES = frozenset({"whenever", "reasons"})
_MAIN_SUBJECTS = frozenset({"pronoun_subjects", "neuter"})


def _begins_clause(doc: Document, words: tuple[Word, ...], at: int) -> bool:
    """Whether a clause of time or reason stands before its main one ("and when he …")."""
    before = words[at - 1]
    return "coordinators" in before.kinds or doc.text[words[at].start - 2] in ",;:—"


def _goes_first(words: tuple[Word, ...], at: int) -> bool:
    """Whether a pronoun opens the main clause behind one of time ("when it ends | she rises")."""
    before, word = words[at - 1], words[at]
    if at + 1 == len(words) or word.kinds.isdisjoint(_MAIN_SUBJECTS):
        return False
    if not (before.nouns or before.adverb) or "prepositions" in before.kinds:
        return False
    return is_finite(words, at + 1)


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


def _gives_reason(words: tuple[Word, ...], at: int) -> bool:
    return "whenever" not in words[at - 1].kinds


def _tells_when(words: tuple[Word, ...], at: int) -> bool:
    word, after = words[at : at + 2]
    if after.kinds & _LEADS_TIME:
        return True
    leads = "prepositions" not in word.kinds or "likenesses" in word.kinds
    return leads and (after.capital or bool(after.kinds & _STARTS_NOUN))


def _compares(words: tuple[Word, ...], at: int) -> bool:
    before, after = words[at - 1], words[at + 1]
    likens = "likening_verbs" in before.verb_kinds and is_verb_here(words, at - 1)
    return not (likens or "copulas" in before.kinds or after.kinds & _NOT_LIKENED)


def _relates(words: tuple[Word, ...], at: int) -> bool:
    return words[at - 1].kinds.isdisjoint(_LEADS_RELATIVE)


def _links(words: tuple[Word, ...], at: int) -> bool:
    before, after = words[at - 1], words[at + 1]
    if "joining" in before.kinds:
        return False
    if after.kinds & WATCHERS or _is_degree(words, at - 1):
        return True
    return (
        bool(before.nouns)
        and "speech_verbs" not in before.verb_kinds
        and (bool(after.kinds & (_SUBJECTS | _STARTS_NOUN)) or is_finite(words, at + 1))
    )


def _is_degree(words: tuple[Word, ...], at: int) -> bool:
    """Whether a quality is said to be so great that something follows ("so quiet | that")."""
    return at > 0 and "degrees" in words[at - 1].kinds and is_quality(words[at])


def _likens(words: tuple[Word, ...], at: int) -> bool:
    """Whether a determiner leads to "way" and whose, or to a size that is that of another thing."""
    return is_measured(words, at) or _leads_manner(words, at)


def _leads_manner(words: tuple[Word, ...], at: int) -> bool:
    """Whether a determiner leads to "way" and a clause that tells whose."""
    if "manners" not in words[at + 1].kinds or at + 2 >= len(words):
        return False
    third = words[at + 2]
    if "generals" in words[at - 1].kinds:
        return False
    return third.capital or third.adjective or bool(third.kinds & _LEADS_CLAUSE)


def _joins(words: tuple[Word, ...], at: int) -> bool:
    """Whether an "and" or "but" joins clauses rather than words."""
    after = words[at + 1]
    if "numerals" in after.kinds and "numerals" in words[at - 1].kinds:
        return False
    if after.kinds & _SUBJECTS or "linkers" in after.kinds:
        return True
    alone = not (after.nouns or after.adjective) or _goes_on(words, at)
    if alone and is_finite(words, at + 1):
        return True
    return bool(after.capital or after.kinds & _STARTS_NOUN) and any(
        is_finite(words, place) for place in range(at + 2, min(len(words), at + _SOON))
    )


_LEADS_TIME = _SUBJECTS | {"reasons", "anybody"}
_LEADS_RELATIVE = frozenset({"prepositions", "coordinators", "noun_links"})
_OBJECTS = frozenset({"determiners", "possessives", "object_pronouns", "prepositions", "particles"})


def _goes_on(words: tuple[Word, ...], at: int) -> bool:
    """Whether what may be a noun is a deed ("and turns the page", not "hands and knees")."""
    before, after = words[at - 1], words[at + 1]
    if after.form != "third" or before.noun != before.folded or at + 2 >= len(words):
        return False
    return bool(words[at + 2].kinds & _OBJECTS)


def _is_told_of(words: tuple[Word, ...], at: int) -> bool:
    """Whether a clause about the noun before it has no "that" ("a look I had not seen")."""
    before, word, after = words[at - 1 : at + 2]
    if "generals" in before.kinds or "determiners" in word.kinds:
        return False
    if not word.kinds.isdisjoint(WATCHERS):
        if after.kinds.isdisjoint(_HELPING) or after.kinds & _NO_HELP:
            return False
    elif not is_finite(words, at + 1):
        return False
    named = "indefinites" in before.kinds or (before.nouns and not is_verb_here(words, at - 1))
    return bool(named) and any(is_verb_here(words, place) for place in range(at - 1))


_HELPING = frozenset({"modals", "helpers"})
_NO_HELP = frozenset({"copulas"})
_OPENS = {
    "first_person": _is_told_of,
    "audience_words": _is_told_of,
    "pronoun_subjects": _is_told_of,
    "reasons": _gives_reason,
    "whenever": _tells_when,
    "comparers": _compares,
    "relatives": _relates,
    "linkers": _links,
    "accompanied": is_manner,
    "determiners": _likens,
    "coordinators": _joins,
    "joining": _joins,
}
"""What tells whether the word at a place, which is not the last, opens a clause or a comparison."""
