"""Whether the reply repeats the instructions that it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.subject import runs, words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

SHINGLE = 12
"""Words in a row that a reply does not share with its instructions by chance."""

ON_THE_PAGE = 8
"""The same for the page alone, where there is no treatment that may take up what was asked.

Pages of five strong replies shared not even five words in a row.
"""


def prompt_leak(subject: Subject) -> Iterator[Finding]:
    """Block a reply with words in a row of its instructions that the essay lacks.

    The mark of the fence tells too: nobody but the prompt has it.
    """
    answer = subject.answer
    if answer is None:
        return
    given, essay = words(answer.system), words(answer.essay)
    leaked = _shared(given, words(answer.text), essay, SHINGLE)
    leaked = leaked or _shared(given, subject.words, essay, ON_THE_PAGE)
    marked = answer.mark is not None and answer.mark in answer.text
    if leaked or marked:
        yield Finding(
            code="E_PROMPT_LEAK",
            severity=Severity.BLOCK,
            message="the reply repeats its instructions",
            evidence=" ".join(leaked[0]) if leaked else "the mark of the fence",
            count=max(1, len(leaked)),
        )


def _shared(
    given: list[str], said: list[str], essay: list[str], length: int
) -> list[tuple[str, ...]]:
    return sorted({*runs(given, length)} & {*runs(said, length)} - {*runs(essay, length)})
