"""Claims about lines: who speaks one, whether it is heard, and lines that were missed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.brief import Line, LineKind
from scriptgen.enrichment.making import NEAR, distance, overlap
from scriptgen.enrichment.quotes import without_blanks
from scriptgen.enrichment.reasons import Reason
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.enrichment.making import Found, Making
    from scriptgen.enrichment.quotes import Range

_PAIRS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    '"': '"',
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
    "'": "'",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "*": "*",
    "_": "_",
}
_DASHES = "\u2014\u2013-"
_BEFORE = " \t.\u2026\u00bf\u00a1"
_BEHIND = " \t.,;:!?\u2026\u3002\uff0c\uff01\uff1f\u2013\u2014-"
_ENDED = ".,!?\u2026\u3002\uff0c\uff01\uff1f\u2013\u2014-"
_FEWEST_WORDS = 2
_WORD = re.compile(r"\w+")
_QUOTED = frozenset({LineKind.SPOKEN, LineKind.IMAGINED})


def add_line(making: Making, found: Found) -> Reason | None:
    """A line that the parser missed: words that marks set apart, or the phrase that tells of it."""
    kind, speaker = LineKind(found.claim.field.value), making.person(found.claim.value)
    if found.claim.value is not None and speaker is None:
        return Reason.UNKNOWN_ID
    quoted: Callable[[Making, Range], Range | Reason] = _set_apart if kind in _QUOTED else _phrase
    ranges = [quoted(making, place) for place in found.places]
    free = list(dict.fromkeys(one for one in ranges if not isinstance(one, Reason)))
    if not free:
        return next(one for one in ranges if isinstance(one, Reason))
    one = found.the_one(free)
    if one is None:
        return Reason.AMBIGUOUS
    number = making.new_id()
    making.lines[number] = Line(
        id=number,
        text=making.text[slice(*one)],
        kind=kind,
        span=Span.cut(making.text, *one),
        speaker=speaker,
    )
    return None


def set_speaker(making: Making, found: Found) -> Reason | None:
    """Who speaks a line, unless a name beside it says so already."""
    line, speaker = making.lines.get(found.claim.target or ""), making.person(found.claim.value)
    if line is None or speaker is None:
        return Reason.UNKNOWN_ID
    if _now(making, line.speaker) == speaker:
        return Reason.KNOWN
    if line.tagged:
        return Reason.TAGGED
    if all(distance(place, line.span) > NEAR for place in found.places):
        return Reason.FAR
    if not making.decide("speaker", line.id):
        return Reason.CONTRADICTS
    update = {"speaker": speaker, "candidates": ()}
    making.lines[line.id] = line.model_copy(update=update)
    return None


def set_kind(making: Making, found: Found) -> Reason | None:
    """Whether quoted words are spoken or imagined, or untold ones unheard or reported."""
    line, value = making.lines.get(found.claim.target or ""), found.claim.value
    if line is None:
        return Reason.UNKNOWN_ID
    if value not in list(LineKind):
        return Reason.NOT_A_VALUE
    kind = LineKind(value)
    if kind is line.kind:
        return Reason.KNOWN
    if (kind in _QUOTED) != (line.kind in _QUOTED):
        return Reason.NOT_A_VALUE
    if line.tagged:
        return Reason.TAGGED
    if all(distance(place, line.span) > NEAR for place in found.places):
        return Reason.FAR
    if not making.decide("kind", line.id):
        return Reason.CONTRADICTS
    delivery = line.delivery if kind is LineKind.SPOKEN else None
    making.lines[line.id] = line.model_copy(update={"kind": kind, "delivery": delivery})
    return None


def _now(making: Making, number: str | None) -> str | None:
    """Who a character is by now."""
    return making.merged.get(number, number) if number is not None else None


def _set_apart(making: Making, place: Range) -> Range | Reason:
    """The whole of the words between two marks that a quote opens and ends, or why not."""
    text, (start, end) = making.text, place
    if any(overlap(place, line.span) for line in making.lines.values()):
        return Reason.KNOWN
    first, last = start, end
    while first and text[first - 1] in _BEFORE:
        first -= 1
    while last < len(text) and text[last] in _BEHIND:
        last += 1
    closing = _PAIRS.get(text[first - 1]) if first else None
    apart = closing is not None and last < len(text) and text[last] in closing
    dashed = _is_dashed(text, first, end, last)
    if not (apart or dashed) or "\n" in text[first:last]:
        # A quote may hold the marks itself.
        inner = _inside(text, start, end)
        return _set_apart(making, inner) if inner != place else Reason.NOT_SET_APART
    whole = without_blanks(text, first, last) if apart else without_blanks(text, first, end)
    words = text[slice(*whole)]
    if len(_WORD.findall(words)) < _FEWEST_WORDS and words[-1] not in _ENDED:
        return Reason.NOT_SET_APART
    return _untaken(making, whole)


def _is_dashed(text: str, first: int, end: int, last: int) -> bool:
    """Whether words open a paragraph behind a dash, and end at a dash or with the paragraph."""
    before = text[text.rfind("\n", 0, first) + 1 : first]
    closed = last == len(text) or text[last] == "\n" or any(d in text[end:last] for d in _DASHES)
    return bool(before.strip()) and not before.strip(f"{_DASHES}{_BEFORE}") and closed


def _inside(text: str, start: int, end: int) -> Range:
    marks = "".join(_PAIRS) + "".join(_PAIRS.values())
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end


def _phrase(making: Making, place: Range) -> Range | Reason:
    """The phrase that tells of speech, or why it does not."""
    text = making.text[slice(*place)]
    if "\n" in text:
        return Reason.SPREAD
    if making.is_talk(place):
        return Reason.COMMENTARY
    if any(overlap(place, span) for span in making.questions):
        return Reason.OVERLAPS
    if len(_WORD.findall(text)) < _FEWEST_WORDS and text.isascii():
        return Reason.TOO_SHORT
    return _untaken(making, place)


def _untaken(making: Making, place: Range) -> Range | Reason:
    if any(overlap(place, line.span) for line in making.lines.values()):
        return Reason.KNOWN
    if any(overlap(place, span) for span in making.title):
        return Reason.OVERLAPS
    return place
