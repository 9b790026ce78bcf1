"""What of a text is compared: its telling words, verbs with what goes with them, its wording."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.wording import base, runs, terms, words

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack


class Wording(NamedTuple):
    """A text as it is put.

    ``runs``: each two of its words in a row, or its only word; ``forms``: its words of no closed
    class as they stand.
    """

    runs: frozenset[tuple[str, ...]]
    forms: frozenset[str]


def wording(text: str, pack: LanguagePack) -> Wording:
    """How ``text`` is put; in a language without a lexicon all words are forms."""
    said = words(text)
    lexicon = pack.lexicon
    return Wording(
        frozenset(runs(said, min(2, len(said)))) if said else frozenset(),
        frozenset(word for word in said if lexicon is None or not lexicon.closed(word)),
    )


def telling(text: str, pack: LanguagePack) -> frozenset[str]:
    """The `terms` of ``text``, and each verb before a particle as one word more (``look up``).

    Which way somebody looks is often all that tells one look from the next.
    """
    return frozenset((*terms(text, pack), *_pairs(text, pack)))


def _pairs(text: str, pack: LanguagePack) -> list[str]:
    lexicon = pack.lexicon
    if lexicon is None:
        return []
    return [
        f"{base(word, lexicon)} {after}"
        for word, after in pairwise(words(text))
        if pack.is_word("particles", after) and not lexicon.closed(word) and lexicon.verbs(word)
    ]
