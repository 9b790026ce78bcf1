"""Every span of a brief as a label on the essay: its kind, where it leads, and what it became."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scriptgen.brief import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Beat, Character, Line, Place, Scene, SceneBrief
    from scriptgen.values import Span


class Fate(StrEnum):
    """What became of a piece of the essay."""

    TAKEN = "taken"
    LEFT_OUT = "left out"
    NOTED = "noted"
    UNUSED = "not used"


class Kind(StrEnum):
    """What a label says, in the order in which one shows where several meet."""

    SPOKEN = "spoken"
    IMAGINED = "imagined"
    UNHEARD = "unheard"
    REPORTED = "reported"
    TITLE = "title"
    BEAT = "beat"
    OPEN_QUESTION = "open question"
    QUESTION = "question"
    FUTURE = "future"
    CRAFT = "craft"
    COMMENTARY = "commentary"
    CHARACTER = "character"
    PLACE = "place"
    PROP = "prop"
    WARDROBE = "wardrobe"
    FLAG = "contradiction"
    CUE = "cue"
    THEME = "theme"
    LIGHT = "light"
    DELIVERY = "delivery"

    @property
    def fate(self) -> Fate:
        """What this label alone makes of the text under it."""
        return _FATES.get(self, Fate.NOTED)

    @property
    def slug(self) -> str:
        """The name as a class of CSS."""
        return self.value.replace(" ", "-")


_MARKS = ' \n,.;:—–-#*_“”"’‘'
_LONGEST = 40

LINES = (Kind.SPOKEN, Kind.IMAGINED, Kind.UNHEARD, Kind.REPORTED)
TALK = (Kind.QUESTION, Kind.FUTURE, Kind.CRAFT, Kind.COMMENTARY)
_FATES = {
    **dict.fromkeys((*LINES, Kind.TITLE, Kind.BEAT), Fate.TAKEN),
    **dict.fromkeys((Kind.OPEN_QUESTION, *TALK), Fate.LEFT_OUT),
}


@dataclass(frozen=True, slots=True)
class Label:
    """``[start, end)`` of the essay is of this kind.

    ``here``: the anchor in the essay; ``there``: the anchor in the sheet; ``name``: what the sheet
    calls it; ``note``: what it became, ``None`` where the entry in the sheet says it all.
    """

    kind: Kind
    start: int
    end: int
    here: str
    there: str
    name: str
    note: str | None = None


def labels(brief: SceneBrief) -> tuple[Label, ...]:
    """All labels of ``brief``, those of one kind in its order."""
    names = {who.id: who.name for who in brief.characters}
    return (
        *_lines(brief, names),
        *_title(brief),
        *_beats(brief, names),
        *_listed(Kind.OPEN_QUESTION, "q", brief.questions, "kept open"),
        *_talk(brief),
        *_characters(brief),
        *_places(brief),
        *_props(brief),
        *_flags(brief),
        *_cues(brief),
        *_listed(Kind.THEME, "theme", brief.themes, "theme"),
    )


def beginning(text: str) -> str:
    """The first words of a passage, without the marks around them."""
    words = text.strip(_MARKS)
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rpartition(" ")[0].rstrip(_MARKS) + "…"


def heading(scene: Scene, places: dict[str, Place]) -> str:
    """A scene's place and time as a heading has them."""
    place = places.get(scene.place or "")
    where = slug(place) if place else "(no place)"
    return f"{where} - {scene.time}" if scene.time else where


def slug(place: Place) -> str:
    """A place as a heading has it, without its time."""
    inside = f"{place.int_ext.value}. " if place.int_ext else ""
    return f"{inside}{place.name.upper()}"


def speaker(line: Line, names: dict[str, str]) -> str:
    """Who says a line, or who may."""
    if line.speaker is not None:
        who = f"by {names.get(line.speaker, line.speaker)}"
    elif line.candidates:
        who = "by " + " or ".join(names.get(one, one) for one in line.candidates) + "?"
    else:
        who = "speaker unknown"
    return f"{who} ({line.delivery.text})" if line.delivery else who


