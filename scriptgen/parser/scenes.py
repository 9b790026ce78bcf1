"""Scenes: where the telling moves to another place or time, and the order of the story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.parser.places import (
    PlaceName,
    Site,
    inside_or_outside,
    light_of,
    place_names,
    place_text,
    time_of,
)
from scriptgen.parser.sentences import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Paragraph, Sentence


@dataclass(slots=True)
class Stretch:
    """A scene in the making: from ``start`` to the next one's start."""

    start: int
    site: Site | None
    time: str | None
    past: bool
    opening: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Move:
    """A sentence that opens a scene."""

    start: int
    end: int
    place: PlaceName | None
    past: bool
    back: bool
    firm: bool
    shift: bool = False
    """Whether it moves only when the place is another than before."""


def find_scenes(
    reading: Reading, moments: Sequence[tuple[int, int]]
) -> tuple[list[Stretch], list[Site]]:
    """The scenes in the order told, and the places in the order met.

    ``moments``: the ranges of the beats; a scene without a beat or a line is none.
    """
    sites: list[Site] = []
    doc = reading.doc
    moves = _moves(reading)
    occupied = sorted([*(start for start, _ in moments), *(line.start for line in reading.lines)])
    stretches: list[Stretch] = []
    first = _opening(reading, moves[0].start if moves else len(doc.text))
    if first is not None and any(
        s < (moves[0].start if moves else len(doc.text)) for s in occupied
    ):
        place, sentence = first
        site = _site(reading, sites, place, (sentence.start, sentence.end))
        told = (sentence.start, sentence.end)
        stretches.append(Stretch(0, site, None, past=False, opening=told))
    elif not moves or occupied and occupied[0] < moves[0].start:
        stretches.append(Stretch(0, None, None, past=False, opening=None))
    for at, move in enumerate(moves):
        end = moves[at + 1].start if at + 1 < len(moves) else len(doc.text)
        if move.shift and move.place and stretches and _here(stretches[-1].site, move.place):
            continue
        if not any(move.start <= s < end for s in occupied):
            continue
        site = None
        if move.place is not None:
            site = _site(reading, sites, move.place, (move.start, move.end))
        elif move.back and len(stretches) > 1:
            site = stretches[-2].site
        elif stretches:
            site = _site_by_content(reading, sites, move.start, end) or stretches[-1].site
        stretches.append(
            Stretch(move.start if stretches else 0, site, None, move.past, (move.start, move.end))
        )
    if (
        len(stretches) > 1
        and stretches[0].site is None
        and not any(line.start < stretches[1].start for line in reading.lines)
    ):
        del stretches[0]
        stretches[0].start = 0
    _set_times(reading, stretches, moments)
    return stretches, sites


def _here(site: Site | None, place: PlaceName) -> bool:
    return site is not None and site.head == place.head


def _moves(reading: Reading) -> list[_Move]:
    out: list[_Move] = []
    doc = reading.doc
    for number, paragraph in enumerate(doc.paragraphs):
        if paragraph.block is Block.HEADING:
            move = _heading_move(reading, number, paragraph)
            if move is not None:
                out.append(move)
    headed = len(out) >= 2  # noqa: PLR2004 - the essay is divided by its headings
    for sentence in doc.sentences:
        if doc.paragraphs[sentence.paragraph].block is not Block.PROSE:
            continue
        move = _sentence_move(reading, sentence)
        if move is not None and not (headed and not move.firm and move.place is None):
            out.append(move)
    out.sort(key=lambda m: m.start)
    merged: list[_Move] = []
    for move in out:
        if merged and move.start - merged[-1].end < 3 and merged[-1].place is not None:  # noqa: PLR2004 - the heading's own first sentence
            continue
        merged.append(move)
    return merged


def _heading_move(reading: Reading, number: int, paragraph: Paragraph) -> _Move | None:
    """A Markdown heading that names a place or a time opens a scene with the next paragraph."""
    doc = reading.doc
    if paragraph.level == 1 or number + 1 >= len(doc.paragraphs):
        return None
    names = place_names(reading, paragraph.start, paragraph.end)
    place = names[0] if names else None
    if place is None and time_of(reading, paragraph.start, paragraph.end) is None:
        return None
    if place is None:
        place = _proper_place(reading, paragraph.start, paragraph.end)
    following = doc.paragraphs[number + 1]
    return _Move(following.start, following.start, place, past=False, back=False, firm=True)


