"""The essay's spoken lines as a writer would set them down as speech.

An essay breaks a sentence by a tag (``"Then sell it," she says, "while it floats."``) and ends a
line in the comma of its tag. The words never change; the marks around them do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import LineKind
from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scriptgen.brief import Line, SceneBrief

LONGEST_TAG = 80
"""Characters between two parts of one sentence; more is no tag any more."""

_COMMAS = ",\uff0c\u3001"
_STOPS = ".!?\u2026\u3002\uff01\uff1f"
_DASHES = "\u2014\u2013-"
_QUOTES = '"\u201c\u201d\u00ab\u00bb\u300c\u300d\u300e\u300f'
_EMPHASIS = re.compile(r"(?<!\\)[*_]+")


class Quotation(NamedTuple):
    """Spoken lines that are one sentence, parted only by the essay's tag.

    ``text``: their words as one speech has them.
    """

    lines: tuple[Line, ...]
    text: str


def spoken_lines(brief: SceneBrief) -> list[Line]:
    """The essay's spoken lines that hold words, in order."""
    return [line for line in brief.lines if line.kind is LineKind.SPOKEN and words(line.text)]


def quotations(lines: Iterable[Line], essay: str | None = None) -> list[Quotation]:
    """Lines in the order given, parts of one sentence joined.

    ``essay``: its text, which shows where a sentence goes on behind a tag with a capital, as in
    ``"Well," he says, "I never."``; ``None`` where it is not at hand.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, essay):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Quotation(tuple(group), as_speech([line.text for line in group])) for group in groups]


def _goes_on(line: Line, following: Line, essay: str | None) -> bool:
    """Whether the second line is the rest of the first one's sentence."""
    gap = following.span.start - line.span.end
    if (
        (line.speaker, line.candidates, line.kind)
        != (following.speaker, following.candidates, following.kind)
        or not 0 < gap <= LONGEST_TAG
        or line.text.rstrip()[-1:] in _STOPS
    ):
        return False
    if following.text.lstrip(_QUOTES + "*_ ")[:1].islower():
        return True
    if essay is None or line.text.rstrip()[-1:] not in _COMMAS:
        return False
    between = essay[line.span.end : following.span.start].strip().strip(_QUOTES + "*_\u2018\u2019'")
    return between.rstrip()[-1:] in _COMMAS and not any(mark in between for mark in _STOPS)


def as_speech(parts: Sequence[str]) -> str:
    """The parts of one sentence as one line of speech, with a stop at its end.

    A tag's comma at the end becomes a stop; between parts it stays. Emphasis that is left open is
    taken off, and so are quote marks around the whole.
    """
    text = " ".join(" ".join(part.split()) for part in parts).strip()
    text = _bare(text)
    if text[-1:] in _COMMAS and text:
        stop = "." if text[-1] == "," else "\u3002"
        text = text[:-1].rstrip() + stop
    elif text and words(text) and text[-1].isalnum():
        text += "\u3002" if words(text)[-1] == text[-1] and text[-1] > "\u2fff" else "."
    return text


def _bare(text: str) -> str:
    marks = _EMPHASIS.findall(text)
    if len(marks) % 2 or any(a != b for a, b in zip(marks[::2], marks[1::2], strict=False)):
        text = _EMPHASIS.sub("", text)
    for opening, closing in ('""', "\u201c\u201d", "\u00ab\u00bb", "\u300c\u300d", "\u300e\u300f"):
        inner = text[1:-1]
        if len(text) > 1 and text[0] == opening and text[-1] == closing and opening not in inner:
            text = inner.strip()
    return text
