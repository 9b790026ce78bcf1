"""How near what is said on a page comes to a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.spoken.flow import PageWord, Turn

SHORTER, LONGER, SLACK = 0.4, 2.0, 2
"""How many words, as shares of the line's and some more, may be taken for it."""


class Run(NamedTuple):
    """Words of one turn: its index, the half-open range of its words, and how near they come.

    ``likeness``: from 0 to 1; ``whole``: they are whole sentences.
    """

    turn: int
    start: int
    end: int
    likeness: float
    whole: bool


def likenesses(
    turns: Sequence[Turn], text: str, taken: Sequence[tuple[int, int, int]]
) -> Iterator[Run]:
    """All runs of whole clauses of about the line's length, and how near each comes to it.

    ``taken``: of turns and their words, as in a `Run`; these are in no run. Half of the likeness
    is of words, half of letters, so that a contracted or inflected word counts for more than
    another one.
    """
    from rapidfuzz.distance import Indel

    wanted = words(text)
    letters = _letters(wanted)
    fewest, most = SHORTER * len(wanted), LONGER * len(wanted) + SLACK
    for index, turn in enumerate(turns):
        for start, end in _runs(index, turn.words, taken):
            if not fewest <= end - start <= most:
                continue
            said = [word.text for word in turn.words[start:end]]
            of_words = Indel.normalized_similarity(wanted, said)
            of_letters = Indel.normalized_similarity(letters, _letters(said))
            whole = turn.words[start].begins and turn.words[end - 1].finishes
            yield Run(index, start, end, (of_words + of_letters) / 2, whole)


def _letters(said: list[str]) -> str:
    return "".join(said).replace("'", "")


def _runs(
    index: int, said: Sequence[PageWord], taken: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, int]]:
    """The runs of whole clauses, from stop to stop, without a taken word."""
    closed = [False] * len(said)
    for turn, start, end in taken:
        if turn == index:
            closed[start:end] = [True] * (end - start)
    for start, word in enumerate(said):
        begins = word.opens or (start > 0 and closed[start - 1])
        if closed[start] or not begins:
            continue
        for end in range(start + 1, len(said) + 1):
            if closed[end - 1]:
                break
            if said[end - 1].closes or (end < len(said) and closed[end]):
                yield start, end