def _proper_place(reading: Reading, start: int, end: int) -> PlaceName | None:
    """``The Anchor, night``: a heading whose first words are a name nobody bears."""
    text = reading.doc.text[start:end]
    name = text.split(",")[0].strip()
    if not name or len(name.split()) > 4:  # noqa: PLR2004 - a name, not a sentence
        return None
    words = reading.doc.words_in(start, start + len(name))
    folded = [w.folded for w in words if "determiners" not in w.kinds]
    if not folded or reading.pack.maps.get("times", {}).get(folded[0]):
        return None
    return PlaceName(start, start + len(name), folded[-1], frozenset(folded), "in")


def _sentence_move(reading: Reading, sentence: Sentence) -> _Move | None:
    """Whether a sentence moves the telling: by a cut, a return, a time, or a place that opens it."""
    patterns = reading.pack.patterns
    text = reading.doc.text[sentence.start : sentence.end]
    if any(p.match(text) for p in patterns.get("scene_cut", ())):
        return _move(reading, sentence, _best(reading, sentence), firm=True)
    for name, slack in (("scene_place", 0), ("scene_locative", _LOCATIVE_SLACK)):
        match = next((m for p in patterns.get(name, ()) if (m := p.match(text))), None)
        if match is None:
            continue
        reach = sentence.start + match.end() + slack
        place = next((n for n in place_names(reading, sentence.start, sentence.end)), None)
        if place is not None and place.start <= reach and place.end <= reach + _OPENS_WITHIN:
            return _move(reading, sentence, place, firm=False, shift=slack > 0)
    if any(p.match(text) for p in patterns.get("scene_time", ())):
        return _move(reading, sentence, _best(reading, sentence), firm=False)
    return None


def _move(
    reading: Reading,
    sentence: Sentence,
    place: PlaceName | None,
    *,
    firm: bool,
    shift: bool = False,
) -> _Move:
    doc, patterns = reading.doc, reading.pack.patterns
    following = doc.sentences[min(sentence.index + 1, len(doc.sentences) - 1)]
    text = doc.text[sentence.start : sentence.end]
    soon = doc.text[sentence.start : max(following.end, sentence.end)]
    past = any(p.search(text[:_SOON]) for p in patterns.get("earlier", ())) or any(
        p.search(soon) for p in patterns.get("earlier_soon", ())
    )
    back = any(p.search(text) for p in patterns.get("return", ()))
    return _Move(sentence.start, sentence.end, place, past, back, firm, shift)


_LOCATIVE_SLACK = 24
_SOON = 70
_OPENS_WITHIN = 70


def _best(reading: Reading, sentence: Sentence) -> PlaceName | None:
    """The place a sentence is set in: one behind "in" or "to" first.

    Where the sentence names none ("Then it is the afternoon before."), the next one may.
    """
    pack, doc = reading.pack, reading.doc
    names = place_names(reading, sentence.start, sentence.end)
    if not names and sentence.index + 1 < len(doc.sentences):
        following = doc.sentences[sentence.index + 1]
        if following.paragraph == sentence.paragraph:
            names = [
                n
                for n in place_names(reading, following.start, following.end)
                if pack.is_word("into_place", n.leading)
            ]
            return names[0] if names else _spot(reading, following)
    led = [
        n for n in names if pack.is_word("into_place", n.leading) or n.start - sentence.start < 24
    ]  # noqa: PLR2004 - it opens the sentence
    return (led or names or [None])[0]


def _spot(reading: Reading, sentence: Sentence) -> PlaceName | None:
    """A spot that is no place by its class: "beneath a tree", "by the window"."""
    doc = reading.doc
    for pattern in reading.pack.patterns.get("spot", ()):
        match = pattern.search(doc.text, sentence.start, sentence.end)
        if match and not doc.is_quoted(match.start()):
            head = match.group("head").lower()
            leading = "outside" if match.group("outdoors") else "inside"
            return PlaceName(match.start(), match.end(), head, frozenset({head}), leading)
    return None


