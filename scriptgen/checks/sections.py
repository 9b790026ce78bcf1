"""The scenes of a page: each heading, and what of the essay is played under it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.screenplay import Heading

if TYPE_CHECKING:
    from scriptgen.brief import Beat, Place, Scene, SceneBrief
    from scriptgen.checks.subject import Subject
    from scriptgen.trace import Trace

MOST = 0.6
"""Of the beats under a heading those that have to be of one place or scene to tell where it is."""

FEWEST = 3
"""Of them; what is told in passing under a heading of its own may be played anywhere."""


class PlayedScene(NamedTuple):
    """A heading, its text, the ids of what it stands for, the beats under it.

    ``beats``: once for each piece that plays them.
    """

    element: int
    text: str
    sources: tuple[str, ...]
    beats: tuple[Beat, ...]


def played_scenes(subject: Subject, trace: Trace) -> list[PlayedScene]:
    """The scenes in the order of the page; what stands before the first heading is left out."""
    known = {beat.id: beat for beat in subject.brief.beats}
    elements = subject.screenplay.elements
    starts = [at for at, element in enumerate(elements) if isinstance(element, Heading)]
    sources: list[tuple[str, ...]] = [()] * len(starts)
    beats: list[list[Beat]] = [[] for _ in starts]
    for piece in trace.pieces:
        number = bisect_right(starts, piece.element) - 1
        if number < 0:
            continue
        if piece.element == starts[number]:
            sources[number] = piece.sources
        else:
            beats[number] += [known[each] for each in piece.sources if each in known]
    return [
        PlayedScene(at, shown.text, ids, tuple(under))
        for at, ids, under in zip(starts, sources, beats, strict=True)
        if isinstance(shown := elements[at], Heading)
    ]


def place_of(scene: PlayedScene, brief: SceneBrief) -> Place | None:
    """The essay's place of what is played in a scene; ``None`` where there is no telling."""
    found = _mostly([beat.place for beat in scene.beats])
    return next((place for place in brief.places if place.id == found), None)


def scene_of(scene: PlayedScene, brief: SceneBrief) -> Scene | None:
    """The essay's scene of what is played in one; ``None`` where there is no telling."""
    owner = {beat: each.id for each in brief.scenes for beat in each.beats}
    found = _mostly([owner.get(beat.id) for beat in scene.beats])
    return next((each for each in brief.scenes if each.id == found), None)


def _mostly(ids: list[str | None]) -> str | None:
    if not ids:
        return None
    ((most, times),) = Counter(ids).most_common(1)
    return most if times >= max(FEWEST, MOST * len(ids)) else None
