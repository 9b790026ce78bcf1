"""What of an essay a draft can play, in the order told: beats, lines, and the rest of it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.tracing.pieces import sentences
from scriptgen.wording import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.brief import LineKind, SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.tracing.people import People

FEWEST_TERMS = 2


class Moment(NamedTuple):
    """``[start, end)`` of the essay, which a piece may play.

    ``id``: of a beat or a line; of what stands in neither ``e`` and its offset (`passages`);
    ``terms``: its words without names, ``around``: those of the whole sentence; ``people``: who is
    in it; ``place``: the id of its place; ``line``: of which kind, where it is one.
    """

    id: str
    start: int
    end: int
    terms: frozenset[str]
    around: frozenset[str]
    people: frozenset[str]
    place: str | None
    line: LineKind | None = None


def passages(brief: SceneBrief, essay: Essay) -> Iterator[tuple[int, int]]:
    """What of each sentence stands in no beat and no line that is spoken, as ranges, trimmed."""
    spans = [*(beat.span for beat in brief.beats), *(line.span for line in brief.lines)]
    taken = sorted((span.start, span.end) for span in spans)
    at = 0
    for start, end in sentences(essay.text):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        here = start
        for low, high in taken[at:]:
            if low >= end:
                break
            yield from _trimmed(essay.text, here, low)
            here = max(here, high)
        yield from _trimmed(essay.text, here, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if start < end:
        yield start, end


def moments(brief: SceneBrief, essay: Essay, pack: LanguagePack, people: People) -> list[Moment]:
    """All moments in the order of the essay."""
    ranges = sentences(essay.text)
    starts = [start for start, _ in ranges]
    places = _Places(brief)

    def told(start: int, end: int) -> frozenset[str]:
        return frozenset(terms(essay.text[start:end], pack)) - people.words

    whole = [told(*each) for each in ranges]

    def around(start: int, end: int) -> frozenset[str]:
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, end - 1) - 1)
        return frozenset().union(*whole[first : last + 1])

    found = [
        Moment(
            beat.id,
            beat.span.start,
            beat.span.end,
            told(beat.span.start, beat.span.end),
            around(beat.span.start, beat.span.end),
            frozenset((*beat.characters, *((beat.subject,) if beat.subject else ()))),
            beat.place or places.at(beat.span.start),
        )
        for beat in brief.beats
    ]
    found += [
        Moment(
            line.id,
            line.span.start,
            line.span.end,
            told(line.span.start, line.span.end),
            around(line.span.start, line.span.end),
            frozenset((line.speaker,) if line.speaker else line.candidates),
            places.at(line.span.start),
            line.kind,
        )
        for line in brief.lines
    ]
    for start, end in passages(brief, essay):
        own = told(start, end)
        if len(own) >= FEWEST_TERMS:
            who = people.named(essay.text[start:end])
            found.append(
                Moment(f"e{start}", start, end, own, around(start, end), who, places.at(start))
            )
    return sorted(found, key=lambda moment: (moment.start, -moment.end, moment.id))


class _Places:
    """Which place a brief gives each offset of the essay."""

    def __init__(self, brief: SceneBrief) -> None:
        scenes = sorted(brief.scenes, key=lambda scene: scene.start)
        self._starts: Sequence[int] = [scene.start for scene in scenes]
        self._places = [scene.place for scene in scenes]

    def at(self, offset: int) -> str | None:
        number = bisect_right(self._starts, offset) - 1
        return self._places[number] if number >= 0 else None
