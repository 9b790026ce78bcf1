"""A screenplay cut in the pieces that are traced one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from scriptgen.layout.sentences import sentence_ends
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Lyrics,
    Parenthetical,
    Speech,
    Transition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.screenplay import Screenplay

Kind = Literal["heading", "action", "speech", "mark"]


class Piece(NamedTuple):
    """``text`` at ``[start, end)`` of what an element shows.

    ``kind``: ``speech`` for lyrics too, ``mark`` for a transition and a centered line; ``cue``: of
    a speech, empty for lyrics; ``how``: its parentheticals.
    """

    element: int
    kind: Kind
    start: int
    end: int
    text: str
    cue: str = ""
    how: str = ""


def said(dialogue: Dialogue) -> str:
    """The words of a speech, its parts joined by spaces, parentheticals left out."""
    return " ".join(part.text for part in dialogue.parts if isinstance(part, Speech))


def pieces(screenplay: Screenplay) -> list[Piece]:
    """All that prints, in the order of the page: sentences of action, speeches, headings, marks."""
    return [
        piece
        for index, element in enumerate(screenplay.elements)
        for piece in _pieces(index, element)
    ]


def _pieces(index: int, element: object) -> Iterator[Piece]:
    if isinstance(element, Action):
        for start, end in sentences(element.text):
            yield Piece(index, "action", start, end, element.text[start:end])
    elif isinstance(element, Dialogue):
        text = said(element)
        how = " ".join(part.text for part in element.parts if isinstance(part, Parenthetical))
        yield Piece(index, "speech", 0, len(text), text, element.cue, how)
    elif isinstance(element, Heading):
        yield Piece(index, "heading", 0, len(element.text), element.text)
    elif isinstance(element, Lyrics):
        yield Piece(index, "speech", 0, len(element.text), element.text)
    elif isinstance(element, Transition | Centered):
        yield Piece(index, "mark", 0, len(element.text), element.text)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as ranges without the blanks around them."""
    found = []
    start = 0
    for end in [*sentence_ends(text, 0, len(text)), len(text)]:
        inner = text[start:end]
        if inner.strip():
            lead = len(inner) - len(inner.lstrip())
            found.append((start + lead, start + len(inner.rstrip())))
        start = end
    return found
