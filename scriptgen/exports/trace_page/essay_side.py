"""The essay beside its page: each source marked, with the numbers of the pieces that play it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.exports.markup import Html, element, plain, raw
from scriptgen.exports.segments import LINE, line_edges, segments
from scriptgen.trace import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scriptgen.exports.segments import Segment
    from scriptgen.exports.trace_page.sources import Source

_ORDER = (Origin.LINE, Origin.BEAT, Origin.PASSAGE, Origin.PLACE)
MOST_BACK = 8
"""Pieces that a source leads to one by one."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One span of a source; ``last``: no span of it follows."""

    source: Source
    start: int
    end: int
    first: bool
    last: bool


def essay_lines(text: str, sources: Mapping[str, Source]) -> Iterator[Html]:
    """A paragraph for each line of ``text`` that is not blank."""
    parts = [
        _Part(source, span.start, span.end, first=not at, last=at == len(source.spans) - 1)
        for source in sources.values()
        for at, span in enumerate(source.spans)
    ]
    cut = segments(len(text), parts, line_edges(text))
    at = 0
    for found in LINE.finditer(text):
        pieces: list[Html] = []
        while at < len(cut) and cut[at].end <= found.end():
            if cut[at].start >= found.start():
                pieces += _segment(text, cut[at])
            at += 1
        if found[0].strip():
            yield element("p", *pieces, class_="text", dir="auto")


def _segment(text: str, segment: Segment[_Part]) -> Iterator[Html]:
    for part in segment.over:
        if part.first and part.start == segment.start:
            yield _opening(part.source)
    yield _words(text[segment.start : segment.end], [part.source for part in segment.over])
    for part in segment.over:
        if part.last and part.end == segment.end and part.source.pieces:
            yield _back(part.source)


def _opening(source: Source) -> Html:
    if source.origin in (Origin.PLACE, Origin.PASSAGE):
        return element("span", id=source.anchor, class_=f"at {source.mark}")
    name = (
        element("a", source.id, href=f"#p-{source.pieces[0]}") if source.pieces else raw(source.id)
    )
    missed = "" if source.pieces or not source.owed else " missed"
    return element("sup", name, id=source.anchor, class_=f"o-{source.origin}{missed} {source.mark}")


def _words(words: str, over: list[Source]) -> Html:
    played = [source for source in over if source.pieces]
    shown = played or [source for source in over if source.origin is not Origin.PLACE]
    if not shown:
        return element("span", words, class_="loose")
    chief = min(shown, key=lambda source: _ORDER.index(source.origin))
    marks = " ".join(source.mark for source in over)
    told = plain("; ".join(_fate(source) for source in shown))
    if not played:
        look = "missed" if any(source.owed for source in shown) else "unplayed"
        return element("span", words, class_=f"{look} {marks}", title=told)
    there = f"#p-{chief.pieces[0]}"
    return element("a", words, href=there, class_=f"to o-{chief.origin} {marks}", title=told)


def _fate(source: Source) -> str:
    if not source.pieces:
        return f"{source.id} ({source.kind}): not on the page"
    pieces = ", ".join(map(str, source.pieces[:MOST_BACK]))
    return f"{source.id} ({source.kind}): played at {pieces}"


def _back(source: Source) -> Html:
    links: list[str] = []
    for number in source.pieces[:MOST_BACK]:
        links += [raw(" ") if links else raw(""), element("a", str(number), href=f"#p-{number}")]
    more = raw("…") if len(source.pieces) > MOST_BACK else raw("")
    return element("sup", *links, more, class_=f"back {source.mark}")
