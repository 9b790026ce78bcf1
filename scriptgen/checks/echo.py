"""Whether the page is the essay once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.subject import runs, words
from scriptgen.checks.ungrounded import stems
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Answer, Subject

RUN = 5
SHARE, COVERAGE = 0.8, 0.8
"""Of the page's runs of five words those in the essay, and of the essay's those on the page.

Measured: pages of five strong replies 0.04 and 0.06 at most; cuttings of an essay's filmable
sentences 0.79 and 0.46, of one that holds hardly anything else 0.9 and 0.67.
"""

SURE = 40
"""Runs; in a shorter essay both shares have to be `WHOLE`."""

WHOLE = 0.9

ALL = 0.95
"""Of the essay's runs those anywhere on the page, notes too; drafts have 0.68 at most."""

SOME, TURNED_SHARE, TURNED, SURE_STEMS = 0.25, 0.75, 0.9, 20
"""Where so many of its runs are there: of the page's words by their beginnings those of the essay,
and of the essay's those on the page.

Measured on 127 cuttings of an essay's filmable sentences: 1.0 and at most 0.83, mostly 0.65; on
pages written freely 0.83 and 0.61 at most.
"""


def echo(subject: Subject) -> Iterator[Finding]:
    """Block a page that gives the essay back, most of it word for word or all its words turned."""
    answer = subject.answer
    if answer is None:
        return
    page, essay = {*runs(_told(subject), RUN)}, {*runs(words(answer.essay), RUN)}
    if not page or not essay:
        return
    both = len(page & essay)
    share, coverage = both / len(page), both / len(essay)
    bars = (SHARE, COVERAGE) if len(essay) >= SURE else (WHOLE, WHOLE)
    copied = share >= bars[0] and coverage >= bars[1]
    if (
        copied
        or (coverage >= SOME and _is_turned(subject, answer))
        or _is_all_there(subject, essay)
    ):
        yield Finding(
            code="E_ECHO",
            severity=Severity.BLOCK,
            message=f"the page gives the essay back, {coverage:.0%} of it word for word",
        )


def _is_turned(subject: Subject, answer: Answer) -> bool:
    """Whether the page has the essay's words and hardly any others, in whatever form and order."""
    told, essay = stems(_told(subject)), stems(words(answer.essay))
    both = len(told & essay)
    enough = len(essay) >= SURE_STEMS
    return enough and both >= TURNED_SHARE * len(told) and both >= TURNED * len(essay)


def _is_all_there(subject: Subject, essay: set[tuple[str, ...]]) -> bool:
    """Whether the whole essay stands among what else would be published, notes too."""
    page = {*runs(words("\n".join(text for _, text in subject.texts)), RUN)}
    return len(essay) >= SURE and len(page & essay) >= ALL * len(essay)


def _told(subject: Subject) -> list[str]:
    """The words of action and speech, without headings and cues."""
    told = []
    for element in subject.screenplay.elements:
        if isinstance(element, Action):
            told.append(element.text)
        elif isinstance(element, Dialogue):
            told += [part.text for part in element.parts]
    return words("\n".join(told))
