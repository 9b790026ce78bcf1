"""Whether the reply repeats the instructions that it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

SHINGLE = 12
"""Words in a row that a draft does not share with its instructions by chance."""


def prompt_leak(subject: Subject) -> Iterator[Finding]:
    """Block a reply with `SHINGLE` words in a row of the instructions that the essay lacks."""
    answer = subject.answer
    if answer is None:
        return
    given = _shingles(answer.system) - _shingles(answer.essay)
    leaked = given & _shingles(answer.text)
    if leaked:
        yield Finding(
            code="E_PROMPT_LEAK",
            severity=Severity.BLOCK,
            message="the reply repeats its instructions",
            evidence=" ".join(min(leaked)),
            count=len(leaked),
        )


def _shingles(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[i : i + SHINGLE]) for i in range(len(said) - SHINGLE + 1)}
