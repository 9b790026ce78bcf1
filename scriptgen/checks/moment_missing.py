"""Whether each moment that the essay shows is on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.moments import FRAGMENT, moments, shortened
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.moments import Moment
    from scriptgen.checks.subject import Subject

SURE, LIKELY = 0.25, 0.4
"""Shares of a moment's words that stand close together where it belongs: below the first it is not
played, below the second hardly."""

TELLING, FEWEST = 4, 3
"""Words of a moment that make it sure, and without which there is no telling."""


def moment_missing(subject: Subject) -> Iterator[Finding]:
    """Name each moment which the essay shows and no piece of the page plays.

    An error where next to nothing of it is on the page; a warning where some of it may be played in
    other words, or where it has few words. Silent about what only describes, about moments of a
    word or two, and on a fragment of a page. Needs a trace and the language's pack.
    """
    trace, pack = subject.trace, subject.pack
    if trace is None or pack is None or len(trace.pieces) < FRAGMENT:
        return
    before: Moment | None = None
    for moment in moments(subject, trace, pack):
        if severity := _missing(moment):
            yield Finding(
                code="W_MOMENT_MISSING",
                severity=severity,
                message="a moment of the essay is not on the page: play it "
                + (f"after “{shortened(before.text)}”" if before else "where it belongs"),
                element=trace.pieces[before.pieces[-1]].element if before else None,
                evidence=moment.text,
            )
        elif moment.pieces:
            before = moment


def _missing(moment: Moment) -> Severity | None:
    """How sure it is that nothing of a shown moment is on the page."""
    if moment.told or moment.pieces or not moment.event or len(moment.terms) < FEWEST:
        return None
    telling = len(moment.terms) >= TELLING
    if moment.found >= (LIKELY if telling else SURE):
        return None
    return Severity.ERROR if telling and moment.found < SURE else Severity.WARNING
