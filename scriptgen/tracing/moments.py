"""What of an essay a draft can play, in the order told: beats, lines, and the rest of it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.tracing.pieces import sentences
from scriptgen.tracing.telling import Wording, telling, wording
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.brief import LineKind, SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.tracing.people import People

FEWEST_TERMS = 1
"""What is left of a sentence counts if so many words of it say something."""


class Moment(NamedTuple):
    """``[start, end)`` of the essay, which a piece may play.

    ``id``: of a beat or a line, or of a passage; ``terms``: its words without names, ``around``:
    those of the whole sentence, whose number is ``sentence``; ``people``: who is in it; ``place``:
    the id of its place; ``line``: of which kind, where it is one; ``talk``: the share that the
    brief takes for the critic's; ``wording``: how it is put.
    """

    id: str
    start: int
    end: int
    terms: frozenset[str]
    around: frozenset[str]
    people: frozenset[str]
    sentence: int
    place: str | None = None
    line: LineKind | None = None
    talk: float = 0.0
    wording: Wording = Wording(frozenset(), frozenset())


def source_spans(brief: SceneBrief, essay: Essay) -> dict[str, tuple[Span, ...]]:
    """Where each source that a trace of this essay may name stands in it.

    Beats and lines by their ids, places by theirs (each mention), and passages: what of a sentence
    stands in no beat and no line, as ``e`` and the offset where it begins.
    """
    found: dict[str, tuple[Span, ...]] = {beat.id: (beat.span,) for beat in brief.beats}
    found |= {line.id: (line.span,) for line in brief.lines}
    found |= {place.id: place.evidence for place in brief.places}
    for start, end in _passages(brief, essay):
        found[passage_id(start)] = (Span.cut(essay.text, start, end),)
    return found


def passage_id(start: int) -> str:
    """The id of the passage that begins at an offset of the essay."""
    return f"e{start}"


def is_passage(source: str) -> bool:
    """Whether a source is a passage rather than something of the brief."""
    return source.startswith("e")


def _passages(brief: SceneBrief, essay: Essay) -> Iterator[tuple[int, int]]:
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
    told = _Told(brief, essay, pack, people)
    found = [
        told.moment(
            beat.id,
            beat.span.start,
            beat.span.end,
            frozenset((*beat.characters, *((beat.subject,) if beat.subject else ()))),
            beat.place,
        )
        for beat in brief.beats
    ]
    for line in brief.lines:
        who = frozenset((line.speaker,) if line.speaker else line.candidates)
        moment = told.moment(line.id, line.span.start, line.span.end, who)
        found.append(moment._replace(line=line.kind))
    for start, end in _passages(brief, essay):
        who = people.named(essay.text[start:end])
        moment = told.moment(passage_id(start), start, end, who)
        if len(moment.terms) >= FEWEST_TERMS:
            found.append(moment)
    return sorted(found, key=lambda moment: (moment.start, -moment.end, moment.id))


class _Told:
    """An essay's words, places and commentary by offset."""

    def __init__(self, brief: SceneBrief, essay: Essay, pack: LanguagePack, people: People) -> None:
        self._text, self._pack, self._people = essay.text, pack, people
        scenes = sorted(brief.scenes, key=lambda scene: scene.start)
        self._scenes: Sequence[int] = [scene.start for scene in scenes]
        self._places = [scene.place for scene in scenes]
        ranges = sentences(essay.text)
        self._starts = [start for start, _ in ranges]
        self._sentences = [self._terms(*each) for each in ranges]
        talk = bytearray(len(essay.text))
        for each in brief.commentary:
            talk[each.span.start : each.span.end] = b"\1" * (each.span.end - each.span.start)
        self._talk = talk

    def moment(
        self, name: str, start: int, end: int, who: frozenset[str], place: str | None = None
    ) -> Moment:
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, end - 1) - 1)
        scene = bisect_right(self._scenes, start) - 1
        return Moment(
            name,
            start,
            end,
            self._terms(start, end),
            frozenset().union(*self._sentences[first : last + 1]),
            who,
            first,
            place or (self._places[scene] if scene >= 0 else None),
            talk=self._talk.count(1, start, end) / (end - start),
            wording=wording(self._text[start:end], self._pack),
        )

    def _terms(self, start: int, end: int) -> frozenset[str]:
        return telling(self._text[start:end], self._pack) - self._people.words
