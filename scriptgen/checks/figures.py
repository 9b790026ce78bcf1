"""What can be counted of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.checks.subject import Subject


def page_figures(subject: Subject) -> dict[str, int | float]:
    """Elements, scenes and speeches."""
    return {
        "elements": len(subject.screenplay.elements),
        "scenes": subject.headings,
        "speeches": len(subject.speeches),
    }


def essay_figures(subject: Subject) -> dict[str, int | float]:
    """Of the essay's spoken lines all (``lines_spoken``) and the kept ones (``lines_kept``).

    Kept is what is spoken word for word, and by nobody who is sure to be another than its speaker.
    """
    lines = subject.lines
    return {
        "lines_spoken": sum(len(match.lines) for match in lines.found),
        "lines_kept": len(lines.kept()),
    }
