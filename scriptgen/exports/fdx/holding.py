"""What of a screenplay an FDX file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exports.fdx.emphasis import respelled
from scriptgen.fountain import printable
from scriptgen.screenplay import Dialogue, Note, PageBreak, Screenplay, TitleField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.screenplay import Element


def in_fdx(screenplay: Screenplay, *, trace: bool = False) -> Screenplay:
    """`printable` of a screenplay, but for what FDX has no form for; idempotent.

    A page break is a property of the paragraph that starts the page: one with nothing after it is
    left out, two in a row are one, one before the first paragraph stands before its notes.
    ``Authors`` are an ``Author``, and who has no title page gets none. Marks of emphasis have one
    spelling. Without ``trace``, elements lose their sources.
    """
    page = printable(screenplay)
    elements = [_element(element, trace=trace) for element in page.elements]
    title_page = _title_page(page.title_page) if screenplay.title_page else ()
    return Screenplay(title_page=title_page, elements=tuple(_page_breaks(elements)))


def _title_page(fields: Sequence[TitleField]) -> tuple[TitleField, ...]:
    keys = {field.key for field in fields}
    return tuple(
        TitleField(
            key="Author" if field.key == "Authors" and "Author" not in keys else field.key,
            lines=tuple(map(respelled, field.lines)),
        )
        for field in fields
    )


def _element(element: Element, *, trace: bool) -> Element:
    update: dict[str, object] = {} if trace else {"sources": (), "invented": False}
    if isinstance(element, Dialogue):
        update["parts"] = tuple(
            part.model_copy(update={"text": respelled(part.text)}) for part in element.parts
        )
    elif not isinstance(element, PageBreak):
        update["text"] = respelled(element.text)
    return element.model_copy(update=update)


def _page_breaks(elements: Sequence[Element]) -> list[Element]:
    """At most one page break between two paragraphs, and none after the last."""
    found: list[Element] = []
    waiting: int | None = None
    begun = False
    for element in elements:
        if not isinstance(element, PageBreak):
            found.append(element)
            if not isinstance(element, Note):
                waiting, begun = None, True
        elif waiting is None:
            waiting = len(found) if begun else 0
            found.insert(waiting, element)
    if waiting is not None:
        del found[waiting]
    return found
