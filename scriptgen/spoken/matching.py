"""Each spoken line of an essay against all that is said on a page."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.spoken.cast import Cast
from scriptgen.spoken.flow import text_of, turns
from scriptgen.spoken.nearing import likenesses
from scriptgen.spoken.quoting import as_speech, quotations, spoken_lines
from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.brief import Line, SceneBrief
    from scriptgen.screenplay import Screenplay
    from scriptgen.spoken.flow import PageWord, Turn
    from scriptgen.spoken.quoting import Quotation

SHORT = 2
"""Words; a line of no more is only spoken where stops or ends stand on both sides."""

NEAR, NEARER = 0.6, 0.75
"""Likeness from which other words are the line, altered: from its speaker's mouth, from others'."""

APART = 0.08
"""Likeness by which the best place leads where it is sure."""


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


def matches(screenplay: Screenplay, brief: SceneBrief, essay: str | None = None) -> Matches:
    """How each spoken line of the brief stands on the page; ``essay``: its text."""
    page = Matches(tuple(turns(screenplay)), (), Cast(brief))
    found = _own(page, _exact(page, quotations(spoken_lines(brief), essay)))
    return page._replace(found=tuple(_with_near(page, found)))


def _exact(page: Matches, groups: Sequence[Quotation]) -> list[Match]:
    """Each quotation with all places where it is spoken word for word.

    Lines that are one sentence stand apart where only some of them are there.
    """
    first: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, turn in enumerate(page.turns):
        for at, word in enumerate(turn.words):
            first[word.text].append((index, at))

    def placed(match: Match) -> Match:
        return match._replace(spots=tuple(_places(page, words(match.text), first)))

    found = []
    for group in groups:
        whole = placed(Match(group.lines, group.text))
        singles = [] if whole.spots else [placed(each) for each in _singles(whole)]
        found += singles if any(each.spots for each in singles) else [whole]
    return found


def _own(page: Matches, found: list[Match]) -> list[Match]:
    """The matches without the places of others.

    Where two people say the same, or one says part of what the other does, each needs a place.
    """
    spoken = [
        (match.lines[0].speaker, spot)
        for match in found
        for spot in match.spots
        if match.lines[0].speaker and page.is_by(match.lines[0], spot)
    ]

    def is_own(line: Line, spot: Spot) -> bool:
        return page.is_by(line, spot) is not False or not any(
            speaker != line.speaker and other.holds(spot) for speaker, other in spoken
        )

    return [
        match._replace(spots=tuple(spot for spot in match.spots if is_own(match.lines[0], spot)))
        for match in found
    ]


def _places(
    page: Matches, wanted: list[str], first: dict[str, list[tuple[int, int]]]
) -> Iterator[Spot]:
    for index, at in first.get(wanted[0], ()):
        said = page.turns[index].words[at : at + len(wanted)]
        whole = len(wanted) > SHORT or (said[0].opens and said[-1].closes)
        if whole and [word.text for word in said] == wanted:
            yield Spot(index, at, at + len(wanted))


class _Bid(NamedTuple):
    likeness: float
    match: int
    spot: Spot
    by: bool | None


def _with_near(page: Matches, found: list[Match]) -> list[Match]:
    """The matches, those without a place with the nearest one that is left for them."""
    taken = [spot for match in found for spot in match.spots]
    whole, left = _placed_near(page, found, taken)
    if not left:
        return whole
    parted = [
        single
        for at, match in enumerate(whole)
        for single in (_singles(match) if at in left else [match])
    ]
    taken += [match.near for match in parted if match.near]
    return _placed_near(page, parted, taken)[0]


def _singles(match: Match) -> list[Match]:
    return [Match((line,), as_speech([line.text])) for line in match.lines]


def _placed_near(
    page: Matches, found: list[Match], taken: list[Spot]
) -> tuple[list[Match], set[int]]:
    """Each match with its nearest place, and those of several lines that have none."""
    bids = sorted(_bids(page, found, taken), key=lambda bid: (-bid.likeness, bid.match, bid.spot))
    placed = list(found)
    given: list[Spot] = []
    for at, bid in enumerate(bids):
        match = placed[bid.match]
        if match.near or any(bid.spot.meets(spot) for spot in given):
            continue
        rivals = (
            other
            for other in bids[at + 1 :]
            if bid.likeness - other.likeness < APART and not _is_beaten(other, given)
        )
        sure = not any(
            (other.match == bid.match and other.by == bid.by and not other.spot.meets(bid.spot))
            or (other.match != bid.match and other.spot.meets(bid.spot))
            for other in rivals
        )
        placed[bid.match] = match._replace(near=bid.spot, sure=sure)
        given.append(bid.spot)
    lost = {
        at
        for at, match in enumerate(placed)
        if len(match.lines) > 1 and not match.spots and not match.near
    }
    return placed, lost


def _is_beaten(bid: _Bid, given: list[Spot]) -> bool:
    return any(bid.spot.meets(spot) for spot in given)


def _bids(page: Matches, found: list[Match], taken: list[Spot]) -> Iterator[_Bid]:
    for at, match in enumerate(found):
        if match.spots or match.near:
            continue
        for spot, likeness in likenesses(page.turns, match.text, taken):
            at_spot = Spot(*spot)
            by = page.is_by(match.lines[0], at_spot)
            if likeness >= (NEARER if by is False else NEAR):
                yield _Bid(likeness, at, at_spot, by)
