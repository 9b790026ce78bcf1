"""A place in the essay's plain words, where the brief has none by which a scene is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import IntExt, Place
from scriptgen.offline.words import grammar_of, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.language import LanguagePack
    from scriptgen.offline.words import Grammar, Token

AT = frozenset({"in", "on", "at", "inside", "aboard"})
MOST_WORDS = 4
INDOORS = frozenset({"place_in", "building"})
OUTDOORS = frozenset({"place_out"})
CARRIED = frozenset({"vehicle"})
THINGS = frozenset({"artefact"})
NO_PLACES = frozenset({"body", "furniture", "garment", "light", "possession", "shape", "time"})


def place_opened(opening: str, pack: LanguagePack) -> Place | None:
    """The place that the words which open a scene name first: ``on the tram itself``."""
    grammar = grammar_of(pack)
    if grammar is None:
        return None
    words = tokens(opening)
    allowed = INDOORS | OUTDOORS | CARRIED | THINGS
    named = (_place(words[at + 1 :], allowed, grammar, pack) for at in _joints(words))
    return next((place for place in named if place), None)


def place_of_somebody(told: str, pack: LanguagePack) -> Place | None:
    """Where somebody sits, lies or stands: ``lying on her bedroom floor`` gives ``bedroom``."""
    grammar = grammar_of(pack)
    if grammar is None:
        return None
    words = tokens(told)
    for at in _joints(words):
        before = words[at - 1] if at else None
        if before is not None and "posture" in grammar.verbs(before.low):
            place = _place(words[at + 1 :], INDOORS | OUTDOORS | CARRIED, grammar, pack)
            if place is not None:
                return place
    return None


def _joints(words: list[Token]) -> Iterator[int]:
    return (at for at, word in enumerate(words) if word.low in AT)


def _place(
    words: list[Token], allowed: frozenset[str], grammar: Grammar, pack: LanguagePack
) -> Place | None:
    """The place that ``words`` begin with, up to the last of them that is one."""
    if not words or not any(
        pack.is_word(kind, words[0].low) for kind in ("determiners", "possessives")
    ):
        return None
    named: list[Token] = []
    for word in words[1 : MOST_WORDS + 1]:
        if not word.is_word or grammar.closed(word.low):
            break
        named.append(word)
    while named and not _is_place(named[-1].low, allowed, grammar):
        named.pop()
    if not named:
        return None
    classes = grammar.nouns(named[-1].low)
    side = IntExt.INT if classes & INDOORS else IntExt.EXT if classes & OUTDOORS else None
    return Place(id="", name=" ".join(word.text for word in named), int_ext=side)


def _is_place(word: str, allowed: frozenset[str], grammar: Grammar) -> bool:
    classes = grammar.nouns(word)
    return bool(classes & allowed) and not classes & NO_PLACES and not grammar.adjective(word)
