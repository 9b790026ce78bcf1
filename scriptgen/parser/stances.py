"""How a piece of a sentence is meant: of anybody, of what was, of what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.grammar import Clause
    from scriptgen.parser.words import Word

_ONE = frozenset({"anybody", "numerals"})
_MEANT = frozenset({"determiners", "negations", "generals"})


def find_stance(words: Sequence[Word], clause: Clause, found: set[str]) -> None:
    """Add the signs of how a piece is meant to those ``found``.

    ``subject:anybody``: "one" does it, who stands for the audience; ``denied``: its verb is
    negated; ``tense:habit``: it is so at all times; ``tense:before``: it was so before what is
    told; ``generic``: one thing is said to be another ("a doll is a cushion").
    """
    if "has:numerals" in found and any(_is_anybody(words, at) for at in range(len(words) - 1)):
        found -= {"has:numerals", "subject:none"}
        found |= {"subject:anybody", "has:audience_words"}
    if clause.finite < 0:
        if any(word.form == "ing" and "helpers" in word.kinds for word in words[:2]):
            found.add("tense:before")
        return
    for word in words[max(0, clause.finite - 1) : clause.verb + 1]:
        if word.adverb and _is_general(word):
            found.add("tense:habit")
    finite, *behind = words[clause.finite : clause.finite + 2]
    if finite.auxiliary and any("negations" in word.kinds for word in (finite, *behind)):
        found.add("denied")
    if "helpers" in finite.kinds and clause.verb >= 0 and finite.form in ("past", "both"):
        found.add("tense:before")
    if "verb:copula" in found and clause.head > 0 and "indefinite_articles" in words[0].kinds:
        found.add("generic")


def _is_general(word: Word) -> bool:
    """Whether an adverb says how often something is so ("never", "always")."""
    return "generals" in word.kinds and "determiners" not in word.kinds


def _is_anybody(words: Sequence[Word], at: int) -> bool:
    """Whether a "one" does what a verb in the singular says, and is nobody ("the older one")."""
    if not words[at].kinds >= _ONE:
        return False
    if at and (words[at - 1].adjective or not words[at - 1].kinds.isdisjoint(_MEANT)):
        return False
    after = words[at + 1]
    return after.form == "third" or after.auxiliary
