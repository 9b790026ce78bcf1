r"""How like the words of a language are to each other.

It is data, one word a line, sorted, in base forms (`scriptgen.wording.terms`)::

    word <TAB> like word, its digit, like word, its digit ...

parted by blanks: ``glance<TAB>look8 peek7``. The digit ``d`` says a likeness of ``d / 10``. A pair
stands once, with the word that sorts first. The English one is made by
``bench/build_likeness.py`` from word vectors and from WordNet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STEP = 10


class Likeness:
    """Pairs of words that are like each other; see the module for the data."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows = rows
        self._read: dict[str, dict[str, float]] = {}

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Self:
        """The likeness of ``lines`` in the form the module describes."""
        rows = {}
        for line in lines:
            word, _, row = line.partition("\t")
            rows[word] = row
        return cls(rows)

    def after(self, word: str) -> Mapping[str, float]:
        """The words like ``word`` that sort behind it, each with its likeness, in (0, 1)."""
        found = self._read.get(word)
        if found is None:
            row = self._rows.get(word, "")
            found = {like[:-1]: int(like[-1]) / _STEP for like in row.split()}
            self._read[word] = found
        return found
