"""Whom a clause is about that begins with "who" or "that": told right before it in the essay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.offline.words import tokens

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast
    from scriptgen.offline.words import Grammar, Token

PEOPLE = frozenset({"person", "kin", "role"})
MOST_STRETCHES = 3
MOST_WORDS = 14
FEW_WORDS = 4
MOST_OF_A_NAME = 7
JOINING = frozenset({"and", "but", "then", "now", "so"})
CONJUNCTION = re.compile(r"\s*(?:and|but|then)\b", re.IGNORECASE)
AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had", "does", "do", "did"})
OTHER_CLAUSES = frozenset({"where", "who", "whose", "which", "while", "as", "when", "that"})
ENDS = re.compile(r"[.!?…\n\"“”«»]")
STRETCH = re.compile(r"[^,;:—–()]+")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A character's id, or the essay's words for somebody who is none; or neither."""

    person: str | None = None
    words: str | None = None


def somebody_before(
    before: str, grammar: Grammar, pack: LanguagePack, cast: Cast, offset: int
) -> Somebody:
    """Whom the words nearest to the end of ``before`` mean; whoever made the film is nobody.

    ``One is a woman in a raincoat, an affectation, `` means ``a woman in a raincoat``.
    ``offset``: where ``before`` begins in the essay.
    """
    trimmed = before.rstrip(" ,;:—–(")
    start = max((end.end() for end in ENDS.finditer(trimmed)), default=0)
    stretches = list(STRETCH.finditer(trimmed, start))[::-1][:MOST_STRETCHES]
    for number, found in enumerate(stretches):
        stretch = found.group().rstrip()
        person = cast.last(stretch, offset + found.start() + len(stretch))
        if person:
            return Somebody(person=person)
        words = _phrase(stretch.strip(), grammar, pack, near=number == 0)
        if words:
            crew = pack.has("draft_crew", words)
            return Somebody(words=None if crew else words)
    return Somebody()


def opening_of(before: str) -> tuple[str, int] | None:
    """The few words up to the first mark of the sentence that ``before`` breaks off, and where.

    ``None`` where it has no mark, or more words than a name has.
    """
    start = max((end.end() for end in ENDS.finditer(before.rstrip())), default=0)
    found = STRETCH.search(before, start)
    if found is None or found.end() == len(before):
        return None
    words = found.group().strip()
    if not words or len(words.split()) > FEW_WORDS:
        return None
    return words, found.start() + found.group().index(words)


def subject_apart(before: str, grammar: Grammar, pack: LanguagePack) -> tuple[str, int] | None:
    """What a clause is about that ``before`` breaks off behind an aside, and where that begins.

    ``Behind her the machine, for no reason, `` gives ``the machine``; ``None`` where the stretch
    that opens the clause is more than words for somebody or something.
    """
    trimmed = before.rstrip()
    start = max((end.end() for end in ENDS.finditer(trimmed)), default=0)
    stretches = list(STRETCH.finditer(trimmed, start))[-MOST_STRETCHES:]
    for found in stretches[::-1]:
        stretch = found.group()
        opens = found.start() == start or trimmed[found.start() - 1] == ";"
        if not (opens or CONJUNCTION.match(stretch)):
            continue
        words = _noun_phrase(stretch, grammar, pack)
        if words is None or found.end() == len(before):
            return None
        return words, found.start() + stretch.rindex(words)
    return None


def _noun_phrase(stretch: str, grammar: Grammar, pack: LanguagePack) -> str | None:
    """The words for one thing that a stretch ends with, where nothing but a place is before."""
    words = [word for word in tokens(stretch) if word.is_word]
    if any(_is_verb(word.low, grammar) or word.low in AUXILIARIES for word in words):
        return None
    if _verb_of_somebody(words, grammar) or any(pack.is_word("show_nouns", w.low) for w in words):
        return None
    heads = [
        at
        for at, word in enumerate(words[:-1])
        if pack.is_word("determiners", word.low)
        and not pack.is_word("determiners", words[at + 1].low)
        and (at == 0 or not pack.is_word("prepositions", words[at - 1].low))
    ]
    if not heads or len(words) - heads[-1] > MOST_OF_A_NAME:
        return None
    led = words[: heads[-1]]
    while led and led[0].low in JOINING:
        led = led[1:]
    opens = not led or pack.is_word("prepositions", led[0].low)
    return stretch[words[heads[-1]].start :].rstrip() if opens else None


def _verb_of_somebody(words: list[Token], grammar: Grammar) -> Token | None:
    """The first verb right behind a word for a person, though it may be a noun, too."""
    return next(
        (
            word
            for before, word in pairwise(words)
            if grammar.verb_form(word.low) in ("third", "past", "both")
            and not PEOPLE.isdisjoint(grammar.nouns(before.low))
        ),
        None,
    )


def subject_of(before: str, grammar: Grammar, pack: LanguagePack) -> str | None:
    """The person that the sentence which ``before`` breaks off begins with, up to its verb.

    ``An old man sits on it, `` gives ``An old man``; ``None`` where it begins otherwise.
    """
    sentence = ENDS.split(before.rstrip())[-1].lstrip()
    words = [word for word in tokens(sentence) if word.is_word][:MOST_WORDS]
    if not words or not pack.is_word("determiners", words[0].low):
        return None
    verb = _verb_of_somebody(words, grammar)
    if verb is None:
        return None
    subject = sentence[: verb.start].rstrip()
    head = [word for word in tokens(subject) if word.is_word]
    last = head[-1].low if len(head) > 1 else ""
    if "," in subject or PEOPLE.isdisjoint(grammar.nouns(last)):
        return None
    after = {word.low for word in tokens(sentence[verb.end :]) if word.is_word}
    others = any(not PEOPLE.isdisjoint(grammar.nouns(word)) for word in after)
    crew = pack.has("draft_crew", subject)
    return None if crew or others or after & OTHER_CLAUSES else subject


def thing_before(before: str, grammar: Grammar, pack: LanguagePack) -> str | None:
    """The few words for a thing that ``before`` ends with: ``the fall`` that somebody had."""
    if not before[-1:].isspace() or before.rstrip()[-1:] in ",;:—–.!?)":
        return None
    stretch: str = STRETCH.findall(ENDS.split(before)[-1])[-1]
    words = [word for word in tokens(stretch) if word.is_word][-FEW_WORDS:]
    for at, word in enumerate(words[:-1]):
        rest = words[at + 1 :]
        if pack.is_word("determiners", word.low) and not any(
            grammar.closed(each.low) or _is_verb(each.low, grammar) for each in rest
        ):
            return stretch[word.start :].strip()
    return None


def _phrase(stretch: str, grammar: Grammar, pack: LanguagePack, *, near: bool) -> str | None:
    words = [word for word in tokens(stretch) if word.is_word]
    for at, word in enumerate(words):
        rest = words[at + 1 :]
        if not rest or not pack.is_word("determiners", word.low) or len(rest) > MOST_WORDS:
            continue
        if any(_is_verb(each.low, grammar) for each in rest):
            continue
        head = rest[0]
        for each in rest:
            if pack.is_word("prepositions", each.low) or each.low == "and":
                break
            head = each
        known = grammar.nouns(head.low)
        unknown = near and not known and len(rest) <= FEW_WORDS and not grammar.closed(head.low)
        if unknown or not PEOPLE.isdisjoint(known):
            return stretch[word.start :]
    return None


def _is_verb(word: str, grammar: Grammar) -> bool:
    return grammar.verb_form(word) in ("third", "past") and not grammar.nouns(word)
