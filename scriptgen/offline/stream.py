"""The brief as a stream: per scene, what is seen and what is said, in the order of the essay."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.brief import Beat, Line, LineKind, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief

OPENING_MARKS = "*_\"'“‘«„‹「『《〈"
CLOSING_MARKS = "*_\"'”’»‟›」』》〉"
UTTERED = frozenset({LineKind.SPOKEN, LineKind.IMAGINED})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a beat that holds no quoted words.

    ``start`` and ``end`` are offsets in the essay; ``before`` and ``after`` the lines whose words
    stand right before and right after it; ``said``: the line before it that nothing but a few words
    part from it, which may tell who says it.
    """

    text: str
    start: int
    end: int
    beat: Beat
    before: Line | None = None
    after: Line | None = None
    said: Line | None = None


@dataclass(frozen=True, slots=True)
class SceneStream:
    """A scene (``None`` where the brief has none) and its pieces and lines in order.

    ``start`` and ``end``: its range in the essay.
    """

    scene: Scene | None
    items: tuple[Piece | Line, ...]
    start: int
    end: int


def scene_streams(brief: SceneBrief, essay_text: str) -> tuple[SceneStream, ...]:
    """The scenes in the order told; a beat or line without a scene goes by its offset."""
    scenes = sorted(brief.scenes, key=lambda scene: (scene.told, scene.start))
    owner = {beat: scene.id for scene in scenes for beat in scene.beats}
    items: dict[str | None, list[Piece | Line]] = {scene.id: [] for scene in scenes}
    items.setdefault(None, [])
    beats = sorted(brief.beats, key=lambda beat: beat.span.start)
    for beat in beats:
        key = owner.get(beat.id, _scene_at(scenes, beat.span.start))
        items[key] += _pieces(beat, brief.lines, essay_text)
    home = {beat.id: owner.get(beat.id) for beat in beats}
    for line in brief.lines:
        key = _scene_at(scenes, line.span.start) or home.get(line.beat or "")
        items[key].append(line)
    order: list[Scene | None] = [*scenes] if scenes else [None]
    starts = sorted(scene.start for scene in scenes)
    found = []
    for scene in order:
        own = sorted(items[scene.id if scene else None], key=_place)
        start = scene.start if scene else 0
        end = next((later for later in starts if later > start), len(essay_text))
        found.append(SceneStream(scene, tuple(_with_neighbours(own)), start, end))
    return tuple(found)


def quoted_range(essay_text: str, line: Line) -> tuple[int, int]:
    """The span of a line with the quote and emphasis marks around it."""
    start, end = line.span.start, line.span.end
    while start > 0 and essay_text[start - 1] in OPENING_MARKS:
        start -= 1
    while end < len(essay_text) and essay_text[end] in CLOSING_MARKS:
        end += 1
    return start, end


def _scene_at(scenes: list[Scene], offset: int) -> str | None:
    found = scenes[0].id if scenes else None
    for scene in sorted(scenes, key=lambda scene: scene.start):
        if scene.start <= offset:
            found = scene.id
    return found


def _pieces(beat: Beat, lines: tuple[Line, ...], essay_text: str) -> Iterator[Piece]:
    """The beat without the quoted words in it."""
    start, end = beat.span.start, beat.span.end
    cuts = sorted(
        quoted_range(essay_text, line)
        for line in lines
        if line.kind in UTTERED and line.span.start < end and line.span.end > start
    )
    edges = [(start, start), *cuts, (end, end)]
    for (_, left), (right, _) in pairwise(edges):
        if left < right and essay_text[left:right].strip():
            yield Piece(essay_text[left:right], left, right, beat)


def _place(item: Piece | Line) -> tuple[int, int]:
    return (item.start, 0) if isinstance(item, Piece) else (item.span.start, 1)


def _with_neighbours(items: list[Piece | Line]) -> Iterator[Piece | Line]:
    """Each piece told which quoted words touch it (a few characters may lie between)."""
    for i, item in enumerate(items):
        if not isinstance(item, Piece):
            yield item
            continue
        said = before = _uttered(items, i - 1)
        after = _uttered(items, i + 1)
        if said is not None and item.start - said.span.end > TAG:
            said = None
        if before is not None and item.start - before.span.end > NEAR:
            before = None
        if after is not None and after.span.start - item.end > NEAR:
            after = None
        yield Piece(item.text, item.start, item.end, item.beat, before, after, said)


NEAR = 6
TAG = 60


def _uttered(items: list[Piece | Line], at: int) -> Line | None:
    if 0 <= at < len(items):
        item = items[at]
        if isinstance(item, Line) and item.kind in UTTERED:
            return item
    return None
