"""Endings: where the words of a beat end, without what led to a clause that is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.grammar import is_verb_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

MARKS = " \t,;:—–-…"
"""What parts clauses, and neither begins nor ends a beat."""


def end_of_film(doc: Document, start: int, last: int, end: int) -> int:
    """Where ``[start, end)`` of the essay ends as a beat; its last piece begins at ``last``."""
    return _without_and(doc, start, _without_lead(doc, last, end))


def _without_lead(doc: Document, start: int, end: int) -> int:
    """Where a piece ends without what led to a clause that is cut off right behind it.

    "a cap squashed like a pie" leaves "a cap", "with a look that says it all" nothing.
    """
    words = doc.words_in(start, end)
    at = doc.word_index(end)
    if len(words) < _LEADING or words[-1].end != end or at >= len(doc.words):
        return end
    after = doc.words[at]
    if doc.text[end : after.start] != " ":
        return end
    before, final = words[-2:]
    if "likenesses" in after.kinds and "likenesses" in before.kinds:
        return words[-3].end
    if "degrees" in final.kinds and not is_verb_here(words, len(words) - 2):
        return before.end
    if "comparers" in after.kinds and final.form == "both" and before.nouns:
        return before.end if _has_verb(words[:-1]) else end
    if "linkers" in after.kinds or "relatives" in after.kinds:
        return _without_vague(words)
    return end


_LEADING = 4


def _has_verb(words: Sequence[Word]) -> bool:
    return any(is_verb_here(words, at) for at in range(len(words)))


def _without_vague(words: Sequence[Word]) -> int:
    """Where words end without a preposition and the abstract noun behind it."""
    final = words[-1]
    if final.concrete or not (final.nouns or "indefinites" in final.kinds):
        return final.end
    at = len(words) - 2
    if "determiners" in words[at].kinds:
        at -= 1
    if at < 1 or "accompanied" not in words[at].kinds:
        return final.end
    return words[at - 1].end


def _without_and(doc: Document, start: int, end: int) -> int:
    """Where the words end without punctuation and an "and" that led to a remark."""
    while end > start:
        while end > start and doc.text[end - 1] in MARKS + "(":
            end -= 1
        last = doc.words_in(start, end)[-1:]
        if not last or last[0].end != end or "coordinators" not in last[0].kinds:
            break
        end = last[0].start
    return end
