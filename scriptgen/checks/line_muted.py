"""Whether somebody who speaks in the essay is silent on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import Certainty, LineKind
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Dialogue, Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Line
    from scriptgen.checks.subject import Subject

NEAR = 4
"""Elements before and after the moment in which somebody has to speak."""


def line_muted(subject: Subject) -> Iterator[Finding]:
    """Warn where a moment that tells what somebody says is on the page and nobody speaks near it.

    What is asked, told or confessed carries the scene; a page that only shows it is faithful and
    inert. A strict draft may not write the words.
    """
    trace = subject.trace
    if trace is None or subject.fidelity == "strict":
        return
    shown = {beat.id for beat in subject.brief.beats if beat.certainty is Certainty.SHOWN}
    for line in subject.brief.lines:
        if line.kind is not LineKind.REPORTED or not line.speaker or line.beat not in shown:
            continue
        played = [piece.element for piece in trace.pieces if line.id in piece.sources]
        there = [piece.element for piece in trace.pieces if line.beat in piece.sources]
        if there and not played and not _is_voiced(subject, line, there):
            cue = subject.lines.cast.cue(line.speaker)
            yield Finding(
                code="W_LINE_MUTED",
                severity=Severity.WARNING,
                message=f"{cue} speaks here in the essay, which tells what is said: let it be "
                "heard, in a few words of this draft's own",
                element=there[0],
                evidence=line.text,
            )


def _is_voiced(subject: Subject, line: Line, there: list[int]) -> bool:
    """Whether the speaker, or somebody who may be, speaks in the same scene near the moment."""
    elements, cast = subject.screenplay.elements, subject.lines.cast
    for place in there:
        for step in (-1, 1):
            for at in range(place, place + step * (NEAR + 1), step):
                element = elements[at] if 0 <= at < len(elements) else None
                if element is None or (isinstance(element, Heading) and at != place):
                    break
                if isinstance(element, Dialogue):
                    meant = cast.may_mean(element.cue)
                    if not meant or line.speaker in meant:
                        return True
    return False
