"""A brief as a sheet to read."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.cli.printing import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scriptgen.brief import Beat, Character, Line, Place, Scene, SceneBrief
    from scriptgen.values import Span

WIDEST = 100


def sheet(brief: SceneBrief) -> Iterator[str]:
    """The lines of the sheet: title, people, places, scenes with beats and lines, the rest."""
    yield one_line(brief.title.text) if brief.title else "(no title)"
    yield (
        f"{counted(len(brief.scenes), 'scene')}, {counted(len(brief.beats), 'beat')},"
        f" {counted(len(brief.lines), 'line')}, {counted(len(brief.characters), 'character')};"
        f" language {brief.language}"
    )
    yield from _part("people", (line for who in brief.characters for line in _person(who)))
    yield from _part("places", (line for place in brief.places for line in _place(place)))
    yield from _scenes(brief)
    yield from _part(
        "props",
        (
            line
            for thing in brief.props
            for line in _wrapped("  ", thing.name + (" (returns)" if thing.motif else ""))
        ),
    )
    yield from _part(
        "cues",
        (line for cue in brief.cues for line in _wrapped(f"  {cue.kind.value:<7} ", cue.span.text)),
    )
    yield from _spans("themes", brief.themes)
    yield from _spans("open questions", brief.questions)
    yield from _part(
        "contradictions", (line for flag in brief.flags for line in _wrapped("  ", flag.message))
    )
    kinds = Counter(passage.kind.value for passage in brief.commentary)
    if kinds:
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        yield ""
        yield f"set aside as talk about the drama: {told}"


def _scenes(brief: SceneBrief) -> Iterator[str]:
    places = {place.id: place for place in brief.places}
    beats = {beat.id: beat for beat in brief.beats}
    names = {who.id: who.cue for who in brief.characters}
    lines: dict[str | None, list[Line]] = {}
    for line in brief.lines:
        lines.setdefault(line.beat, []).append(line)
    for scene in brief.scenes:
        yield ""
        yield _heading(scene, places.get(scene.place or ""))
        for beat_id in scene.beats:
            yield from _beat(beats[beat_id], names)
            for line in lines.pop(beat_id, []):
                yield from _line(line, names)
    loose = [line for group in lines.values() for line in group]
    yield from _part("lines outside a scene", (row for line in loose for row in _line(line, names)))


def _heading(scene: Scene, place: Place | None) -> str:
    where = _slug(place) if place else "(no place)"
    time = f" - {scene.time}" if scene.time else ""
    order = f", number {scene.story} in the story" if scene.story != scene.told else ""
    return f"{scene.id}  {where}{time}{order}"


def _slug(place: Place) -> str:
    inside = f"{place.int_ext.value}. " if place.int_ext else ""
    return f"{inside}{one_line(place.name).upper()}"


def _person(who: Character) -> Iterator[str]:
    status = "" if who.status.value == "given" else f" ({who.status.value})"
    yield from _wrapped(f"  {who.id}  ", f"{who.name}{status}")
    yield from _quoted("       also ", who.aliases)
    yield from _quoted("       wears ", who.wardrobe)


def _place(place: Place) -> Iterator[str]:
    concluded = f" (concluded: {', '.join(place.inferred)})" if place.inferred else ""
    time = f" - {place.time}" if place.time else ""
    yield from _wrapped(f"  {place.id}  ", f"{_slug(place)}{time}{concluded}")
    if place.light:
        yield from _quoted("       light ", (place.light,))


def _beat(beat: Beat, names: dict[str, str]) -> Iterator[str]:
    marks = [names[one] for one in beat.characters if one in names]
    if beat.certainty.value != "shown":
        marks.append(beat.certainty.value)
    tail = f"  [{', '.join(marks)}]" if marks else ""
    yield from _wrapped(f"  {beat.id}{'+' if beat.continues else ' '} ", f"{beat.text}{tail}")


def _line(line: Line, names: dict[str, str]) -> Iterator[str]:
    speaker = names.get(line.speaker or "", "?")
    if line.speaker is None and line.candidates:
        speaker = " or ".join(names.get(one, one) for one in line.candidates) + "?"
    kind = "" if line.kind.value == "spoken" else f" ({line.kind.value})"
    delivery = f" ({line.delivery.text})" if line.delivery else ""
    yield from _wrapped(f"       {line.id} ", f"{speaker}{kind}{delivery}: “{line.text}”")


def _spans(name: str, spans: Iterable[Span]) -> Iterator[str]:
    yield from _part(name, (line for span in spans for line in _wrapped("  - ", span.text)))


def _quoted(lead: str, spans: Iterable[Span]) -> Iterator[str]:
    different = list(dict.fromkeys(one_line(span.text) for span in spans))
    if different:
        yield from _wrapped(lead, "; ".join(different))


def _part(name: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines under a heading; nothing where there are none."""
    for number, line in enumerate(lines):
        if not number:
            yield ""
            yield name.upper()
        yield line


def _wrapped(lead: str, text: str) -> list[str]:
    return textwrap.wrap(
        one_line(text),
        width=min(WIDEST, shutil.get_terminal_size().columns),
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
    )
