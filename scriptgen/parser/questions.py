"""Questions: where in a sentence one begins, and whether it is an open one of the story."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.words import WATCHERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document, Sentence
    from scriptgen.parser.weighing import Piece
    from scriptgen.parser.words import Word


class Asked(NamedTuple):
    """Where a question starts, and whether the story leaves it open."""

    start: int
    is_open: bool


def is_question(doc: Document, sentence: Sentence) -> bool:
    """Whether a sentence ends in a question mark of the essay's own."""
    text = doc.text[sentence.start : sentence.end]
    bare = text.rstrip("”\"’'*_) ")
    return bare.endswith(("?", "?!", "!?")) and not doc.is_quoted(sentence.start + len(bare) - 1)


def read_question(reading: Reading, sentence: Sentence, pieces: Sequence[Piece]) -> Asked:
    """What a sentence of these pieces asks, behind what leads up to it."""
    start = _start(reading, sentence, pieces)
    asked = reading.doc.words_in(start, sentence.end)
    closed = (
        (start > sentence.start and len(asked) == 1)
        or _is_guess([piece for piece in pieces if piece.end > start])
        or _asks_the_reader(asked)
        or _is_denied(reading.doc, sentence.index + 1)
    )
    return Asked(start, not closed)


_ASKED = 4
_SHORTEST = 7
_TAG = 2
_ASKING = frozenset({"relatives", "whenever", "infinitive_marks"})
_OF_THE_WORK = frozenset({"makers", "show_nouns"})
_LEADS_NOUN = frozenset({"determiners", "generals"})


def _is_guess(pieces: Sequence[Piece]) -> bool:
    """Whether something is only named with a question mark behind it ("A ring?")."""
    return bool(pieces) and all(
        "tense:none" in piece.signs and not any(word.kinds & _ASKING for word in piece.words)
        for piece in pieces
    )


def _asks_the_reader(words: Sequence[Word]) -> bool:
    """Whether a question is no open one of the story: "Did you see that?", "Isn't that how …?"."""
    asked = [word for word in words[:-1] if "joining" not in word.kinds]
    asked = [*asked, *words[-1:]][:_ASKED]
    if len(asked) == 1:
        return asked[0].adjective and not asked[0].nouns
    if not asked or asked[0].kinds & WATCHERS:
        return True
    if asked[0].kinds >= {"copulas", "negations"} and "demonstratives" in asked[1].kinds:
        return True
    if "negations" in asked[0].kinds and len(words) == _TAG:
        return True
    if "existential" in asked[1].kinds and any("comparers" in word.kinds for word in words):
        return True
    return any(
        "prepositions" not in before.kinds
        and (
            (word.kinds & WATCHERS and "determiners" not in word.kinds)
            or (
                word.kinds & _OF_THE_WORK
                and before.kinds & _LEADS_NOUN
                and not (before.adverb and word.verbs)
            )
        )
        for before, word in pairwise(asked)
    )


def _is_denied(doc: Document, index: int) -> bool:
    """Whether the sentence at ``index`` says no more than no to the one before it."""
    if index >= len(doc.sentences):
        return False
    sentence = doc.sentences[index]
    words = doc.words_in(sentence.start, sentence.end)
    return (
        0 < len(words) < _ASKED
        and "negations" in words[0].kinds
        and not doc.is_quoted(words[0].start)
        and not any(word.nouns or word.verbs for word in words)
    )


def _start(reading: Reading, sentence: Sentence, pieces: Sequence[Piece]) -> int:
    """Where the question begins in a sentence that leads up to it ("…, and is he running?")."""
    pack, start = reading.pack, sentence.start
    text = reading.doc.text[start : sentence.end]
    for piece in pieces[1:]:
        if piece.joint.strip() == ":" and pack.begins("asks", text[piece.start - start :]):
            return piece.start
    if pack.begins("asks", text):
        return start
    if len(pieces) > 1 and len(pieces[-1].words) == 1:
        return pieces[-1].start
    for pattern in pack.patterns.get("question_joint", ()):
        found = [m.end() for m in pattern.finditer(text)]
        if found and len(text) - found[-1] >= _SHORTEST:
            return start + found[-1]
    led = False
    at = start
    for piece in pieces:
        if led and piece.joint != " " and not piece.apart:
            at = piece.start if pack.begins("asks", text[piece.start - start :]) else at
        led = led or (not piece.apart and "tense:none" not in piece.signs)
    return at
