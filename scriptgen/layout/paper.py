"""Sheets of paper, and where on them each kind of text stands.

Courier 12: ten cells an inch, six lines an inch. The columns are those of a US spec script
(screenwriting.io, "What is standard screenplay format"; trilane.com, "Measurements"): action and
headings from 1.5 inches, dialogue from 2.5 and 3.5 wide, directions from 3.1, cues from 3.7,
transitions flush with the right margin.
"""

from __future__ import annotations

from typing import NamedTuple

CELL = 7.2
"""Points: the width of a character cell."""

LINE = 12.0
"""Points: the height of a line."""


class Box(NamedTuple):
    """Where text of one kind stands: its first cell, its width in cells, how it is aligned.

    ``hang``: cells by which lines after the first are moved in.
    """

    column: int
    width: int
    align: str = "left"
    hang: int = 0


class Paper(NamedTuple):
    """A sheet: ``width`` and ``height`` in points, ``lines`` of text a page, ``body`` in cells."""

    name: str
    width: float
    height: float
    lines: int
    body: int

    @property
    def right(self) -> int:
        """The first cell right of the text."""
        return LEFT + self.body


LEFT = 15
LETTER = Paper("letter", 612.0, 792.0, 55, 60)
A4 = Paper("a4", 595.28, 841.89, 58, 57)
PAPERS = {paper.name: paper for paper in (LETTER, A4)}

LEFT_NUMBER = 8
"""The cell where a scene number begins in the left margin."""

_DIALOGUE = Box(25, 35)
_DIRECTION = Box(31, 24, hang=1)
_CUE = 37


class Measures(NamedTuple):
    """The boxes of a paper, by what stands in them."""

    body: Box
    cue: Box
    dialogue: Box
    parenthetical: Box
    transition: Box
    centered: Box


def measures(paper: Paper) -> Measures:
    """The boxes of text that has the whole width."""
    body = Box(LEFT, paper.body)
    return Measures(
        body=body,
        cue=Box(_CUE, paper.right - _CUE),
        dialogue=_DIALOGUE,
        parenthetical=_DIRECTION,
        transition=body._replace(align="right"),
        centered=body._replace(align="center"),
    )


def dual_measures(paper: Paper) -> tuple[Measures, Measures]:
    """The boxes of the left and of the right of two speeches side by side."""
    width = (paper.body - 4) // 2
    return _half(LEFT, width), _half(paper.right - width, width)


def _half(column: int, width: int) -> Measures:
    body = Box(column, width)
    return Measures(
        body=body,
        cue=Box(column + 8, width - 8),
        dialogue=body,
        parenthetical=Box(column + 3, width - 6, hang=1),
        transition=body,
        centered=body,
    )
