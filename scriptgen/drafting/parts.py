"""A long essay in parts: consecutive scenes, so many that one request can do justice to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.layout.sentences import sentence_ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.brief import Character, SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.values import Span

MOST_MOMENTS = 40
MOST_CHARACTERS = 9_000
"""What one part holds at most: what an essay of some 1,500 words does, for which the other
templates are made. Only a sentence that is longer by itself makes a longer part."""

_STEPS = 12
"""Halvings in the search for parts of even size; the last one is about 1/4000 of a part."""

Range = tuple[int, int]
Cutting = Callable[[str, int, int], list[int]]
"""Where a text may be cut within a range, ascending."""


@dataclass(frozen=True, slots=True)
class EssayPart:
    """One part of an essay: the range ``[start, end)`` and the ``brief`` of what stands in it.

    The spans of the brief are ranges of the whole essay.
    """

    start: int
    end: int
    brief: SceneBrief

    @property
    def range(self) -> Range:
        """Where it stands."""
        return self.start, self.end


def whole(essay: Essay, brief: SceneBrief) -> EssayPart:
    """All of an essay as one part."""
    return EssayPart(0, len(essay.text), brief)


def parts_of(essay: Essay, brief: SceneBrief) -> tuple[EssayPart, ...]:
    """The parts of an essay in order, as few as can be and of even size; together all of it.

    A part begins where a scene does. A scene that is too long for one part is cut between
    paragraphs, and a paragraph between sentences.
    """
    moments = sorted(moment[0].span.start for moment in brief.moments())
    units = list(_units(essay.text, brief, moments))
    groups = _grouped(units, moments, 1.0)
    if len(groups) < 2:  # noqa: PLR2004 - nothing to part
        return (whole(essay, brief),)
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        tried = _grouped(units, moments, middle)
        if len(tried) == len(groups):
            groups, high = tried, middle
        else:
            low = middle
    return tuple(EssayPart(start, end, brief_of_part(brief, start, end)) for start, end in groups)


def brief_of_part(brief: SceneBrief, start: int, end: int) -> SceneBrief:
    """What of a brief stands in a range of its essay, the ids as they are.

    Who acts, speaks or is named there is in the cast, with all that is known of them.
    """

    def inside(span: Span) -> bool:
        return start <= span.start < end

    beats = tuple(beat for beat in brief.beats if inside(beat.span))
    lines = tuple(line for line in brief.lines if inside(line.span))
    kept = {beat.id for beat in beats}
    scenes = tuple(
        scene.model_copy(update={"beats": tuple(each for each in scene.beats if each in kept)})
        for scene, ends in zip(brief.scenes, _ends(brief), strict=True)
        if scene.start < end and ends > start
    )
    acting = {who for beat in beats for who in (*beat.characters, beat.subject)}
    acting |= {who for line in lines for who in (line.speaker, *line.candidates)}
    there = {scene.place for scene in scenes} | {beat.place for beat in beats}

    def is_there(person: Character) -> bool:
        return person.id in acting or any(map(inside, (*person.evidence, *person.aliases)))

    return brief.model_copy(
        update={
            "characters": tuple(filter(is_there, brief.characters)),
            "places": tuple(
                each for each in brief.places if each.id in there or any(map(inside, each.evidence))
            ),
            "scenes": scenes,
            "beats": beats,
            "lines": lines,
            "props": tuple(each for each in brief.props if any(map(inside, each.evidence))),
            "cues": tuple(each for each in brief.cues if inside(each.span)),
            "themes": tuple(filter(inside, brief.themes)),
            "questions": tuple(filter(inside, brief.questions)),
            "commentary": tuple(each for each in brief.commentary if inside(each.span)),
        }
    )


def _ends(brief: SceneBrief) -> list[float]:
    """Where each scene ends: where the next one in the essay begins."""
    starts = sorted({scene.start for scene in brief.scenes})
    after: dict[int, float] = dict(pairwise(starts))
    return [after.get(scene.start, float("inf")) for scene in brief.scenes]


def _units(text: str, brief: SceneBrief, moments: list[int]) -> Iterator[Range]:
    """The pieces that stay whole: scenes, or where they are too long what they are made of."""
    starts = sorted({scene.start for scene in brief.scenes if 0 < scene.start < len(text)})
    for start, end in pairwise([0, *starts, len(text)]):
        yield from _cut(text, moments, start, end, (_paragraphs, _sentences))


def _cut(
    text: str, moments: list[int], start: int, end: int, ways: Sequence[Cutting]
) -> Iterator[Range]:
    if not ways or _fits(moments, start, end, 1.0):
        yield start, end
        return
    for here, after in pairwise([start, *ways[0](text, start, end), end]):
        yield from _cut(text, moments, here, after, ways[1:])


def _paragraphs(text: str, start: int, end: int) -> list[int]:
    found = []
    at = text.find("\n", start, end)
    while at >= 0:
        begin = at
        while begin < end and text[begin].isspace():
            begin += 1
        if start < begin < end:
            found.append(begin)
        at = text.find("\n", begin, end)
    return found


def _sentences(text: str, start: int, end: int) -> list[int]:
    return [at for at in sentence_ends(text, start, end) if start < at < end]


def _grouped(units: Sequence[Range], moments: list[int], share: float) -> list[Range]:
    """The pieces put together in order, each group within ``share`` of what a part may hold."""
    groups: list[Range] = []
    for start, end in units:
        if groups and _fits(moments, groups[-1][0], end, share):
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return groups


def _fits(moments: list[int], start: int, end: int, share: float) -> bool:
    """Whether a range holds no more than this share; ``moments``: where they start, ascending."""
    told = bisect_left(moments, end) - bisect_left(moments, start)
    return end - start <= MOST_CHARACTERS * share and told <= MOST_MOMENTS * share
