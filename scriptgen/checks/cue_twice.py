"""Whether somebody has two speeches in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Dialogue, Note, PageBreak, Section, Synopsis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

CONTINUED = "CONT"


def cue_twice(subject: Subject) -> Iterator[Finding]:
    """Warn where a cue stands again right below its own speech.

    Heard from elsewhere (``V.O.``, ``O.S.``) and seen are two ways to speak, and may follow each
    other.
    """
    before: Dialogue | None = None
    for index, element in enumerate(subject.screenplay.elements):
        if isinstance(element, Note | Section | Synopsis | PageBreak):
            continue
        if not isinstance(element, Dialogue):
            before = None
            continue
        if before is not None and not element.dual and _speaker(element) == _speaker(before):
            yield Finding(
                code="W_CUE_TWICE",
                severity=Severity.WARNING,
                message=f"{element.cue} has two speeches in a row: make them one, or let something "
                "happen between them",
                element=index,
                evidence=element.cue,
            )
        before = element


def _speaker(element: Dialogue) -> tuple[str, str]:
    extension = (element.extension or "").upper().replace("\u2019", "'")
    return element.cue.upper(), "" if CONTINUED in extension else extension
