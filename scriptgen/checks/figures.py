"""What can be counted of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.line_missing import kept, spoken

if TYPE_CHECKING:
    from scriptgen.checks.subject import Subject


def figures(subject: Subject) -> dict[str, int | float]:
    """Elements, scenes, speeches, and of the essay's spoken lines all and those kept."""
    lines = spoken(subject)
    return {
        "elements": len(subject.screenplay.elements),
        "scenes": subject.headings,
        "speeches": len(subject.speeches),
        "lines_spoken": len(lines),
        "lines_kept": sum(kept(line, subject) for line in lines),
    }
