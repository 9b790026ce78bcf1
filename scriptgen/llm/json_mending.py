"""JSON with slips of form, read in the one way it can be meant, or not at all.

Taken are: strings in single or typographic quotes, quotes and line ends that stand unescaped in a
string that is no key, keys without quotes, ``True``, ``False`` and ``None``, comments, a comma
before a closing bracket, and none after one. Nothing is added, left out or guessed: a bracket that
is not closed, a key given twice or a word without quotes leaves the text unread, since a reply that
was cut off must not become a shorter one.

A string ends at the first quote of its kind that a comma, a colon, a closing bracket, a comment or
the end follows. Valid JSON has no other quotes unescaped, so whatever this reads of it is the same.
Those before it have to come in pairs, and as in prose: a blank before the first, none after it and
none before the second. Two strings whose comma is missing are not taken for one.
"""

from __future__ import annotations

import json
import re

DEEPEST = 32
"""Levels of objects and lists in a reply."""

LONGEST = 200_000
"""Characters that are mended: a quarter of a second's work, while other calls wait."""

_GAP = re.compile(r"(?:\s+|//[^\n]*|\#[^\n]*|/\*.*?\*/)*", re.DOTALL)
_WORD = re.compile(r"[^\s,:{}\[\]\"'“”/#]+")
_KEY = re.compile(r"[A-Za-z_$][\w$-]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\"'\\/bfnrt])"
)
_WORDS = {
    "true": True,
    "True": True,
    "false": False,
    "False": False,
    "null": None,
    "None": None,
}
_CLOSING = {'"': '"', "'": "'", "“": "”"}
_STOPS = {end: re.compile(rf"[\\{end}]") for end in _CLOSING.values()}
_AFTER_A_STRING = re.compile(r"\s*(?:[,:}\]#]|//|/\*|\Z)")


def mend(text: str) -> dict[str, object] | None:
    """The object that ``text`` is, from its first brace to its last.

    ``None`` where it is none, and where it is longer than `LONGEST`.
    """
    if len(text) > LONGEST:
        return None
    try:
        return _Reader(text).read()
    except _Unclear:
        return None


class _Unclear(Exception):  # noqa: N818 - a signal, never seen outside
    """The text cannot be read, or not in one way only."""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._deep = 0

    def read(self) -> dict[str, object]:
        if self._next() != "{":
            raise _Unclear
        value = self._object()
        if self._next():
            raise _Unclear
        return value

    def _next(self) -> str:
        """The character after blanks and comments; empty at the end."""
        gap = _GAP.match(self._text, self._at)
        self._at = gap.end() if gap else self._at
        return self._text[self._at : self._at + 1]

    def _value(self) -> object:
        first = self._next()
        if first == "{":
            return self._object()
        if first == "[":
            return self._list()
        if first in _CLOSING:
            return self._string(_CLOSING[first])
        word = self._match(_WORD)
        if word in _WORDS:
            return _WORDS[word]
        if _NUMBER.fullmatch(word):
            return json.loads(word)
        raise _Unclear

    def _object(self) -> dict[str, object]:
        members: dict[str, object] = {}
        self._open()
        while self._next() != "}":
            key = self._key()
            if key in members or self._next() != ":":
                raise _Unclear
            self._at += 1
            members[key] = self._value()
            self._part("}")
        self._close()
        return members

    def _list(self) -> list[object]:
        items: list[object] = []
        self._open()
        while self._next() != "]":
            items.append(self._value())
            self._part("]")
        self._close()
        return items

    def _key(self) -> str:
        first = self._next()
        if first not in _CLOSING:
            return self._match(_KEY)
        start = self._at
        key = self._string(_CLOSING[first], key=True)
        if "\n" in self._text[start : self._at]:
            raise _Unclear
        return key

    def _part(self, end: str) -> None:
        """Past the comma after a member, which may lack before ``end`` and after a bracket."""
        last = self._text[self._at - 1]
        following = self._next()
        if following == ",":
            self._at += 1
        elif following != end and last not in "}]":
            raise _Unclear

    def _string(self, end: str, *, key: bool = False) -> str:
        self._at += 1
        pieces: list[str] = []
        quoting = False
        while stop := _STOPS[end].search(self._text, self._at):
            pieces.append(self._text[self._at : stop.start()])
            self._at = stop.end()
            if stop.group() == "\\":
                pieces.append(self._escape(stop.start()))
            elif key or _AFTER_A_STRING.match(self._text, self._at):
                break
            else:
                quoting = self._quotes(quoting=quoting)
                pieces.append(end)
        if stop is None or quoting:
            raise _Unclear
        return "".join(pieces)

    def _quotes(self, *, quoting: bool) -> bool:
        """Whether a quotation is open after an unescaped quote in a string."""
        before, after = self._text[self._at - 2], self._text[self._at : self._at + 1]
        if before.isalpha() and after.isalpha():
            return quoting  # an apostrophe
        if before.isspace() == quoting or (not quoting and after.isspace()):
            raise _Unclear
        return not quoting

    def _escape(self, start: int) -> str:
        found = _ESCAPE.match(self._text, start)
        if not found:
            raise _Unclear
        self._at = found.end()
        escaped = found.group()
        return "'" if escaped == "\\'" else str(json.loads(f'"{escaped}"'))

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if not found:
            raise _Unclear
        self._at = found.end()
        return found.group()

    def _open(self) -> None:
        self._deep += 1
        if self._deep > DEEPEST:
            raise _Unclear
        self._at += 1

    def _close(self) -> None:
        self._deep -= 1
        self._at += 1
