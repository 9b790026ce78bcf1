"""A brief as a sheet to read in a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.cli.printing import counted, one_line
from scriptgen.cli.rows import DIM, block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scriptgen.brief import Beat, Character, Line, Place, Scene, SceneBrief
    from scriptgen.cli.rows import Row
    from scriptgen.essay import Essay
    from scriptgen.values import Span

BOLD, HEAD = "1", "1;36"
BEAT, PLACE, WARN = "32", "36", "1;33"
LINES = {"spoken": "33", "imagined": "35", "unheard": "34", "reported": "31"}
_INFERRED = {"int_ext": "inside or outside"}


def sheet(essay: Essay, brief: SceneBrief) -> Iterator[Row]:
    """The rows of the sheet: title, figures, people, places, scenes with beats and lines, rest."""
    yield from _head(essay, brief)
    yield from _part("people", (row for who in brief.characters for row in _person(who)))
    yield from _part("places", (row for place in brief.places for row in _place(place)))
    yield from _scenes(brief)
    things = ", ".join(f"{one.name} (returns)" if one.motif else one.name for one in brief.props)
    yield from _part("props", block([("  ", "")], things) if things else ())
    yield from _part(
        "cues",
        (
            row
            for cue in brief.cues
            for row in block([(f"  {cue.kind.value:<7}", PLACE)], cue.span.text)
        ),
    )
    yield from _spans("themes", brief.themes)
    yield from _spans("open questions", brief.questions)
    yield from _part(
        "contradictions",
        (row for flag in brief.flags for row in block([("  ! ", WARN)], flag.message)),
    )
    kinds = Counter(passage.kind.value for passage in brief.commentary)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield from _part(
        "left out", block([("  ", "")], f"passages about the drama: {told}") if told else ()
    )


def _head(essay: Essay, brief: SceneBrief) -> Iterator[Row]:
    from scriptgen.exports.brief_page import shares_of

    where = "" if brief.title is None or brief.title.span else "  (from the front matter)"
    yield from block([], brief.title.text if brief.title else "(no title)", BOLD, where)
    figures = (
        counted(len(brief.scenes), "scene"),
        counted(len(brief.beats), "beat"),
        counted(len(brief.lines), "line"),
        counted(len(brief.characters), "character"),
        counted(len(brief.places), "place"),
    )
    yield from block([], f"{', '.join(figures)}; language {brief.language}", DIM)
    if brief.enriched is not None:
        claims = counted(brief.enriched.claims, "claim")
        told = f"enriched by {brief.enriched.model}: {brief.enriched.taken} of {claims} taken"
        yield from block([], told, DIM)
    shares = ", ".join(
        f"{share:.0%} {fate.value}" for fate, share in shares_of(essay, brief).items()
    )
    yield from block([], f"of the essay: {shares}", DIM)


def _scenes(brief: SceneBrief) -> Iterator[Row]:
    places = {place.id: place for place in brief.places}
    beats = {beat.id: beat for beat in brief.beats}
    names = {who.id: who.cue for who in brief.characters}
    lines: dict[str | None, list[Line]] = {}
    for line in brief.lines:
        lines.setdefault(line.beat, []).append(line)
    if brief.scenes:
        yield []
        yield [("SCENES", HEAD)]
    for number, scene in enumerate(brief.scenes):
        if number:
            yield []
        yield from _heading(scene, places.get(scene.place or ""))
        for beat_id in scene.beats:
            yield from _beat(beats[beat_id], names)
            for line in lines.pop(beat_id, []):
                yield from _line(line, names)
    placed = {one for scene in brief.scenes for one in scene.beats}
    loose = [row for one in brief.beats if one.id not in placed for row in _beat(one, names)]
    loose += [row for group in lines.values() for line in group for row in _line(line, names)]
    yield from _part("outside a scene", loose)


def _heading(scene: Scene, place: Place | None) -> Iterator[Row]:
    where = _slug(place) if place else "(no place)"
    time = f" - {scene.time}" if scene.time else ""
    order = f"  number {scene.story} in the story" if scene.story != scene.told else ""
    yield from block([(f"  {scene.id}  ", BOLD)], where + time, BOLD, order)


def _slug(place: Place) -> str:
    inside = f"{place.int_ext.value}. " if place.int_ext else ""
    return f"{inside}{place.name.upper()}"


def _person(who: Character) -> Iterator[Row]:
    status = "" if who.status.value == "given" else f"  {who.status.value}"
    yield from block([(f"  {who.id}  ", DIM)], who.name, BOLD, status)
    yield from _quoted("also ", (span for span in who.aliases if span.text != who.name))
    yield from _quoted("wears ", who.wardrobe)


def _place(place: Place) -> Iterator[Row]:
    inferred = ", ".join(_INFERRED.get(one, one) for one in place.inferred)
    time = f" - {place.time}" if place.time else ""
    tail = f"  concluded: {inferred}" if inferred else ""
    yield from block([(f"  {place.id}  ", DIM)], _slug(place) + time, PLACE, tail)
    yield from _quoted("light: ", (place.light,) if place.light else ())


def _beat(beat: Beat, names: Mapping[str, str]) -> Iterator[Row]:
    marks = [names[one] for one in beat.characters if one in names]
    if beat.certainty.value != "shown":
        marks.append(beat.certainty.value)
    sign = "+" if beat.continues else " "
    tail = f"  {', '.join(marks)}" if marks else ""
    yield from block([(f"  {beat.id}{sign} ", BEAT)], beat.text, "", tail)


def _line(line: Line, names: Mapping[str, str]) -> Iterator[Row]:
    look = LINES[line.kind.value]
    speaker, known = names.get(line.speaker or "", "?"), line.speaker is not None
    if not known and line.candidates:
        speaker = " or ".join(names.get(one, one) for one in line.candidates) + "?"
    how = [line.delivery.text] if line.delivery else []
    if line.kind.value != "spoken":
        how.append(line.kind.value)
    told = f" ({', '.join(how)})" if how else ""
    lead = [
        (f"        {line.id} ", look),
        (f"{one_line(speaker)}{one_line(told)}: ", look if known else WARN),
    ]
    words = line.text if line.kind.value in ("unheard", "reported") else f"“{line.text}”"
    yield from block(lead, words, indent=14)


def _spans(name: str, spans: Iterable[Span]) -> Iterator[Row]:
    yield from _part(name, (row for span in spans for row in block([("  - ", "")], span.text)))


def _quoted(lead: str, spans: Iterable[Span]) -> Iterator[Row]:
    different = list(dict.fromkeys(one_line(span.text) for span in spans))
    if different:
        yield from block([("       ", ""), (lead, DIM)], "; ".join(different))


def _part(name: str, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows under a heading; nothing where there are none."""
    for number, row in enumerate(rows):
        if not number:
            yield []
            yield [(name.upper(), HEAD)]
        yield row
