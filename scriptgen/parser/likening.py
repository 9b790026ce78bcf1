"""Comparisons: pieces of a sentence that say what something is like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.grammar import is_finite, is_manner, is_measured, is_quality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scriptgen.parser.clauses import Joined
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.words import Word

_MEASURED = 3
_GOES_ON = frozenset({"relatives", "linkers", "reasons", "whenever"})


def is_likened(
    reading: Reading, words: Sequence[Word], piece: Joined, before: AbstractSet[str]
) -> bool:
    """Whether a piece is a comparison ("like a", "as if", "the way a") or goes on with one."""
    if not words[0].signs.likens and "likened" not in before:
        return False
    first = words[0].kinds
    if "comparers" in first:
        return True
    if piece.joint == " " and "likened" in before and not first.isdisjoint(_GOES_ON):
        return True
    if "accompanied" in first and is_manner(words, 0):
        return True
    second = words[1].kinds if len(words) > 1 else frozenset()
    if "likenesses" in first:
        if piece.joint == " " and "indefinite_articles" in second:
            at = reading.doc.word_index(words[0].start)
            *measured, quality = reading.doc.words[max(0, at - _MEASURED) : at]
            alone = not any(is_finite(words, place) for place in range(2, len(words)))
            if is_quality(quality) or (quality.adjective and alone):
                return True
            if any("likenesses" in word.kinds for word in measured):
                return True
        if second & {"reasons", "anybody"}:
            return True
        return "indefinite_articles" in second and any("modals" in w.kinds for w in words[2:])
    return "determiners" in first and ("manners" in second or is_measured(words, 0))
