"""Whether the page is the essay once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.subject import runs, words
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

RUN = 5
SHARE, COVERAGE = 0.8, 0.8
"""Of the page's runs of five words those in the essay, and of the essay's those on the page.

Measured: pages of five strong replies 0.04 and 0.06 at most; cuttings of an essay's filmable
sentences 0.79 and 0.46, of one that holds hardly anything else 0.9 and 0.67.
"""

SURE = 40
"""Runs; in a shorter essay both shares have to be `WHOLE`."""

WHOLE = 0.9


def echo(subject: Subject) -> Iterator[Finding]:
    """Block a page that gives most of the essay back word for word."""
    answer = subject.answer
    if answer is None:
        return
    page, essay = {*runs(_told(subject), RUN)}, {*runs(words(answer.essay), RUN)}
    if not page or not essay:
        return
    both = len(page & essay)
    share, coverage = both / len(page), both / len(essay)
    bars = (SHARE, COVERAGE) if len(essay) >= SURE else (WHOLE, WHOLE)
    if share >= bars[0] and coverage >= bars[1]:
        yield Finding(
            code="E_ECHO",
            severity=Severity.BLOCK,
            message=f"the page gives {coverage:.0%} of the essay back word for word",
        )


def _told(subject: Subject) -> list[str]:
    """The words of action and speech, without headings and cues."""
    told = []
    for element in subject.screenplay.elements:
        if isinstance(element, Action):
            told.append(element.text)
        elif isinstance(element, Dialogue):
            told += [part.text for part in element.parts]
    return words("\n".join(told))
