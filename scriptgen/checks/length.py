"""Whether the page is about as long as was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.layout import paginate
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

SHORT, LONG = 0.6, 1.6
"""Of the pages asked for; a model that was told to take what room the moments need stays within."""


def length(subject: Subject) -> Iterator[Finding]:
    """Warn of a draft far shorter or longer than was asked for, in pages as they are printed.

    Nothing is too short for a single page.
    """
    asked = subject.pages
    if not asked:
        return
    pages = printed_pages(subject)
    if pages > LONG * asked or (asked > 1 and pages < SHORT * asked):
        short = pages < asked
        yield Finding(
            code="W_LENGTH",
            severity=Severity.WARNING,
            message=f"the draft has {pages:g} pages, and about {asked} were asked for: "
            + ("give the moments more room" if short else "tighten it, and lose no moment"),
        )


def printed_pages(subject: Subject) -> float:
    """Pages to a tenth, the title page not counted."""
    return paginate(subject.screenplay.model_copy(update={"title_page": ()})).length
