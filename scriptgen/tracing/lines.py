"""Which speeches are lines of the essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.brief import Line, SceneBrief
    from scriptgen.tracing.pieces import Piece

ALIKE = 82.0
LEAST_WORDS = 2
"""A speech of fewer words than this, other than the whole line, is no line altered by a word."""


def spoken_lines(cut: Sequence[Piece], brief: SceneBrief) -> dict[int, tuple[str, ...]]:
    """Of each speech, by its number, the spoken lines it says whole, in part or by another word.

    Lines are given out in the order of the essay where their words stand more than once.
    """
    lines = [
        (line, words(line.text))
        for line in sorted(brief.lines, key=lambda line: line.span.start)
        if line.kind is LineKind.SPOKEN
    ]
    speeches = [(n, words(piece.text)) for n, piece in enumerate(cut) if piece.kind == "speech"]
    by_words = _held(speeches)
    found: dict[int, list[Line]] = {}
    for line, told in lines:
        if told:
            for number in _sayers(told, speeches, by_words, found):
                found.setdefault(number, []).append(line)
    return {
        number: tuple(line.id for line in sorted(said, key=lambda line: line.span.start))
        for number, said in found.items()
    }


def _held(speeches: Sequence[tuple[int, list[str]]]) -> dict[str, list[int]]:
    """The places in ``speeches`` of those that hold a word."""
    held: dict[str, list[int]] = {}
    for place, (_, said) in enumerate(speeches):
        for word in dict.fromkeys(said):
            held.setdefault(word, []).append(place)
    return held


def _sayers(
    told: list[str],
    speeches: Sequence[tuple[int, list[str]]],
    held: dict[str, list[int]],
    taken: dict[int, list[Line]],
) -> list[int]:
    rarest = min(told, key=lambda word: (len(held.get(word, ())) or len(speeches) + 1, word))
    near = held.get(rarest, [])
    whole = [place for place in near if _stands(told, speeches[place][1])]
    if whole:
        free = [place for place in whole if speeches[place][0] not in taken]
        equal = [place for place in whole if speeches[place][1] == told]
        alone = [place for place in equal if place in free]
        return [speeches[(alone or free or whole)[0]][0]]
    for place in dict.fromkeys(each for word in told[:1] for each in held.get(word, ())):
        parts = _parted(told, speeches, place)
        if parts:
            return [speeches[each][0] for each in parts]
    return _altered(told, speeches, held, taken)


def _stands(needle: list[str], hay: list[str]) -> bool:
    size = len(needle)
    return any(hay[at : at + size] == needle for at in range(len(hay) - size + 1))


def _parted(told: list[str], speeches: Sequence[tuple[int, list[str]]], place: int) -> list[int]:
    """The speeches from ``place`` on that say a line between them."""
    at = 0
    found: list[int] = []
    for each in range(place, len(speeches)):
        said = speeches[each][1]
        size = len(said)
        if said and told[at : at + size] == said:
            at += size
            found.append(each)
            if at == len(told):
                return found
        elif said or not found:
            return []
    return []


def _altered(
    told: list[str],
    speeches: Sequence[tuple[int, list[str]]],
    held: dict[str, list[int]],
    taken: dict[int, list[Line]],
) -> list[int]:
    """The speech that is likest to the line, word by word, if it is like it at all."""
    from rapidfuzz import fuzz

    near = sorted({place for word in told for place in held.get(word, ())})
    best, found = ALIKE, None
    for place in near:
        number, said = speeches[place]
        if number in taken or min(len(said), len(told)) < LEAST_WORDS:
            continue
        alike = fuzz.ratio(told, said)
        if alike > best:
            best, found = alike, number
    return [] if found is None else [found]
