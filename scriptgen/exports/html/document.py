"""The document as a whole: its head, the outline, the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exports.document import document
from scriptgen.exports.html.blocks import Blocks
from scriptgen.exports.html.style import style
from scriptgen.exports.markup import Html, element
from scriptgen.fountain.emphasis import plain as unmarked
from scriptgen.screenplay import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.layout import Layout, Page, Row, ScenePlace
    from scriptgen.screenplay import Screenplay

_MIDDLE = 20
"""A row of the title page that begins further right stands in the middle."""


def write_html(screenplay: Screenplay, layout: Layout) -> str:
    """One self-contained page; ``layout`` is `paginate` of ``screenplay``.

    A sheet for each page of the layout, line for line, on a screen that is wide enough and on
    paper; on a phone the lines flow. Scenes are linked from an outline at the side. No script,
    nothing fetched, light and dark; no text of the screenplay becomes markup. The same values give
    the same text.
    """
    title = _title(screenplay)
    blocks = Blocks(screenplay, layout)
    body = element(
        "body",
        element("a", "Skip to the script", href="#script", class_="skip"),
        _outline(screenplay, layout, title),
        element("main", *_sheets(layout, blocks), id="script"),
    )
    return document(body, title=title, style=style(layout.paper), by="export")


def _title(screenplay: Screenplay) -> str:
    for field in screenplay.title_page:
        if field.key == "Title":
            return " ".join(map(unmarked, field.lines)) or "Untitled"
    return "Untitled"


def _outline(screenplay: Screenplay, layout: Layout, title: str) -> Html:
    scenes = {place.element: (number, place) for number, place in enumerate(layout.scenes, 1)}
    entries = []
    for at, each in enumerate(screenplay.elements):
        if at in scenes:
            entries.append(_scene(*scenes[at]))
        elif isinstance(each, Section):
            name = element("bdi", unmarked(each.text))
            entries.append(element("li", name, class_="part"))
    counts = f"{_counted(len(layout.pages), 'page')}, {_counted(len(layout.scenes), 'scene')}"
    listed = element("ol", *entries) if entries else ""
    return element(
        "nav",
        element("h1", element("bdi", title)),
        element("p", counts, class_="counts"),
        listed,
        aria_label="Outline",
    )


def _scene(number: int, place: ScenePlace) -> Html:
    return element(
        "li",
        element(
            "a",
            element("span", place.number or str(number), class_="no"),
            element("bdi", place.text, class_="slug"),
            element("span", str(place.page), class_="on", title=f"page {place.page}"),
            href=f"#s{number}",
        ),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _sheets(layout: Layout, blocks: Blocks) -> Iterator[Html]:
    if layout.title_rows or not layout.pages:
        rows = _title_rows(layout.title_rows)
        yield element("section", *rows, class_="sheet cover", aria_label="Title page")
    for page in layout.pages:
        yield element(
            "section",
            *_sheet(page, blocks),
            class_="sheet",
            id=f"p{page.number}",
            aria_label=f"Page {page.number}",
        )


def _sheet(page: Page, blocks: Blocks) -> Iterator[Html]:
    yield element("p", f"{page.number}.", class_="folio" if page.number > 1 else "folio first")
    if page.rows and page.rows[0].kind == "title":
        yield from _title_rows(page.rows)
    else:
        yield from blocks.of(page.rows)


def _title_rows(rows: tuple[Row, ...]) -> Iterator[Html]:
    end = 0
    for row in rows:
        place = "middle" if row.column > _MIDDLE else "foot"
        yield element(
            "p",
            Blocks.words(row),
            class_=f"cover-line {place}",
            style=f"--gap:{row.line - end};--column:{row.column}",
            dir="auto",
        )
        end = row.line + 1
