"""What each piece of the prose is good for: film, or talk about it."""

from __future__ import annotations

from itertools import repeat
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.clauses import joints
from scriptgen.parser.sentences import Block
from scriptgen.parser.signs import signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from scriptgen.parser.clauses import Joined
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Sentence
    from scriptgen.parser.words import Word


class Piece(NamedTuple):
    """A piece of a sentence with its words and its signs.

    ``score``: above 0 where it is rather film, below where it is rather talk (the logarithm of the
    odds); ``apart``: a line or a speech tag, which are weighed by nobody.
    """

    start: int
    end: int
    joint: str
    signs: AbstractSet[str]
    score: float
    apart: bool
    words: Sequence[Word]


_MOST = 3.0
_REACH = 2
_CERTAIN_TALK = -9.0
_DEEDS = frozenset({"deed:person", "deed:carried"})


def weigh(reading: Reading) -> dict[int, list[Piece]]:
    """The pieces of every sentence of prose, by the sentence's index."""
    doc = reading.doc
    cut: list[tuple[Sentence, tuple[Joined, ...], list[AbstractSet[str]]]] = []
    for sentence in doc.sentences:
        if doc.paragraphs[sentence.paragraph].block in (Block.PROSE, Block.ITEM):
            pieces = joints(reading, sentence.start, sentence.end)
            cut.append((sentence, pieces, signs(reading, pieces)))
    weights = reading.pack.weights.get("film_weights", {})
    own = [[_own(weights, piece) for piece in found] for _, _, found in cut]
    inside = reading.pack.weights.get("film_context", {})
    out: dict[int, list[Piece]] = {}
    for (sentence, pieces, found), scores in zip(cut, in_context(own, inside), strict=True):
        out[sentence.index] = [
            _piece(reading, piece, shown, score)
            for piece, shown, score in zip(pieces, found, scores, strict=True)
        ]
    return out


def _own(weights: Mapping[str, float], found: AbstractSet[str]) -> float | None:
    return None if "line" in found else fsum(map(weights.get, found, repeat(0.0)))


def in_context(
    own: Sequence[Sequence[float | None]], weights: Mapping[str, float]
) -> list[list[float]]:
    """The scores of the pieces of each sentence, given their own and what stands around them.

    ``None`` stands for a line. ``weights`` says how much each neighbour counts.
    """
    scale = tuple(weights.get(name, 0.0) for name in SURROUNDINGS)
    return [[_score(scale, row) if row else 0.0 for row in rows] for rows in surroundings(own)]


def _score(scale: Sequence[float], row: Sequence[float]) -> float:
    always, own, before, after, others, around = scale
    return (
        always * row[0]
        + own * row[1]
        + before * row[2]
        + after * row[3]
        + others * row[4]
        + around * row[5]
    )


SURROUNDINGS = ("always", "own", "before", "after", "sentence", "around")


def surroundings(own: Sequence[Sequence[float | None]]) -> list[list[tuple[float, ...]]]:
    """For each piece of each sentence the values named by `SURROUNDINGS`; nothing for a line.

    One, its own score, those of the pieces before and after it, the mean of the others in the
    sentence, and of the sentences around it.
    """
    near = [[0.0, *map(_bounded, scores), 0.0] for scores in own]
    counts = [len(scores) - scores.count(None) for scores in own]
    totals = [sum(scores) for scores in near]
    means = [total / count if count else None for total, count in zip(totals, counts, strict=True)]
    out: list[list[tuple[float, ...]]] = []
    for number, scores in enumerate(own):
        window = means[max(0, number - _REACH) : number] + means[number + 1 : number + 1 + _REACH]
        known = [mean for mean in window if mean is not None]
        around = sum(known) / len(known) if known else 0.0
        total, count, bounded = totals[number], counts[number], near[number]
        row: list[tuple[float, ...]] = []
        for at, score in enumerate(scores):
            if score is None:
                row.append(())
                continue
            others = (total - bounded[at + 1]) / (count - 1) if count > 1 else 0.0
            row.append((1.0, score, bounded[at], bounded[at + 2], others, around))
        out.append(row)
    return out


def _bounded(score: float | None) -> float:
    if score is None:
        return 0.0
    return -_MOST if score < -_MOST else min(score, _MOST)


def _piece(reading: Reading, piece: Joined, found: AbstractSet[str], score: float) -> Piece:
    start, end = piece.start, piece.end
    if start in reading.asides or "likened" in found:
        score = _CERTAIN_TALK
    tag = reading.tagged.find(1, start, end) >= 0 and found.isdisjoint(_DEEDS)
    return Piece(start, end, piece.joint, found, score, piece.line or tag, piece.words)
