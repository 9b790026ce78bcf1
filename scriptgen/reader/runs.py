"""Runs of set text as Markdown: what italics and bold were becomes ``*`` and ``**``."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANKS = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class Run(NamedTuple):
    """Text that is set in one way; a line feed in it breaks the line."""

    text: str
    italic: bool = False
    bold: bool = False


def marked(runs: Iterable[Run]) -> str:
    """The runs as one paragraph with Markdown emphasis, its lines parted by line feeds.

    Neighbours that are set alike are one, blanks stay outside the marks, and no mark crosses a
    line. Stress on a part of a word, and on what holds an asterisk, is let go: no mark would
    hold there.
    """
    pieces = [
        Run(part, run.italic, run.bold)
        for run in _joined(runs)
        for part in re.split(r"(\n)", run.text)
        if part
    ]
    out: list[str] = []
    for number, piece in enumerate(pieces):
        before = pieces[number - 1].text[-1:] if number else ""
        after = pieces[number + 1].text[:1] if number + 1 < len(pieces) else ""
        out.append(_set(piece, before, after))
    return _BREAK.sub("\n", "".join(out)).strip()


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one look as one; a blank between two of one look goes with them."""
    told = [run for run in runs if run.text]
    for number in range(1, len(told) - 1):
        left, run, right = told[number - 1 : number + 2]
        if not run.text.strip() and left[1:] == right[1:]:
            told[number] = Run(run.text, left.italic, left.bold)
    return [
        Run("".join(run.text for run in group), *look)
        for look, group in groupby(told, key=lambda run: run[1:])
    ]


def _set(run: Run, before: str, after: str) -> str:
    mark = "*" * (run.italic + 2 * run.bold)
    match = _BLANKS.fullmatch(run.text)
    if not mark or match is None or not match[2] or "*" in run.text:
        return run.text
    inside_a_word = (not match[1] and _joins(before, match[2][0])) or (
        not match[3] and _joins(after, match[2][-1])
    )
    return run.text if inside_a_word else f"{match[1]}{mark}{match[2]}{mark}{match[3]}"


def _joins(outside: str, inside: str) -> bool:
    return outside.isalnum() and inside.isalnum() and not _parts_no_words(outside + inside)


def _parts_no_words(pair: str) -> bool:
    """Whether the script of both characters writes words without gaps between them."""
    return all("\u3040" <= character <= "\u9fff" for character in pair)
