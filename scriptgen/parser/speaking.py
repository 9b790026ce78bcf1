"""Noun phrases that speak: whoever stands beside a verb of speech beside a quote is somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.words import PERSON_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

_REACH = 70
_MOST_MODIFIERS = 4
_OFTEN = 2


def speaking_heads(doc: Document, pack: LanguagePack) -> dict[int, str]:
    """The nouns that say a line, by where they begin ("…,” says the dresser").

    A voice is somebody only where it speaks again and again ("the voice").
    """
    found: dict[int, str] = {}
    voices: list[Word] = []
    for mark in doc.marks:
        start = mark.outer_end
        for phrase in _phrases(doc.words_in(start, start + _REACH), doc, start):
            head = phrase[-1]
            if "voices" in head.kinds:
                voices += [head] if "indefinite_articles" not in phrase[0].kinds else []
            elif head.nouns & PERSON_CLASSES or _is_agent(head, pack):
                found[head.start] = head.folded
    if len(voices) >= _OFTEN:
        found |= {voice.start: voice.folded for voice in voices}
    return found


def _is_agent(word: Word, pack: LanguagePack) -> bool:
    """Whether a noun is made of a verb, for who does it ("dresser")."""
    if pack.lexicon is None or not word.nouns or word.noun != word.folded:
        return False
    endings = pack.words.get("agent_endings", frozenset())
    return any(
        word.folded.endswith(ending) and pack.lexicon.verbs(word.folded.removesuffix(ending))
        for ending in endings
    )


def _phrases(words: Sequence[Word], doc: Document, start: int) -> Iterator[Sequence[Word]]:
    if not words or doc.text[start : words[0].start].strip(" *_"):
        return
    if "speech_verbs" in words[0].verb_kinds and words[0].form != "plain":
        phrase = noun_phrase(words[1:], doc)
        if phrase:
            yield phrase
        return
    phrase = noun_phrase(words, doc)
    behind = words[len(phrase) :]
    if phrase and behind and "speech_verbs" in behind[0].verb_kinds and behind[0].form != "plain":
        yield phrase


def noun_phrase(words: Sequence[Word], doc: Document) -> Sequence[Word]:
    """The words of a phrase such as "the old dresser" at the beginning of ``words``."""
    if not words or "determiners" not in words[0].kinds or words[0].capital:
        return ()
    last = 0
    for at in range(1, min(len(words), _MOST_MODIFIERS + 2)):
        word = words[at]
        if doc.text[words[at - 1].end : word.start] not in (" ", "-", ", "):
            break
        if word.closed or word.capital or word.owns or word.kinds & _ENDS:
            break
        if last and (not word.nouns or word.form in ("third", "past", "both")):
            break
        if word.nouns:
            last = at
        elif not (word.adjective or word.form in ("past", "perfect", "ing", "both")):
            break
    return words[: last + 1] if last else ()


_ENDS = frozenset({"prepositions", "conjunctions", "copulas", "determiners", "relatives"})
