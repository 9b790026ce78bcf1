"""The outline of a draft: sections and synopses, which other programs show as index cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.brief import Certainty
from scriptgen.offline.marks import finished, plain
from scriptgen.screenplay import Heading, Section, Synopsis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scriptgen.brief import Beat, Scene, SceneBrief
    from scriptgen.screenplay import Element, Screenplay

LONGEST_SYNOPSIS = 160
"""Characters; an index card has no room for more."""

_WORD = re.compile(r"\w+")


def outlined(screenplay: Screenplay, brief: SceneBrief) -> Screenplay:
    """The screenplay with a section wherever the place changes, and a synopsis in each scene.

    A section is the place's name and stands before the heading. A synopsis has the first beats
    that are shown in the scene, in the essay's words, names them as its sources, and stands after
    the heading. A scene is known by the sources of its elements; where they name none, as on a
    model's page, by the place that its heading names. One that fits no scene of the brief gets
    neither.
    """
    found: list[Element] = []
    cards = _Cards(brief)
    elements = screenplay.elements
    for at, element in enumerate(elements):
        if not isinstance(element, Heading):
            found.append(element)
            continue
        section, synopsis = cards.of(element, _under(elements, at))
        found += [*section, element, *synopsis]
    return screenplay.model_copy(update={"elements": tuple(found)})


def _under(elements: Sequence[Element], heading: int) -> list[str]:
    """The sources of what stands between a heading and the next one."""
    sources: list[str] = []
    for element in elements[heading + 1 :]:
        if isinstance(element, Heading):
            break
        sources += element.sources
    return sources


class _Cards:
    """The brief's scenes, and the place that is open."""

    def __init__(self, brief: SceneBrief) -> None:
        self.beats = {beat.id: beat for beat in brief.beats}
        self.places = {place.id: place.name for place in brief.places}
        self.scenes = sorted(brief.scenes, key=lambda scene: scene.told)
        self.owner = {beat: scene for scene in self.scenes for beat in scene.beats}
        for line in brief.lines:
            if line.beat in self.owner:
                self.owner[line.id] = self.owner[line.beat]
        self.passed = 0
        self.place: str | None = None

    def of(self, heading: Heading, sources: list[str]) -> tuple[list[Section], list[Synopsis]]:
        """What stands before and after a heading with these sources under it."""
        scene = next((self.owner[name] for name in sources if name in self.owner), None)
        cited = [self.beats[name] for name in dict.fromkeys(sources) if name in self.beats]
        if scene is None and not cited:
            scene = self._named(heading)
            cited = (
                [self.beats[name] for name in scene.beats if name in self.beats] if scene else []
            )
        section = self._section(scene)
        synopsis = _synopsis(cited)
        return section, [synopsis] if synopsis else []

    def _named(self, heading: Heading) -> Scene | None:
        """The next scene in a place that the heading names."""
        words = set(_WORD.findall(heading.text.lower()))
        for at, scene in enumerate(self.scenes[self.passed :], self.passed):
            name = set(_WORD.findall(self.places.get(scene.place or "", "").lower()))
            if name and name <= words:
                self.passed = at + 1
                return scene
        return None

    def _section(self, scene: Scene | None) -> list[Section]:
        place = scene.place if scene else None
        if place is None or place == self.place:
            return []
        self.place = place
        name = plain(self.places.get(place, ""))
        return [Section(text=name[:1].upper() + name[1:])] if name else []


def _synopsis(beats: Iterable[Beat]) -> Synopsis | None:
    """The first beats that are shown, as many as fit on a card; ``None`` without any."""
    text = ""
    sources: list[str] = []
    for beat in beats:
        if beat.certainty is not Certainty.SHOWN:
            continue
        told = finished(plain(beat.text))
        if text and len(text) + len(told) >= LONGEST_SYNOPSIS:
            break
        text = f"{text} {told}".strip()
        sources.append(beat.id)
    if len(text) > LONGEST_SYNOPSIS:
        text = text[:LONGEST_SYNOPSIS].rpartition(" ")[0].rstrip(" ,;:.") + "…"
    return Synopsis(text=text, sources=tuple(sources)) if text else None
