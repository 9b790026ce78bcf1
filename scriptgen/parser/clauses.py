"""Clauses: a sentence cut at its joints, each piece weighed as film or as talk about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document, Word


class Weight(Enum):
    """What a piece is good for."""

    FILM = "film"
    NEUTRAL = "neutral"
    TALK = "talk"
    LINE = "line"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Piece:
    """``[start, end)`` of a sentence, ``joint`` the text that parts it from the piece before."""

    start: int
    end: int
    joint: str
    weight: Weight


PHYSICAL_VERBS = frozenset(
    {"motion", "posture", "contact", "body", "perception", "consumption", "weather", "possession"}
)
_SOFT_VERBS = frozenset({"change", "creation", "speech", "communication"})
CONCRETE = frozenset(
    {"body", "garment", "artefact", "furniture", "vehicle", "food", "animal", "plant", "substance",
     "light", "sound", "weather", "place_in", "place_out", "building", "person", "kin", "nature"}
)  # fmt: skip
ABSTRACT = frozenset({"cognition", "feeling", "state", "abstract", "event"})
_JOINT = re.compile(
    r"\s*(?:—|–(?=\s)|(?<=\s)–|(?<=\s)-(?=\s)|--|;|:(?=\s)|\(|\)|,(?=\s)|,(?=[”\"’'*_]\s))\s*"
)
_LETTER = re.compile(r"\w")
FILMABLE = 1.5
"""Somebody or something, and something it does or shows."""


def cut_sentence(reading: Reading, start: int, end: int) -> list[Piece]:
    """The pieces of ``[start, end)`` in order, weighed; quoted lines are pieces of their own."""
    talk = talk_in(reading, start, end)
    return [
        Piece(left, right, joint, Weight.LINE if line else weigh(reading, left, right, talk))
        for left, right, joint, line in joints(reading, start, end)
    ]


def joints(reading: Reading, start: int, end: int) -> list[tuple[int, int, str, bool]]:
    """The pieces of a sentence: start, end, what parts it from the one before, whether a line."""
    doc = reading.doc
    edges = [(m.start(), m.end(), m.group()) for m in _JOINT.finditer(doc.text, start, end)]
    edges = [edge for edge in edges if not doc.is_quoted(edge[0]) and not _in_list(reading, edge)]
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


def _in_list(reading: Reading, edge: tuple[int, int, str]) -> bool:
    """Whether a comma stands between two adjectives ("a deep, glossy burgundy")."""
    doc, lexicon = reading.doc, reading.pack.lexicon
    if lexicon is None or edge[2].strip() != ",":
        return False
    at = doc.word_index(edge[1])
    if not 0 < at < len(doc.words):
        return False
    before, after = doc.words[at - 1], doc.words[at]
    return all(
        (lexicon.adjective(w.folded) or "-" in w.text)
        and not lexicon.closed(w.folded)
        for w in (before, after)
    )


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
        for pattern in reading.pack.patterns.get("clause_opener", ())
        for match in pattern.finditer(doc.text, start, end)
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


def talk_in(reading: Reading, start: int, end: int) -> list[re.Match[str]]:
    """Where words in ``[start, end)`` speak of the drama rather than of what happens in it."""
    doc = reading.doc
    return [
        match
        for pattern in reading.pack.patterns.get("talk", ())
        for match in pattern.finditer(doc.text, start, end)
        if not doc.is_quoted(match.start())
    ]


def weigh(reading: Reading, start: int, end: int, talk: Sequence[re.Match[str]]) -> Weight:
    """Whether a camera and a microphone could take the words in, or only a critic says them."""
    doc, pack = reading.doc, reading.pack
    text = doc.text[start:end]
    words = doc.words_in(start, end)
    if not words or pack.lexicon is None:
        return Weight.NEUTRAL
    if any(start < right and left < end for left, right in reading.tags) and not (
        _acts_beyond(words, pack)
    ):
        return Weight.TAG
    if matches(pack, "film_anyway", text):
        return Weight.FILM
    if matches(pack, "cut_to", text) and not reading.index.within(start, end):
        return Weight.TALK
    for found in talk:
        if found.start() < end and start < found.end():
            return Weight.TALK
    if words[0].start in reading.asides:
        return Weight.TALK
    if not reading.outside.isdisjoint(w.start for w in words) or _is_talk(doc, pack, text, words):
        return Weight.TALK
    if matches(pack, "adverbial", text):
        return Weight.NEUTRAL
    score = film_score(reading, start, end, words)
    if score >= FILMABLE:
        return Weight.FILM
    goes_along = "relatives" in words[0].kinds or _is_looks(words, pack)
    return Weight.TALK if score < 0 and not goes_along else Weight.NEUTRAL


def _is_looks(words: tuple[Word, ...], pack: LanguagePack) -> bool:
    """Whether the words only say what somebody looks like ("nineteen, wet through")."""
    lexicon = pack.lexicon
    return lexicon is not None and all(
        lexicon.adjective(w.folded) or lexicon.adverb(w.folded) or "numerals" in w.kinds
        for w in words
    )


def matches(pack: LanguagePack, name: str, text: str) -> bool:
    """Whether one of the patterns ``name`` matches at the start of ``text``."""
    for pattern in pack.patterns.get(name, ()):
        if pattern.match(text):
            return True
    return False


def _acts_beyond(words: tuple[Word, ...], pack: LanguagePack) -> bool:
    """Whether a speech tag also tells an action ("he says and drops the key")."""
    lexicon = pack.lexicon
    if lexicon is None:
        return False
    return any(
        is_verb_here(words, at, lexicon, pack)
        and "copulas" not in word.kinds
        and lexicon.verbs(word.folded) & PHYSICAL_VERBS
        and not pack.is_word("speech_verbs", lexicon.lemma(word.folded, "verb") or "")
        for at, word in enumerate(words)
    )


def _is_talk(doc: Document, pack: LanguagePack, text: str, words: tuple[Word, ...]) -> bool:
    quoted = doc.quoted
    spoken = [w.kinds for w in words if not quoted[w.start]]
    if not spoken:
        return True
    if any(kinds & _CRITIC for kinds in spoken):
        return True
    if matches(pack, "talk_start", text):
        return True
    return any(kinds & _VIEWER for kinds in spoken) and not any(
        p.search(text) for p in pack.patterns.get("we_see", ())
    )


_CRITIC = frozenset({"first_person", "hedges", "modals", "talk_words"})
_VIEWER = frozenset({"audience_words", "show_nouns"})


def film_score(reading: Reading, start: int, end: int, words: tuple[Word, ...]) -> float:
    """How much there is to see and hear: people, deeds and things, less abstractions."""
    pack, lexicon = reading.pack, reading.pack.lexicon
    if lexicon is None:
        return 0.0
    mentions = [m for m in reading.index.within(start, end) if m.person is not None or m.pronoun]
    score = 1.0 if mentions else 0.0
    concrete = abstract = action = 0.0
    copular = False
    for at, word in enumerate(words):
        if is_verb_here(words, at, lexicon, pack):
            classes = lexicon.verbs(word.folded)
            if "copulas" in word.kinds:
                copular = True
            elif classes & PHYSICAL_VERBS and not _of_the_mind(words, at, lexicon, pack):
                action += 1
            elif classes & _SOFT_VERBS:
                action += 0.5
            elif classes & {"cognition", "stative"}:
                abstract += 0.5
            continue
        nouns = lexicon.nouns(word.folded)
        if "body_parts" in word.kinds or nouns & CONCRETE and not nouns & {"cognition"}:
            concrete += 1
        elif nouns & ABSTRACT and not lexicon.closed(word.folded):
            abstract += 1
    if words and "demonstratives" in words[0].kinds and copular:
        abstract += 1
    score += min(action, 2.0) * 1.0 + min(concrete, 3.0) * 0.5 - abstract * 0.5
    if _goes_on(words, lexicon, pack):
        score += 0.5
    if copular and action == 0:
        score += 0.5 if _is_scenery(words, lexicon, pack) and not abstract else -0.5
    return score


def _of_the_mind(words: tuple[Word, ...], at: int, lexicon: Lexicon, pack: LanguagePack) -> bool:
    """Whether a verb with a physical class shows nothing; "gets up" does, "gets it" does not."""
    following = words[at + 1].folded if at + 1 < len(words) else ""
    return pack.is_word(
        "mind_verbs", lexicon.lemma(words[at].folded, "verb") or ""
    ) and not pack.is_word("particles", following)


def _goes_on(words: tuple[Word, ...], lexicon: Lexicon, pack: LanguagePack) -> bool:
    """Whether the piece is another deed of whoever acted before it ("and picks it up")."""
    lead = [w for w in words[:3] if "joining" not in w.kinds]
    if lead and "auxiliaries" in lead[0].kinds:
        return True
    return (
        bool(lead)
        and lexicon.verb_form(lead[0].folded) in ("third", "ing")
        and (lead[0] is words[0] or len(words) - len(lead) > 0)
    )


def _is_scenery(words: tuple[Word, ...], lexicon: Lexicon, pack: LanguagePack) -> bool:
    """Whether a thing is shown in a state ("The grass is still damp")."""
    for word in words[:5]:
        if "copulas" in word.kinds:
            return False
        concrete = lexicon.nouns(word.folded) & CONCRETE or "body_parts" in word.kinds
        if concrete and word is not words[0]:
            return True
    return False


def _is_verb(word: Word, lexicon: Lexicon) -> bool:
    return bool(lexicon.verbs(word.folded)) and not lexicon.closed(word.folded)


def is_verb_here(words: tuple[Word, ...], at: int, lexicon: Lexicon, pack: LanguagePack) -> bool:
    """Whether a word that can be a verb is one in this place."""
    word = words[at]
    if "copulas" in word.kinds:
        return True
    if not lexicon.verbs(word.folded) or lexicon.closed(word.folded):
        return False
    form = lexicon.verb_form(word.folded)
    nouns = lexicon.nouns(word.folded)
    before = words[at - 1].folded if at else ""
    if not nouns and not lexicon.adjective(word.folded):
        return True
    if before != "to" and (
        pack.is_word("determiners", before) or pack.is_word("prepositions", before)
    ):
        return form == "ing" and not pack.is_word("determiners", before)
    if (
        at
        and lexicon.adjective(before)
        and not lexicon.verbs(before)
        and not lexicon.adverb(before)
    ):
        return False
    if form in ("third", "past", "both", "ing"):
        return True
    return form == "plain" and (
        pack.is_word("plural_pronouns", before)
        or pack.is_word("auxiliaries", before)
        or (before in ("it", "him") and at > 1)
    )
