"""Finding the people who speak in the action that names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.fountain.emphasis import plain
from scriptgen.screenplay import Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scriptgen.screenplay import Element

LONGEST = 8
"""Words of a name, or characters of one in a script without blanks, that are compared."""

_BLANKS = re.compile(r"\s+")
_ENDS = re.compile(r"^\W+|\W+$")
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def name_of(element: Dialogue) -> str:
    """The name in a cue, in capitals and without its extension."""
    return _BLANKS.sub(" ", plain(element.cue)).strip().upper()


class Names:
    """Who speaks, by the ``order`` of their first cue, and where action names them.

    A name counts in capitals or with capital letters (``MIA``, ``Mia``), as whole words; in a
    script without blanks, anywhere. Time is linear in the text, however many people there are.
    """

    def __init__(self, elements: Iterable[Element]) -> None:
        cues = dict.fromkeys(name_of(each) for each in elements if isinstance(each, Dialogue))
        self.order = {name: at for at, name in enumerate(cues)}
        self._spaced: dict[str, str] = {}
        self._unspaced: dict[str, str] = {}
        for name in self.order:
            bare = _ENDS.sub("", name)
            known = self._unspaced if _UNSPACED.search(bare) else self._spaced
            for form in (bare, bare.title(), bare.capitalize()):
                known.setdefault(form, name)

    def in_action(self, text: str) -> set[str]:
        """The people that a text of action names."""
        found = set(self._words(text)) if self._spaced else set()
        if self._unspaced and _UNSPACED.search(text):
            found |= {
                self._unspaced[text[at : at + size]]
                for at in range(len(text))
                for size in range(1, LONGEST + 1)
                if text[at : at + size] in self._unspaced
            }
        return found

    def _words(self, text: str) -> Iterator[str]:
        """The names made of words; of several at a place the longest."""
        words = [found.span() for found in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            start = words[at][0]
            taken = 1
            for last in range(min(at + LONGEST, len(words)) - 1, at - 1, -1):
                name = self._spaced.get(text[start : words[last][1]])
                if name:
                    yield name
                    taken = last - at + 1
                    break
            at += taken
