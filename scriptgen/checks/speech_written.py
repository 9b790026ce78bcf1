"""Whether a strict draft speaks words that the essay does not quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.line_spoken import line_spoken
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def speech_written(subject: Subject) -> Iterator[Finding]:
    """Warn, in a strict draft, of each speech without a word of the essay's lines.

    Where an essay tells that somebody speaks and gives no words, strict is to show it and to write
    none. A line in other words is `line_altered`'s, one that nobody says `line_spoken`'s.
    """
    if subject.fidelity != "strict":
        return
    lines = subject.lines
    own = {
        word.element
        for match in lines.found
        for spot in (*match.spots, match.near)
        if spot
        for word in lines.said(spot)
    }
    own |= {each.element for each in line_spoken(subject) if each.element is not None}
    for index, dialogue, said in subject.speeches:
        if said and index not in own:
            yield Finding(
                code="W_SPEECH_WRITTEN",
                severity=Severity.WARNING,
                message=f"{dialogue.cue} says words that the essay does not quote, in a strict "
                "draft: show that something is said, without words",
                element=index,
                evidence=" ".join(part.text for part in dialogue.parts if isinstance(part, Speech)),
            )
