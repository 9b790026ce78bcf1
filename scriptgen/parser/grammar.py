"""The bare grammar of a clause: its verb, what leads it, its subject's head, its complement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.words import FINITE, PAST_PARTICIPLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.words import Word

_LEADS_NOUN = frozenset({"determiners", "prepositions", "possessives"})
_LEADS_ADJECTIVE = frozenset({"determiners", "possessives"})
_LEADS_VERB = frozenset(
    {"pronoun_subjects", "plural_pronouns", "auxiliaries", "modals", "helpers", "first_person",
     "audience_words", "infinitive_marks"}
)  # fmt: skip
_LEADS_FINITE = _LEADS_VERB - {"infinitive_marks"}
_BEHIND_VERB = frozenset(
    {"particles", "prepositions", "determiners", "possessives", "object_pronouns"}
)
_NOT_FINITE = frozenset({"ing", "perfect"})
_FORMED = frozenset({"third", "past", "both", "ing"})


class Clause(NamedTuple):
    """What stands where among the words of a piece; ``-1`` where there is none.

    ``verb``: the verb that tells what happens (behind its auxiliaries); ``finite``: the first
    finite word; ``head``: the head of the first free noun phrase, the subject where ``finite`` is
    set; ``complement``: the first word behind a copula that is not a verb.
    """

    verb: int
    finite: int
    head: int
    complement: int


def read_clause(words: Sequence[Word]) -> Clause:
    """The clause of ``words``."""
    verbal = [at for at, word in enumerate(words) if word.verbal]
    finite = -1
    for at in verbal:
        if is_finite(words, at):
            finite = at
            break
    if finite < 0:
        verb = next((at for at in verbal if _is_participle(words, at)), -1)
        return Clause(verb, -1, _head(words, len(words)), -1)
    first = words[finite]
    verb, complement = _behind(words, finite) if first.auxiliary else (finite, -1)
    return Clause(verb, finite, _head(words, finite + first.owns), complement)


def _is_participle(words: Sequence[Word], at: int) -> bool:
    """Whether a verb is no infinitive, which says what something is for ("a horse to ride")."""
    return is_verb_here(words, at) and not (at and "infinitive_marks" in words[at - 1].kinds)


def _behind(words: Sequence[Word], finite: int) -> tuple[int, int]:
    """The verb behind an auxiliary, or the copula itself with where its complement is."""
    copula = finite if "copulas" in words[finite].kinds else -1
    for at in range(finite + 1, len(words)):
        word = words[at]
        if "copulas" in word.kinds:
            copula = at
        elif word.auxiliary or "auxiliaries" in word.kinds:
            continue
        elif copula >= 0 and word.verbs and (word.form == "ing" or word.form in PAST_PARTICIPLES):
            return at, at if word.adjective and word.form != "ing" else -1
        elif copula < 0 and word.verbs and not word.closed:
            return at, -1
        elif (
            word.adverb
            and not word.adjective
            and not word.nouns
            and "prepositions" not in word.kinds
        ):
            continue
        else:
            break
    else:
        return copula if copula >= 0 else finite, -1
    return (copula, at) if copula >= 0 else (finite, -1)


def _head(words: Sequence[Word], end: int) -> int:
    """The head of the first noun phrase before ``end`` that no preposition governs."""
    governed = False
    at = 0
    while at < end:
        word = words[at]
        if word.pronoun:
            if not governed:
                return at
            governed = False
        elif "prepositions" in word.kinds:
            governed = True
        elif word.nominal:
            last = at
            while last + 1 < end and words[last + 1].nominal and not words[last].owns:
                last += 1
            if words[last].owns:
                at = last + 1
                continue
            if not governed:
                return last
            governed = False
            at = last
        at += 1
    return -1


_NEAR = 6
_ANYBODY = frozenset({"indefinite_articles", "indefinites"})


def is_manner(words: Sequence[Word], at: int) -> bool:
    """Whether the preposition at ``at`` leads to a manner like somebody's ("with the air of a")."""
    for place in range(at + 1, min(len(words) - 1, at + _NEAR)):
        if "noun_links" in words[place].kinds:
            head, behind = words[place - 1], words[place + 1]
            return not head.concrete and bool(behind.kinds & _ANYBODY)
        if words[place].kinds & _STOPS:
            return False
    return False


