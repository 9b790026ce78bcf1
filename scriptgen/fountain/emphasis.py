r"""Emphasis inside a text: which marks are marks, and which are meant as they stand.

A text carries ``*italic*``, ``**bold**``, ``***both***`` and ``_underline_``, with a backslash
before a literal ``*``, ``_`` or ``\``. A mark counts only where every parser agrees that it does:
the flanking rules are CommonMark's, underlines stand between words, a mark is closed by its
mirror image (``_**`` by ``**_``) on the same line, and a style is not opened twice. Every other
mark is literal, and `settled` writes it so.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
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
    if before in ("", " ", "\n", "/", "\\"):
        return False
    if "_" in mark and after.isalnum():
        return False
    return before not in _PUNCTUATION or after in ("", " ", "\n") or after in _PUNCTUATION


def _pieces(text: str) -> tuple[list[str], set[int]]:
    """The text in pieces, unescaped, and which of them are marks of emphasis."""
    pieces: list[str] = []
    marks: set[int] = set()
    waiting: list[_Opener] = []
    at = 0
    line = 0
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if start > at:
            pieces.append(text[at:start])
            line += pieces[-1].count("\n")
        at = end
        mark = token[0]
        if mark[0] == "\\":
            pieces.append(mark[1])
            continue
        here = len(pieces)
        pieces.append(mark)
        if mark not in _STYLES:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if waiting and _closes(mark, before, after):
            opener = _opener(waiting, mark[::-1])
            if opener and (opener.line == line or (opener.loose and not after.isalnum())):
                del waiting[waiting.index(opener) :]
                marks |= {opener.piece, here}
                continue
        if _opens(mark, before, after):
            _forget(waiting, mark)
            waiting.append(_Opener(here, mark, not before.isalnum(), line))
    if at < len(text):
        pieces.append(text[at:])
    return pieces, marks


def _forget(waiting: list[_Opener], mark: str) -> None:
    """Give up the openers whose style ``mark`` opens anew, and those inside of them."""
    styles = _STYLES[mark]
    for number, opener in enumerate(waiting):
        if _STYLES[opener.mark] & styles:
            del waiting[number:]
            return


def _opener(waiting: list[_Opener], mark: str) -> _Opener | None:
    for opener in waiting:
        if opener.mark == mark:
            return opener
    return None


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
    pieces, marks = _pieces(text)
    written: list[str] = []
    open_marks: list[str] = []
    for number, piece in enumerate(pieces):
        if number in marks:
            written.append(piece)
            if open_marks and open_marks[-1] == piece[::-1]:
                open_marks.pop()
            else:
                open_marks.append(piece)
        elif open_marks and "\n" in piece:
            closing = "".join(mark[::-1] for mark in reversed(open_marks))
            lines = _escape(piece).split("\n")
            reopened = [_reopened(line, "".join(open_marks)) for line in lines[1:]]
            written.append("\n".join([lines[0].rstrip() + closing, *_closed(reopened, closing)]))
        else:
            written.append(_escape(piece))
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
    pieces, marks = _pieces(text)
    return "".join(piece for number, piece in enumerate(pieces) if number not in marks)


def runs(text: str) -> list[tuple[str, frozenset[str]]]:
    """``text`` as it is seen, in pieces, each with its styles: ``b``, ``i``, ``u`` or none."""
    if not _LITERAL.search(text):
        return [(text, frozenset())] if text else []
    pieces, marks = _pieces(text)
    found: list[tuple[frozenset[str], str]] = []
    open_marks: list[str] = []
    styles: frozenset[str] = frozenset()
    for number, piece in enumerate(pieces):
        if number not in marks:
            found.append((styles, piece))
        elif open_marks and open_marks[-1] == piece[::-1]:
            styles -= _STYLES[open_marks.pop()]
        else:
            open_marks.append(piece)
            styles |= _STYLES[piece]
    return [
        ("".join(piece for _, piece in stretch), look)
        for look, stretch in groupby(found, key=itemgetter(0))
    ]


def escaped(text: str) -> str:
    """``text`` with a backslash before every character that could be a mark."""
    return _escape(text)


def unmarked(text: str) -> str:
    """``text`` without its emphasis, literal marks still escaped."""
    return _escape(plain(text))


def on_page(line: str) -> str:
    r"""A settled line with the escapes left out that no parser needs.

    A backslash before a letter, a digit or a blank, or at the end, means itself everywhere, and so
    does a ``*`` that is the only one of a line, and a ``_`` that is, or that stands within a word
    after all of the line's underlines: one parser prints the backslash of ``\_``, two print any in
    a section. `settled` puts the escapes back.
    """
    if "\\" not in line:
        return line
    only_star = line.count("*") == 1
    only_line = line.count("_") == 1
    last = line.rfind("_") if line.count("\\_") == 1 else -1

    def shorter(escape: re.Match[str]) -> str:
        before = line[escape.start() - 1 : escape.start()]
        after = line[escape.end() : escape.end() + 1]
        literal = escape[1]
        alone = not {before, after} & {"*", "_", "\\", "/"}
        if literal == "_" and escape.end() - 1 == last:
            within = before.isalnum() and after.isalnum()
            if within or (only_line and alone):
                return "_"
        if literal == "*" and only_star and alone:
            return "*"
        if literal == "\\" and (after.isalnum() or after in ("", " ")):
            return "\\"
        return escape[0]

    return _ESCAPED.sub(shorter, line)
