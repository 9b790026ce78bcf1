"""A trace written into the elements of its screenplay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.screenplay import Dialogue, Lyrics

if TYPE_CHECKING:
    from scriptgen.screenplay import Element, Screenplay
    from scriptgen.trace import Trace, Traced


def stamped(screenplay: Screenplay, trace: Trace) -> Screenplay:
    """The screenplay with the sources of its pieces in its elements.

    An element is ``invented`` where none of its pieces has a source; a speech where it is none of
    the essay's lines. What has sources already keeps them.
    """
    found: dict[int, list[Traced]] = {}
    for piece in trace.pieces:
        found.setdefault(piece.element, []).append(piece)
    elements = tuple(
        _stamped(element, found[index]) if index in found else element
        for index, element in enumerate(screenplay.elements)
    )
    return screenplay.model_copy(update={"elements": elements})


def restamped(screenplay: Screenplay, trace: Trace) -> Screenplay:
    """As `stamped`, but what has sources or marks loses them first."""
    bare = tuple(
        element.model_copy(update={"sources": (), "invented": False})
        for element in screenplay.elements
    )
    return stamped(screenplay.model_copy(update={"elements": bare}), trace)


def _stamped(element: Element, pieces: list[Traced]) -> Element:
    if element.sources:
        return element
    sources = tuple(dict.fromkeys(source for piece in pieces for source in piece.sources))
    spoken = isinstance(element, Dialogue | Lyrics)
    invented = any(piece.invented for piece in pieces) if spoken else not sources
    return element.model_copy(update={"sources": sources, "invented": invented})
