"""Where on a page a line is spoken: the values."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.spoken.flow import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.brief import Line
    from scriptgen.screenplay import Screenplay
    from scriptgen.spoken.cast import Cast
    from scriptgen.spoken.flow import PageWord, Turn


class Spot(NamedTuple):
    """Words of one turn: the ``turn``'s index and the half-open range of its words."""

    turn: int
    start: int
    end: int

    def holds(self, other: Spot) -> bool:
        """Whether all of the other's words are among these."""
        return self.turn == other.turn and self.start <= other.start and other.end <= self.end

    def meets(self, other: Spot) -> bool:
        """Whether a word is in both."""
        return self.turn == other.turn and self.start < other.end and other.start < self.end


class Match(NamedTuple):
    """How spoken lines that are one sentence stand on the page; mostly it is one line.

    ``text``: their words as one speech has them; ``spots``: where they are spoken word for word;
    ``near``: where other words are taken for them, and ``sure`` whether they could be no others'.
    Neither: they are not spoken.
    """

    lines: tuple[Line, ...]
    text: str
    spots: tuple[Spot, ...] = ()
    near: Spot | None = None
    sure: bool = False


class Matches(NamedTuple):
    """The turns of a page, and of every spoken line its `Match`, in the order of the essay."""

    turns: tuple[Turn, ...]
    found: tuple[Match, ...]
    cast: Cast

    def is_by(self, line: Line, spot: Spot) -> bool | None:
        """Whether the speaker of a line speaks at a spot; ``None`` where that cannot be told."""
        cue = self.turns[spot.turn].cue
        meant = self.cast.may_mean(cue) if cue else frozenset()
        who = {line.speaker} if line.speaker else set(line.candidates)
        return None if not who or not meant else not who.isdisjoint(meant)

    def strays(self, match: Match) -> bool:
        """Whether lines are word for word on the page, and sure to be in the wrong mouths alone.

        Sure is what a name beside the line says; less is too often the essay's reader's mistake.
        """
        return bool(match.spots) and all(
            line.tagged and self.is_by(line, spot) is False
            for line in match.lines
            for spot in match.spots
        )

    def kept(self) -> set[str]:
        """The ids of the lines that are word for word on the page, and not sure to be astray."""
        return {
            line.id
            for match in self.found
            if match.spots and not self.strays(match)
            for line in match.lines
        }

    def shown(self, spot: Spot, screenplay: Screenplay) -> str:
        """What stands on the page at a spot, without what parts it."""
        texts = []
        for (element, part), words_there in groupby(self.said(spot), key=_part):
            group = list(words_there)
            text = text_of(screenplay.elements[element], part)
            texts.append(text[group[0].start : group[-1].end])
        return " ".join(texts)

    def said(self, spot: Spot) -> Sequence[PageWord]:
        """The words at a spot."""
        return self.turns[spot.turn].words[spot.start : spot.end]


def _part(word: PageWord) -> tuple[int, int]:
    return word.element, word.part
