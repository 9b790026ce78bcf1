"""The page beside its essay: each piece with its number, its sources, and what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exports.markup import Html, element, joined, plain, raw
from scriptgen.fountain.emphasis import plain as unmarked
from scriptgen.screenplay import (
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Section,
    Speech,
    Synopsis,
)
from scriptgen.trace import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scriptgen.exports.trace_page.sources import Source, Told
    from scriptgen.report import Finding
    from scriptgen.screenplay import Element, Screenplay

ADDED = (Origin.WRITTEN, Origin.INVENTED)
"""What is not the essay's."""


def script(
    screenplay: Screenplay,
    told: Mapping[int, Sequence[Told]],
    found: Mapping[int, Sequence[Finding]],
) -> Iterator[Html]:
    """The elements in order; ``told`` and ``found``: their pieces and findings by index."""
    for index, each in enumerate(screenplay.elements):
        yield _element(each, told.get(index, ()))
        if index in found:
            yield findings(found[index])


def findings(found: Sequence[Finding]) -> Html:
    """Findings as a list."""
    return element("ul", *(_finding(each) for each in found), class_="found")


def _finding(finding: Finding) -> Html:
    times = f" ({finding.count} times)" if finding.count > 1 else ""
    words = raw("")
    if finding.evidence and finding.evidence not in finding.message:
        words = joined(raw(" "), element("q", element("bdi", finding.evidence)))
    return element(
        "li",
        element("b", finding.severity.value),
        raw(" "),
        element("bdi", finding.message),
        times,
        words,
        raw(" "),
        element("code", finding.code),
        class_=f"v-{finding.severity.value}",
    )


def _element(each: Element, told: Sequence[Told]) -> Html:
    if isinstance(each, PageBreak):
        return raw("<hr>")
    if isinstance(each, Note | Section | Synopsis):
        return element("p", unmarked(each.text), class_=f"aside {each.type}", dir="auto")
    if isinstance(each, Dialogue):
        return _speech(each, told)
    pieces = list(_cut(each.text, told))
    return element(
        "h3" if isinstance(each, Heading) else "p", *pieces, class_=each.type, dir="auto"
    )


def _cut(text: str, told: Sequence[Told]) -> Iterator[Html]:
    at = 0
    for one in told:
        start, end = max(at, one.piece.start), min(len(text), one.piece.end)
        yield element("span", unmarked(text[at:start]))
        yield _piece(one, unmarked(text[start:end]))
        at = max(at, end)
    yield element("span", unmarked(text[at:]))


def _piece(one: Told, words: str) -> Html:
    return element(
        "span",
        _number(one),
        _linked(one, words),
        _marks(one),
        id=one.anchor,
        class_=_classes(one),
    )


def _speech(each: Dialogue, told: Sequence[Told]) -> Html:
    extension = f" ({each.extension})" if each.extension else ""
    one = told[0] if told else None
    rows = [
        element("p", _linked(one, unmarked(part.text)), class_="said", dir="auto")
        if isinstance(part, Speech)
        else element("p", f"({unmarked(part.text)})", class_="how", dir="auto")
        for part in each.parts
    ]
    cue = element("bdi", f"{each.cue}{extension}")
    return element(
        "div",
        element("p", _number(one) if one else raw(""), cue, class_="cue", dir="auto"),
        *rows,
        element("p", _marks(one), class_="from") if one else raw(""),
        id=one.anchor if one else None,
        class_=f"speech {_classes(one) if one else ''}".rstrip(),
    )


def _classes(one: Told) -> str:
    return f"piece o-{one.origin} {one.marks}".rstrip()


def _number(one: Told) -> Html:
    link = element("a", str(one.number), href=f"#{one.anchor}")
    return element("sup", link, class_="no")


def _linked(one: Told | None, words: str) -> Html:
    if one is None or not one.sources:
        return element("span", words)
    title = plain("; ".join(f"{source.id}: {source.words}" for source in one.sources))
    return element("a", words, href=f"#{one.sources[0].anchor}", class_="to", title=title)


def _marks(one: Told) -> Html:
    added = one.origin in ADDED
    mark = element("i", one.origin.told, class_="added") if added else raw("")
    return joined(*(_source(source) for source in one.sources), mark)


def _source(source: Source) -> Html:
    link = element("a", source.id, href=f"#{source.anchor}", title=plain(source.words))
    return element("sup", link, class_=f"o-{source.origin}")
