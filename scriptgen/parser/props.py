"""Props: things that are shown, first those that hands use and that return."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.brief import Prop
from scriptgen.parser.things import Use, find_things
from scriptgen.parser.typography import cover
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.brief import Title
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.things import Thing

_MOST = 40
_RETURNS = 3
_MOST_EVIDENCE = 4
_LEAST = 1
_LEAST_UNSURE = 2


def find_props(
    reading: Reading, ranges: Sequence[tuple[int, int]], title: Title | None
) -> tuple[Prop, ...]:
    """The props in the beats (``ranges``) and speech tags, the most used first."""
    if reading.pack.lexicon is None:
        return ()
    tags = [line.tag for line in reading.lines if line.tag]
    shown = cover(reading.doc.text, [*ranges, *tags])
    things: dict[str, list[Thing]] = {}
    for sentence in reading.doc.sentences:
        for thing in find_things(reading.doc, sentence.start, sentence.end):
            if thing.start not in reading.outside and not _is_none(reading, thing):
                things.setdefault(thing.noun, []).append(thing)
    named = {w.casefold() for w in title.text.split()} if title else set()
    ranked = sorted(
        (-_worth(reading, uses, in_title=noun in named), uses[0].start, noun)
        for noun, uses in things.items()
        if _is_shown(uses, shown, in_title=noun in named)
    )
    return tuple(
        _as_prop(reading, things[noun])
        for worth, _, noun in ranked[:_MOST]
        if -worth >= (_LEAST if things[noun][0].sure else _LEAST_UNSURE)
    )


_BARRED = frozenset({"no_props", "film_words", "show_nouns"})


def _is_none(reading: Reading, thing: Thing) -> bool:
    """Whether it is a tool of the makers' craft, or one of the cast."""
    if reading.pack.kinds(thing.noun) & _BARRED:
        return True
    return any(m.person is not None for m in reading.index.within(thing.end - 1, thing.end))


def _is_shown(uses: Sequence[Thing], shown: bytearray, *, in_title: bool) -> bool:
    """Whether a thing stands in a beat, or is named again where it is handled or surely a thing."""
    if any(shown[thing.start] for thing in uses):
        return True
    again = len(uses) > 1 or in_title
    return again and any(thing.sure or thing.use is Use.HANDLED for thing in uses)


def _worth(reading: Reading, uses: Sequence[Thing], *, in_title: bool) -> int:
    """How much the essay makes of a thing: what is done with it, and how often it returns."""
    paragraphs = {reading.doc.sentence_at(thing.start).paragraph for thing in uses}
    return sum(thing.use for thing in uses) + len(paragraphs) - 1 + 2 * in_title


def _as_prop(reading: Reading, uses: Sequence[Thing]) -> Prop:
    doc = reading.doc
    names = Counter(doc.text[thing.start : thing.end].lower() for thing in uses)
    taken = {doc.text[t.start : t.end].lower() for t in uses if t.use is Use.HANDLED}
    paragraphs = {doc.sentence_at(thing.start).paragraph for thing in uses}
    return Prop(
        name=max(names, key=lambda name: (len(name.split()), name in taken, names[name])),
        motif=len(uses) >= _RETURNS and len(paragraphs) > 1,
        evidence=tuple(Span.cut(doc.text, t.start, t.end) for t in uses[:_MOST_EVIDENCE]),
    )
