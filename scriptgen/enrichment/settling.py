"""From a brief in the making back to a brief: all in essay order, with ids to match."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

from scriptgen.brief import Character, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scriptgen.brief import Beat, Line, Scene, SceneBrief
    from scriptgen.enrichment.making import Making

    Ids = Mapping[str, str]

_Cited = TypeVar("_Cited", Character, Place)


def settle(making: Making) -> SceneBrief:
    """The brief; without a claim taken it is the one that it was made of."""
    people = _inserted(making.people.values())
    sites = _inserted(making.sites.values())
    scenes = sorted(making.scenes.values(), key=lambda scene: scene.start)
    beats = sorted(making.beats.values(), key=lambda beat: (beat.span.start, beat.span.end))
    lines = sorted(making.lines.values(), key=lambda line: (line.span.start, line.span.end))
    who = _numbered("c", [one.id for one in people])
    who |= {gone: who[kept] for gone, kept in making.merged.items()}
    where = _numbered("p", [one.id for one in sites])
    which = _numbered("b", [one.id for one in beats])
    settled = [_beat(beat, which, who, where) for beat in beats]
    return making.brief.model_copy(
        update={
            "characters": tuple(one.model_copy(update={"id": who[one.id]}) for one in people),
            "places": tuple(one.model_copy(update={"id": where[one.id]}) for one in sites),
            "scenes": tuple(_scenes(scenes, settled, where)),
            "beats": tuple(settled),
            "lines": tuple(
                _line(line, f"d{number:02d}", settled, who)
                for number, line in enumerate(lines, start=1)
            ),
            "props": tuple(making.props),
            "questions": tuple(sorted(making.questions, key=lambda span: span.start)),
            "commentary": tuple(making.commentary),
        }
    )


def _numbered(letter: str, ids: Iterable[str]) -> dict[str, str]:
    return {old: f"{letter}{number:02d}" for number, old in enumerate(ids, start=1)}


def _inserted(parts: Iterable[_Cited]) -> list[_Cited]:
    """The parts in their order, each new one before the first that is met later in the essay."""
    out: list[_Cited] = []
    for part in parts:
        at = len(out)
        if part.id.startswith("+"):
            start = part.evidence[0].start
            later = (i for i, one in enumerate(out) if one.evidence and _first(one) > start)
            at = next(later, at)
        out.insert(at, part)
    return out


def _first(part: Character | Place) -> int:
    return part.evidence[0].start


def _beat(beat: Beat, which: Ids, who: Ids, where: Ids) -> Beat:
    return beat.model_copy(
        update={
            "id": which[beat.id],
            "place": where[beat.place] if beat.place is not None else None,
            "characters": tuple(dict.fromkeys(who[one] for one in beat.characters)),
            "subject": who[beat.subject] if beat.subject is not None else None,
        }
    )


def _scenes(scenes: list[Scene], beats: list[Beat], where: Ids) -> Iterable[Scene]:
    starts = [scene.start for scene in scenes]
    inside: list[list[str]] = [[] for _ in scenes]
    for beat in beats:
        if scenes:
            inside[max(0, bisect_right(starts, beat.span.start) - 1)].append(beat.id)
    for scene, ids in zip(scenes, inside, strict=True):
        place = where[scene.place] if scene.place is not None else None
        yield scene.model_copy(update={"place": place, "beats": tuple(ids)})


def _line(line: Line, number: str, beats: list[Beat], who: Ids) -> Line:
    before = bisect_right([beat.span.start for beat in beats], line.span.start) - 1
    candidates = dict.fromkeys(who[one] for one in line.candidates)
    return line.model_copy(
        update={
            "id": number,
            "speaker": who[line.speaker] if line.speaker is not None else None,
            "candidates": tuple(candidates),
            "beat": beats[before].id if before >= 0 else None,
        }
    )
