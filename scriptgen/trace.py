"""Where each piece of a screenplay comes from in its essay."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scriptgen.values import Value

if TYPE_CHECKING:
    from scriptgen.screenplay import Screenplay


class Origin(StrEnum):
    """What a piece of a page comes from, the surest source first.

    ``line``, ``beat``, ``place``: of the brief; ``passage``: the essay's words beside them;
    ``written``: a speech that is none of the essay's lines; ``invented``: anything else that
    nothing in the essay bears out; ``mark``: it tells nothing, such as ``CUT TO:``.
    """

    LINE = "line"
    BEAT = "beat"
    PLACE = "place"
    PASSAGE = "passage"
    WRITTEN = "written"
    INVENTED = "invented"
    MARK = "mark"

    @property
    def told(self) -> str:
        """What stands beside a number of such pieces."""
        return _TOLD[self]


_TOLD = {
    Origin.LINE: "lines of the essay",
    Origin.BEAT: "beats",
    Origin.PLACE: "places",
    Origin.PASSAGE: "passages",
    Origin.WRITTEN: "written for this draft",
    Origin.INVENTED: "invented",
    Origin.MARK: "marks",
}


class Traced(Value):
    """One piece of a screenplay: a sentence of action, a whole speech, a heading.

    ``element``: the index of its element; ``start``, ``end``: offsets of code points into the
    text that the element shows (of a speech, of its words joined by spaces, as
    `scriptgen.tracing.said` gives them); ``sources``: ids of the beats and lines it plays, of
    the place for a heading, and, where the essay tells it in neither, of the passage that does
    (``e`` and the offset where it begins; `scriptgen.tracing.source_spans` gives the range of
    each), in the order of the essay; ``invented``: nothing in the essay bears it out, or, for a
    speech, it is none of the essay's lines and was written for this draft (it may still name the
    reported line it plays as a source).
    """

    element: int
    start: int
    end: int
    sources: tuple[str, ...] = ()
    invented: bool = False


class Trace(Value):
    """The pieces of a screenplay in the order of the page, none of elements that print nothing."""

    pieces: tuple[Traced, ...] = ()

    def origins(self, screenplay: Screenplay) -> tuple[Origin, ...]:
        """What each piece comes from; ``screenplay``: the page of which they are."""
        return tuple(
            _origin(piece, screenplay.elements[piece.element].type) for piece in self.pieces
        )


_BY_SIGN = {"d": Origin.LINE, "b": Origin.BEAT, "p": Origin.PLACE, "e": Origin.PASSAGE}


def _origin(piece: Traced, kind: str) -> Origin:
    if piece.invented:
        if kind in ("dialogue", "lyrics"):
            return Origin.WRITTEN
        return Origin.MARK if kind == "transition" else Origin.INVENTED
    found = {_BY_SIGN.get(source[:1], Origin.BEAT) for source in piece.sources}
    return next((origin for origin in Origin if origin in found), Origin.MARK)
