"""What words of a text are compared: its telling words, and verbs with what goes with them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.wording import base, terms, words

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack


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
