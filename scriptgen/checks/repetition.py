"""Whether the page goes round in circles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.checks.subject import runs, shown, words
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Heading, Note, Section, Synopsis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

RUN = 4
FEWEST = 60
VARIETY = 0.5
"""Of all runs of four words the different ones; pages of real drafts have 0.97 and more."""

OFTEN = 12
"""Times that a day which begins anew, a refrain or a courtroom's "Order!" may come back."""


def repetition(subject: Subject) -> Iterator[Finding]:
    """Block a page of which half is said again and again.

    Up to `OFTEN` times, what comes back in another scene is no circle, nor are words of the essay,
    as a refrain that it quotes. Of an essay that repeats itself its own words do not count.
    """
    answer = subject.answer
    if answer is None:
        return
    own_words = runs(words(answer.essay), RUN)
    own = set(own_words)
    scenes = [runs(scene, RUN) for scene in _scenes(subject)]
    if _variety(own_words) < VARIETY:
        scenes = [[run for run in scene if run not in own] for scene in scenes]
    said = Counter(run for scene in scenes for run in scene)
    total = said.total()
    if total < FEWEST:
        return
    places = Counter(run for scene in scenes for run in set(scene))
    fresh = sum(
        1 if times > OFTEN else times if run in own else places[run] for run, times in said.items()
    )
    if fresh < VARIETY * total:
        (most, times), *_ = said.most_common(1)
        yield Finding(
            code="E_REPETITION",
            severity=Severity.BLOCK,
            message="the page says the same again and again",
            evidence=" ".join(most),
            count=times,
        )


def _scenes(subject: Subject) -> Iterator[list[str]]:
    """The words of each scene, without notes and outline."""
    scene: list[str] = []
    for element in subject.screenplay.elements:
        if isinstance(element, Heading):
            yield words("\n".join(scene))
            scene = []
        if not isinstance(element, Note | Section | Synopsis):
            scene.append(shown(element))
    yield words("\n".join(scene))


def _variety(found: list[tuple[str, ...]]) -> float:
    """The share of different ones among runs; 1.0 where there is none."""
    return len(set(found)) / len(found) if found else 1.0
