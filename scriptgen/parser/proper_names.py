"""Names of people and places: whether men or women bear them, which are short for which.

They are data, one name a line, tab-separated, sorted, in small letters without accents::

    name <TAB> kinds <TAB> full names that it is short for, parted by blanks

Kinds are letters: ``m``, ``f`` or ``b`` for a given name of men, of women, or of both (and where
nothing is known), ``p`` for the name of a place; "florence" is ``fp``. The English pack's names are
compiled by ``bench/build_names.py``: given names from lists of many countries
(``NAMES-LICENSES.txt`` beside them), cities, countries and rivers from WordNet
(``WORDNET-LICENSE.txt``).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

_GIVEN = ("m", "f", "b")
_PLACE = "p"


class ProperNames:
    """Names; any may be asked for in any case, with accents or without."""

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

    def is_given(self, name: str) -> bool:
        """Whether it is given to people."""
        return self._kinds(name).startswith(_GIVEN)

    def is_place(self, name: str) -> bool:
        """Whether a place is called so."""
        return _PLACE in self._kinds(name)

    def gender(self, name: str) -> str | None:
        """``m`` or ``f``; ``None`` for a name of both, and for an unknown one."""
        first = self._kinds(name)[:1]
        return first if first in ("m", "f") else None

    def full_forms(self, short: str) -> tuple[str, ...]:
        """The names that ``short`` is a short or fond form of, in small letters without accents."""
        _, _, fulls = self._rows.get(_folded(short), "").partition("\t")
        return tuple(fulls.split())

    def is_short_for(self, short: str, full: str) -> bool:
        """Whether ``short`` is a short or fond form of ``full``."""
        return _folded(full) in self.full_forms(short)

    def _kinds(self, name: str) -> str:
        return self._rows.get(_folded(name), "").partition("\t")[0]


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.lower().replace("’", "'"))
    return "".join(c for c in parts if not unicodedata.combining(c))