_STOPS = frozenset({"coordinators", "object_pronouns"})


def is_measured(words: Sequence[Word], at: int) -> bool:
    """Whether the determiner at ``at`` leads to a measure taken of another thing, and no deed.

    "the size of a barn", not "the size of a barn frightens her".
    """
    if at + 3 >= len(words) or "measures" not in words[at + 1].kinds:
        return False
    if "noun_links" not in words[at + 2].kinds or "possessives" in words[at + 3].kinds:
        return False
    return not any(is_finite(words, place) for place in range(at + 3, min(len(words), at + _NEAR)))


def is_quality(word: Word) -> bool:
    """Whether a word is an adjective or adverb and no verb ("clear as a bell")."""
    return (word.adjective or word.adverb) and not (word.closed or word.verbs)


def governed(words: Sequence[Word]) -> int:
    """The head of the noun phrase behind the preposition that opens the words."""
    at = 1
    while at < len(words) and not (words[at].nominal or words[at].pronoun):
        if "prepositions" in words[at].kinds:
            return -1
        at += 1
    while at + 1 < len(words) and words[at + 1].nominal and not words[at].owns:
        at += 1
    return at if at < len(words) else -1


def is_noun_here(words: Sequence[Word], at: int) -> bool:
    """Whether a determiner makes a noun of the word at ``at`` ("the can", not "that can")."""
    before = words[at - 1].kinds if at else frozenset()
    return "determiners" in before and "linkers" not in before


def is_finite(words: Sequence[Word], at: int) -> bool:
    """Whether the word is a finite verb, auxiliary or modal in this place."""
    word = words[at]
    if word.auxiliary:
        return not ("modals" in word.kinds and is_noun_here(words, at))
    if not word.verbs or word.closed or word.form in _NOT_FINITE:
        return False
    before = words[at - 1] if at else None
    if before is not None and "infinitive_marks" in before.kinds:
        return False
    if word.form in FINITE:
        return is_verb_here(words, at)
    if before is None:
        return False
    if _is_plural(before):
        after = words[at + 1] if at + 1 < len(words) else None
        return not word.nouns or (after is not None and not after.kinds.isdisjoint(_BEHIND_VERB))
    if "object_pronouns" in before.kinds:
        return at > 1 and "noun_links" in words[at - 2].kinds
    return not before.kinds.isdisjoint(_LEADS_FINITE)


def _is_plural(word: Word) -> bool:
    return "plural_nouns" in word.kinds or (bool(word.nouns) and word.noun != word.folded)


def is_verb_here(words: Sequence[Word], at: int) -> bool:
    """Whether a word that can be a verb is one in this place."""
    word = words[at]
    if word.sure_verb is not None:
        return word.sure_verb
    if at == 0:
        return word.form in _FORMED and "body_parts" not in word.kinds
    before = words[at - 1]
    if "body_parts" in word.kinds and not (before.capital or "pronoun_subjects" in before.kinds):
        return False
    if before.adjective and at > 1 and not words[at - 2].kinds.isdisjoint(_LEADS_ADJECTIVE):
        return False
    if "infinitive_marks" not in before.kinds and not before.kinds.isdisjoint(_LEADS_NOUN):
        return word.form == "ing" and "determiners" not in before.kinds
    if before.owns or (
        before.adjective and not before.verbs and not before.adverb and not before.nouns
    ):
        return False
    if word.form in _FORMED:
        return not (
            word.adjective
            and word.form in PAST_PARTICIPLES
            and at + 1 < len(words)
            and bool(words[at + 1].nouns)
            and not words[at + 1].closed
        )
    return word.form == "plain" and (
        not before.kinds.isdisjoint(_LEADS_VERB) or ("bare_objects" in before.kinds and at > 1)
    )
