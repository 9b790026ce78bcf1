"""Whether scenes are set at the time of day at which the essay has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.sections import played_scenes, scene_of
from scriptgen.fountain.headings import told
from scriptgen.report import Finding, Severity
from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Scene
    from scriptgen.checks.subject import Subject
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack

_CLOCK = {
    "DAWN": 0,
    "MORNING": 1,
    "DAY": 2,
    "NOON": 2,
    "AFTERNOON": 3,
    "DUSK": 4,
    "EVENING": 5,
    "NIGHT": 6,
}
NEAR = 1
"""Steps on the clock that nobody would call another time; dawn and night are far from each other,
for their light is."""


def other_time(subject: Subject) -> Iterator[Finding]:
    """Warn of each heading with another time of day than the essay tells for what is played.

    Only where the essay says it in words in that very scene, and says nothing there of the
    heading's own time.
    """
    essay, pack, trace = subject.essay, subject.pack, subject.trace
    if essay is None or pack is None or trace is None:
        return
    for played in played_scenes(subject, trace):
        scene = scene_of(played, subject.brief)
        mine = _time(told(played.text).time or "", pack)
        if scene is None or scene.time is None or mine is None:
            continue
        named = _named(scene, subject, essay, pack)
        if scene.time in named and not any(_near(mine, each) for each in named):
            yield Finding(
                code="W_OTHER_TIME",
                severity=Severity.WARNING,
                message=f"the heading says {mine}, and in the essay it is {scene.time}",
                element=played.element,
                evidence=played.text,
            )


def _named(scene: Scene, subject: Subject, essay: Essay, pack: LanguagePack) -> set[str]:
    """The times of day that the essay names within a scene."""
    later = [each.start for each in subject.brief.scenes if each.start > scene.start]
    text = essay.text[scene.start : min(later, default=len(essay.text))]
    times = {**pack.maps.get("lights", {}), **pack.maps.get("times", {})}
    return {times[word] for word in words(text) if word in times}


def _time(text: str, pack: LanguagePack) -> str | None:
    """The time of day that a heading's last part tells."""
    times = pack.maps.get("times", {})
    return next((times[word] for word in words(text) if word in times), None)


def _near(one: str, other: str) -> bool:
    if one not in _CLOCK or other not in _CLOCK:
        return True
    return abs(_CLOCK[one] - _CLOCK[other]) <= NEAR