def _opening(reading: Reading, limit: int) -> tuple[PlaceName, Sentence] | None:
    """The first place before ``limit`` that somebody is in."""
    best: tuple[float, PlaceName, Sentence] | None = None
    pack = reading.pack
    for sentence in reading.doc.sentences:
        if sentence.start >= limit:
            break
        for name in place_names(reading, sentence.start, sentence.end):
            before = reading.doc.words_in(sentence.start, name.start)
            if any("first_person" in word.kinds for word in before):
                continue
            score = 1.0 if pack.is_word("into_place", name.leading) else 0.0
            score += 0.3 * min(2, len(name.words) - 1)
            score -= sentence.index * 0.12 + (name.start - sentence.start) * 0.004
            if time_of(reading, sentence.start, sentence.end):
                score += 0.6
            if best is None or score > best[0]:
                best = (score, name, sentence)
    return (best[1], best[2]) if best and best[0] > -1 else None


def _site(reading: Reading, sites: list[Site], place: PlaceName, sentence: tuple[int, int]) -> Site:
    """The known place of that name, or a new one."""
    for site in sites:
        if site.head == place.head and (
            site.words <= place.words
            or place.words <= site.words
            or len(site.words & place.words) > 1
        ):
            site.evidence.append((place.start, place.end))
            if len(place_text(reading.doc, place)) > len(site.name) and len(site.words) == 1:
                site.name = place_text(reading.doc, place)
                site.words |= place.words
            return site
    where, inferred = inside_or_outside(reading, place, sentence)
    site = Site(place_text(reading.doc, place), place.head, set(place.words))
    site.evidence.append((place.start, place.end))
    site.int_ext = where
    if where is not None and inferred:
        site.inferred.append("int_ext")
    sites.append(site)
    return site


def _site_by_content(reading: Reading, sites: list[Site], start: int, end: int) -> Site | None:
    """A known place that the scene's own sentences mention."""
    for name in place_names(reading, start, min(end, start + 400)):
        for site in sites:
            if site.head == name.head:
                return site
    return None


def _set_times(
    reading: Reading, stretches: list[Stretch], moments: Sequence[tuple[int, int]]
) -> None:
    """Give each scene its time: told in its opening, told later in it, betrayed by its light, or
    gone on from the scene before.
    """
    doc = reading.doc
    last: str | None = None
    for at, stretch in enumerate(stretches):
        end = stretches[at + 1].start if at + 1 < len(stretches) else len(doc.text)
        begin = stretch.opening[0] if stretch.opening else stretch.start
        if stretch.opening is not None:
            sentence = doc.sentence_at(begin)
            head = doc.paragraphs[sentence.paragraph - 1] if sentence.paragraph else None
            if head is not None and head.block is Block.HEADING and sentence.start == begin:
                begin = head.start
            told = doc.sentence_at(max(stretch.opening[1], begin + 1) - 1)
            after = doc.sentences[min(told.index + 1, len(doc.sentences) - 1)]
            until = after.end if after.paragraph == told.paragraph else told.end
            found = time_of(reading, begin, min(until, end))
        else:
            found = None
        inferred = False
        if found is None:
            shown = [(a, b) for a, b in moments if stretch.start <= a < end]
            found = next((t for a, b in shown if (t := time_of(reading, a, b))), None)
            if found is None:
                found = next((t for a, b in shown if (t := light_of(reading, a, b))), None)
                inferred = found is not None
        if found is not None:
            stretch.time = found[0]
        elif not stretch.past and last is not None and not (at and stretches[at - 1].past):
            stretch.time, inferred = last, True
        if not stretch.past:
            last = stretch.time or last
        site = stretch.site
        if site is None:
            continue
        if site.time is None:
            site.time = stretch.time
            if stretch.time is not None and inferred:
                site.inferred.append("time")
        light = light_of(reading, stretch.start, end)
        if site.light is None and light is not None:
            site.light = light[1:]


def story_order(stretches: list[Stretch]) -> list[int]:
    """Ranks from 1 in the order of the story: what lies in the past comes first."""
    order = sorted(range(len(stretches)), key=lambda i: (not stretches[i].past, i))
    ranks = [0] * len(stretches)
    for rank, at in enumerate(order, start=1):
        ranks[at] = rank
    return ranks
