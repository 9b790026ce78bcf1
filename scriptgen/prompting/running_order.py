"""The running order of a sheet: scene by scene as told, with the moments a draft may not lose."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from scriptgen.brief import Certainty
from scriptgen.prompting.phrases import cut, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.brief import Beat, Place, Prop, Scene, SceneBrief

_Item = TypeVar("_Item")

LONGEST = 160
"""Characters of one moment at most; of one with a remark cut out of it, twice as many."""

LEAST_WORDS = 4
"""A moment of fewer words (``He looks up.``) says nothing by itself and is left to the essay."""

_WORD = re.compile(r"\w+")
_SCRIPT_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def moment(beats: Sequence[Beat]) -> dict[str, object]:
    """One of the moments of a brief: its ``text``, and whether it is only ``told``."""
    first, *rest = [phrase(beat.text) for beat in beats]
    text = first
    for part in rest:
        text = cut(f"{text} … {part}", 2 * LONGEST)
    return {"text": text, "told": beats[0].certainty is not Certainty.SHOWN}


def scenes(brief: SceneBrief, most: int) -> list[dict[str, object]]:
    """The scenes in the order told, with ``most`` moments at most in all, spread evenly.

    Each has ``place``, ``int_ext``, ``light`` (``None`` unless the essay names the place there),
    ``time`` (``None`` where it is not known) and ``moments``, as `moment` gives them, those left
    out that are too short to say anything.
    """
    places = {place.id: place for place in brief.places}
    told = sorted(brief.scenes, key=lambda scene: scene.told)
    scene_of = {beat: number for number, scene in enumerate(told) for beat in scene.beats}
    made = [(scene_of.get(beats[0].id), moment(beats)) for beats in brief.moments()]
    full = [each for each in made if each[0] is not None and _says_something(str(each[1]["text"]))]
    kept = spread(full, most)
    ends = {here.id: after.start for here, after in pairwise(told)}
    return [
        {
            **_where(scene, ends.get(scene.id), places),
            "moments": [each for at, each in kept if at == number],
        }
        for number, scene in enumerate(told)
    ]


def spread(items: Sequence[_Item], most: int) -> list[_Item]:
    """At most ``most`` items, spread evenly, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    return [items[round(turn * (len(items) - 1) / (most - 1))] for turn in range(most)]


def _where(scene: Scene, end: int | None, places: dict[str, Place]) -> dict[str, object]:
    place = places.get(scene.place or "")
    if place is not None and not _is_named(place, scene.start, end):
        place = None
    return {
        "place": phrase(place.name) if place else None,
        "int_ext": place.int_ext.value if place and place.int_ext else None,
        "time": phrase(scene.time) if scene.time else None,
        "light": phrase(place.light.text) if place and place.light else None,
    }


def _is_named(place: Place, start: int, end: int | None) -> bool:
    """Whether the essay names the place in the scene; one that is carried on may be wrong."""
    return any(start <= seen.start and (end is None or seen.start < end) for seen in place.evidence)


def _says_something(text: str) -> bool:
    if _SCRIPT_WITHOUT_SPACES.search(text):
        return True
    return len(_WORD.findall(text)) >= LEAST_WORDS


def returns(brief: SceneBrief) -> list[dict[str, object]]:
    """The things that return: ``name``, and the moments they are ``first`` and ``last`` seen in.

    ``first`` and ``last`` are ``None`` where no moment, or only one, holds the thing.
    """
    return [_return(prop, brief.beats) for prop in brief.props if prop.motif]


def _return(prop: Prop, beats: Iterable[Beat]) -> dict[str, object]:
    held = list(_holding(prop, beats))
    twice = len(held) > 1
    return {
        "name": phrase(prop.name),
        "first": phrase(held[0].text) if twice else None,
        "last": phrase(held[-1].text) if twice else None,
    }


def _holding(prop: Prop, beats: Iterable[Beat]) -> Iterator[Beat]:
    for beat in sorted(beats, key=lambda beat: beat.span.start):
        span = beat.span
        if any(span.start <= seen.start and seen.end <= span.end for seen in prop.evidence):
            yield beat
