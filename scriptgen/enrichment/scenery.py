"""Claims about places: one missed, inside or outside, what time, and where a scene is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.brief import IntExt, Place
from scriptgen.enrichment.making import NEAR
from scriptgen.enrichment.reasons import Reason
from scriptgen.values import Span

if TYPE_CHECKING:
    from scriptgen.enrichment.making import Found, Making

TIMES = ("DAY", "NIGHT", "DAWN", "MORNING", "NOON", "AFTERNOON", "EVENING", "DUSK")
_LONGEST_NAME = 80
_MOST_EVIDENCE = 4


def add_place(making: Making, found: Found) -> Reason | None:
    """A place that the parser missed, named in the essay and within the drama."""
    name = making.thing_in(found, _LONGEST_NAME)
    if isinstance(name, Reason):
        return name
    words = making.words(name)
    if any(words <= making.words(site.name) for site in making.sites.values()):
        return Reason.KNOWN
    shown = making.shown(making.quotes.exact(name))
    if not shown:
        return Reason.COMMENTARY
    number = making.new_id()
    making.sites[number] = Place(
        id=number,
        name=name,
        evidence=tuple(Span.cut(making.text, *one) for one in shown[:_MOST_EVIDENCE]),
    )
    return None


def set_scene_place(making: Making, found: Found) -> Reason | None:
    """Where a scene is."""
    target, site = found.claim.target, making.site(found.claim.value)
    if target not in making.scenes or target is None or site is None:
        return Reason.UNKNOWN_ID
    if not _is_of_scene(making, found, target):
        return Reason.FAR
    scene = making.scenes[target]
    if scene.place == site:
        return Reason.KNOWN
    if not making.decide("scene_place", target):
        return Reason.CONTRADICTS
    making.scenes[target] = scene.model_copy(update={"place": site})
    for number in scene.beats:
        beat = making.beats[number]
        making.beats[number] = beat.model_copy(update={"place": site})
    return None


def set_int_ext(making: Making, found: Found) -> Reason | None:
    """Whether a place is inside or outside, where the essay was not read to say."""
    value, target = found.claim.value, making.site(found.claim.target)
    if target is None:
        return Reason.UNKNOWN_ID
    if value not in list(IntExt):
        return Reason.NOT_A_VALUE
    return _conclude(making, target, "int_ext", IntExt(value))


def set_time(making: Making, found: Found) -> Reason | None:
    """The time of a place or of a scene, where the essay was not read to say."""
    value, target = found.claim.value, found.claim.target
    if value not in TIMES:
        return Reason.NOT_A_VALUE
    if target not in making.scenes or target is None:
        site = making.site(target)
        return Reason.UNKNOWN_ID if site is None else _conclude(making, site, "time", value)
    if not _is_of_scene(making, found, target):
        return Reason.FAR
    scene = making.scenes[target]
    if scene.time is not None:
        return Reason.KNOWN if scene.time == value else Reason.READ
    making.scenes[target] = scene.model_copy(update={"time": value})
    return None


def _conclude(making: Making, target: str, name: str, value: str) -> Reason | None:
    """Set what was not read in the essay, and say that it was concluded."""
    site = making.sites[target]
    before = getattr(site, name)
    if before == value:
        return Reason.KNOWN
    if before is not None and name not in site.inferred:
        return Reason.READ
    if not making.decide(name, target):
        return Reason.CONTRADICTS
    inferred = tuple(dict.fromkeys((*site.inferred, name)))
    making.sites[target] = site.model_copy(update={name: value, "inferred": inferred})
    return None


def _is_of_scene(making: Making, found: Found, target: str) -> bool:
    """Whether the quote stands in a scene, or little before it."""
    starts = sorted(scene.start for scene in making.scenes.values())
    ends = dict(pairwise([*starts, len(making.text)]))
    start = making.scenes[target].start
    return any(start - NEAR <= place[0] < ends[start] for place in found.places)
