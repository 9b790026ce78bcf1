"""Clauses: a sentence cut at its joints, each piece weighed as film or as talk about it."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word


class Weight(Enum):
    """What a piece is good for."""

    FILM = "film"
    NEUTRAL = "neutral"
    TALK = "talk"
    LINE = "line"
    TAG = "tag"


class Piece(NamedTuple):
    """``[start, end)`` of a sentence, ``joint`` the text that parts it from the piece before."""

    start: int
    end: int
    joint: str
    weight: Weight


PHYSICAL_VERBS = frozenset(
    {"motion", "posture", "contact", "body", "perception", "consumption", "weather", "possession"}
)
_SOFT_VERBS = frozenset({"change", "creation", "speech", "communication"})
ABSTRACT = frozenset({"cognition", "feeling", "state", "abstract", "event"})
_JOINT = re.compile(
    r"[—–;:(),-](?:(?<=[—;()])|(?<=–)(?:(?=\s)|(?<=\s–))|(?<=-)(?:-|(?<=\s-)(?=\s))"
    r"|(?<=:)(?=\s)|(?<=,)(?=\s|[”\"’'*_]\s))\s*"
)
_LETTER = re.compile(r"\w")
FILMABLE = 1.5
"""Somebody or something, and something it does or shows."""


def cut_sentence(reading: Reading, start: int, end: int) -> list[Piece]:
    """The pieces of ``[start, end)`` in order, weighed; quoted lines are pieces of their own."""
    talk = sorted(talk_in(reading, start, end))
    pieces: list[Piece] = []
    at = 0
    for left, right, joint, line in joints(reading, start, end):
        while at < len(talk) and talk[at][1] <= left:
            at += 1
        near = talk[at : at + _MOST_TALK]
        weight = Weight.LINE if line else weigh(reading, left, right, near)
        pieces.append(Piece(left, right, joint, weight))
    return pieces


_MOST_TALK = 8
"""How many of the next signs of talk a piece is held against; the first one that is in it does."""


def joints(reading: Reading, start: int, end: int) -> tuple[tuple[int, int, str, bool], ...]:
    """The pieces of a sentence: start, end, what parts it from the one before, whether a line."""
    cut = reading.cuts.get((start, end))
    if cut is None:
        cut = reading.cuts[start, end] = tuple(_cut(reading, start, end))
    return cut


def _cut(reading: Reading, start: int, end: int) -> list[tuple[int, int, str, bool]]:
    doc = reading.doc
    edges = [(m.start(), m.end(), m.group()) for m in _JOINT.finditer(doc.text, start, end)]
    edges = [edge for edge in edges if not doc.is_quoted(edge[0]) and not _in_list(doc, edge)]
    edges += _marks_as_edges(reading, start, end)
    edges += _openers(reading, start, end)
    edges.sort()
    pieces: list[tuple[int, int, str, bool]] = []
    at, joint = start, ""
    for left, right, text in edges:
        if left < at:
            if text == _LINE and right > at:
                at = right
            continue
        _add(pieces, doc, at, left, joint)
        if text == _LINE:
            pieces.append((left, right, "", True))
            joint = ""
        else:
            joint = text
        at = right
    _add(pieces, doc, at, end, joint)
    return pieces


_LINE = "line"


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


def _openers(reading: Reading, start: int, end: int) -> list[tuple[int, int, str]]:
    """Places without punctuation where another clause begins: "as if", "like a", "because"."""
    doc = reading.doc
    return [
        (match.start(), match.start() + 1, " ")
        for match in _found(reading, "clause_opener", start, end)
        if not doc.is_quoted(match.start())
    ]


def _add(
    pieces: list[tuple[int, int, str, bool]], doc: Document, start: int, end: int, joint: str
) -> None:
    while start < end and doc.text[start].isspace():
        start += 1
    while end > start and doc.text[end - 1].isspace():
        end -= 1
    if start < end and _LETTER.search(doc.text, start, end):
        pieces.append((start, end, joint, False))


def talk_in(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Where words in ``[start, end)`` speak of the drama rather than of what happens in it."""
    doc = reading.doc
    return [
        match.span()
        for match in _found(reading, "talk", start, end)
        if not doc.is_quoted(match.start())
    ]


