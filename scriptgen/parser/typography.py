"""Quotes, emphasis and dialogue dashes: what the typography of an essay sets apart.

Knows marks, not words: the same for every language. Quotes never cross a paragraph, so that one
mark left open spoils one paragraph at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class MarkKind(Enum):
    """What sets a piece of text apart."""

    QUOTE = "quote"
    ITALIC = "italic"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Mark:
    """``[outer_start, outer_end)`` with the marks, ``[start, end)`` without."""

    kind: MarkKind
    outer_start: int
    start: int
    end: int
    outer_end: int

    @property
    def bold(self) -> bool:
        """Whether it is set in bold: stress, a name or a title, never a line or a thought."""
        return self.kind is MarkKind.ITALIC and self.start - self.outer_start == _BOLD

    def text(self, essay_text: str) -> str:
        """The words between the marks."""
        return essay_text[self.start : self.end]


_BOLD = 2
_PAIRS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("《", "》"), ("„", "“"))
_PAIRED = re.compile("|".join(f"{a}[^{a}{b}\n]+{b}" for a, b in _PAIRS))
# These begin with the mark and look back from there: a search leaps from mark to mark.
_STRAIGHT = re.compile(r'"(?<![\w"]")(?=\S)[^"\n]+"')
_ITALIC = re.compile(
    r"[*_](?:(?<=\*)(?<![\w*\\]\*)(\*{0,2})(?=[^\s*])[^*\n]+?(?<=[^\s*\\])\*\1(?![\w*])"
    r"|(?<=_)(?<![\w_\\]_)(_?)(?=[^\s_])[^_\n]+?(?<=[^\s_\\])_\2(?![\w_]))"
)
_SINGLE_OPEN = re.compile(r"([‘'])(?<![\w’'].)(?=[\w“\"¿¡—…*])")
_SINGLE_CLOSE = {
    "‘": re.compile(r"’(?![\w])"),
    "'": re.compile(r"'(?![\w])"),
}
_SENTENCE_PUNCTUATION = ",.!?…—–-"
_DASH_LINE = re.compile(r"(?m)^[ \t]*([—–―])[ \t]*(?=\S)")
_DASH_TURN = re.compile(r"[ \t]+[—–―](?=\w|¿|¡)|(?<=[\w.,!?…])[—–―](?=[.,;:!?]?(?:[ \t]|$))")
_LONGEST_SINGLE = 600


def marks(text: str, tags: Sequence[re.Pattern[str]] = ()) -> tuple[Mark, ...]:
    """All set-apart pieces of ``text``, outermost ones only, in order.

    ``tags``: what tells who speaks within a line that opens with a dash.
    """
    found: list[Mark] = []
    for pattern in (_PAIRED, _STRAIGHT):
        found += [
            Mark(MarkKind.QUOTE, m.start(), m.start() + 1, m.end() - 1, m.end())
            for m in pattern.finditer(text)
        ]
    for m in _ITALIC.finditer(text):
        wide = 1 + len(m.group(1) or m.group(2) or "")
        found.append(Mark(MarkKind.ITALIC, m.start(), m.start() + wide, m.end() - wide, m.end()))
    inside = cover(text, ((m.outer_start, m.outer_end) for m in found))
    found += _single_quotes(text, inside)
    found += _dash_lines(text, tags)
    return _outermost(found)


def cover(text: str, ranges: Iterable[tuple[int, int]]) -> bytearray:
    """A byte for each offset of ``text`` (and one more): 1 inside of ``ranges``, 0 outside."""
    inside = bytearray(len(text) + 1)
    for start, end in ranges:
        inside[start:end] = b"\x01" * (end - start)
    return inside


def _single_quotes(text: str, inside: bytearray) -> list[Mark]:
    """Single quotes that open a word and close after punctuation or before a gap.

    An apostrophe is told from a closing mark by what follows and, where several could close, by
    the punctuation before it: ``‘It’s mine,’ she says``.
    """
    found: list[Mark] = []
    at = 0
    while opened := _SINGLE_OPEN.search(text, at):
        at = opened.end()
        if inside[opened.start()]:
            continue
        line_end = text.find("\n", at, at + _LONGEST_SINGLE)
        limit = line_end if line_end >= 0 else min(len(text), at + _LONGEST_SINGLE)
        following = _SINGLE_OPEN.search(text, at, limit)
        closers = [
            m.start()
            for m in _SINGLE_CLOSE[opened.group(1)].finditer(text, at, limit)
            if following is None or m.start() < following.start()
        ]
        firm = next((c for c in closers if text[c - 1] in _SENTENCE_PUNCTUATION), None)
        soft = closers[0] if closers and opened.group(1) == "‘" else None
        close = firm if firm is not None else soft
        if close is None or close == opened.end():
            continue
        found.append(Mark(MarkKind.QUOTE, opened.start(), opened.end(), close, close + 1))
        at = close + 1
    return found


def _dash_lines(text: str, tags: Sequence[re.Pattern[str]]) -> list[Mark]:
    """Paragraphs that open with a dash are speech, with the teller's words between dashes.

    Where no second dash parts them, a tag does ("— You missed him, says the old woman.").
    """
    found: list[Mark] = []
    for m in _DASH_LINE.finditer(text):
        line_end = text.find("\n", m.end())
        line_end = len(text) if line_end < 0 else line_end
        turns = [t.span() for t in _DASH_TURN.finditer(text, m.end(), line_end)]
        if not turns:
            found_tags = (t for tag in tags for t in tag.finditer(text, m.end(), line_end))
            turns = [(edge, edge) for t in found_tags for edge in t.span()]
        edges = [m.end(), *(edge for turn in sorted(turns) for edge in turn), line_end]
        for start, end in list(zip(edges[::2], edges[1::2], strict=True))[::2]:
            piece = text[start:end]
            left = len(piece) - len(piece.lstrip(" .,;:"))
            right = len(piece.rstrip())
            if right - left > 1:
                begin = m.start() if start == m.end() else start + left
                found.append(Mark(MarkKind.DASH, begin, start + left, start + right, start + right))
    return found


def _outermost(found: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.outer_start, -m.outer_end)):
        if not kept or mark.outer_start >= kept[-1].outer_end:
            kept.append(mark)
    return tuple(kept)
