"""What can be counted of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.line_missing import kept, spoken

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
    """Of the essay's spoken lines all (``lines_spoken``) and the kept ones (``lines_kept``)."""
    lines = spoken(subject)
    return {
        "lines_spoken": len(lines),
        "lines_kept": sum(kept(line, subject) for line in lines),
    }
