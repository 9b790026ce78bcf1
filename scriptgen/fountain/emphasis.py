r"""Emphasis inside a text: which marks are marks, and which are meant as they stand.

A text carries ``*italic*``, ``**bold**``, ``***both***`` and ``_underline_``, with a backslash
before a literal ``*``, ``_`` or ``\``. A mark counts only where every parser agrees that it does:
the flanking rules are CommonMark's, underlines stand between words, a mark is closed by its
mirror image (``_**`` by ``**_``) on the same line, and a style is not opened twice. Every other
mark is literal, and `settled` writes it so.
"""

from __future__ import annotations

import re
from string import punctuation
from typing import NamedTuple

_TOKEN = re.compile(r"\\[\\*_]|[*_]+")
_STYLES = {
    mark: frozenset(("u" if "_" in mark else "") + {0: "", 1: "i", 2: "b", 3: "bi"}[stars])
    for stars in range(4)
    for mark in {"*" * stars, "_" + "*" * stars, "*" * stars + "_"}
    if mark
}
_PUNCTUATION = frozenset(punctuation)
_ESCAPED = re.compile(r"\\([\\*_])")
_LITERAL = re.compile(r"[\\*_]")


class _Piece(NamedTuple):
    """A stretch of a text: ``mark`` tells emphasis marks from literal characters."""

    text: str
    mark: bool


class _Opener(NamedTuple):
    """An opening mark that waits for its closing one; ``loose`` when no letter is before it."""

    piece: int
    mark: str
    loose: bool
    line: int


def _opens(mark: str, before: str, after: str) -> bool:
    if after in ("", " ", "\n", "/"):
        return False
    if "_" in mark and before.isalnum():
        return False
    return after not in _PUNCTUATION or before in ("", " ", "\n") or before in _PUNCTUATION


def _closes(mark: str, before: str, after: str) -> bool:
    if before in ("", " ", "\n", "/"):
        return False
    if "_" in mark and after.isalnum():
        return False
    return before not in _PUNCTUATION or after in ("", " ", "\n") or after in _PUNCTUATION


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    waiting: list[_Opener] = []
    paired: set[int] = set()
    at = 0
    line = 0
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if start > at:
            pieces.append(_Piece(text[at:start], mark=False))
            line += text.count("\n", at, start)
        at = end
        mark = token[0]
        if mark[0] == "\\":
            pieces.append(_Piece(mark[1], mark=False))
            continue
        here = len(pieces)
        pieces.append(_Piece(mark, mark=True))
        if mark not in _STYLES:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        loose = not after.isalnum()
        if _closes(mark, before, after):
            opener = next((o for o in waiting if o.mark == mark[::-1]), None)
            if opener and (opener.line == line or (opener.loose and loose)):
                del waiting[waiting.index(opener) :]
                paired |= {opener.piece, here}
                continue
        if _opens(mark, before, after):
            styles = _STYLES[mark]
            taken = next((i for i, o in enumerate(waiting) if _STYLES[o.mark] & styles), None)
            del waiting[len(waiting) if taken is None else taken :]
            waiting.append(_Opener(here, mark, not before.isalnum(), line))
    if at < len(text):
        pieces.append(_Piece(text[at:], mark=False))
    return [p if p.mark == (i in paired) else _Piece(p.text, mark=False) for i, p in enumerate(pieces)]


def _escape(text: str) -> str:
    return _LITERAL.sub(r"\\\g<0>", text)


def settled(text: str) -> str:
    """``text`` with every literal mark escaped, and emphasis closed and reopened at line ends.

    Idempotent; what is printed stays the same.
    """
    if not _LITERAL.search(text):
        return text
    while (again := _settled_once(text)) != text:
        text = again
    return text


def _settled_once(text: str) -> str:
    written: list[str] = []
    open_marks: list[str] = []
    for piece in _pieces(text):
        if piece.mark:
            written.append(piece.text)
            if open_marks and open_marks[-1] == piece.text[::-1]:
                open_marks.pop()
            else:
                open_marks.append(piece.text)
        elif open_marks and "\n" in piece.text:
            closing = "".join(mark[::-1] for mark in reversed(open_marks))
            lines = _escape(piece.text).split("\n")
            reopened = [_reopened(line, "".join(open_marks)) for line in lines[1:]]
            written.append("\n".join([lines[0].rstrip() + closing, *_closed(reopened, closing)]))
        else:
            written.append(_escape(piece.text))
    return "".join(written)


def _reopened(line: str, marks: str) -> str:
    indent = len(line) - len(line.lstrip())
    return line[:indent] + marks + line[indent:]


def _closed(lines: list[str], closing: str) -> list[str]:
    return [line.rstrip() + closing for line in lines[:-1]] + lines[-1:]


def plain(text: str) -> str:
    """``text`` as it is seen: without marks and without backslashes before literal ones."""
    if not _LITERAL.search(text):
        return text
    return "".join(piece.text for piece in _pieces(text) if not piece.mark)


def unmarked(text: str) -> str:
    """``text`` without its emphasis, literal marks still escaped."""
    return _escape(plain(text))


def on_page(line: str) -> str:
    """A settled line with the escapes left out that no parser needs.

    The only ``_`` of a line and a backslash before a letter, a digit or a blank mean themselves
    everywhere, while one parser prints the backslash of ``\\_``. `settled` puts them back.
    """
    if "\\" not in line:
        return line
    lone = line.count("_") == 1

    def shorter(escape: re.Match[str]) -> str:
        before = line[escape.start() - 1 : escape.start()]
        after = line[escape.end() : escape.end() + 1]
        literal = escape[1]
        if literal == "_" and lone and not {before, after} & {"*", "\\"}:
            return "_"
        if literal == "\\" and (after.isalnum() or after == " "):
            return "\\"
        return escape[0]

    return _ESCAPED.sub(shorter, line)
