"""Whether there is a screenplay at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def off_task(subject: Subject) -> Iterator[Finding]:
    """Block a draft without a scene heading, or without action and dialogue."""
    if not subject.headings:
        lacks = "no scene heading"
    elif not any(isinstance(each, Action | Dialogue) for each in subject.screenplay.elements):
        lacks = "no action and no dialogue"
    else:
        return
    yield Finding(
        code="E_OFF_TASK", severity=Severity.BLOCK, message=f"not a screenplay: it has {lacks}"
    )
