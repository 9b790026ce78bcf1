"""Whether what the essay only tells of still reaches the audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.moment_missing import FEWEST, SURE
from scriptgen.checks.moments import FRAGMENT, moments
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def told_lost(subject: Subject) -> Iterator[Finding]:
    """Warn of each thing that the essay tells or sums up, and of which the page has nothing.

    Needs a trace and the pack of the language.
    """
    trace, pack = subject.trace, subject.pack
    if trace is None or pack is None or len(trace.pieces) < FRAGMENT:
        return
    for moment in moments(subject, trace, pack):
        lost = not moment.pieces and moment.found < SURE and len(moment.terms) >= FEWEST
        if moment.told and lost:
            yield Finding(
                code="W_TOLD_LOST",
                severity=Severity.WARNING,
                message="what the essay only tells of never reaches the audience: "
                "bring it in by what is said, by a thing or by how somebody behaves",
                evidence=moment.text,
            )
