"""Where each piece of a screenplay comes from in its essay."""

from __future__ import annotations

from scriptgen.values import Value


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
