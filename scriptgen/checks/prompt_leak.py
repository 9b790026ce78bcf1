"""Whether the reply repeats the instructions that it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.subject import runs, words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Answer, Subject

SHINGLE = 12
"""Words in a row that a draft does not share with its instructions by chance."""


def prompt_leak(subject: Subject) -> Iterator[Finding]:
    """Block a reply with `SHINGLE` words in a row of what it was told that the essay lacks.

    The mark of the fence tells too: nobody but the prompt has it.
    """
    answer = subject.answer
    if answer is None:
        return
    leaked = sorted(_given(answer) & runs(words(answer.text), SHINGLE))
    marked = answer.mark is not None and answer.mark in answer.text
    if leaked or marked:
        yield Finding(
            code="E_PROMPT_LEAK",
            severity=Severity.BLOCK,
            message="the reply repeats its instructions",
            evidence=" ".join(leaked[0]) if leaked else "the mark of the fence",
            count=max(1, len(leaked)),
        )


def _given(answer: Answer) -> set[tuple[str, ...]]:
    given = runs(words(answer.system), SHINGLE)
    for line in answer.asked:
        given |= runs(words(line), SHINGLE)
    return given - runs(words(answer.essay), SHINGLE)
