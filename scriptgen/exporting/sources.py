"""What the parts of a draft come from, as notes that a page can print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.screenplay import Note

if TYPE_CHECKING:
    from scriptgen.screenplay import Element, Screenplay


def names_sources(page: Screenplay) -> bool:
    """Whether anything on the page says where it comes from, or that it was invented."""
    return any(element.sources or element.invented for element in page.elements)


def with_source_notes(page: Screenplay, *, notes: bool) -> Screenplay:
    """The page with a note behind each part that names its beats and lines, or says ``invented``.

    ``notes``: whether the notes that stand in it stay. What a note itself comes from is not told.
    """
    elements: list[Element] = []
    for element in page.elements:
        if isinstance(element, Note):
            elements += [element] if notes else []
            continue
        elements.append(element)
        marks = (*element.sources, *(("invented",) if element.invented else ()))
        if marks:
            elements.append(Note(text=" ".join(marks)))
    return page.model_copy(update={"elements": tuple(elements)})
