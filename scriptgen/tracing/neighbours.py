"""What is played around a piece, once the whole page has been looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from scriptgen.tracing.chances import Chance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scriptgen.tracing.moments import Moment
    from scriptgen.tracing.pieces import Piece

NO_ODDS = -5.0
"""The odds at first sight of a moment that shares nothing with a piece."""
NO_CHANCE = Chance(0.0, 0.0)
_NEAR = (("before", -1), ("two before", -2), ("after", 1), ("two after", 2))


NEARBY = 6
"""So many pieces on either side are looked at for the order of what is played."""


class Played:
    """How many of some pieces play something below and above a moment, by their chances."""

    def __init__(self, rows: Iterable[Mapping[int, Chance]]) -> None:
        whole: dict[int, float] = defaultdict(float)
        for row in rows:
            for number, chance in row.items():
                whole[number] += chance.plays
        self._numbers = sorted(whole)
        self._sums = list(accumulate((whole[at] for at in self._numbers), initial=0.0))

    def below(self, number: int) -> float:
        """How many play a moment that is told before the one of this number."""
        return self._sums[bisect_left(self._numbers, number)]

    def above(self, number: int) -> float:
        """How many play a moment that is told after it."""
        return self._sums[-1] - self._sums[bisect_right(self._numbers, number)]


@dataclass(frozen=True, slots=True)
class Around:
    """What a piece and those near it may play, by the numbers of moments.

    ``odds``: of the piece at first sight, ``best_odds`` the best of them; ``chances``: of the
    piece, ``likeliest``: where it most likely stands, the first of equals; ``near``: the chances of
    the pieces one and two before it and behind it, left out where there is none, and whether each
    stands in the same paragraph; ``sentences``: the chances that it stands in each sentence of the
    essay; ``elsewhere``: the best chances that another piece plays each moment; ``earlier``,
    ``later``: what the pieces before it and behind it play, those nearby.
    """

    odds: Mapping[int, float]
    best_odds: float
    chances: Mapping[int, Chance]
    likeliest: int | None
    near: tuple[tuple[str, Mapping[int, Chance], bool], ...]
    sentences: Mapping[int, float]
    elsewhere: Mapping[int, float]
    earlier: Played
    later: Played


class Neighbours:
    """The pieces of a page with their chances, to be asked for what is around each."""

    def __init__(
        self,
        cut: Sequence[Piece],
        told: Sequence[Moment],
        found: Sequence[Mapping[int, Chance]],
        odds: Sequence[Mapping[int, float]],
    ) -> None:
        self._cut, self._told, self._found, self._odds = cut, told, found, odds
        self._best: dict[int, tuple[float, int]] = {}
        self._second: dict[int, float] = defaultdict(float)
        for number, row in enumerate(found):
            for j, chance in row.items():
                best, _ = self._best.get(j, (0.0, number))
                if chance.plays >= best:
                    self._second[j] = best
                    self._best[j] = (chance.plays, number)
                else:
                    self._second[j] = max(self._second[j], chance.plays)

    def around(self, number: int) -> Around:
        """What is around the piece with this number."""
        chances = self._found[number]
        sentences: dict[int, float] = defaultdict(float)
        for j, chance in chances.items():
            sentences[self._told[j].sentence] += chance.there
        elsewhere = {
            j: self._second[j] if self._best[j][1] == number else self._best[j][0] for j in chances
        }
        odds = self._odds[number]
        return Around(
            odds=odds,
            best_odds=max(odds.values(), default=NO_ODDS),
            chances=chances,
            likeliest=max(chances, key=lambda j: (chances[j].there, -j), default=None),
            near=tuple(self._near(number)),
            sentences=sentences,
            elsewhere=elsewhere,
            earlier=Played(self._found[max(0, number - NEARBY) : number]),
            later=Played(self._found[number + 1 : number + 1 + NEARBY]),
        )

    def _near(self, number: int) -> Iterator[tuple[str, Mapping[int, Chance], bool]]:
        for name, step in _NEAR:
            at = number + step
            if 0 <= at < len(self._found) and self._cut[at].kind != "heading":
                same = self._cut[at].element == self._cut[number].element
                yield name, self._found[at], same
