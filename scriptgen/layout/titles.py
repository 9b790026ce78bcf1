"""The title page: title and names in the middle, the rest at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.layout.cells import cells
from scriptgen.layout.paper import LEFT
from scriptgen.layout.rows import Row
from scriptgen.layout.styled import runs, styled
from scriptgen.layout.wrapping import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.layout.paper import Paper
    from scriptgen.layout.rows import Run
    from scriptgen.screenplay import TitleField

_MIDDLE = ("title", "credit", "author", "authors", "source")
_UNNAMED = ("notes", "draft date", "date", "contact", "copyright")
"""Fields at the foot whose key says nothing that their words do not."""

_TOP = 17
"""The line of the title, where there is room: a third of the way down."""

_Words = tuple[int, "tuple[Run, ...]"]
"""A column and what begins there."""


def title_pages(fields: Sequence[TitleField], paper: Paper) -> list[tuple[Row, ...]]:
    """The rows of the title page; further pages where one does not hold it, none without fields."""
    middle: list[_Words] = []
    foot: list[_Words] = []
    for field in fields:
        key = field.key.lower()
        if key in _MIDDLE:
            middle += [(0, ())] if middle else []
            middle += _centered(field.lines, paper)
        elif key in _UNNAMED:
            foot += _flush(field.lines, paper)
        else:
            foot += _flush((f"{field.key}: {' / '.join(field.lines)}",), paper)
    if not middle and not foot:
        return []
    top = max(0, min(_TOP, paper.lines - len(foot) - 1 - len(middle)))
    room = paper.lines - top - len(middle) - len(foot)
    below = [(0, ())] * max(room, 1)
    page = [*[(0, ())] * top, *middle, *(below if foot else []), *foot]
    return [
        tuple(
            Row(at, column, words, "title")
            for at, (column, words) in enumerate(page[start : start + paper.lines])
            if words
        )
        for start in range(0, len(page), paper.lines)
    ]


def _centered(texts: Sequence[str], paper: Paper) -> Iterator[_Words]:
    for column, words in _flush(texts, paper):
        room = paper.body - sum(cells(run.text) for run in words)
        yield column + room // 2, words


def _flush(texts: Sequence[str], paper: Paper) -> Iterator[_Words]:
    for text in texts:
        whole = styled(text)
        for line in lines(whole.text, 0, paper.body):
            yield LEFT, runs(whole, line.start, line.end)
