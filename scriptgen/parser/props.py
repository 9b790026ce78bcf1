"""Props: things that hands use, and things that return."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.brief import Prop
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.reading import Reading
    from scriptgen.parser.words import Word

_HANDS = frozenset({"contact", "possession", "consumption", "motion", "creation"})
_REACH = 6
_MOST = 14
_RETURNS = 3
_MOST_EVIDENCE = 4


@dataclass(slots=True)
class _Thing:
    spans: list[tuple[int, int]] = field(default_factory=list)
    handled: int = 0
    paragraphs: set[int] = field(default_factory=set)


def find_props(reading: Reading, ranges: Sequence[tuple[int, int]]) -> tuple[Prop, ...]:
    """The props in the beats (``ranges``), the most used first; a motif returns again and again."""
    if reading.pack.lexicon is None:
        return ()
    things: dict[str, _Thing] = {}
    for start, end in ranges:
        words = reading.doc.words_in(start, end)
        for at, word in enumerate(words):
            if not _is_thing(words, at, reading):
                continue
            thing = things.setdefault(word.noun, _Thing())
            begin = _with_maker(words, at, reading)
            thing.spans.append((begin, word.end))
            thing.paragraphs.add(reading.doc.sentence_at(word.start).paragraph)
            thing.handled += _is_handled(words, at)
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


def _is_thing(words: Sequence[Word], at: int, reading: Reading) -> bool:
    word = words[at]
    if not word.nouns & _THINGS or word.nouns & _NO_THING or word.kinds & _BAR_PROP or word.closed:
        return False
    if (word.capital and at > 0) or word.start in reading.outside:
        return False
    before = words[at - 1] if at else None
    if word.verbs and not (before and _makes_noun(before)):
        return False
    return not (at + 1 < len(words) and _only_qualifies(word, words[at + 1], reading))


_THINGS = frozenset({"artefact", "food", "vehicle"})
_NO_THING = frozenset(
    {"person", "place_in", "place_out", "building", "body", "time", "communication",
     "group", "cognition", "event", "sound", "feeling"}
)  # fmt: skip
_BAR_PROP = frozenset({"no_props", "body_parts"})
_MATERIALS = frozenset({"artefact", "substance", "plant", "food", "animal"})
_DEEDS = ("third", "past", "both", "ing")


def _makes_noun(before: Word) -> bool:
    """Whether what can be a verb is a noun behind this word."""
    return "determiners" in before.kinds or before.adjective or bool(before.nouns)


def _only_qualifies(word: Word, following: Word, reading: Reading) -> bool:
    return (
        bool(following.nouns & _THINGS)
        and not following.closed
        and following.form != "third"
        and reading.doc.text[word.end : following.start] in (" ", "-")
    )


def _with_maker(words: Sequence[Word], at: int, reading: Reading) -> int:
    """Where the name begins: one noun or adjective before the thing is part of it."""
    start = words[at].start
    if at == 0:
        return start
    before = words[at - 1]
    fits = (
        bool(before.nouns & _MATERIALS)
        and not before.capital
        and not before.closed
        and not before.owns
        and "prepositions" not in before.kinds
        and reading.doc.text[before.end : start] in (" ", "-")
    )
    return before.start if fits else start


def _is_handled(words: Sequence[Word], at: int) -> bool:
    """Whether a verb of the hands governs the thing."""
    return any(
        word.form in _DEEDS and bool(word.verbs & _HANDS) and "mind_verbs" not in word.verb_kinds
        for word in words[max(0, at - _REACH + 1) : at]
    )
