"""Rows of a page as marks on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scriptgen.exports.pdf import bidi
from scriptgen.exports.pdf.pieces import FIRST, NO_FONT, clusters, pieces
from scriptgen.layout import cells
from scriptgen.layout.paper import CELL, LEFT, LEFT_NUMBER, LINE

if TYPE_CHECKING:
    from scriptgen.exports.pdf.loading import Typeset
    from scriptgen.exports.pdf.pieces import Piece
    from scriptgen.layout import Layout, Page, Row

SIZE = 12.0
"""Points of the type."""

_TOP = 72.0
"""Points from the upper edge of the paper to the first line: an inch."""

_NUMBER_TOP = 36.0
"""Points from the upper edge to the page number: half an inch."""

_BASE = 9.0
"""Points from the top of a line to the feet of its letters."""

_MARGIN = 9
"""Cells that a scene number may take."""

_UNDERLINE = 1.8
_SLANT = 0.21
_BOLD = 0.35
_GREY = 0.4
_ESCAPED = re.compile(r"[\\\\()]")
_ESCAPE = r"\\\g<0>"
_FILL, _FILL_AND_STROKE = 0, 2


def in_margin(number: str) -> str:
    """A scene number as a margin holds it."""
    if cells(number) <= _MARGIN:
        return number
    kept = number[:_MARGIN]
    while cells(kept) >= _MARGIN:
        kept = kept[:-1]
    return f"{kept}…"


class Drawing:
    """Draws pages on a canvas of reportlab."""

    def __init__(self, canvas: Any, layout: Layout, typeset: Typeset) -> None:
        self._canvas = canvas
        self._layout = layout
        self._typeset = typeset
        self._scenes = {scene.element: scene for scene in layout.scenes}
        self._bases: dict[tuple[int | None, str], int | None] = {}
        self._text: Any = None
        self._font = self._raw = ""

    def title_page(self) -> None:
        """Draw the title page; a blank one where a document has nothing at all."""
        self._sheet(self._layout.title_rows)

    def page(self, page: Page) -> None:
        """Draw a page; its number stands on it from the second on."""
        self._sheet(page.rows, number=page.number)

    def _sheet(self, rows: tuple[Row, ...], number: int | None = None) -> None:
        canvas = self._canvas
        self._text, self._font, self._raw = canvas.beginText(), "", ""
        if number is not None and number > 1:
            told = f"{number}."
            right = self._layout.paper.right - len(told)
            self._put(told, right * CELL, self._layout.paper.height - _NUMBER_TOP - _BASE)
        for row in rows:
            self._row(row)
        canvas.setLineWidth(_BOLD)
        canvas.drawText(self._text)
        canvas.showPage()

    def _row(self, row: Row) -> None:
        y = self._layout.paper.height - _TOP - row.line * LINE - _BASE
        base = None
        if any(bidi.is_mixed(run.text) for run in row.runs):
            base = self._base(row)
        if row.kind == "note":
            self._text.setFillGray(_GREY)
        for piece in pieces(row, self._typeset.font_of, base):
            self._piece(piece, y)
            if piece.look.underline:
                self._underline(piece, y)
        if row.kind == "note":
            self._text.setFillGray(0)
        scene = self._scenes.pop(row.element, None) if row.element is not None else None
        if scene:
            key = f"scene-{scene.element}"
            self._canvas.bookmarkHorizontal(key, 0, y + SIZE)
            told = f"{scene.number}. {scene.text}" if scene.number else scene.text
            self._canvas.addOutlineEntry(told, key)
        if row.number:
            self._numbers(row.number, y)

    def _numbers(self, number: str, y: float) -> None:
        """A scene number in both margins; a long one is moved away from the heading, or cut."""
        paper = self._layout.paper
        number = in_margin(number)
        start = min(LEFT_NUMBER, LEFT - 1 - cells(number))
        edge = round(paper.width / CELL) - LEFT_NUMBER // 2
        self._put(number, start * CELL, y)
        self._put(number, max(edge - cells(number), paper.right + 1) * CELL, y)

    def _base(self, row: Row) -> int | None:
        """The direction of the paragraph: that of its first letter, on whichever row it stands."""
        key = row.element, row.kind
        if self._bases.get(key) is None:
            self._bases[key] = bidi.direction(row.text)
        return self._bases[key]

    def _piece(self, piece: Piece, y: float) -> None:
        x = piece.column * CELL
        if piece.font == NO_FONT:
            self._boxes(x, y, piece)
        elif piece.font == FIRST:
            self._first(piece, x, y)
        else:
            font = self._typeset.fallbacks[piece.font][0]
            self._look(piece)
            if piece.flows:
                self._fitted(font, piece.text, x, y, piece.width, italic=piece.look.italic)
            else:
                self._spaced(font, piece, x, y, italic=piece.look.italic)
            self._plain()

    def _first(self, piece: Piece, x: float, y: float) -> None:
        """Text of the first family; what is not one cell wide there is fitted in."""
        font = self._typeset.faces[piece.look.bold, piece.look.italic]
        if piece.text.isascii() or self._typeset.is_even(font, piece.text):
            self._put(piece.text, x, y, font)
        else:
            self._spaced(font, piece, x, y, italic=False)

    def _spaced(self, font: str, piece: Piece, x: float, y: float, *, italic: bool) -> None:
        """Each character of a piece in its own cells, with its marks on it."""
        parts = clusters(piece.text)
        width = piece.width // len(parts)
        for at, part in enumerate(parts):
            place = x + at * width * CELL
            self._fitted(font, part[0], place, y, width, italic=italic)
            for mark in part[1:]:
                # Marks of one width stand in a cell of their own, others reach back over it.
                own = self._typeset.advance(font, mark, SIZE)
                self._fitted(
                    font, mark, place if own else place + width * CELL, y, 0, italic=italic
                )

    def _fitted(
        self, font: str, text: str, x: float, y: float, width: int, *, italic: bool
    ) -> None:
        """Text in the middle of its cells, narrowed where they do not hold it."""
        room = width * CELL
        advance = self._typeset.advance(font, text, SIZE)
        scale = min(1.0, room / advance) if advance and room else 1.0
        x += (room - advance * scale) / 2 if room else 0
        self._set(font)
        self._text.setTextTransform(scale, 0, _SLANT if italic else 0, 1, x, y)
        self._text.textOut(text)

    def _put(self, text: str, x: float, y: float, font: str | None = None) -> None:
        """Text as it is.

        Nearly every row comes this way, so that ASCII, whose codes reportlab keeps in the first
        subset of a font, is written without a call for each character.
        """
        name = font or self._typeset.regular
        place = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
        code = self._text._code  # noqa: SLF001 -- as `textOut` does, which measures everything
        if text.isascii():
            if name != self._raw:
                inner = self._typeset.subset(name, self._canvas)
                code.append(f"{inner} {SIZE:g} Tf")
                self._raw, self._font = name, ""
            code.append(f"{place} ({_ESCAPED.sub(_ESCAPE, text)}) Tj")
            return
        self._set(name)
        code.append(f"{place} {self._text._formatText(text)}")  # noqa: SLF001

    def _set(self, font: str) -> None:
        if font != self._font:
            self._text.setFont(font, SIZE)
            self._font, self._raw = font, ""

    def _look(self, piece: Piece) -> None:
        if piece.look.bold:
            self._text.setTextRenderMode(_FILL_AND_STROKE)

    def _plain(self) -> None:
        self._text.setTextRenderMode(_FILL)

    def _underline(self, piece: Piece, y: float) -> None:
        start, end = piece.column * CELL, (piece.column + piece.width) * CELL
        self._canvas.setLineWidth(0.6)
        self._canvas.line(start, y - _UNDERLINE, end, y - _UNDERLINE)

    def _boxes(self, x: float, y: float, piece: Piece) -> None:
        """An empty box in the cells of each character."""
        width = max(piece.width // max(len(piece.text), 1), 1)
        self._canvas.setLineWidth(0.5)
        for at in range(len(piece.text)):
            left = x + at * width * CELL
            self._canvas.rect(left + 0.7, y - 1.2, width * CELL - 1.4, SIZE - 2.4, fill=0)
