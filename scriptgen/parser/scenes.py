"""Scenes: stretches of the essay in one place and time, and the order of the story."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.parser.indoors import inside_or_outside
from scriptgen.parser.moves import find_moves
from scriptgen.parser.openings import is_determined
from scriptgen.parser.place_signs import likeliest, places_at_first, places_of_scene
from scriptgen.parser.places import PlaceName, Site, place_names, place_text
from scriptgen.parser.sentences import Block
from scriptgen.parser.times import light_of, time_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.moves import Move
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Sentence

_LEAST_OPENING = -1.0
_CONTENT_REACH = 400
_HARDLY = 2
# The time that a scene goes on to where it is not told another: dawn is soon over.
_GOES_ON = {"DAWN": "MORNING"}


@dataclass(slots=True)
class Stretch:
    """A scene in the making: from ``start`` to the next one's start."""

    start: int
    site: Site | None
    time: str | None
    past: bool
    opening: tuple[int, int] | None
    jump: bool = False


class _Sites:
    """The places so far, in the order met."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._by_head: dict[str, list[Site]] = defaultdict(list)
        self.all: list[Site] = []

    def site(self, place: PlaceName, sentence: tuple[int, int]) -> Site:
        """The known place of that name, or a new one."""
        text = place_text(self._reading.doc, self._reading.pack, place)
        for site in self._by_head[place.head]:
            if site.is_named(place):
                site.evidence.append((place.start, place.end))
                if len(text) > len(site.name) and len(site.words) == 1:
                    site.name = text
                    site.words |= place.words
                return site
        site = Site(text, place.head, set(place.words), [(place.start, place.end)])
        site.int_ext, inferred = inside_or_outside(self._reading, place, sentence)
        if site.int_ext is not None and inferred:
            site.inferred.append("int_ext")
        self.all.append(site)
        self._by_head[place.head].append(site)
        return site

    def by_content(self, start: int, end: int) -> Site | None:
        """A known place that the words right behind ``start`` mention."""
        for name in place_names(self._reading, start, min(end, start + _CONTENT_REACH)):
            if name.head in self._by_head:
                return self._by_head[name.head][0]
        return None


def find_scenes(
    reading: Reading, moments: Sequence[tuple[int, int]]
) -> tuple[list[Stretch], list[Site]]:
    """The scenes in the order told, and the places in the order met.

    ``moments``: the ranges of the beats; a scene without a beat or a line is none.
    """
    sites = _Sites(reading)
    occupied = sorted([*(start for start, _ in moments), *(line.start for line in reading.lines)])
    moves = find_moves(reading, occupied)
    edges = [move.start for move in moves] + [len(reading.doc.text)]
    stretches = _first_stretch(reading, sites, moves, occupied, edges[0])
    for move, end in zip(moves, edges[1:], strict=True):
        here = stretches[-1].site if stretches else None
        if move.shift and move.place and here is not None and here.is_named(move.place):
            continue
        if bisect_left(occupied, move.start) == bisect_left(occupied, end):
            continue
        site = _site_of(sites, _settled(reading, move), end, stretches)
        start = move.start if stretches else 0
        stretches.append(Stretch(start, site, None, move.past, (move.start, move.end), move.jump))
    if _opens_nowhere(reading, stretches, occupied):
        del stretches[0]
        stretches[0].start = 0
    _set_times(reading, stretches, moments)
    return stretches, sites.all


def _opens_nowhere(reading: Reading, stretches: list[Stretch], occupied: Sequence[int]) -> bool:
    """Whether hardly anything is shown before the first place: the first scene begins there."""
    if not stretches[1:] or stretches[0].site is not None:
        return False
    limit = stretches[1].start
    return bisect_left(occupied, limit) <= _HARDLY and not any(
        line.start < limit for line in reading.lines
    )


def _first_stretch(
    reading: Reading, sites: _Sites, moves: list[Move], occupied: list[int], limit: int
) -> list[Stretch]:
    """What comes before the first move: a scene where something happens in it."""
    filled = bool(occupied) and occupied[0] < limit
    first = _opening(reading, limit, occupied) if filled else None
    likely = likeliest(reading, places_at_first(reading, limit, occupied)) if filled else None
    if likely is not None:
        first = likely, reading.doc.sentence_at(likely.start)
    if first is not None:
        place, sentence = first
        told = (sentence.start, sentence.end)
        return [Stretch(0, sites.site(place, told), None, past=False, opening=told)]
    if filled or not moves:
        return [Stretch(0, None, None, past=False, opening=None)]
    return []


def _settled(reading: Reading, move: Move) -> Move:
    """A move with the likeliest place of its scene, where nothing says where it goes."""
    if move.firm and move.place is not None:
        return move
    place = likeliest(reading, places_of_scene(reading, move.start))
    return move if place is None else replace(move, place=place)


def _site_of(sites: _Sites, move: Move, end: int, stretches: list[Stretch]) -> Site | None:
    """Where a move goes: the place it names, the one before, or the one its scene mentions."""
    if move.place is not None:
        return sites.site(move.place, (move.start, move.end))
    if move.back and len(stretches) > 1:
        return stretches[-2].site
    if stretches:
        return sites.by_content(move.start, end) or stretches[-1].site
    return None


def _opening(
    reading: Reading, limit: int, occupied: Sequence[int]
) -> tuple[PlaceName, Sentence] | None:
    """The first place before ``limit`` that somebody is in.

    ``occupied``: where beats and lines begin; a sentence that shows something counts for more.
    """
    showing = {reading.doc.sentence_at(start).index for start in occupied if start < limit}
    best: tuple[float, PlaceName, Sentence] | None = None
    pack = reading.pack
    for sentence in reading.doc.sentences:
        if sentence.start >= limit:
            break
        names = place_names(reading, sentence.start, sentence.end, loose=True, parts=True)
        if not names:
            continue
        timed = time_of(reading, sentence.start, sentence.end) is not None
        own = _first_person(reading, sentence)
        for name in names:
            led = pack.is_word("into_place", name.leading)
            firm = pack.is_word("firm_prepositions", name.leading)
            known = is_determined(reading.doc, name)
            if not (firm and known if not name.sure else led or known):
                continue
            if own < name.start or not (led or sentence.index in showing):
                continue
            score = 1.0 if led else 0.0
            score += 0.3 * min(2, len(name.words) - 1)
            score -= sentence.index * 0.12 + (name.start - sentence.start) * 0.004
            score += 0.6 if timed else 0.0
            score -= (0.0 if name.sure else 0.5) + (0.0 if known else 0.4)
            score += 0.5 if sentence.index in showing else 0.0
            if best is None or score > best[0]:
                best = (score, name, sentence)
    return (best[1], best[2]) if best and best[0] > _LEAST_OPENING else None


def _first_person(reading: Reading, sentence: Sentence) -> int:
    """Where the critic first says "I" in a sentence; its end where that is nowhere."""
    if "first_person" not in sentence.kinds:
        return sentence.end
    words = reading.doc.words_in(sentence.start, sentence.end)
    return next((w.start for w in words if "first_person" in w.kinds), sentence.end)


def _set_times(
    reading: Reading, stretches: list[Stretch], moments: Sequence[tuple[int, int]]
) -> None:
    """Give each scene its time, and each place the time and light of its first scene.

    A time is told in the opening of a scene, told later in it, betrayed by its light, or gone on
    from the scene before.
    """
    doc = reading.doc
    starts = [start for start, _ in moments]
    last: str | None = None
    for at, stretch in enumerate(stretches):
        end = stretches[at + 1].start if at + 1 < len(stretches) else len(doc.text)
        shown = moments[bisect_left(starts, stretch.start) : bisect_left(starts, end)]
        stretch.time, inferred = _time_within(reading, stretch, end, shown)
        after_past = at > 0 and stretches[at - 1].past
        elsewhen = stretch.past or stretch.jump or after_past
        if stretch.time is None and last is not None and not elsewhen:
            stretch.time, inferred = _GOES_ON.get(last, last), True
        if not stretch.past:
            last = stretch.time or (None if stretch.jump else last)
        if stretch.site is not None:
            _light_up(reading, stretch, stretch.site, end, inferred=inferred)


def _time_within(
    reading: Reading, stretch: Stretch, end: int, shown: Sequence[tuple[int, int]]
) -> tuple[str | None, bool]:
    """The time of a scene by its own words, and whether only its light tells."""
    opening = _opening_range(reading, stretch, end)
    ranges = [*([opening] if opening else []), *shown]
    for told_by, inferred in ((time_of, False), (light_of, True)):
        found = next((t for a, b in ranges if (t := told_by(reading, a, b))), None)
        if found is not None:
            return found[0], inferred
    return None, False


def _opening_range(reading: Reading, stretch: Stretch, end: int) -> tuple[int, int] | None:
    """From the heading over a scene to the end of its second sentence."""
    if stretch.opening is None:
        return None
    doc = reading.doc
    begin, opened = stretch.opening
    sentence = doc.sentence_at(begin)
    head = doc.paragraphs[sentence.paragraph - 1] if sentence.paragraph else None
    if head is not None and head.block is Block.HEADING and sentence.start == begin:
        begin = head.start
    told = doc.sentence_at(max(opened, begin + 1) - 1)
    after = doc.sentences[min(told.index + 1, len(doc.sentences) - 1)]
    until = after.end if after.paragraph == told.paragraph else told.end
    return begin, min(until, end)


def _light_up(reading: Reading, stretch: Stretch, site: Site, end: int, *, inferred: bool) -> None:
    if site.time is None:
        site.time = stretch.time
        if stretch.time is not None and inferred:
            site.inferred.append("time")
    if site.light is None:
        light = light_of(reading, stretch.start, end)
        site.light = light[1:] if light else None


def story_order(stretches: list[Stretch]) -> list[int]:
    """Ranks from 1 in the order of the story: what lies in the past comes first."""
    order = sorted(range(len(stretches)), key=lambda i: (not stretches[i].past, i))
    ranks = [0] * len(stretches)
    for rank, at in enumerate(order, start=1):
        ranks[at] = rank
    return ranks
