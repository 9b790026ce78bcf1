"""Given names: whether men or women bear them, and which are short for which.

They are data, one name a line, tab-separated, sorted, in small letters without accents::

    name <TAB> m | f | b <TAB> full names that it is short for, parted by blanks

``b`` is a name of both, or one of which nothing is known. The English pack's names are compiled
from lists of many countries by ``bench/build_names.py`` (``NAMES-LICENSES.txt`` beside them).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_BOTH = "b"


class GivenNames:
    """Given names; any may be asked for in any case, with accents or without."""

    def __init__(self, rows: dict[str, str]) -> None:
        self._rows = rows

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Self:
        """The names of ``lines`` in the form the module describes."""
        rows = {}
        for line in lines:
            name, _, rest = line.partition("\t")
            rows[name] = rest
        return cls(rows)

    def knows(self, name: str) -> bool:
        """Whether people bear the name."""
        return _folded(name) in self._rows

    def gender(self, name: str) -> str | None:
        """``m`` or ``f``; ``None`` for a name of both, and for an unknown one."""
        told = self._rows.get(_folded(name), _OF_BOTH)[0]
        return None if told == _OF_BOTH else told

    def full_forms(self, short: str) -> tuple[str, ...]:
        """The names that ``short`` is a short or fond form of, in small letters without accents."""
        _, _, fulls = self._rows.get(_folded(short), "").partition("\t")
        return tuple(fulls.split())

    def is_short_for(self, short: str, full: str) -> bool:
        """Whether ``short`` is a short or fond form of ``full``."""
        return _folded(full) in self.full_forms(short)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.lower().replace("’", "'"))
    return "".join(c for c in parts if not unicodedata.combining(c))
