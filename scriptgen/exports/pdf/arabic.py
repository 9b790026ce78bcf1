"""Arabic letters in the forms in which they join.

A font shows them through its own tables, which a PDF does not read; Unicode has each form as a
character of its own (the presentation forms), and says of which letter and place it is one.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from unicodedata import category, decomposition

_BLOCKS = (range(0xFB50, 0xFDFF), range(0xFE70, 0xFEFD))
_LAM_ALEF = range(0xFEF5, 0xFEFD)
_PLACES = ("isolated", "final", "initial", "medial")
_STRETCH = "\N{ARABIC TATWEEL}"
_LAM = "\N{ARABIC LETTER LAM}"


class Forms(NamedTuple):
    """The characters that show a letter, by its place; ``""`` where it has no such form."""

    isolated: str = ""
    final: str = ""
    initial: str = ""
    medial: str = ""


@cache
def _table() -> dict[str, Forms]:
    """Letter, or lam with alef, to its forms, as the character database has them."""
    found: dict[str, dict[str, str]] = {}
    for block in _BLOCKS:
        for code in block:
            tag, _, letters = decomposition(chr(code)).partition(" ")
            place = tag.strip("<>")
            if place not in _PLACES:
                continue
            letter = "".join(chr(int(each, 16)) for each in letters.split())
            if len(letter) == 1 or (letter[0] == _LAM and code in _LAM_ALEF):
                found.setdefault(letter, {}).setdefault(place, chr(code))
    return {letter: Forms(**forms) for letter, forms in found.items()}


def shaped(text: str) -> list[str]:
    """What shows each character of ``text``, in the order they are read.

    As long as ``text``: ``""`` stands for an alef that a lam before it shows as well.
    """
    table = _table()
    shown = list(text)
    letters = [at for at, char in enumerate(text) if category(char) != "Mn"]
    joined = False
    skipped = -1
    for number, at in enumerate(letters):
        if at == skipped:
            continue
        char = text[at]
        after = letters[number + 1] if number + 1 < len(letters) else None
        if char == _LAM and after is not None and text[at : after + 1] in table and after == at + 1:
            forms = table[text[at : after + 1]]
            shown[at], shown[after] = (forms.final if joined else forms.isolated), ""
            joined, skipped = False, after
            continue
        forms = table.get(char, Forms())
        joins = bool(forms.initial) or char == _STRETCH
        onward = joins and after is not None and _joins_back(text[after])
        if onward:
            form = forms.medial if joined else forms.initial
        else:
            form = forms.final if joined else forms.isolated
        shown[at] = form or char
        joined = onward
    return shown


def _joins_back(char: str) -> bool:
    """Whether a letter joins the one before it."""
    return char == _STRETCH or bool(_table().get(char, Forms()).final)
