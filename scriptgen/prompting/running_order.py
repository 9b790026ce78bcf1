"""The order of a sheet: where it plays, scene by scene, what is only told, and what to play."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from scriptgen.brief import Certainty, CommentaryKind
from scriptgen.prompting.phrases import cut, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.brief import Beat, Place, Prop, Scene, SceneBrief
    from scriptgen.values import Span

_Item = TypeVar("_Item")

LONGEST = 160
"""Characters of one moment at most; of one with a remark cut out of it, twice as many."""

LEAST_WORDS, MOST_WORDS = 4, 30
"""Words of what is told and of a remark: fewer say nothing by themselves, more are an argument."""

_NEAR = 2
"""Characters between a moment and the remark on it: a comma and a space, a dash."""

_MARKS = "\"'*_\u201d\u2019) "
_STOPS = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f")

_WORD = re.compile(r"\w+")
_SCRIPT_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def moment(beats: Sequence[Beat]) -> dict[str, object]:
    """One of the moments of a brief: its ``text``, and whether it is only ``told``."""
    first, *rest = [phrase(beat.text) for beat in beats]
    text = first
    for part in rest:
        text = cut(f"{text} … {part}", 2 * LONGEST)
    return {"text": text, "told": beats[0].certainty is not Certainty.SHOWN}


def told(brief: SceneBrief) -> list[str]:
    """What is only told of, and still has to reach the audience, in the order told."""
    return [
        str(moment(beats)["text"])
        for beats in brief.moments()
        if beats[0].certainty is not Certainty.SHOWN and _says_something(beats)
    ]


def to_play(brief: SceneBrief) -> list[dict[str, object]]:
    """The moments, in the order told, of which the essay says in the same breath how it sees them.

    Each has ``text``, and ``seen``: the critic's image or verdict behind it, which nobody can film
    as it stands.
    """
    talk = sorted(
        (each.span for each in brief.commentary if each.kind is CommentaryKind.COMMENTARY),
        key=lambda span: span.start,
    )
    found = ((beats, _remark(beats[-1].span, talk)) for beats in brief.moments())
    return [{"text": moment(beats)["text"], "seen": phrase(seen)} for beats, seen in found if seen]


def _remark(shown: Span, talk: Sequence[Span]) -> str | None:
    """What the critic adds to a moment before its sentence ends."""
    said: list[str] = []
    end = shown.end
    ended = _ends(shown.text)
    for span in talk:
        if ended or span.start > end + _NEAR:
            break
        if span.start >= end:
            said.append(span.text.strip(_MARKS))
            end, ended = span.end, _ends(span.text)
    text = " ".join(said)
    return text if LEAST_WORDS <= len(_WORD.findall(text)) <= MOST_WORDS else None


def _ends(text: str) -> bool:
    return text.rstrip(_MARKS).endswith(_STOPS)


def _says_something(beats: Sequence[Beat]) -> bool:
    text = " ".join(beat.text for beat in beats)
    if _SCRIPT_WITHOUT_SPACES.search(text):
        return True
    return len(_WORD.findall(text)) >= LEAST_WORDS


def scenes(brief: SceneBrief) -> list[dict[str, object]]:
    """The scenes in the order told, one behind another of the same place and time left out.

    Each has ``place``, ``int_ext``, ``light`` (``None`` unless the essay names the place there)
    and ``time`` (``None`` where it is not known).
    """
    places = {place.id: place for place in brief.places}
    told = sorted(brief.scenes, key=lambda scene: scene.told)
    ends = {here.id: after.start for here, after in pairwise(told)}
    listed: list[dict[str, object]] = []
    for scene in told:
        where = _where(scene, ends.get(scene.id), places)
        if where["place"] and where not in listed[-1:]:
            listed.append(where)
    return listed


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


def spread(items: Sequence[_Item], most: int) -> list[_Item]:
    """At most ``most`` items, spread evenly, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    return [items[round(turn * (len(items) - 1) / (most - 1))] for turn in range(most)]


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
