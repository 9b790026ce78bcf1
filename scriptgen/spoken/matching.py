"""Each spoken line of an essay against all that is said on a page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scriptgen.spoken.bidding import singles, with_near
from scriptgen.spoken.cast import Cast
from scriptgen.spoken.flow import turns
from scriptgen.spoken.quoting import quotations, spoken_lines
from scriptgen.spoken.spots import Match, Matches, Spot
from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.brief import Line, SceneBrief
    from scriptgen.screenplay import Screenplay
    from scriptgen.spoken.quoting import Quotation

SHORT = 2
"""Words; a line of no more is only spoken where stops or ends stand on both sides."""


def matches(screenplay: Screenplay, brief: SceneBrief, essay: str | None = None) -> Matches:
    """How each spoken line of the brief stands on the page; ``essay``: its text."""
    page = Matches(tuple(turns(screenplay)), (), Cast(brief))
    found = _own(page, _exact(page, quotations(spoken_lines(brief), essay)))
    resumed = _resumed(page)
    found = [match if match.spots else _broken(page, match, resumed) for match in found]
    return page._replace(found=tuple(with_near(page, found)))


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
        parts = [] if whole.spots else [placed(each) for each in singles(whole)]
        found += parts if any(each.spots for each in parts) else [whole]
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


def _resumed(page: Matches) -> dict[tuple[str, str], list[int]]:
    """Where somebody goes on after one speech of another: the index of the turn before it.

    By the last word before the break and the first behind it.
    """
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (head, between, tail) in enumerate(
        zip(page.turns, page.turns[1:], page.turns[2:], strict=False)
    ):
        goes_on = head.cue is not None and head.cue == tail.cue
        if goes_on and between.cue not in (None, head.cue) and head.words and tail.words:
            found[head.words[-1].text, tail.words[0].text].append(index)
    return found


def _broken(page: Matches, match: Match, resumed: dict[tuple[str, str], list[int]]) -> Match:
    """The match with both parts of a line that another's speech breaks, where its speaker goes on.

    The first part ends what he says before, the other begins what he says next.
    """
    wanted = words(match.text)
    for cut in range(SHORT, len(wanted)):
        for index in resumed.get((wanted[cut - 1], wanted[cut]), ()):
            head, tail = page.turns[index], page.turns[index + 2]
            ends = [word.text for word in head.words[-cut:]] == wanted[:cut]
            begins = [word.text for word in tail.words[: len(wanted) - cut]] == wanted[cut:]
            length = len(head.words)
            spots = (Spot(index, length - cut, length), Spot(index + 2, 0, len(wanted) - cut))
            if ends and begins and page.is_by(match.lines[0], spots[0]) is not False:
                return match._replace(spots=spots)
    return match


def _places(
    page: Matches, wanted: list[str], first: dict[str, list[tuple[int, int]]]
) -> Iterator[Spot]:
    for index, at in first.get(wanted[0], ()):
        said = page.turns[index].words[at : at + len(wanted)]
        whole = len(wanted) > SHORT or (said[0].opens and said[-1].closes)
        if whole and [word.text for word in said] == wanted:
            yield Spot(index, at, at + len(wanted))
