"""Which words on a page are taken for a line that nobody speaks word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.spoken.nearing import likenesses
from scriptgen.spoken.quoting import as_speech
from scriptgen.spoken.spots import Match, Spot
from scriptgen.wording import within, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.spoken.flow import Turn
    from scriptgen.spoken.spots import Matches

NEAR, NEARER = 0.6, 0.75
"""Likeness from which other words are the line, altered: from its speaker's mouth, from others'."""

APART = 0.08
"""Likeness by which the best place leads where it is sure."""

WHOLE = 0.05
"""What a place of whole sentences is worth in likeness against one that ends inside."""


class _Bid(NamedTuple):
    """``by``: whether the line's speaker speaks there, ``None`` where that cannot be told."""

    rank: float
    match: int
    spot: Spot
    by: bool | None


def with_near(page: Matches, found: list[Match]) -> list[Match]:
    """The matches, those without a place with the nearest one that is left for them.

    Lines that are one sentence stand apart where only some of them have one.
    """
    whole = _placed(page, found)
    parted = [singles(match) if _is_lost(match) else [match] for match in whole]
    flat = _placed(page, [match for part in parted for match in part])
    joined: list[Match] = []
    for part, match in zip(parted, whole, strict=True):
        mine = flat[: len(part)]
        del flat[: len(part)]
        joined += mine if any(each.spots or each.near for each in mine) else [match]
    return joined


def singles(match: Match) -> list[Match]:
    """The lines of a match one by one, without a place."""
    return [Match((line,), as_speech([line.text])) for line in match.lines]


def _is_lost(match: Match) -> bool:
    return len(match.lines) > 1 and not match.spots and not match.near


def _placed(page: Matches, found: list[Match]) -> list[Match]:
    """Each match with its nearest place; the nearest of all chooses first."""
    bids = sorted(_bids(page, found), key=lambda bid: (-bid.rank, bid.match, bid.spot))
    placed = list(found)
    given: list[Spot] = []
    for at, bid in enumerate(bids):
        match = placed[bid.match]
        if match.near or any(bid.spot.meets(spot) for spot in given):
            continue
        rivals = [
            other
            for other in bids[at + 1 :]
            if bid.rank - other.rank < APART and not any(other.spot.meets(spot) for spot in given)
        ]
        sure = not any(_rivals(bid, other) for other in rivals) and not _is_halved(
            page, bid.spot, words(match.text)
        )
        placed[bid.match] = match._replace(near=bid.spot, sure=sure)
        given.append(bid.spot)
    return placed


def _rivals(bid: _Bid, other: _Bid) -> bool:
    """Whether the same line may as well stand elsewhere, or another line here."""
    if other.match == bid.match:
        return other.by == bid.by and not other.spot.meets(bid.spot)
    return other.spot.meets(bid.spot)


def _is_halved(page: Matches, spot: Spot, wanted: list[str]) -> bool:
    """Whether somebody else goes on with the line where it breaks off, or begins it."""
    said = [word.text for word in page.said(spot)]
    turns = page.turns
    before = _texts(turns[spot.turn - 1]) if spot.turn else []
    behind = _texts(turns[spot.turn + 1]) if spot.turn + 1 < len(turns) else []
    closes = spot.end == len(turns[spot.turn].words)
    for cut in range(1, len(wanted)):
        head, tail = wanted[:cut], wanted[cut:]
        goes_on = closes and said[-1:] == head[-1:] and behind[: len(tail)] == tail
        begun = spot.start == 0 and said[:1] == tail[:1] and before[-len(head) :] == head
        if goes_on or begun:
            return True
    return False


def _texts(turn: Turn) -> list[str]:
    return [word.text for word in turn.words]


def _bids(page: Matches, found: list[Match]) -> Iterator[_Bid]:
    places = [(match, spot) for match in found for spot in (*match.spots, match.near) if spot]
    for at, match in enumerate(found):
        if match.spots or match.near:
            continue
        wanted = words(match.text)
        taken = [spot for other, spot in places if not within(words(other.text), wanted)]
        for run in likenesses(page.turns, match.text, taken):
            spot = Spot(run.turn, run.start, run.end)
            by = page.is_by(match.lines[0], spot)
            if any(other.holds(spot) for _, other in places):
                continue
            if run.likeness >= (NEARER if by is False else NEAR):
                yield _Bid(run.likeness + (WHOLE if run.whole else 0), at, spot, by)
