"""How much two texts share: words that are the same or like each other, rare ones counting more."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.wording import Near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from scriptgen.language import LanguagePack
    from scriptgen.tracing.moments import Moment

LEAST_LIKE = 0.4
THINGS = frozenset({"thing", "artefact", "garment", "furniture", "food", "vehicle", "animal"})
"""Classes of nouns that hands or eyes find on the page."""
MOST_HELD = 60
"""A word of so many moments or more says little of any, and nothing of which to look at."""


class Shared(NamedTuple):
    """What a piece shares with a moment, each a sum of the weights of words.

    ``said``: of the piece's words found in the moment; ``around``: found in its sentence at least;
    ``same``: found to the letter; ``things``: of those found in the moment the things;
    ``played``: of the moment's words that the piece has.
    """

    said: float = 0.0
    around: float = 0.0
    same: float = 0.0
    things: float = 0.0
    played: float = 0.0


NOTHING = Shared()


class Overlap:
    """The words of an essay's moments, to be asked for what a piece shares with each."""

    def __init__(
        self,
        told: Sequence[Moment],
        pieces: Iterable[AbstractSet[str]],
        pack: LanguagePack,
    ) -> None:
        self._lexicon = pack.lexicon
        counts: Counter[str] = Counter()
        self._own: dict[str, list[int]] = defaultdict(list)
        self._around: dict[str, list[int]] = defaultdict(list)
        for number, moment in enumerate(told):
            for word in moment.terms:
                self._own[word].append(number)
            for word in moment.around:
                self._around[word].append(number)
            counts.update(moment.terms)
        whole = len(told)
        for piece in pieces:
            counts.update(piece)
            whole += 1
        self._weights = {word: log(1 + whole / (1 + count)) for word, count in counts.items()}
        self._near = Near(self._around, pack.likeness)
        self.held = [self.weight(moment.terms) for moment in told]

    def weight(self, words: Iterable[str]) -> float:
        """The sum of the weights of words."""
        return sum(self._weights.get(word, 0.0) for word in sorted(words))

    def like(self, word: str) -> Mapping[str, float]:
        """The words of the essay that ``word`` is or is like, with their likeness, 1 for itself."""
        near = self._near.like(word)
        return {other: value for other, value in near.items() if value >= LEAST_LIKE}

    def shared(self, words: AbstractSet[str]) -> dict[int, Shared]:
        """What ``words`` share with the moments, by their numbers; those without are left out."""
        said: dict[int, float] = defaultdict(float)
        around: dict[int, float] = defaultdict(float)
        same: dict[int, float] = defaultdict(float)
        things: dict[int, float] = defaultdict(float)
        played: dict[int, dict[str, float]] = defaultdict(dict)
        for word in sorted(words):
            weight = self._weights[word]
            best: dict[int, float] = {}
            wide: dict[int, float] = {}
            for other, value in self.like(word).items():
                for number in self._held(self._own, other):
                    if value > best.get(number, 0.0):
                        best[number] = value
                    if value > played[number].get(other, 0.0):
                        played[number][other] = value
                    if value == 1.0:
                        same[number] += weight
                for number in self._held(self._around, other):
                    if value > wide.get(number, 0.0):
                        wide[number] = value
            thing = self._is_thing(word)
            for number, value in best.items():
                said[number] += weight * value
                if thing:
                    things[number] += weight * value
            for number, value in wide.items():
                around[number] += weight * value
        return {
            number: Shared(
                said.get(number, 0.0),
                value,
                same.get(number, 0.0),
                things.get(number, 0.0),
                sum(self._weights[word] * share for word, share in played[number].items())
                if number in played
                else 0.0,
            )
            for number, value in around.items()
        }

    def _is_thing(self, word: str) -> bool:
        return self._lexicon is not None and not self._lexicon.nouns(word).isdisjoint(THINGS)

    @staticmethod
    def _held(table: Mapping[str, list[int]], word: str) -> list[int]:
        held = table.get(word, [])
        return held if len(held) <= MOST_HELD else []
