"""Whether the page goes round in circles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.checks.subject import runs, words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

RUN = 4
FEWEST = 60
VARIETY = 0.5
"""Of all runs of four words the different ones; pages of real drafts have 0.97 and more."""


def repetition(subject: Subject) -> Iterator[Finding]:
    """Block a page of which half is said again and again.

    Of an essay that does so itself its own words do not count.
    """
    answer = subject.answer
    if answer is None:
        return
    said, essay = runs(subject.words, RUN), runs(words(answer.essay), RUN)
    if _variety(essay) < VARIETY:
        own = set(essay)
        said = [run for run in said if run not in own]
    if len(said) >= FEWEST and _variety(said) < VARIETY:
        (most, times), *_ = Counter(said).most_common(1)
        yield Finding(
            code="E_REPETITION",
            severity=Severity.BLOCK,
            message="the page says the same again and again",
            evidence=" ".join(most),
            count=times,
        )


def _variety(found: list[tuple[str, ...]]) -> float:
    """The share of different ones among runs; 1.0 where there is none."""
    return len(set(found)) / len(found) if found else 1.0
