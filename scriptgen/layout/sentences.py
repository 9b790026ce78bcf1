"""Where sentences end, as far as a page break asks."""

from __future__ import annotations

import re

_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?= )"
    r"|[。！？…]+[”’」』）》]*"
    r"|(?=\n)"
)
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Rev|Sgt|Lt|Col|Gen|Capt|No|vs)|(?<!['\u2019])\b\w)\.$"
)


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Where sentences end in ``text[start:end]``: the place after the last mark, ascending.

    A line end is one; an abbreviation or an initial, and a mark before a small letter, are not.
    """
    found = []
    # The blank behind a mark is looked at, and stands perhaps right behind the end.
    for mark in _END.finditer(text, start, min(end + 1, len(text))):
        place = mark.end()
        if place > end:
            break
        if mark[0] and text[place : place + 1] == " ":
            follows = text[place : place + 24].lstrip()
            if follows[:1].islower() or _SHORT.search(text[max(start, place - 8) : place]):
                continue
        found.append(place)
    return found
