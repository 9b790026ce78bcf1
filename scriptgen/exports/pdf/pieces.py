"""A row in the pieces in which it is drawn: each of one font and one look, in order on paper."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from scriptgen.exports.pdf import bidi
from scriptgen.exports.pdf.arabic import shaped
from scriptgen.layout import Run, cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scriptgen.layout import Row

FIRST = -1
NO_FONT = -2

_FLOWING = (
    range(0x0590, 0x1100),
    range(0x1700, 0x18B0),
    range(0x1900, 0x1D00),
    range(0xA800, 0xAC00),
    range(0xFB1D, 0xFE00),
    range(0xFE70, 0xFF00),
    range(0x10800, 0x12000),
)
"""Blocks of scripts whose letters join or carry marks."""

_SELECTORS = range(0xFE00, 0xFE10)


class Piece(NamedTuple):
    """Characters that stand from the cell ``column`` on, ``width`` cells wide.

    ``font``: the index of a fallback font, `FIRST` for the first family, `NO_FONT` for a character
    that no font has. ``flows``: drawn in one go with the font's own widths, as letters that join
    must be; else each character stands in its cells.
    """

    column: int
    width: int
    text: str
    font: int
    look: Run
    flows: bool = False


class Cluster(NamedTuple):
    """A character with the marks on it, as it is shown, and the cells it takes."""

    text: str
    width: int
    font: int
    look: Run

    @property
    def flows(self) -> bool:
        """Whether it is drawn together with its neighbours."""
        return any(ord(self.text[0]) in block for block in _FLOWING)


def pieces(row: Row, font_of: Callable[[str], int], base: int | None) -> Iterator[Piece]:
    """The pieces of a row from left to right.

    ``font_of``: the font of a cluster; ``base``: the direction of the paragraph that the row is
    of, as `bidi.direction` gives it.
    """
    column = row.column
    if all(run.text.isascii() for run in row.runs):
        for run in row.runs:
            yield Piece(column, len(run.text), run.text, FIRST, run._replace(text=""))
            column += len(run.text)
        return
    clusters = (part for whole in _shown(row, font_of, base) for part in _parts(whole, font_of))
    for (font, look, flows, _), group in groupby(clusters, key=_alike):
        found = list(group)
        width = sum(cluster.width for cluster in found)
        text = "".join(cluster.text for cluster in found)
        yield Piece(column, width, text, font, look, flows)
        column += width


def clusters(text: str) -> list[str]:
    """The characters of a text, each with the marks that sit on it."""
    if text.isascii():
        return list(text)
    starts = [
        at
        for at, char in enumerate(text)
        if not at or (category(char) not in ("Mn", "Me", "Cf") and text[at - 1] != "\u200d")
    ]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def wanted(rows: Iterator[Row]) -> frozenset[str]:
    """All clusters of some rows that are not plain ASCII, also in the forms in which they join."""
    found: set[str] = set()
    for text in {run.text for row in rows for run in row.runs if not run.text.isascii()}:
        found.update(map(visible, clusters(text)))
        if bidi.is_mixed(text):
            found.update(shaped(text))
    found.discard("")
    return frozenset(found)


def visible(text: str) -> str:
    """What is drawn of a cluster: joiners and selectors of a form are not."""
    if text.isascii():
        return text
    return "".join(char for char in text if category(char) != "Cf" and ord(char) not in _SELECTORS)


def _alike(cluster: Cluster) -> tuple[int, Run, bool, int]:
    """What the clusters of a piece have in common."""
    own = cluster.font in (FIRST, NO_FONT) or cluster.flows
    return cluster.font, cluster.look, cluster.flows, 0 if own else cluster.width


def _parts(whole: Cluster, font_of: Callable[[str], int]) -> Iterator[Cluster]:
    """The cluster, or its characters one by one where no font has them all."""
    if whole.font != NO_FONT or len(whole.text) == 1:
        yield whole
        return
    fonts = list(map(font_of, whole.text))
    if all(font == NO_FONT for font in fonts):
        yield whole._replace(text=whole.text[0])
        return
    for number, (char, font) in enumerate(zip(whole.text, fonts, strict=True)):
        yield Cluster(char, 0 if number else whole.width, font, whole.look)


def _shown(row: Row, font_of: Callable[[str], int], base: int | None) -> Iterator[Cluster]:
    """The clusters of a row from left to right."""
    text = row.text
    shown = list(text)
    levels: list[int] = []
    if bidi.is_mixed(text):
        levels = bidi.levels(text, base or 0)
        for at, (form, level) in enumerate(zip(shaped(text), levels, strict=True)):
            if form and font_of(form) != NO_FONT:
                shown[at] = form
            elif not form and shown[at - 1] != text[at - 1]:
                shown[at] = ""
            shown[at] = bidi.mirror(shown[at]) if level % 2 else shown[at]
    found: list[str] = []
    starts = [0]
    for cluster in clusters(text):
        if shown[starts[-1]]:
            found.append(cluster)
            starts.append(starts[-1] + len(cluster))
        else:
            # An alef that the lam before it shows as well: one drawing in the cells of both.
            found[-1] += cluster
            starts[-1] += len(cluster)
    looks = [run._replace(text="") for run in row.runs for _ in run.text]
    order = bidi.visual_order([levels[at] if levels else 0 for at in starts[:-1]])
    for at in order:
        start, end = starts[at], starts[at + 1]
        drawn = visible("".join(shown[start:end]))
        width = cells(found[at])
        if drawn or width:
            yield Cluster(drawn or " ", width, font_of(drawn), looks[start])
