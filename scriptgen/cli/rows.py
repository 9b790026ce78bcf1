"""Rows of coloured pieces, as wide as the terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from scriptgen.cli.columns import columns, wrapped
from scriptgen.cli.printing import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = list[tuple[str, str]]
    """Pieces of one row: text, and its look as SGR numbers (empty for none)."""

WIDEST = 100
NARROWEST = 32
DIM = "2"


def width() -> int:
    """The columns that rows are made for."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def block(
    lead: Row, text: str, look: str = "", tail: str = "", *, indent: int | None = None
) -> Iterator[Row]:
    """``text`` behind ``lead``, wrapped, and the dim ``tail`` where it fits or on its own row.

    ``indent``: where further rows begin; ``None`` for under the text.
    """
    wide = width()
    first = sum(columns(piece) for piece, _ in lead)
    if indent is None:
        indent = first
    if first > wide // 2:
        yield lead
        lead, first = [(" " * indent, "")], indent
    # The first row may have less room than the others: a stand-in for the lead keeps the count.
    words = one_line(text)
    rows = wrapped("\0" * max(0, first - indent) + words, wide - indent)
    rows[0] = rows[0].lstrip("\0")
    margin: Row = [(" " * indent, "")]
    out = [[*lead, (rows[0], look)], *([*margin, (row, look)] for row in rows[1:])]
    if tail:
        used = sum(columns(piece) for piece, _ in out[-1])
        if used + columns(tail) <= wide:
            out[-1].append((one_line(tail), DIM))
        else:
            out += [[*margin, (row, DIM)] for row in wrapped(one_line(tail), wide - indent)]
    yield from out
