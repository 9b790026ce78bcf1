"""Whether scenes are set where the essay has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import IntExt
from scriptgen.checks.sections import place_of, played_scenes
from scriptgen.fountain.headings import told
from scriptgen.report import Finding, Severity
from scriptgen.wording import Near, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Place
    from scriptgen.checks.sections import PlayedScene
    from scriptgen.checks.subject import Subject


def other_place(subject: Subject) -> Iterator[Finding]:
    """Warn of a heading whose place is not in the essay, or that is on the other side of the wall.

    The first only where the essay names the place of what is played there, and unless the draft
    may invent freely; the second only where the essay says indoors or outdoors in words.
    """
    essay, pack, trace = subject.essay, subject.pack, subject.trace
    if essay is None or pack is None or trace is None:
        return
    own = Near(terms(essay.text, pack), pack.likeness)
    for played in played_scenes(subject, trace):
        place = place_of(played, subject.brief)
        if place is None:
            continue
        named = terms(told(played.text).place, pack)
        if place.id in played.sources:
            own_name = terms(place.name, pack)
            if own_name and named and (own_name[-1] in named or named[-1] in own_name):
                yield from _wrong_side(played, place)
        elif (
            not played.sources
            and subject.fidelity != "free"
            and named
            and not any(own.like(word) for word in named)
        ):
            yield Finding(
                code="W_OTHER_PLACE",
                severity=Severity.WARNING,
                message="the essay knows no such place: what is played here happens in "
                f"“{place.name}”",
                element=played.element,
                evidence=played.text,
            )


def _wrong_side(played: PlayedScene, place: Place) -> Iterator[Finding]:
    side = told(played.text).setting
    mine = place.int_ext
    sure = mine is not None and mine is not IntExt.BOTH and "int_ext" not in place.inferred
    if mine is not None and sure and side in ("INT", "EXT") and side != mine.value:
        where = "indoors" if mine is IntExt.INT else "outdoors"
        yield Finding(
            code="W_OTHER_PLACE",
            severity=Severity.WARNING,
            message=f"the heading says {side}, and in the essay “{place.name}” is {where}",
            element=played.element,
            evidence=played.text,
        )
