"""The words of a line set into the speech that strays from them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.screenplay import Dialogue, Parenthetical, Speech
from scriptgen.spoken import text_of
from scriptgen.wording import placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.screenplay import Element, Screenplay
    from scriptgen.spoken import PageWord
    from scriptgen.wording import Placed

_EMPHASIS = re.compile(r"(?<!\\)[*_]")
_MARKS = ".,;:!?\u2026\u3002\uff01\uff1f\uff0c\u3001\u2014\u2013"
_TAIL = re.compile(rf"\s?[\u2014\u2013](?=\s|\Z)|[{_MARKS}]+")
_HEAD = re.compile(r"[\u00bf\u00a1\u2026]+\Z")
_ENDS = ".!?\u2026\u3002\uff01\uff1f"


class _Piece(NamedTuple):
    """What of the line goes into one part of one element.

    It stands for the words from ``start`` up to ``end``, counted among the words of that part.
    """

    element: int
    part: int
    start: int
    end: int
    text: str


def mended(screenplay: Screenplay, said: Sequence[PageWord], text: str) -> Screenplay | None:
    """The page with the words of ``text`` in the place of ``said``.

    ``None`` where a part of the speech would be left without words.
    """
    pieces = _pieces(screenplay, said, text)
    if pieces is None:
        return None
    elements = list(screenplay.elements)
    for piece in pieces:
        elements[piece.element] = _with(elements[piece.element], piece)
    return screenplay.model_copy(update={"elements": tuple(elements)})


def _pieces(screenplay: Screenplay, said: Sequence[PageWord], text: str) -> list[_Piece] | None:
    line = placed(text)
    parts = [list(group) for _, group in groupby(said, key=lambda w: (w.element, w.part))]
    cuts = [0, *_cuts(said, line, text, parts), len(line)]
    pieces = []
    for group, first, last in zip(parts, cuts, cuts[1:], strict=False):
        if first >= last:
            return None
        start = line[first].start if first else 0
        end = line[last].start if last < len(line) else len(text)
        before = _before(screenplay, group[0])
        pieces.append(
            _Piece(
                group[0].element,
                group[0].part,
                before,
                before + len(group),
                _unmarked(text[start:end].strip()),
            )
        )
    return pieces


def _before(screenplay: Screenplay, word: PageWord) -> int:
    """How many words of its part stand before a word."""
    text = text_of(screenplay.elements[word.element], word.part)
    return sum(each.start < word.start for each in placed(text))


def _cuts(
    said: Sequence[PageWord], line: Sequence[Placed], text: str, parts: list[list[PageWord]]
) -> list[int]:
    """For each end of a part but the last: how many words of the line stand before it.

    Where words are new there, the line is parted at a stop of its own.
    """
    codes = SequenceMatcher(
        None, [word.text for word in said], [word.text for word in line], autojunk=False
    ).get_opcodes()
    cuts, behind = [], 0
    for part in parts[:-1]:
        behind += len(part)
        cuts.append(_cut(codes, behind, line, text))
    return cuts


def _cut(
    codes: Sequence[tuple[str, int, int, int, int]],
    behind: int,
    line: Sequence[Placed],
    text: str,
) -> int:
    for tag, i, j, k, m in codes:
        if i < behind < j:
            return k + (behind - i if tag == "equal" else round((behind - i) / (j - i) * (m - k)))
    low = min(m for _, _, j, _, m in codes if j == behind)
    high = max(k for _, i, _, k, _ in codes if i == behind)
    stops = (cut for cut in range(low, high + 1) if 0 < cut < len(line))
    parted = (cut for cut in stops if text[line[cut - 1].end : line[cut].start].strip())
    return next(parted, low)


def _with(element: Element, piece: _Piece) -> Element:
    if isinstance(element, Dialogue):
        parts: list[Speech | Parenthetical] = list(element.parts)
        parts[piece.part] = Speech(text=_set_in(parts[piece.part].text, piece))
        return element.model_copy(update={"parts": tuple(parts)})
    return element.model_copy(update={"text": _set_in(text_of(element, piece.part), piece)})


def _set_in(text: str, piece: _Piece) -> str:
    """A part's text with the piece in its place; emphasis that was on any of it is taken off."""
    text = _EMPHASIS.sub("", text)
    found = placed(text)[piece.start : piece.end]
    head, tail = text[: found[0].start], text[found[-1].end :]
    new = piece.text
    if not new[:1].isalnum():
        head = _HEAD.sub("", head)
    marks = _TAIL.match(tail)
    rest = tail[marks.end() :] if marks else tail
    own = marks[0] if marks else ""
    goes_on = bool(placed(rest)) and own.rstrip()[-1:] not in (*_ENDS, "")
    bare = new.rstrip(_MARKS) if goes_on else new
    closing = own if goes_on or new[-1:].isalnum() else ""
    return head + _cased(bare, text[found[0].start], head) + closing + rest


def _cased(new: str, was: str, head: str) -> str:
    """The words with the capital or the small letter that their place asks for."""
    behind = head.rstrip(" \n\"'\u201c\u2018")
    opens = not behind or behind[-1] in _ENDS
    if opens and was.isupper():
        at = next((at for at, sign in enumerate(new) if sign.isalpha()), 0)
        return new[:at] + new[at : at + 1].upper() + new[at + 1 :]
    if was.islower() and new[:1].lower() == was:
        return was + new[1:]
    return new


def _unmarked(text: str) -> str:
    """A slice of a line without emphasis that it does not close."""
    return _EMPHASIS.sub("", text) if len(_EMPHASIS.findall(text)) % 2 else text
