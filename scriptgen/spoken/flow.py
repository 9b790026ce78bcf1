"""What is said on a page, turn by turn, each word with its place."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.screenplay import Dialogue, Heading, Lyrics, Speech
from scriptgen.wording import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.screenplay import Element, Screenplay

_NO_STOP = re.compile(r"[\s*_\\\"'\u201c\u201d\u2018\u2019\u00ab\u00bb\u300c-\u300f]*")

_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]")


class PageWord(NamedTuple):
    """A spoken word: folded, with the index of its element and part, and its range in that part.

    ``opens``, ``closes``: whether a stop or an end of the part stands before or after it;
    ``begins``, ``finishes``: whether the end of a sentence or of the part does.
    """

    text: str
    element: int
    part: int
    start: int
    end: int
    opens: bool
    closes: bool
    begins: bool
    finishes: bool


class Turn(NamedTuple):
    """What one speaker says until somebody else speaks or the scene ends; action may part it.

    ``cue``: ``None`` for words that are sung outside a speech.
    """

    cue: str | None
    words: tuple[PageWord, ...]


def turns(screenplay: Screenplay) -> list[Turn]:
    """The turns of a page in order."""
    found: list[Turn] = []
    going_on = False
    for index, element in enumerate(screenplay.elements):
        if isinstance(element, Heading):
            going_on = False
        if not isinstance(element, Dialogue | Lyrics):
            continue
        cue = element.cue if isinstance(element, Dialogue) else None
        said = tuple(_words(index, element))
        if going_on and found[-1].cue == cue:
            found[-1] = Turn(cue, found[-1].words + said)
        else:
            found.append(Turn(cue, said))
        going_on = True
    return found


def text_of(element: Element, part: int) -> str:
    """The text of a part that `PageWord.part` names."""
    if isinstance(element, Dialogue):
        return element.parts[part].text
    return element.text if isinstance(element, Lyrics) else ""


def _words(index: int, element: Element) -> Iterator[PageWord]:
    if isinstance(element, Lyrics):
        yield from _words_of(index, 0, element.text)
    elif isinstance(element, Dialogue):
        for at, part in enumerate(element.parts):
            if isinstance(part, Speech):
                yield from _words_of(index, at, part.text)


def _words_of(index: int, part: int, text: str) -> Iterator[PageWord]:
    found = placed(text)
    gaps = [text[one.end : other.start] for one, other in pairwise(found)]
    stops = [True, *(_NO_STOP.fullmatch(gap) is None for gap in gaps), True]
    ends = [True, *(_END.search(gap) is not None for gap in gaps), True]
    for at, word in enumerate(found):
        yield PageWord(
            word.text,
            index,
            part,
            word.start,
            word.end,
            stops[at],
            stops[at + 1],
            ends[at],
            ends[at + 1],
        )
