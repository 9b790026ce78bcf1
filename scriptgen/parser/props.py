"""Props: things that hands use, and things that return."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.brief import Prop
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Word

_HANDS = frozenset({"contact", "possession", "consumption", "motion", "creation"})
_REACH = 6
_MOST = 14
_RETURNS = 3
_MOST_EVIDENCE = 8


@dataclass(slots=True)
class _Thing:
    name: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    handled: int = 0
    paragraphs: set[int] = field(default_factory=set)


def find_props(reading: Reading, ranges: Sequence[tuple[int, int]]) -> tuple[Prop, ...]:
    """The props in the beats (``ranges``), the most used first; a motif returns again and again."""
    lexicon = reading.pack.lexicon
    if lexicon is None:
        return ()
    things: dict[str, _Thing] = {}
    for start, end in ranges:
        words = reading.doc.words_in(start, end)
        for at, word in enumerate(words):
            if not _is_thing(words, at, reading, lexicon):
                continue
            lemma = lexicon.lemma(word.folded, "noun") or word.folded
            thing = things.setdefault(lemma, _Thing(lemma))
            begin = _with_maker(words, at, reading, lexicon)
            thing.spans.append((begin, word.end))
            thing.paragraphs.add(reading.doc.sentence_at(word.start).paragraph)
            thing.handled += _is_handled(words, at, lexicon, reading.pack)
    kept = [t for t in things.values() if t.handled or len(t.spans) >= _RETURNS]
    kept.sort(key=lambda t: (-(2 * t.handled + len(t.spans)), t.spans[0]))
    return tuple(_as_prop(reading, t) for t in kept[:_MOST])


def _as_prop(reading: Reading, thing: _Thing) -> Prop:
    text = reading.doc.text
    begin, end = max(thing.spans[:4], key=lambda s: s[1] - s[0])
    return Prop(
        name=text[begin:end].lower(),
        motif=len(thing.spans) >= _RETURNS and len(thing.paragraphs) > 1,
        evidence=tuple(Span.cut(text, s, e) for s, e in thing.spans[:_MOST_EVIDENCE]),
    )


def _is_thing(words: Sequence[Word], at: int, reading: Reading, lexicon: Lexicon) -> bool:
    word, pack = words[at], reading.pack
    if word.start in reading.outside or word.capital and at > 0 or lexicon.closed(word.folded):
        return False
    classes = lexicon.nouns(word.folded)
    if not classes & {"artefact", "food", "vehicle"} or classes & {
        "person", "place_in", "place_out", "building", "body", "time", "communication",
        "group", "cognition", "event", "sound", "feeling",
    }:  # fmt: skip
        return False
    if "no_props" in word.kinds or "body_parts" in word.kinds:
        return False
    before = words[at - 1].folded if at else ""
    if lexicon.verbs(word.folded) and not (
        pack.is_word("determiners", before) or lexicon.adjective(before) or lexicon.nouns(before)
    ):
        return False
    return not (at + 1 < len(words) and _only_qualifies(word, words[at + 1], reading, lexicon))


def _only_qualifies(word: Word, following: Word, reading: Reading, lexicon: Lexicon) -> bool:
    gap = reading.doc.text[word.end : following.start]
    return (
        gap in (" ", "-")
        and bool(lexicon.nouns(following.folded) & {"artefact", "food", "vehicle"})
        and not lexicon.closed(following.folded)
        and lexicon.verb_form(following.folded) != "third"
    )


def _with_maker(words: Sequence[Word], at: int, reading: Reading, lexicon: Lexicon) -> int:
    """Where the name begins: one noun or adjective before the thing is part of it."""
    if at == 0:
        return words[at].start
    before = words[at - 1]
    gap = reading.doc.text[before.end : words[at].start]
    fits = (
        gap in (" ", "-")
        and not before.capital
        and not lexicon.closed(before.folded)
        and not before.text.endswith(("’s", "'s"))
        and "prepositions" not in before.kinds
        and bool(
            lexicon.nouns(before.folded) & {"artefact", "substance", "plant", "food", "animal"}
        )
    )
    return before.start if fits else words[at].start


def _is_handled(words: Sequence[Word], at: int, lexicon: Lexicon, pack: LanguagePack) -> bool:
    """Whether a verb of the hands governs the thing."""
    for back in range(1, _REACH):
        if at - back < 0:
            return False
        word = words[at - back]
        form = lexicon.verb_form(word.folded)
        if (
            form in ("third", "past", "both", "ing")
            and lexicon.verbs(word.folded) & _HANDS
            and not pack.is_word("mind_verbs", lexicon.lemma(word.folded, "verb") or "")
        ):
            return True
    return False
