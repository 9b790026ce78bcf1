"""How a line is said, as the essay tells beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.parser.tags import TAG_REACH, clause_end

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.apart import Apart
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.tags import Tag
    from scriptgen.parser.words import Word

_BESIDE = 14


def find_delivery(
    doc: Document, pack: LanguagePack, tag: Tag, apart: Apart
) -> tuple[int, int] | None:
    """How a line is said: a voice, a way it comes, a word beside the verb, or the verb itself."""
    for pattern in pack.patterns.get("voice", ()):
        match = pattern.search(apart.lead)
        if match:
            return apart.lead_start + match.start("how"), apart.lead_start + match.end("how")
        match = pattern.search(doc.text, tag.start, tag.end + TAG_REACH)
        if match:
            return match.span("how")
    end = clause_end(doc, tag.end - 1, min(tag.end + TAG_REACH, len(doc.text)))
    for pattern in pack.patterns.get("delivered", ()):
        match = pattern.search(doc.text, tag.end, end)
        if match and not doc.is_quoted(match.start()):
            return match.span()
    near = doc.words_in(max(0, tag.start - _BESIDE), tag.end + _BESIDE)
    for at, word in enumerate(near):
        if not _is_manner(doc, word) or doc.is_quoted(word.start):
            continue
        if not any("negations" in w.kinds for w in near[max(0, at - 2) : at - 1]):
            return word.start, word.end
    verb = tag.verb
    if (
        verb is not None
        and not tag.voiceless
        and "speech_verbs" in verb.verb_kinds
        and "plain_speech_verbs" not in verb.verb_kinds
        and not verb.nouns & _NO_VERBS
    ):
        return verb.start, verb.end
    return None


_NO_VERBS = frozenset({"body"})


def _is_manner(doc: Document, word: Word) -> bool:
    """Whether a word says how: one of the list that qualifies no noun, or an adverb of manner."""
    if "delivery_words" not in word.kinds:
        return word.adverb and "manner_adverbs" in word.kinds
    behind = doc.word_index(word.end)
    following = doc.words[behind] if behind < len(doc.words) else None
    beside = following is not None and doc.text[word.end : following.start] == " "
    return not (beside and following is not None and following.nouns and word.adjective)
