"""Whether the lines that the essay quotes are spoken word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.line_missing import is_noted, severity
from scriptgen.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def line_altered(subject: Subject) -> Iterator[Finding]:
    """Name each spoken line of the essay that is spoken in other words, with the right ones.

    An error where the essay says whose line it is.
    """
    lines = subject.lines
    for match in lines.found:
        if match.near is None or is_noted(match, subject):
            continue
        said = lines.said(match.near)
        cue = lines.turns[match.near.turn].cue
        yield Finding(
            code="W_LINE_ALTERED",
            severity=severity(match),
            message=f"{cue or 'somebody'} says this line in other words than the essay: say, word "
            f"for word, \u201c{match.text}\u201d",
            element=said[0].element,
            evidence=lines.shown(match.near, subject.screenplay),
        )
