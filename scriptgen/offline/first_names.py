"""Somebody's name for the first he or she of a scene, where nobody is named before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scriptgen.offline.words import capitalised, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.brief import Beat
    from scriptgen.offline.paragraphs import Shown
    from scriptgen.offline.prose import Prose
    from scriptgen.offline.words import Token

PEOPLE = frozenset({"person", "kin", "role"})
PRONOUNS = frozenset({"he", "she", "him", "his", "her"})
OBJECTS = frozenset({"him", "his", "her"})
OTHERS = frozenset({"they", "their", "them", "we", "i", "you"})


def first_named(
    run: list[Shown], beats: Mapping[str, Beat], prose: Prose
) -> tuple[list[Shown], bool]:
    """``run``, which follows a heading, with a name for its first pronoun; whether it has one.

    Only where the brief leaves no choice: of those in the beat one alone is not named in the
    sentence and can be meant by the pronoun. In a language without a pack ``run`` stays.
    """
    if prose.grammar is None:
        return run, False
    for at, shown in enumerate(run):
        sentence = shown.sentence
        if sentence.subject and (sentence.pronoun or sentence.given):
            return run, True
        words = [word for word in tokens(sentence.text) if word.is_word]
        first = next(
            (word for at, word in enumerate(words) if _tells_of_somebody(words, at, prose)), None
        )
        if first is None:
            continue
        named = _named(shown, first, beats, prose) if first.low in PRONOUNS else None
        return (run if named is None else [*run[:at], named, *run[at + 1 :]]), True
    return run, False


def _tells_of_somebody(words: list[Token], at: int, prose: Prose) -> bool:
    """Whether it is a pronoun, a word for somebody (``the little one``), or written as names are.

    ``at``: which of the words of a sentence.
    """
    word = words[at]
    low = word.low.partition("'")[0]
    if low in PRONOUNS or low in OTHERS or prose.cast.is_name(word.text):
        return True
    if at and (word.text[0].isupper() or (low == "one" and not _leads(words[at - 1], prose))):
        return True
    return prose.grammar is not None and not PEOPLE.isdisjoint(prose.grammar.nouns(word.low))


def _leads(word: Token, prose: Prose) -> bool:
    return prose.pack.is_word("prepositions", word.low)


def _named(shown: Shown, pronoun: Token, beats: Mapping[str, Beat], prose: Prose) -> Shown | None:
    """With the name of the one whom the pronoun can mean; ``None`` where several or none can."""
    cast, text = prose.cast, shown.sentence.text
    beat = beats.get(shown.beats[0])
    people = dict.fromkeys((beat.subject or "", *beat.characters) if beat else ())
    meant = [
        person
        for person in people
        if cast.has_name(person)
        and not cast.is_in(person, text)
        and cast.can_be(person, pronoun.low)
    ]
    name = cast.named(meant[0]) if len(meant) == 1 else None
    if name is None or (pronoun.low in OBJECTS and meant[0] not in cast.met):
        return None
    owner = _owner_mark(text, pronoun, prose)
    if owner is None:
        return None
    told = f"{text[: pronoun.start]}{name}{owner}{text[pronoun.end :]}"
    sentence = replace(shown.sentence, text=capitalised(told), subject=meant[0], pronoun=False)
    return replace(shown, sentence=sentence)


def _owner_mark(text: str, pronoun: Token, prose: Prose) -> str | None:
    """The mark of an owner for ``his hat`` and ``on her hat``, none for ``him`` and ``to her``.

    ``None`` where neither is sure: ``His Majesty``, ``hits her hard``.
    """
    following = next(iter(tokens(text[pronoun.end :])), None)
    if pronoun.low not in OBJECTS or following is None or not following.is_word:
        return None if pronoun.low == "his" else ""
    if following.text[0].isupper() or prose.grammar is None:
        return None
    if pronoun.low == "her":
        if prose.grammar.closed(following.low):
            return ""
        before = next(reversed(tokens(text[: pronoun.start])), None)
        led = before is not None and prose.pack.is_word("prepositions", before.low)
        return "’s" if led and prose.grammar.nouns(following.low) else None
    return "’s" if pronoun.low == "his" else ""
