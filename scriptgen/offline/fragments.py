"""Pieces of a sentence that tell where or how somebody is, with a deed behind them or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.offline.subjects import is_finite, predicate
from scriptgen.offline.tense import has_main_verb
from scriptgen.offline.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.language import LanguagePack
    from scriptgen.offline.words import Grammar

FEWEST = 2
"""Words that tell how somebody is."""
MOST = 5
"""Words of a fragment that tells of a place alone."""


def led_by_deed(text: str, grammar: Grammar, pack: LanguagePack) -> str:
    """``text`` without what somebody left out is like: ``tall and hoarse, holds up a lamp``."""
    opening, comma, deed = text.partition(", ")
    words = [word for word in tokens(opening) if word.is_word and word.low != "and"]
    alike = all(grammar.adjective(word.low) or "-" in word.low for word in words)
    return deed if comma and alike and predicate(deed, grammar, pack) else text


def led_by_where(
    text: str, grammar: Grammar, pack: LanguagePack, is_name: Callable[[str], bool]
) -> bool:
    """Whether it is a place or a posture and then a deed: ``on deck, holds up a hand``."""
    opening, comma, deed = text.partition(", ")
    words = [word.low for word in tokens(opening) if word.is_word]
    if not comma or not words or not is_finite(deed, grammar, pack):
        return False
    form = grammar.verb_form(words[0])
    led = pack.is_word("prepositions", words[0]) or form in ("both", "perfect", "ing")
    return led and not has_main_verb(opening, grammar, is_name)


def tells_how(
    text: str, grammar: Grammar, pack: LanguagePack, is_name: Callable[[str], bool]
) -> bool:
    """Whether a remnant tells how somebody is: ``still busy with the kettle``."""
    words = [word.low for word in tokens(text)]
    while words and grammar.adverb(words[0]) and not grammar.adjective(words[0]):
        words = words[1:]
    if len(words) < FEWEST or ", " in text:
        return False
    if not grammar.adjective(words[0]) or grammar.closed(words[0]):
        return False
    return pack.is_word("prepositions", words[1]) and not (
        grammar.nouns(words[0]) or has_main_verb(text, grammar, is_name)
    )


def is_where(text: str, pack: LanguagePack) -> bool:
    """Whether a fragment is a place alone, in few words: ``at the far window``."""
    words = [word.low for word in tokens(text) if word.is_word]
    return (
        FEWEST <= len(words) <= MOST
        and "," not in text
        and words[0] != "with"
        and pack.is_word("prepositions", words[0])
    )


def hangs_in_the_air(text: str, grammar: Grammar, pack: LanguagePack) -> bool:
    """Whether a fragment is but a few words of where or how: ``in her world``."""
    words = [word.low for word in tokens(text) if word.is_word]
    where = words[0] != "to" and pack.is_word("prepositions", words[0])
    told = any(grammar.verb_form(word) == "third" for word in words)
    return where and (len(words) <= MOST or ("voice" in words and not told))
