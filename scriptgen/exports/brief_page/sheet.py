"""The sheet under the essay: all that the brief holds, each entry with links to its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.exports.brief_page.labels import (
    beat_note,
    heading,
    mentions,
    slug,
    speaker,
)
from scriptgen.exports.markup import Html, element, joined, raw, separated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.brief import Beat, Character, Line, Place, Scene, SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.values import Span

PARTS = ("people", "places", "scenes", "props", "cues", "themes", "questions", "flags", "warnings")
_CONCLUDED = {"int_ext": "inside or outside"}
_TITLES = {"questions": "open questions", "flags": "contradictions", "warnings": "on reading it"}


def sheet(essay: Essay, brief: SceneBrief) -> dict[str, Html]:
    """The sections of the sheet by name, in order; only those that hold something."""
    sections = {
        "people": [_person(who) for who in brief.characters],
        "places": [_place(place) for place in brief.places],
        "scenes": list(_scenes(brief)),
        "props": [
            _entry(
                f"prop-{n}",
                "",
                _name(thing.name, "returns" if thing.motif else None),
                _links("in the essay", f"prop-{n}-", thing.evidence),
            )
            for n, thing in enumerate(brief.props, start=1)
        ],
        "cues": [
            _passage(f"cue-{n}", cue.kind.value, cue.span)
            for n, cue in enumerate(brief.cues, start=1)
        ],
        "themes": [_passage(f"theme-{n}", "", one) for n, one in enumerate(brief.themes, start=1)],
        "questions": [
            _passage(f"q-{n}", f"q{n}", one) for n, one in enumerate(brief.questions, start=1)
        ],
        "flags": [
            _entry(
                f"flag-{n}",
                "",
                element("bdi", flag.message),
                _links("in the essay", f"flag-{n}-", flag.evidence),
            )
            for n, flag in enumerate(brief.flags, start=1)
        ],
        "warnings": [
            element("li", element("span", one.code, class_="id"), raw(" "), one.message)
            for one in essay.warnings
        ],
    }
    return {
        name: element(
            "section",
            element("h2", section_title(name)),
            element("div" if name == "scenes" else "ul", *entries, class_="entries"),
            id=name,
            class_="part",
        )
        for name, entries in sections.items()
        if entries
    }


def section_title(name: str) -> str:
    """The heading of a section."""
    return _TITLES.get(name, name).capitalize()


def _person(who: Character) -> Html:
    status = "" if who.status is Status.GIVEN else who.status.value
    return _entry(
        who.id,
        who.id,
        _name(who.name, status or None),
        _said("cue", [who.cue]),
        _said("also", [span.text for span in who.aliases]),
        _linked("wears", f"{who.id}-wears", who.wardrobe),
        _links("in the essay", f"{who.id}-", mentions(who)),
    )


def _place(place: Place) -> Html:
    concluded = ", ".join(_CONCLUDED.get(one, one) for one in place.inferred)
    time = f" - {place.time}" if place.time else ""
    light = (
        _linked("light", f"{place.id}-light", (place.light,), one=True) if place.light else raw("")
    )
    return _entry(
        place.id,
        place.id,
        _name(slug(place) + time, f"concluded: {concluded}" if concluded else None),
        light,
        _links("in the essay", f"{place.id}-", place.evidence),
    )


def _scenes(brief: SceneBrief) -> Iterator[Html]:
    places = {place.id: place for place in brief.places}
    names = {who.id: who.name for who in brief.characters}
    beats = {beat.id: beat for beat in brief.beats}
    before = dict(zip([b.id for b in brief.beats][1:], [b.id for b in brief.beats], strict=False))
    lines: dict[str | None, list[Line]] = {}
    for line in brief.lines:
        lines.setdefault(line.beat, []).append(line)
    for scene in brief.scenes:
        rows = []
        for one in scene.beats:
            rows.append(_beat(beats[one], before.get(one), names))
            rows += [_line(line, names) for line in lines.pop(one, [])]
        yield element(
            "article",
            element(
                "h3",
                _id(scene.id, f"at-{scene.id}"),
                raw(" "),
                heading(scene, places),
                _told_apart(scene),
            ),
            element("ul", *rows),
            id=scene.id,
            class_="scene",
        )
    placed = {one for scene in brief.scenes for one in scene.beats}
    loose = [_beat(one, before.get(one.id), names) for one in brief.beats if one.id not in placed]
    loose += [_line(line, names) for group in lines.values() for line in group]
    if loose:
        yield element(
            "article", element("h3", "Outside a scene"), element("ul", *loose), class_="scene"
        )


def _told_apart(scene: Scene) -> Html:
    if scene.story == scene.told:
        return raw("")
    return element("span", f" number {scene.story} in the story", class_="aside")


def _beat(beat: Beat, before: str | None, names: dict[str, str]) -> Html:
    note = beat_note(beat, before, names)
    return element(
        "li",
        _id(beat.id, f"at-{beat.id}"),
        raw(" "),
        element("bdi", beat.text),
        element("span", raw(" "), note, class_="aside") if note else raw(""),
        id=beat.id,
        class_="k-beat",
    )


def _line(line: Line, names: dict[str, str]) -> Html:
    return element(
        "li",
        _id(line.id, f"at-{line.id}"),
        raw(" "),
        element("q", element("bdi", line.text)),
        element("span", f" {line.kind.value} · {speaker(line, names)}", class_="aside"),
        id=line.id,
        class_=f"line k-{line.kind.value}",
    )


def _entry(anchor: str, sign: str, *parts: Html) -> Html:
    first = joined(_id(sign, f"at-{anchor}-1"), raw(" ")) if sign else raw("")
    return element("li", first, *parts, id=anchor)


def _passage(anchor: str, sign: str, span: Span) -> Html:
    link = element("a", element("bdi", span.text), href=f"#at-{anchor}")
    first = element("span", sign, raw(" "), class_="id") if sign else raw("")
    return element("li", first, link, id=anchor)


def _id(sign: str, there: str) -> Html:
    return element("a", sign, href=f"#{there}", class_="id")


def _name(name: str, note: str | None) -> Html:
    told = element("span", f" {note}", class_="aside") if note else raw("")
    return joined(element("bdi", name, class_="name"), told)


def _said(lead: str, texts: Iterable[str]) -> Html:
    different = list(dict.fromkeys(texts))
    if not different:
        return raw("")
    return _row(lead, separated("; ", [element("bdi", one) for one in different]))


def _linked(lead: str, anchor: str, spans: Sequence[Span], *, one: bool = False) -> Html:
    """The words of the spans, each a link to where they stand."""
    if not spans:
        return raw("")
    links = [
        element("a", element("bdi", span.text), href=f"#at-{anchor}" + ("" if one else str(n)))
        for n, span in enumerate(spans, start=1)
    ]
    return _row(lead, separated("; ", links))


def _links(lead: str, anchor: str, spans: Sequence[Span]) -> Html:
    """A numbered link to each place of the essay."""
    if not spans:
        return raw("")
    links = [
        element("a", str(n), href=f"#at-{anchor}{n}", title=span.text)
        for n, span in enumerate(spans, start=1)
    ]
    return _row(lead, separated(" ", links))


def _row(lead: str, told: Html) -> Html:
    return element("div", element("span", lead, class_="lead"), raw(" "), told, class_="fact")
