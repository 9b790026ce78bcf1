"""The essay on the page: each line of it marked up, with the notes on it beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.exports.brief_page.figures import fate, letters
from scriptgen.exports.brief_page.labels import LINES, TALK, Fate, Kind, beginning
from scriptgen.exports.markup import Html, element, plain, raw
from scriptgen.exports.segments import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.exports.brief_page.labels import Label
    from scriptgen.exports.segments import Segment

_HEADING = re.compile(r"#{1,6} ")
_MARKED = frozenset((*LINES, *TALK, Kind.TITLE, Kind.BEAT, Kind.OPEN_QUESTION))
_DETAILS = (
    Kind.CHARACTER,
    Kind.PLACE,
    Kind.PROP,
    Kind.WARDROBE,
    Kind.FLAG,
    Kind.CUE,
    Kind.THEME,
    Kind.LIGHT,
    Kind.DELIVERY,
)
_LINKING = frozenset((Kind.CHARACTER, Kind.PLACE, Kind.PROP))
_WORTH_SAYING = 12
"""Letters from which on a piece that nothing took gets a note of its own."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A scene that opens at ``start``."""

    start: int
    id: str
    heading: str


def essay_rows(
    text: str, cut: Sequence[Segment[Label]], openings: Sequence[Opening]
) -> Iterator[Html]:
    """A row for each line that is not blank: its text, marked up, and the notes on it.

    ``cut``: the segments of the whole text, none of which crosses the edge of a line or the start
    of a scene.
    """
    at = scene = 0
    gap = False
    named: set[str] = set()
    for found in LINE.finditer(text):
        if not found[0].strip():
            gap = True
            continue
        while cut[at].end <= found.start():
            gap = gap or text.count("\n", cut[at].start, cut[at].end) > 1
            at += 1
        first = at
        while at < len(cut) and cut[at].end <= found.end():
            at += 1
        here = scene
        while scene < len(openings) and openings[scene].start < found.end():
            scene += 1
        yield _row(text, cut[first:at], openings[here:scene], named, apart=gap)
        gap = False


def _row(
    text: str,
    cut: Sequence[Segment[Label]],
    openings: Sequence[Opening],
    named: set[str],
    *,
    apart: bool,
) -> Html:
    """One row; ``named`` holds the anchors that stand in earlier rows, and gets those of this."""
    pieces: list[Html] = []
    notes: list[Html] = []
    aside: dict[str, Label] = {}
    waiting = list(openings)
    unused = _unused_runs(text, cut)
    for segment in cut:
        while waiting and waiting[0].start <= segment.start:
            opening = waiting.pop(0)
            pieces.append(_mark("scene", opening.id, opening.id, f"at-{opening.id}"))
            notes.append(_note("scene", opening.id, opening.id, f"scene · {opening.heading}"))
        fresh = [label for label in segment.over if label.here not in named]
        named.update(label.here for label in fresh)
        for label in fresh:
            if label.kind in _MARKED:
                pieces.append(_mark(label.kind.slug, label.there, _sign(label), label.here))
            if label.note is not None:
                notes.append(_note(label.kind.slug, label.there, label.name, _told(label)))
            elif label.kind in _LINKING:
                aside.setdefault(label.there, label)
        if segment.start in unused:
            run = unused[segment.start]
            pieces.append(_sup("unused", raw("not used")))
            notes.append(_note("unused", "legend", "not used", f"“{run}”"))
        pieces += [
            element("span", id=label.here, class_="at")
            for label in fresh
            if label.kind not in _MARKED
        ]
        pieces.append(_piece(text, segment))
    classes = "row" + (" apart" if apart else "")
    title = _HEADING.match(text, cut[0].start) if cut else None
    return element(
        "div",
        element("p", *pieces, class_="text heading" if title else "text", dir="auto"),
        element("ul", *notes, _names(list(aside.values())), class_="notes"),
        class_=classes,
    )


def _unused_runs(text: str, cut: Sequence[Segment[Label]]) -> dict[int, str]:
    """The pieces that nothing took and that are worth a word, by where they start."""
    runs: dict[int, str] = {}
    start: int | None = None
    for number in range(len(cut) + 1):
        loose = number < len(cut) and fate(cut[number]) in (Fate.UNUSED, Fate.NOTED)
        if loose and start is None:
            start = cut[number].start
        elif not loose and start is not None:
            run = text[start : cut[number - 1].end]
            if letters(run) >= _WORTH_SAYING:
                first = next(
                    s.start for s in cut if s.end > start and letters(text[s.start : s.end])
                )
                runs[first] = beginning(run)
            start = None
    return runs


def _sign(label: Label) -> str:
    if label.kind in (Kind.BEAT, Kind.SPOKEN, Kind.TITLE, Kind.OPEN_QUESTION):
        return label.name
    return f"{label.name} {label.kind.value}" if label.kind in LINES else label.kind.value


def _told(label: Label) -> str:
    if label.kind in TALK:
        return label.note or ""
    named = label.kind.value if label.kind.value not in label.name else ""
    return " · ".join(one for one in (named, label.note) if one)


def _mark(look: str, there: str, words: str, here: str) -> Html:
    return _sup(look, element("a", words, href=f"#{there}"), here)


def _sup(look: str, words: Html, here: str | None = None) -> Html:
    return element("sup", words, class_=f"k-{look}", id=here)


def _note(look: str, there: str, name: str, told: str) -> Html:
    link = element("a", name, href=f"#{there}")
    return element(
        "li", link, raw(" ") if told else raw(""), element("bdi", told), class_=f"k-{look}"
    )


def _names(found: list[Label]) -> Html:
    """Who, where and what is mentioned in a row, on one line."""
    if not found:
        return raw("")
    parts: list[str] = [raw("names ")]
    for number, label in enumerate(found):
        parts += [
            raw(", ") if number else raw(""),
            element("a", label.name, href=f"#{label.there}"),
        ]
    return element("li", *parts, class_="k-names")


def _piece(text: str, segment: Segment[Label]) -> Html:
    """One segment, under the look of its strongest label and the line of its first detail."""
    words = text[segment.start : segment.end]
    kinds = {label.kind for label in segment.over}
    ground = next((kind for kind in Kind if kind in kinds and kind in _MARKED), None)
    detail = next((kind for kind in _DETAILS if kind in kinds), None)
    looks = [f"g-{ground.slug}"] if ground else []
    if ground in LINES and Kind.BEAT in kinds:
        looks.append("in-beat")
    if detail:
        looks.append(f"d-{detail.slug}")
    if not ground and letters(words):
        looks.append("g-unused")
    if not looks:
        return element("span", words, class_="g-none")
    title = plain("; ".join(f"{one.name}: {one.kind.value}" for one in segment.over)) or "not used"
    link = next((one for one in segment.over if one.kind in _LINKING and one.kind is detail), None)
    if link is not None:
        return element("a", words, href=f"#{link.there}", class_=" ".join(looks), title=title)
    return element("span", words, class_=" ".join(looks), title=title)
