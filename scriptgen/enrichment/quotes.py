"""Where a quote stands in an essay: exactly, else but for typography, else nearly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.enrichment.folding import Folded, fold
from scriptgen.enrichment.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    Range = tuple[int, int]

LEAST_ALIKE = 92
"""How alike, of 100, a quote and the words of the essay must be (``rapidfuzz.fuzz.ratio``)."""

SHORTEST_ALIGNED = 12
LONGEST = 1_000
"""Characters of a quote: the fewest to be found other than exactly, and the most."""

_FAIRLY_ALIKE = 80
_MOST_PLACES = 64
_MOST_COMPARED = 200_000_000_000
"""What all alignments together may cost: the essay's length times the square of the quote's."""

_EDGES = 3
_REACH = 40
_OUTER = " \"'.,;:!?-()"
_STOPS = re.compile(r"\.{3}|(?<=[.!?;,]) |\[\.{3}\]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


@dataclass
class Quotes:
    """The essay's text, ready to be searched."""

    text: str
    _folded: Folded = field(init=False)
    _compared: int = 0

    def __post_init__(self) -> None:
        self._folded = Folded(self.text)

    def places(self, quote: str, *, exactly: bool = False) -> tuple[Range, ...] | Reason:
        """Every range of the essay that ``quote`` quotes, in order, or why there is none.

        Ranges are cut at word borders. ``exactly``: typography alone may differ.
        """
        if len(quote) > LONGEST:
            return Reason.TOO_LONG
        quote = unicodedata.normalize("NFC", quote)
        plain = fold(quote)
        if not any(char.isalnum() for char in plain):
            return Reason.NOT_FOUND
        found = self.exact(quote)
        if found:
            return found
        if exactly:
            return Reason.NOT_FOUND
        if len(plain) < SHORTEST_ALIGNED:
            return Reason.TOO_SHORT
        if self._compared > _MOST_COMPARED:
            return Reason.TOO_MANY
        return self._aligned(plain) or (
            Reason.SPREAD if self._is_spread(plain) else Reason.NOT_FOUND
        )

    def exact(self, words: str, start: int = 0, end: int | None = None) -> tuple[Range, ...]:
        """Where ``words`` stand in ``[start, end)`` of the essay but for typography, in order.

        Marks around the words are heeded where the essay has them too.
        """
        end = len(self.text) if end is None else end
        found = [r for r in _occurrences(self.text, words, start, end) if self._is_whole(r)]
        if found:
            return tuple(found)
        part = end - start < len(self.text)
        folded = Folded(self.text[start:end]) if part else self._folded
        plain = fold(words)
        for form in dict.fromkeys((plain, plain.strip(_OUTER))):
            if not any(char.isalnum() for char in form):
                continue
            ranges = (folded.range_of(*r) for r in _occurrences(folded.plain, form))
            moved = ((first + start, last + start) for first, last in ranges)
            found = [r for r in moved if self._is_whole(r)]
            if found:
                return tuple(found)
        return ()

    def _is_whole(self, found: Range) -> bool:
        return is_border(self.text, found[0]) and is_border(self.text, found[1])

    def _aligned(self, plain: str) -> tuple[Range, ...]:
        """The range most like a folded quote, and a second one that is as like, if there is."""
        text, found = self._folded.plain, []
        for _ in range(2):
            best = self._align(plain, text)
            if best is None:
                break
            found.append(best)
            text = text[: best[0]] + "\0" * (best[1] - best[0]) + text[best[1] :]
        return tuple(sorted(self._folded.range_of(*r) for r in found))

    def _align(self, plain: str, text: str) -> Range | None:
        from rapidfuzz import fuzz

        if len(plain) > len(text):
            return None
        self._compared += len(text) * len(plain) ** 2
        near = fuzz.partial_ratio_alignment(plain, text, score_cutoff=_FAIRLY_ALIKE)
        if near is None:
            return None
        ends = list(_borders_near(text, near.dest_end))
        ranges = [
            (start, end)
            for start in _borders_near(text, near.dest_start)
            for end in ends
            if end - start >= SHORTEST_ALIGNED and "\0" not in text[start:end]
        ]
        trimmed = [without_blanks(text, *r) for r in ranges]
        alike = [(fuzz.ratio(plain, text[start:end]), start, end) for start, end in trimmed]
        score, start, end = max(alike, key=lambda one: one[0], default=(0.0, 0, 0))
        longest = end - start >= SHORTEST_ALIGNED
        return (start, end) if score >= LEAST_ALIKE and longest else None

    def _is_spread(self, plain: str) -> bool:
        """Whether a quote is nowhere whole, and piece by piece somewhere."""
        pieces = [piece.strip(_OUTER) for piece in _STOPS.split(plain) if piece]
        pieces = [piece for piece in pieces if piece]
        return len(pieces) > 1 and all(self.exact(piece) for piece in pieces)


def is_border(text: str, at: int) -> bool:
    """Whether no word, and no letter with its marks, stands across ``at``."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M":
        return False
    spaced = not (_UNSPACED.match(before) or _UNSPACED.match(after))
    return not (spaced and _is_letter(before) and after.isalnum())


def _is_letter(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def _occurrences(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    at = text.find(words, start, end) if words else -1
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at, at + len(words)
        at = text.find(words, at + 1, end)


def _borders_near(text: str, at: int) -> list[int]:
    """The word borders nearest to ``at``."""
    near = range(max(0, at - _REACH), min(len(text), at + _REACH) + 1)
    borders = [i for i in near if is_border(text, i)]
    return sorted(borders, key=lambda i: abs(i - at))[: 2 * _EDGES]


def without_blanks(text: str, start: int, end: int) -> Range:
    """A range without the blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