def beat_note(beat: Beat, before: str | None, names: dict[str, str]) -> str:
    """Who is in a beat, how sure the essay is of it, and what it goes on with."""
    told = [", ".join(names[one] for one in beat.characters if one in names)]
    if beat.certainty is not Certainty.SHOWN:
        told.append(beat.certainty.value)
    if beat.continues and before:
        told.append(f"continues {before}")
    return " · ".join(one for one in told if one)


def _label(kind: Kind, span: Span, here: str, there: str, name: str, note: str | None) -> Label:
    return Label(kind, span.start, span.end, f"at-{here}", there, name, note)


def _lines(brief: SceneBrief, names: dict[str, str]) -> Iterator[Label]:
    for line in brief.lines:
        kind = Kind(line.kind.value)
        yield _label(kind, line.span, line.id, line.id, line.id, speaker(line, names))
        if line.delivery:
            yield _label(
                Kind.DELIVERY, line.delivery, f"{line.id}-how", line.id, f"how {line.id}", None
            )


def _title(brief: SceneBrief) -> Iterator[Label]:
    if brief.title and brief.title.span:
        yield _label(Kind.TITLE, brief.title.span, "title", "title", "title", "of the drama")


def _beats(brief: SceneBrief, names: dict[str, str]) -> Iterator[Label]:
    before = None
    for beat in brief.beats:
        note = beat_note(beat, before, names)
        yield _label(Kind.BEAT, beat.span, beat.id, beat.id, beat.id, note)
        before = beat.id


def _talk(brief: SceneBrief) -> Iterator[Label]:
    for number, one in enumerate(brief.commentary, start=1):
        note = f"{one.kind.value} · “{beginning(one.span.text)}”"
        name = f"talk-{number}"
        yield _label(Kind(one.kind.value), one.span, name, "legend", "left out", note)


def _characters(brief: SceneBrief) -> Iterator[Label]:
    for who in brief.characters:
        yield from _evidence(Kind.CHARACTER, who.id, mentions(who), f"{who.id} {who.name}")
        yield from _evidence(Kind.WARDROBE, who.id, who.wardrobe, f"{who.id} wears", "wears")


def mentions(who: Character) -> tuple[Span, ...]:
    """Where somebody is mentioned, each place once, in the order of the essay."""
    spans = {(span.start, span.end): span for span in (*who.evidence, *who.aliases)}
    return tuple(spans[key] for key in sorted(spans))


def _places(brief: SceneBrief) -> Iterator[Label]:
    for place in brief.places:
        yield from _evidence(Kind.PLACE, place.id, place.evidence, f"{place.id} {place.name}")
        if place.light:
            yield _label(
                Kind.LIGHT, place.light, f"{place.id}-light", place.id, f"{place.id} light", None
            )


def _props(brief: SceneBrief) -> Iterator[Label]:
    for number, thing in enumerate(brief.props, start=1):
        yield from _evidence(Kind.PROP, f"prop-{number}", thing.evidence, f"prop {thing.name}")


def _evidence(
    kind: Kind, there: str, spans: tuple[Span, ...], name: str, part: str = ""
) -> Iterator[Label]:
    for number, span in enumerate(spans, start=1):
        yield _label(kind, span, f"{there}-{part}{number}", there, name, None)


def _flags(brief: SceneBrief) -> Iterator[Label]:
    for number, flag in enumerate(brief.flags, start=1):
        for part, span in enumerate(flag.evidence, start=1):
            name = f"flag-{number}"
            yield _label(Kind.FLAG, span, f"{name}-{part}", name, f"flag {number}", flag.message)


def _cues(brief: SceneBrief) -> Iterator[Label]:
    for number, cue in enumerate(brief.cues, start=1):
        name = f"cue-{number}"
        yield _label(Kind.CUE, cue.span, name, name, f"cue {number}", cue.kind.value)


def _listed(kind: Kind, name: str, spans: tuple[Span, ...], note: str) -> Iterator[Label]:
    for number, span in enumerate(spans, start=1):
        one = f"{name}-{number}"
        yield _label(
            kind, span, one, one, one.replace("-", " " if kind is Kind.THEME else ""), note
        )
