r"""Text with its emphasis read: plain characters, and which of them are in which look.

Texts of a screenplay carry ``*italic*``, ``**bold**``, ``_underline_`` and a backslash before a
literal mark. A mark that nothing on its line closes is literal.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from scriptgen.layout.rows import Run

_TOKEN = re.compile(r"\\[\\*_]|\*{1,3}|_")
_MARKED = re.compile(r"[\\*_]")
ITALIC, BOLD, UNDERLINE = 1, 2, 4
_END = attrgetter("end")
_LOOK = {"*": ITALIC, "**": BOLD, "***": BOLD | ITALIC, "_": UNDERLINE}


class Span(NamedTuple):
    """Characters ``[start, end)`` of a text in one look."""

    start: int
    end: int
    look: int


class Styled(NamedTuple):
    """``text`` without marks; ``spans`` of its emphasis, in order, apart from each other."""

    text: str
    spans: tuple[Span, ...] = ()


def styled(text: str) -> Styled:
    """The characters of a marked-up text, and their looks."""
    if not _MARKED.search(text):
        return Styled(text)
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append("\n")
            length += 1
        length = _read_line(line, length, pieces, spans)
    return Styled("".join(pieces), tuple(spans))


def _read_line(line: str, length: int, pieces: list[str], spans: list[Span]) -> int:
    """Add a line's characters and looks; gives the length of all pieces."""
    tokens = [(found.start(), found[0]) for found in _TOKEN.finditer(line)]
    marks = _closed([mark for _, mark in tokens])
    at = look = 0

    def add(piece: str) -> None:
        nonlocal length
        if not piece:
            return
        if look:
            spans.append(Span(length, length + len(piece), look))
        pieces.append(piece)
        length += len(piece)

    for (start, mark), is_mark in zip(tokens, marks, strict=True):
        add(line[at:start])
        at = start + len(mark)
        if is_mark:
            look ^= _LOOK[mark]
        else:
            add(mark[1] if mark[0] == "\\" else mark)
    add(line[at:])
    return length


def _closed(marks: list[str]) -> list[bool]:
    """Which of a line's marks change the look: for each look an even number of them."""
    looks = [_LOOK.get(mark, 0) for mark in marks]
    while True:
        for look in (ITALIC, BOLD, UNDERLINE):
            bearing = [at for at, each in enumerate(looks) if each & look]
            if len(bearing) % 2:
                looks[bearing[-1]] = 0
                break
        else:
            return [look > 0 for look in looks]


def runs(text: Styled, start: int, end: int) -> tuple[Run, ...]:
    """The characters ``[start, end)`` of a styled text as runs."""
    if not text.spans:
        return (Run(text.text[start:end]),)
    found: list[Run] = []
    at = start
    for span in text.spans[bisect_right(text.spans, start, key=_END) :]:
        if span.start >= end:
            break
        if span.start > at:
            found.append(Run(text.text[at : span.start]))
            at = span.start
        upto = min(span.end, end)
        found.append(_run(text.text[at:upto], span.look))
        at = upto
    if at < end:
        found.append(Run(text.text[at:end]))
    return tuple(found)


def _run(text: str, look: int) -> Run:
    return Run(text, bool(look & BOLD), bool(look & ITALIC), bool(look & UNDERLINE))
