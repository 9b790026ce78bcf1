"""Whether the lines that the essay quotes are spoken, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Line
    from scriptgen.checks.subject import Subject


def line_missing(subject: Subject) -> Iterator[Finding]:
    """Name each spoken line of the essay that the draft does not speak.

    An error where the essay says whose line it is. Where it does not, a warning, since it may be
    no line; and nothing where a note hands it to the writer, who knows.
    """
    notes = [words(each.text) for each in subject.screenplay.elements if isinstance(each, Note)]
    for line in spoken(subject):
        noted = not line.speaker and any(within(words(line.text), note) for note in notes)
        if not noted and not kept(line, subject):
            yield Finding(
                code="W_LINE_MISSING",
                severity=Severity.ERROR if line.speaker else Severity.WARNING,
                message=f"line {line.id} of the essay is not spoken word for word",
                evidence=line.text,
            )


def spoken(subject: Subject) -> list[Line]:
    """The essay's spoken lines that hold words."""
    return [
        line for line in subject.brief.lines if line.kind is LineKind.SPOKEN and words(line.text)
    ]


def kept(line: Line, subject: Subject) -> bool:
    """Whether a line is spoken; it may be parted by action or a parenthetical."""
    return within(words(line.text), subject.said)
