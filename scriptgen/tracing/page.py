"""A page beside its essay: which pieces may play which moments, and how likely."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.trace import Traced
from scriptgen.tracing.alignment import align
from scriptgen.tracing.chances import chances
from scriptgen.tracing.headings import heading_places, place_words, told_at
from scriptgen.tracing.lines import lines_said
from scriptgen.tracing.moments import moments
from scriptgen.tracing.neighbours import Neighbours
from scriptgen.tracing.overlap import NOTHING, Overlap
from scriptgen.tracing.people import People, Pronouns
from scriptgen.tracing.pieces import pieces
from scriptgen.tracing.signs import Seen, first_signs, second_signs, weighed
from scriptgen.tracing.telling import telling, wording
from scriptgen.tracing.weights import MOVES, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay
    from scriptgen.tracing.chances import Chance
    from scriptgen.tracing.moments import Moment
    from scriptgen.tracing.overlap import Shared
    from scriptgen.tracing.pieces import Piece

LOOKED_AT = 16
"""So many moments are compared with a piece, those that share most with it."""
LOOKED_AT_AGAIN = 3
"""So many of those that were likeliest at first sight are looked at again wherever they are."""
SURE = 6.0
"""The logarithm of the odds of what its words settle: a speech in those of a line."""


class Pair(NamedTuple):
    """A piece and a moment, by their numbers, with the signs of both looks."""

    piece: int
    moment: int
    signs: dict[str, float]


class Page:
    """A page beside its essay: what is worked out once for all pieces.

    ``cut``: its pieces; ``told``: the moments of the essay; ``seen``: the pieces as compared;
    ``lines``: of speeches the spoken lines they say; ``places``: of headings the places they name.
    """

    def __init__(
        self, screenplay: Screenplay, brief: SceneBrief, essay: Essay, pack: LanguagePack
    ) -> None:
        self._pack = pack
        people = People(brief, pack)
        self.cut: Sequence[Piece] = pieces(screenplay)
        self.told: Sequence[Moment] = moments(brief, essay, pack, people)
        self.places = heading_places(self.cut, brief, pack)
        said = lines_said(screenplay, brief, essay)
        self.lines = {
            number: said[piece.element]
            for number, piece in enumerate(self.cut)
            if piece.kind == "speech" and piece.element in said
        }
        self._numbers = {moment.id: number for number, moment in enumerate(self.told)}
        words = [telling(piece.text, pack) - people.words for piece in self.cut]
        self._overlap = Overlap(self.told, words, pack)
        self.seen = self._seen(words, people, Pronouns(brief, pack))
        self._shared: list[dict[int, Shared]] = [
            {} if self.settled(number) else self._overlap.shared(each.words)
            for number, each in enumerate(self.seen)
        ]
        self._signs: dict[tuple[int, int], dict[str, float]] = {}

    def _seen(
        self, words: Sequence[frozenset[str]], people: People, pronouns: Pronouns
    ) -> list[Seen]:
        named = [
            people.named(piece.cue if piece.kind == "speech" else piece.text) for piece in self.cut
        ]
        who = pronouns.carried([piece.text for piece in self.cut], named)
        here: str | None = None
        found = []
        for number, piece in enumerate(self.cut):
            if piece.kind == "heading":
                here = self.places.get(number)
            found.append(
                Seen(
                    words=words[number],
                    weight=self._overlap.weight(words[number]),
                    named=named[number],
                    people=who[number],
                    place=here,
                    speech=piece.kind == "speech",
                    wording=wording(piece.text, self._pack),
                )
            )
        return found

    def settled(self, number: int) -> bool:
        """Whether what a piece plays is known without looking at the moments."""
        return number in self.lines or self.cut[number].kind == "heading"

    def first_pairs(self) -> list[Pair]:
        """Each piece with the moments that share most with it."""
        found = []
        for number, shared in enumerate(self._shared):
            near = sorted(shared, key=lambda j: (-shared[j].said - shared[j].around, j))
            found += [Pair(number, j, self._first(number, j)) for j in near[:LOOKED_AT]]
        return found

    def _first(self, number: int, j: int) -> dict[str, float]:
        found = self._signs.get((number, j))
        if found is None:
            shared = self._shared[number].get(j, NOTHING)
            found = first_signs(self.seen[number], shared, self.told[j], self._overlap.held[j])
            self._signs[number, j] = found
        return found

    def number_of(self, source: str) -> int:
        """The number of the moment with this id; raises ``KeyError`` where there is none."""
        return self._numbers[source]

    def shares(self, number: int, j: int) -> bool:
        """Whether a piece has anything in common with a moment or its sentence: words or people."""
        return j in self._shared[number] or bool(self.seen[number].people & self.told[j].people)

    def odds(self, number: int, j: int, weights: Mapping[str, float]) -> float:
        """The logarithm of the odds, at first sight, that a piece plays a moment."""
        return weighed(self._first(number, j), weights)

    def first_odds(self, weights: Mapping[str, float]) -> list[dict[int, float]]:
        """Of each piece the moments it may play, with the logarithm of the odds that it does."""
        found: list[dict[int, float]] = [{} for _ in self.cut]
        for pair in self.first_pairs():
            found[pair.piece][pair.moment] = weighed(pair.signs, weights)
        for number, lines in self.lines.items():
            found[number] = {self._numbers[line]: SURE for line in lines}
        return found

    def second_pairs(self, first: Sequence[Mapping[int, float]]) -> list[Pair]:
        """Each piece with the moments where it may stand, given what is played around it."""
        return self._pairs(first, self._chances(first))

    def _chances(self, first: Sequence[Mapping[int, float]]) -> list[dict[int, Chance]]:
        return chances(first, align(first, STEPS), len(self.told), MOVES)

    def _pairs(
        self, first: Sequence[Mapping[int, float]], found: Sequence[Mapping[int, Chance]]
    ) -> list[Pair]:
        neighbours = Neighbours(self.cut, self.told, found, first)
        pairs = []
        for number, seen in enumerate(self.seen):
            if self.settled(number):
                continue
            around = neighbours.around(number)
            best = sorted(around.odds, key=lambda j: (-around.odds[j], j))[:LOOKED_AT_AGAIN]
            for j in sorted({*around.chances, *best}):
                signs = second_signs(j, self._first(number, j), around, seen, self.told)
                pairs.append(Pair(number, j, signs))
        return pairs

    def second_odds(
        self, first: Sequence[Mapping[int, float]], weights: Mapping[str, float]
    ) -> list[dict[int, float]]:
        """As `first_odds`, from the pairs of the second look, and for headings without a place."""
        near = self._chances(first)
        found: list[dict[int, float]] = [{} for _ in self.cut]
        for pair in self._pairs(first, near):
            found[pair.piece][pair.moment] = weighed(pair.signs, weights)
        for number, piece in enumerate(self.cut):
            if piece.kind == "heading" and number not in self.places:
                words = place_words(piece.text, self._pack) & self.seen[number].words
                shared, weight = self._overlap.shared(words), self._overlap.weight(words)
                told = told_at(shared, weight, near[number], self._pack)
                found[number] = {} if told is None else {told: SURE}
        return found

    def traced(self, number: int, odds: Mapping[int, float], limits: Mapping[str, float]) -> Traced:
        """A piece with the moments whose odds are good, in the order of the essay.

        ``limits``: from which odds the ``best`` moment is a source, and from which ``more`` are.
        """
        piece = self.cut[number]
        best = max(odds, key=lambda j: (odds[j], -j), default=None)
        sources = tuple(
            self.told[j].id
            for j in sorted(odds)
            if odds[j] >= limits["more"] or (j == best and odds[j] >= limits["best"])
        )
        if piece.kind == "heading":
            place = self.places.get(number)
            sources = (place,) if place else sources
        elif number in self.lines:
            sources = self.lines[number]
        return Traced(
            element=piece.element,
            start=piece.start,
            end=piece.end,
            sources=sources,
            invented=number not in self.lines if piece.kind == "speech" else not sources,
        )
