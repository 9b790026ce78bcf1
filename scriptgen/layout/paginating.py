"""From a screenplay to its pages."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from scriptgen.layout.blocks import LEAST, Block, Part
from scriptgen.layout.numbering import numbers as scene_numbers
from scriptgen.layout.pairs import Pair
from scriptgen.layout.paper import LETTER, dual_measures, measures
from scriptgen.layout.rows import Layout, Page, ScenePlace
from scriptgen.layout.speeches import ENGLISH, speech
from scriptgen.layout.styled import styled
from scriptgen.layout.titles import title_pages
from scriptgen.screenplay import (
    Centered,
    Dialogue,
    Heading,
    Lyrics,
    Note,
    PageBreak,
    Section,
    Synopsis,
    Transition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.layout.paper import Box, Paper
    from scriptgen.layout.rows import Row
    from scriptgen.layout.speeches import Continuations
    from scriptgen.screenplay import Action, Screenplay

_Piece = Block | Pair
_Placed = tuple[int, _Piece]
"""A piece and the line of the page on which it begins."""


def paginate(
    screenplay: Screenplay,
    paper: Paper = LETTER,
    *,
    numbers: bool = False,
    notes: bool = False,
    words: Continuations = ENGLISH,
) -> Layout:
    """The screenplay on paper; raises nothing, and takes time linear in it.

    Texts are as `scriptgen.fountain.printable` gives them. A heading's own scene number is
    printed; with ``numbers`` the others get one too. With ``notes`` they are printed, in their
    brackets. No page ends on a heading, a cue or a direction, and none begins with a transition;
    paragraphs and speeches are parted at the end of a sentence, with two lines on each side. A
    block that no page can hold, or a chain of headings longer than a page, is parted where the
    page ends.
    """
    first, *further = title_pages(screenplay.title_page, paper) or [()]
    pages = [Page(at, rows) for at, rows in enumerate(further, 1)]
    scenes: list[ScenePlace] = []
    for placed in _filled(_pieces(screenplay, paper, words, numbers=numbers, notes=notes), paper):
        number = len(pages) + 1
        pages.append(Page(number, tuple(_rows(placed))))
        scenes += [
            ScenePlace(
                number, " ".join(piece.parts[0].text.text.split()), piece.number, piece.element
            )
            for _, piece in placed
            if isinstance(piece, Block) and piece.opens_scene
        ]
    return Layout(paper, first, tuple(pages), tuple(scenes))


def _words(heading: Block) -> str:
    return " ".join(heading.parts[0].text.text.split())


def _rows(placed: list[_Placed]) -> Iterator[Row]:
    return chain.from_iterable(piece.rows(top) for top, piece in placed)


def _pieces(
    screenplay: Screenplay, paper: Paper, words: Continuations, *, numbers: bool, notes: bool
) -> Iterator[_Piece | None]:
    """What is printed, in order; ``None`` for a forced page break."""
    own = [each.number for each in screenplay.elements if isinstance(each, Heading)]
    counted = iter(scene_numbers(own) if numbers else own)
    whole = measures(paper)
    left, right = dual_measures(paper)
    waiting: tuple[int, Dialogue] | None = None
    for at, element in enumerate(screenplay.elements):
        if isinstance(element, Section | Synopsis) or (isinstance(element, Note) and not notes):
            continue
        if isinstance(element, Dialogue) and element.dual and waiting:
            before, other = waiting
            waiting = None
            yield Pair(speech(before, other, left, words), speech(at, element, right, words))
            continue
        if waiting:
            yield speech(*waiting, whole, words)
        waiting = (at, element) if isinstance(element, Dialogue) else None
        if isinstance(element, PageBreak):
            yield None
        elif isinstance(element, Heading):
            yield _block(at, element, whole.body, number=next(counted))
        elif isinstance(element, Transition):
            yield _block(at, element, whole.transition)
        elif isinstance(element, Centered):
            yield _block(at, element, whole.centered)
        elif isinstance(element, Lyrics):
            yield _block(at, element, whole.dialogue)
        elif not isinstance(element, Dialogue):
            yield _block(at, element, whole.body)
    if waiting:
        yield speech(*waiting, whole, words)


def _block(
    at: int,
    element: Heading | Action | Transition | Centered | Lyrics | Note,
    box: Box,
    *,
    number: str | None = None,
) -> Block:
    text = f"[[{element.text}]]" if isinstance(element, Note) else element.text
    return Block.of(at, (Part(element.type, styled(text), box),), number=number)


def _filled(pieces: Iterator[_Piece | None], paper: Paper) -> Iterator[list[_Placed]]:
    """Pages full of pieces; a screenplay with nothing to print has none."""
    page: list[_Placed] = []
    line = 0
    pushed: list[_Piece] = []
    while True:
        try:
            piece = pushed.pop() if pushed else next(pieces)
        except StopIteration:
            break
        if piece is None:
            if page:
                yield page
            page, line = [], 0
            continue
        top = line + 1 if page else 0
        if top + piece.size <= paper.lines:
            page.append((top, piece))
            line = top + piece.size
            continue
        full, carried = _turned(page, top, piece, paper.lines)
        yield full
        pushed += reversed(carried)
        page, line = [], 0
    if page:
        yield page


def _turned(
    page: list[_Placed], top: int, piece: _Piece, capacity: int
) -> tuple[list[_Placed], list[_Piece]]:
    """Where a page ends on which ``piece`` does not fit: what stands on it, what comes after."""
    room = max(capacity - top, 0)
    parts: tuple[_Piece, _Piece] | None
    if parts := piece.parted(room):
        return [*page, (top, parts[0])], [parts[1]]
    carried = [piece]
    for at in range(len(page) - 1, -1, -1):
        start, last = page[at]
        if not (last.keeps_next or carried[0].keeps_previous):
            return page[: at + 1], carried
        if parts := last.parted(capacity - start):
            return [*page[:at], (start, parts[0])], [parts[1], *carried]
        carried.insert(0, last)
    return _torn(page, top, piece, room)


def _torn(
    page: list[_Placed], top: int, piece: _Piece, room: int
) -> tuple[list[_Placed], list[_Piece]]:
    """The end of a page whose pieces may not be parted from each other: one of them is torn."""
    for least in range(LEAST, -1, -1):
        if not piece.keeps_previous and (parts := piece.torn(room, least)):
            return [*page, (top, parts[0])], [parts[1]]
        for at in range(len(page) - 1, -1, -1) if least else ():
            start, last = page[at]
            if not last.keeps_previous and (parts := last.torn(last.size - 1, least)):
                over = [each for _, each in page[at + 1 :]]
                return [*page[:at], (start, parts[0])], [parts[1], *over, piece]
    if parts := piece.torn(room, 0):
        return [*page, (top, parts[0])], [parts[1]]
    return page, [piece]
