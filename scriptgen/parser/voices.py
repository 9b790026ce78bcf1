"""Voices: whose they turn out to be, told behind the words that bring them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.parser.mentions import Mention, MentionIndex
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.turns import Spoken
    from scriptgen.parser.words import Word

_POSSESSIVES = ("\u2019s", "'s")
_SET_OFF = ",.;:—–"
_PRESENTED, _RIGHT_BEHIND, _POINTED = 32, 3, 4
_MOST_SENTENCES = 2


def revealed_owner(doc: Document, index: MentionIndex, start: int, end: int) -> Mention | None:
    """Whose a voice is: an owner set off ("…, Ada's, hoarse") or who appears ("and there is Ada").

    ``[start, end)``: what follows the voice in its sentence.
    """
    for mention in index.within(start, end):
        ending = doc.text[mention.end : mention.end + 2]
        if ending in _POSSESSIVES and doc.text[mention.end + 2 : mention.end + 3] in _SET_OFF:
            return mention
    for word in doc.words_in(start, end):
        if "existentials" in word.kinds:
            return next(iter(index.within(word.end, min(end, word.end + _PRESENTED))), None)
    return None


def bearer_before(doc: Document, index: MentionIndex, thing: Word) -> Mention | None:
    """Who was told to wear or to hold what now speaks for them ("says the apron")."""
    last = doc.word_index(thing.start)
    for at in range(last - 1, max(-1, last - _MOST_WORDS), -1):
        word = doc.words[at]
        if word.folded != thing.folded or doc.is_quoted(word.start):
            continue
        since = doc.sentence_at(word.start).start
        bearer = next((m for m in index.before(word.start, since=since) if m.person), None)
        if bearer is not None or "voices" in thing.kinds:
            return bearer
    return None


_MOST_WORDS = 400


def heed_identity(doc: Document, line: Spoken, index: MentionIndex) -> None:
    """A line of somebody unnamed is theirs whom the words behind it point at ("That is Ada.")."""
    if line.speaker is not None and line.told and line.speaker.named:
        return
    start = line.outer_end
    for _ in range(_MOST_SENTENCES):
        sentence = doc.sentence_at(min(start + 1, len(doc.text) - 1))
        words = doc.words_in(start, min(sentence.end, start + _PRESENTED))
        if not words or words[0].start - start > _RIGHT_BEHIND or not _points(words[0].kinds):
            return
        mention = next(iter(index.within(words[0].end, words[0].end + _POINTED)), None)
        if mention is not None and not mention.pronoun and mention.person is not None:
            line.speaker = mention.person if mention.person.named else line.speaker
            return
        start = sentence.end


def _points(kinds: frozenset[str]) -> bool:
    return "demonstratives" in kinds and "existentials" not in kinds
