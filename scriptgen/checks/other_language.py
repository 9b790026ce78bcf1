"""Whether the page is in the essay's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

UNKNOWN = "und"
"""The language of a text whose language nobody has told."""
FEWEST = 40
"""Words; the language of less is not sure."""


def other_language(subject: Subject) -> Iterator[Finding]:
    """Warn of a page in another language than the essay's, which a template may have asked for.

    Where the essay speaks to a model it may have been the essay that asked: that blocks.
    """
    answer = subject.answer
    if answer is None or not subject.headings or len(subject.words) < FEWEST:
        return
    wanted = subject.brief.language
    if UNKNOWN in (wanted, answer.language) or wanted == answer.language:
        return
    yield Finding(
        code="E_OFF_TASK" if answer.instructions else "W_OTHER_LANGUAGE",
        severity=Severity.BLOCK if answer.instructions else Severity.WARNING,
        message=f"the essay is in {wanted!r}, the page in {answer.language!r}",
    )
