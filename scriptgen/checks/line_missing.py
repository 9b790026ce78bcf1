"""Whether the lines that the essay quotes are spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.spoken import Match


def line_missing(subject: Subject) -> Iterator[Finding]:
    """Name each spoken line of the essay that nobody speaks on the page, not even in other words.

    An error where the essay says whose line it is. Where it does not, a warning, since it may be
    no line; and nothing where a note hands it to the writer, who knows.
    """
    before: Match | None = None
    for match in subject.lines.found:
        if not match.spots and not match.near and not is_noted(match, subject):
            place = f", right after \u201c{before.text}\u201d" if before else ""
            yield Finding(
                code="W_LINE_MISSING",
                severity=severity(match),
                message=f"{owner(match, subject)} in the essay and nobody says it here: have it "
                f"spoken word for word{place}",
                evidence=match.text,
            )
        before = match


def severity(match: Match) -> Severity:
    """An error where the essay says whose line it is."""
    return Severity.ERROR if match.lines[0].speaker else Severity.WARNING


def owner(match: Match, subject: Subject) -> str:
    """Whose line it is, as the beginning of a sentence."""
    speaker = match.lines[0].speaker
    cue = subject.lines.cast.cue(speaker) if speaker else None
    return f"{cue} says this line" if cue else "this line is spoken"


def is_noted(match: Match, subject: Subject) -> bool:
    """Whether a line of nobody is handed to the writer in a note."""
    return not match.lines[0].speaker and any(
        isinstance(each, Note) and within(words(match.text), words(each.text))
        for each in subject.screenplay.elements
    )
