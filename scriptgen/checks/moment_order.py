"""Whether the moments come in the order in which the essay tells them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.checks.moments import moments, shortened
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.checks.moments import Moment
    from scriptgen.checks.subject import Subject

FEWEST = 3
"""Words of a moment that can be told from others."""

PASSED = 2
"""Moments that another one has to stand before or behind against the essay; two that change places
are often one picture told in another order."""


MOST = 2
"""Groups of moments out of place; where there are more, the essay reviews and keeps no order."""


class _Astray(NamedTuple):
    """A moment out of place: its index, the side it stands on, and the last that it passed."""

    at: int
    side: str
    passed: Moment


def moment_order(subject: Subject) -> Iterator[Finding]:
    """Warn of the events that the page plays before or behind others, against the essay.

    Only clear cases: all pieces of an event stand on the wrong side of all pieces of `PASSED`
    moments at least that are in their place. Those that moved together are told once, by the first.
    What belongs to a scene that the essay itself tells out of its time may stand anywhere, and so
    may all where more than `MOST` groups are out of place.
    """
    trace, pack = subject.trace, subject.pack
    if trace is None or pack is None:
        return
    told = in_question(moments(subject, trace, pack), subject.brief)
    groups = list(_groups(_astray(told)))
    if len(groups) > MOST:
        return
    for group in groups:
        moment = told[group[0].at]
        yield Finding(
            code="W_MOMENT_ORDER",
            severity=Severity.WARNING,
            message=f"this is played {group[0].side} “{shortened(group[0].passed.text)}”, and the "
            "essay tells it the other way round: keep the order of the essay",
            element=trace.pieces[moment.pieces[0]].element,
            evidence=moment.text,
            count=len(group),
        )


def _astray(told: Sequence[Moment]) -> Iterator[_Astray]:
    out = set(displaced([moment.pieces[0] for moment in told]))
    for at in sorted(out):
        moment = told[at]
        early = [
            each
            for number, each in enumerate(told[:at])
            if number not in out and each.pieces[0] > moment.pieces[-1]
        ]
        late = [
            each
            for number, each in enumerate(told[at + 1 :], at + 1)
            if number not in out and each.pieces[-1] < moment.pieces[0]
        ]
        if max(len(early), len(late)) >= PASSED:
            before = len(early) >= len(late)
            yield _Astray(at, *(("before", early[0]) if before else ("after", late[-1])))


def _groups(found: Iterable[_Astray]) -> Iterator[list[_Astray]]:
    """Those that stand side by side in the essay and on one side on the page."""
    group: list[_Astray] = []
    for each in found:
        if group and (each.at, each.side) != (group[-1].at + 1, group[-1].side):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def in_question(found: Sequence[Moment], brief: SceneBrief) -> list[Moment]:
    """The events that are played and have one place in the order told."""
    return [
        moment
        for moment in found
        if moment.event
        and moment.pieces
        and len(moment.terms) >= FEWEST
        and not _jumps(moment, brief)
    ]


def displaced(places: Sequence[int]) -> list[int]:
    """The indices outside of a longest run of ``places`` that never falls."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(places)
    for at, place in enumerate(places):
        length = bisect_right(tails, place)
        if length == len(tails):
            tails.append(place)
            ends.append(at)
        else:
            tails[length], ends[length] = place, at
        before[at] = ends[length - 1] if length else -1
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [at for at in range(len(places)) if at not in kept]


def _jumps(moment: Moment, brief: SceneBrief) -> bool:
    """Whether it stands in a scene that the essay tells before or after its time."""
    ids = {beat.id for beat in moment.beats}
    ranked = sorted(brief.scenes, key=lambda scene: scene.told)
    for at, scene in enumerate(ranked):
        if not ids.isdisjoint(scene.beats):
            later = any(each.story < scene.story for each in ranked[at + 1 :])
            return later or any(each.story > scene.story for each in ranked[:at])
    return False
