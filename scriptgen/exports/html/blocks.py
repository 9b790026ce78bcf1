"""The rows of a page as paragraphs, each line of which can stand alone or flow into the next."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scriptgen.exports.markup import Html, element, joined, shown
from scriptgen.fountain.emphasis import plain
from scriptgen.screenplay import Dialogue, PageBreak, Speech

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.layout import Layout, Row
    from scriptgen.screenplay import Element, Screenplay

_BODY = frozenset({"heading", "action", "transition", "lyrics", "centered", "dialogue"})
"""Kinds whose rows hold the words of their element and nothing else."""


class Blocks:
    """Makes paragraphs of the rows of one layout, page after page."""

    def __init__(self, screenplay: Screenplay, layout: Layout) -> None:
        self._elements = screenplay.elements
        self._scenes = {place.element: at for at, place in enumerate(layout.scenes, 1)}
        self._named: set[int] = set()
        self._gaps: dict[int, str] = {}
        self._used: dict[int, int] = {}

    def of(self, rows: Sequence[Row]) -> Iterator[Html]:
        """The paragraphs of a page, in order."""
        end = 0
        for group in self._groups(rows):
            first = group[0].line
            last = max(row.line for row in group)
            blank = first - end
            if self._is_pair(group):
                yield self._pair(group, blank)
            else:
                yield from self._stack(group, blank)
            end = last + 1
            self._let_go(group[-1].element)

    @staticmethod
    def words(row: Row) -> Html:
        """The runs of a row in their looks."""
        parts: list[str] = []
        for run in row.runs:
            piece = shown(run.text)
            if run.underline:
                piece = Html(f"<u>{piece}</u>")
            if run.italic:
                piece = Html(f"<i>{piece}</i>")
            if run.bold:
                piece = Html(f"<b>{piece}</b>")
            parts.append(piece)
        return joined(*parts)

    def _groups(self, rows: Sequence[Row]) -> Iterator[list[Row]]:
        """The rows of each element; those of two speeches side by side are one group."""
        for _, group in groupby(rows, key=lambda row: self._left_of(row.element)):
            yield list(group)

    def _left_of(self, at: int | None) -> int | None:
        """The left one of two speeches side by side for either of them, else the element."""
        if at is not None and self._is_right(at):
            return at - 1
        return at

    def _is_right(self, at: int) -> bool:
        if at >= len(self._elements):
            return False
        element = self._elements[at]
        return isinstance(element, Dialogue) and element.dual

    def _is_pair(self, group: Sequence[Row]) -> bool:
        left = self._left_of(group[0].element)
        return left is not None and self._is_right(left + 1)

    def _pair(self, group: Sequence[Row], blank: int) -> Html:
        left = self._left_of(group[0].element)
        first = min(row.line for row in group)
        sides = []
        for is_left in (True, False):
            rows = [row for row in group if (row.element == left) is is_left]
            rows.sort(key=lambda row: row.line)
            stack = self._stack(rows, rows[0].line - first) if rows else ()
            sides.append(element("div", *stack))
        return element("div", *sides, class_="pair", style=_gap(blank))

    def _stack(self, rows: Sequence[Row], blank: int) -> Iterator[Html]:
        end = rows[0].line
        for kind, run in groupby(rows, key=lambda row: row.kind):
            lines = list(run)
            yield self._paragraph(kind, lines, blank + lines[0].line - end)
            blank, end = 0, lines[-1].line + 1

    def _paragraph(self, kind: str, rows: Sequence[Row], blank: int) -> Html:
        at = rows[0].element
        lines = [self._line(row, last=row is rows[-1]) for row in rows]
        number = rows[0].number
        if number:
            left = element("span", number, class_="number")
            right = element("span", number, class_="number right", aria_hidden="true")
            lines = [left, *lines, right]
        name = None
        if kind == "heading" and at in self._scenes and at not in self._named:
            self._named.add(at)
            name = f"s{self._scenes[at]}"
        return element(
            "h2" if kind == "heading" else "p",
            *lines,
            class_=kind,
            id=name,
            style=_gap(blank),
            dir=None if all(row.text.isascii() for row in rows) else "auto",
        )

    def _line(self, row: Row, *, last: bool) -> Html:
        gap = self._gap_after(row)
        look = "line ends" if gap == "\n" and not last else "line"
        words = Html(f'<span class="{look}">{self.words(row)}</span>')
        return words if last or not gap else Html(f"{words} ")

    def _gap_after(self, row: Row) -> str:
        """What parts a row's words from the next in their text: nothing, a blank, a line end."""
        if row.element is None or row.kind not in _BODY:
            return " "
        if row.element not in self._gaps:
            self._gaps[row.element] = _gaps(self._elements[row.element])
            self._used[row.element] = 0
        self._used[row.element] += sum(not character.isspace() for character in row.text)
        place = self._used[row.element] - 1
        gaps = self._gaps[row.element]
        return gaps[place].strip("|") if 0 <= place < len(gaps) else " "

    def _let_go(self, at: int | None) -> None:
        """Forget the elements before the one that a page ends on."""
        if at is not None and len(self._gaps) > 1:
            for each in [each for each in self._gaps if each < at - 1]:
                del self._gaps[each], self._used[each]


def _gap(blank: int) -> str | None:
    return f"--gap:{blank}" if blank else None


def _gaps(source: Element) -> str:
    """For each character that is seen, what comes after it: ``|`` for nothing, a blank, a line end.

    A character for a character, so that a place in it is a place in the words.
    """
    if isinstance(source, PageBreak):
        return ""
    texts = (
        [part.text for part in source.parts if isinstance(part, Speech)]
        if isinstance(source, Dialogue)
        else [source.text]
    )
    found: list[str] = []
    for character in plain("\n".join(texts)):
        if not character.isspace():
            found.append("|")
        elif found and found[-1] != "\n":
            found[-1] = "\n" if character == "\n" else " "
    return "".join(found)