def _found(reading: Reading, name: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What the patterns ``name`` match within a part of one sentence, one after the other."""
    doc = reading.doc
    words = doc.sentence_at(start).words
    for search in reading.pack.searches(name, words):
        if search.may_match(words):
            yield from search.pattern.finditer(doc.text, start, end)


def weigh(reading: Reading, start: int, end: int, talk: Sequence[tuple[int, int]]) -> Weight:
    """Whether a camera and a microphone could take the words in, or only a critic says them."""
    doc, pack = reading.doc, reading.pack
    text = doc.text[start:end]
    words = doc.words_in(start, end)
    if not words or pack.lexicon is None:
        return Weight.NEUTRAL
    if words[0].start in reading.asides:
        return Weight.TALK
    if 1 in reading.tagged[start:end] and not _acts_beyond(words):
        return Weight.TAG
    first = words[0].parts[0]
    if pack.begins("film_anyway", text, word=first):
        return Weight.FILM
    if pack.begins("cut_to", text, word=first) and not reading.index.within(start, end):
        return Weight.TALK
    if any(left < end and start < right for left, right in talk):
        return Weight.TALK
    if not reading.outside.isdisjoint(w.start for w in words) or _is_talk(doc, pack, text, words):
        return Weight.TALK
    if pack.begins("adverbial", text, word=first):
        return Weight.NEUTRAL
    score = film_score(reading, start, end, words)
    if score >= FILMABLE:
        return Weight.FILM
    goes_along = "relatives" in words[0].kinds or _is_looks(words)
    return Weight.TALK if score < 0 and not goes_along else Weight.NEUTRAL


def _is_looks(words: Sequence[Word]) -> bool:
    """Whether the words only say what somebody looks like ("nineteen, wet through")."""
    return all(w.adjective or w.adverb or "numerals" in w.kinds for w in words)


def _acts_beyond(words: tuple[Word, ...]) -> bool:
    """Whether a speech tag also tells an action ("he says and drops the key")."""
    return any(
        word.verbs & PHYSICAL_VERBS
        and "copulas" not in word.kinds
        and "speech_verbs" not in word.verb_kinds
        and is_verb_here(words, at)
        for at, word in enumerate(words)
    )


def _is_talk(doc: Document, pack: LanguagePack, text: str, words: tuple[Word, ...]) -> bool:
    quoted = doc.quoted
    unquoted = [w.kinds for w in words if not quoted[w.start]]
    if not unquoted:
        return True
    kinds = frozenset().union(*unquoted)
    if kinds & _CRITIC:
        return True
    if pack.begins("talk_start", text, word=words[0].parts[0]):
        return True
    return bool(kinds & _VIEWER) and not pack.has("we_see", text)


_CRITIC = frozenset({"first_person", "hedges", "modals", "talk_words"})
_VIEWER = frozenset({"audience_words", "show_nouns"})


def film_score(reading: Reading, start: int, end: int, words: tuple[Word, ...]) -> float:
    """How much there is to see and hear: people, deeds and things, less abstractions."""
    if reading.pack.lexicon is None:
        return 0.0
    people = any(m.person is not None or m.pronoun for m in reading.index.within(start, end))
    action, concrete, abstract, copular = _tally(words)
    if words and "demonstratives" in words[0].kinds and copular:
        abstract += 1
    score = 1.0 if people else 0.0
    score += min(action, 2.0) * 1.0 + min(concrete, 3.0) * 0.5 - abstract * 0.5
    if _goes_on(words):
        score += 0.5
    if copular and action == 0:
        score += 0.5 if _is_scenery(words) and not abstract else -0.5
    return score


def _tally(words: tuple[Word, ...]) -> tuple[float, float, float, bool]:
    """How much action, how many things, how many abstractions, and whether a copula."""
    action = concrete = abstract = 0.0
    copular = False
    for at, word in enumerate(words):
        if is_verb_here(words, at):
            if "copulas" in word.kinds:
                copular = True
            elif word.verbs & PHYSICAL_VERBS and not _is_of_the_mind(words, at):
                action += 1
            elif word.verbs & _SOFT_VERBS:
                action += 0.5
            elif word.verbs & _MIND:
                abstract += 0.5
        elif word.concrete and ("body_parts" in word.kinds or "cognition" not in word.nouns):
            concrete += 1
        elif word.nouns and word.nouns & ABSTRACT and not word.closed:
            abstract += 1
    return action, concrete, abstract, copular


_MIND = frozenset({"cognition", "stative"})


def _is_of_the_mind(words: tuple[Word, ...], at: int) -> bool:
    """Whether a verb with a physical class shows nothing; "gets up" does, "gets it" does not."""
    following = words[at + 1] if at + 1 < len(words) else None
    moves = following is not None and "particles" in following.kinds
    return "mind_verbs" in words[at].verb_kinds and not moves


def _goes_on(words: tuple[Word, ...]) -> bool:
    """Whether the piece is another deed of whoever acted before it ("and picks it up")."""
    lead = next((w for w in words[:3] if "joining" not in w.kinds), None)
    return lead is not None and ("auxiliaries" in lead.kinds or lead.form in ("third", "ing"))


def _is_scenery(words: tuple[Word, ...]) -> bool:
    """Whether a thing is shown in a state ("The grass is still damp")."""
    for at, word in enumerate(words[:5]):
        if "copulas" in word.kinds:
            return False
        if at and word.concrete:
            return True
    return False


def is_verb_here(words: Sequence[Word], at: int) -> bool:
    """Whether a word that can be a verb is one in this place."""
    word = words[at]
    if "copulas" in word.kinds:
        return True
    if not word.verbs or word.closed:
        return False
    if not word.nouns and not word.adjective:
        return True
    if at == 0:
        return word.form in _FINITE
    before = words[at - 1]
    if "infinitive_marks" not in before.kinds and before.kinds & _LEADS_NOUN:
        return word.form == "ing" and "determiners" not in before.kinds
    if before.adjective and not before.verbs and not before.adverb:
        return False
    if word.form in _FINITE:
        return True
    return word.form == "plain" and (
        bool(before.kinds & _LEADS_VERB) or ("bare_objects" in before.kinds and at > 1)
    )


_FINITE = ("third", "past", "both", "ing")
_LEADS_NOUN = frozenset({"determiners", "prepositions"})
_LEADS_VERB = frozenset({"plural_pronouns", "auxiliaries"})
