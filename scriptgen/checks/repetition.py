"""Whether the page goes round in circles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

RUN = 4
FEWEST = 60
VARIETY = 0.5
"""Of all runs of four words the different ones; pages of real drafts have 0.97 and more."""


def repetition(subject: Subject) -> Iterator[Finding]:
    """Block a page of which half is said again and again, unless the essay does so itself."""
    answer = subject.answer
    if answer is None or len(subject.words) < FEWEST or variety(subject.words) >= VARIETY:
        return
    if variety(words(answer.essay)) < VARIETY:
        return
    (most, times), *_ = Counter(_runs(subject.words)).most_common(1)
    yield Finding(
        code="E_REPETITION",
        severity=Severity.BLOCK,
        message="the page says the same again and again",
        evidence=" ".join(most),
        count=times,
    )


def variety(said: list[str]) -> float:
    """The share of different ones among all runs of `RUN` words; 1.0 where there is none."""
    found = _runs(said)
    return len(set(found)) / len(found) if found else 1.0


def _runs(said: list[str]) -> list[tuple[str, ...]]:
    return [tuple(said[i : i + RUN]) for i in range(len(said) - RUN + 1)]
