"""Moves: the sentences and headings with which the telling goes to another place or time."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.parser.openings import (
    CLAUSE_END,
    first_word,
    has_verb,
    innermost,
    is_determined,
    place_alone,
    place_as_subject,
    place_led_in,
    place_near,
    place_with_time,
)
from scriptgen.parser.places import PlaceName, place_names
from scriptgen.parser.scene_signs import scene_score, scene_signs
from scriptgen.parser.sentences import Block
from scriptgen.parser.times import time_of
from scriptgen.parser.words import FINITE

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Paragraph, Sentence

_LEAST = 0.25
_SOON = 70
_EARLY = 24
_LONGEST_NAME = 4
_HEADED = 2
_TALK = frozenset({"show_nouns", "audience_words", "first_person"})
_TOUCHING = 3
_MOST_LOOSE = 3
_MOST_TALK = 6


@dataclass(frozen=True, slots=True)
class Move:
    """``[start, end)`` opens a scene.

    ``place``: where it goes; ``past``: to an earlier time; ``back``: to where it was before;
    ``firm``: told by a cut or a heading; ``shift``: moves only where the place is another than
    before; ``jump``: over so much time that it is another time of day, perhaps.
    """

    start: int
    end: int
    place: PlaceName | None
    past: bool
    back: bool
    firm: bool
    shift: bool = False
    jump: bool = False


def find_moves(reading: Reading, occupied: Sequence[int]) -> list[Move]:
    """All moves in order; where headings divide the essay, sentences move only to a place.

    ``occupied``: where beats and lines begin.
    """
    doc = reading.doc
    out = [
        move
        for number, paragraph in enumerate(doc.paragraphs)
        if paragraph.block is Block.HEADING
        and (move := _heading_move(reading, number, paragraph)) is not None
    ]
    headed = len(out) >= _HEADED
    told: dict[int, Move] = {}
    for sentence in doc.sentences:
        if doc.paragraphs[sentence.paragraph].block is Block.PROSE:
            begins = doc.paragraphs[sentence.paragraph].start
            opens = bisect_left(occupied, begins) == bisect_left(occupied, sentence.start)
            move = _sentence_move(reading, sentence, opens=opens)
            if move is not None:
                told[sentence.index] = move
    for sentence in _likely_openings(reading, occupied, told):
        place = _place_set(reading, sentence)
        told[sentence.index] = _move(reading, sentence, place, firm=False)
    out += [m for m in told.values() if m.firm or m.place is not None or not headed]
    out.sort(key=lambda m: m.start)
    merged: list[Move] = []
    for move in out:
        last = merged[-1] if merged else None
        if last is None or not _goes_on(last, move):
            merged.append(move)
        elif last.place is None:
            past, jump = last.past or move.past, last.jump or move.jump
            merged[-1] = replace(last, place=move.place, past=past, jump=jump)
    return merged


def _likely_openings(
    reading: Reading, occupied: Sequence[int], told: Container[int]
) -> list[Sentence]:
    """The sentences whose signs, weighed together, speak for a scene that opens with them.

    ``told``: those that are known to move; of two side by side only one does.
    """
    weights = reading.pack.weights.get("scene_weights")
    if not weights or not occupied:
        return []
    scores: dict[int, float] = {}
    for sentence, signs in scene_signs(reading, occupied):
        if sentence.start > occupied[0] and sentence.index not in told:
            score = scene_score(weights, signs)
            if score > _LEAST:
                scores[sentence.index] = score
    return [
        reading.doc.sentences[at]
        for at, score in scores.items()
        if at - 1 not in told
        and at + 1 not in told
        and score > scores.get(at - 1, _LEAST)
        and score >= scores.get(at + 1, _LEAST)
    ]


def _goes_on(last: Move, move: Move) -> bool:
    """Whether two sentences side by side tell of one move."""
    if move.start - last.end >= _TOUCHING:
        return False
    return last.place is None or move.place is None or last.place == move.place or not move.firm


def _heading_move(reading: Reading, number: int, paragraph: Paragraph) -> Move | None:
    """A Markdown heading that names a place or a time opens a scene with the next paragraph."""
    doc = reading.doc
    if paragraph.level == 1 or number + 1 >= len(doc.paragraphs):
        return None
    place = next(iter(place_names(reading, paragraph.start, paragraph.end)), None)
    if place is None:
        if time_of(reading, paragraph.start, paragraph.end) is None:
            return None
        place = _proper_place(reading, paragraph.start, paragraph.end)
    start = doc.paragraphs[number + 1].start
    return Move(start, start, place, past=False, back=False, firm=True)


def _proper_place(reading: Reading, start: int, end: int) -> PlaceName | None:
    """``The Anchor, night``: a heading whose first words are a name nobody bears."""
    name = reading.doc.text[start:end].split(",")[0].strip()
    if not name or len(name.split()) > _LONGEST_NAME:
        return None
    words = reading.doc.words_in(start, start + len(name))
    folded = [w.folded for w in words if "determiners" not in w.kinds]
    if not folded or reading.pack.maps.get("times", {}).get(folded[0]):
        return None
    return PlaceName(start, start + len(name), folded[-1], frozenset(folded), "")


def _sentence_move(reading: Reading, sentence: Sentence, *, opens: bool) -> Move | None:
    """Whether a sentence moves: by a cut, a return, a time, or a place that opens it.

    ``opens``: whether nothing is shown before it in its paragraph.
    """
    return _told_move(reading, sentence) or _shown_move(reading, sentence, opens=opens)


def _told_move(reading: Reading, sentence: Sentence) -> Move | None:
    """A move that the critic tells of: a cut, "meanwhile", "we are in", a flashback."""
    pack, doc = reading.pack, reading.doc
    start, end = sentence.start, sentence.end
    text, first, parts = doc.text[start:end], doc.first_part(start), sentence.words
    at = sentence.index
    if pack.begins("scene_cut", text, word=first, words=parts):
        return _move(reading, sentence, _best_place(reading, sentence, loose=True), firm=True)
    if pack.begins("scene_meanwhile", text, word=first, words=parts):
        place = _best_place(reading, sentence, loose=True)
        if place is not None or pack.has("return", text[:_SOON]):
            return _move(reading, sentence, place, firm=True)
    for search in pack.searches("scene_go", parts) if at in doc.likely(pack, "scene_go") else ():
        match = search.pattern.search(text)
        if match and not doc.is_quoted(start + match.start()):
            place = place_near(reading, start + match.end(), end)
            if place is not None:
                return _move(reading, sentence, place, firm=True, shift=True)
    if at in doc.likely(pack, "scene_past") and pack.has("scene_past", text, words=parts):
        return _move(reading, sentence, _best_place(reading, sentence), firm=True)
    return None


def _shown_move(reading: Reading, sentence: Sentence, *, opens: bool) -> Move | None:
    """A move that shows in the sentence itself: a place alone, a time, a place that opens it."""
    doc = reading.doc
    end, text = sentence.end, doc.text[sentence.start : sentence.end]
    at = _where_shown(reading, sentence)
    if at == len(doc.words) or doc.words[at].start >= end or doc.is_quoted(doc.words[at].start):
        return None
    place = place_alone(reading, at, end) if opens else None
    begins = sentence.start == doc.paragraphs[sentence.paragraph].start
    if place is None and (begins or opens):
        place = (
            place_with_time(reading, at, end)
            or _place_told_of(reading, sentence)
            or _place_behind_side(reading, sentence, at)
        )
    if place is not None:
        return _move(reading, sentence, place, firm=False)
    if _tells_time(reading, sentence, begins=begins):
        return _move(reading, sentence, _best_place(reading, sentence), firm=False)
    if text.endswith("?"):
        return None
    place = place_led_in(reading, at, end, opens=opens)
    if place is None and begins:
        place = place_as_subject(reading, at, end) or _place_of_first(reading, sentence)
    return None if place is None else _move(reading, sentence, place, firm=False, shift=True)


def _tells_time(reading: Reading, sentence: Sentence, *, begins: bool) -> bool:
    """Whether a sentence opens with a time; ``begins``: it is the first of its paragraph."""
    pack, doc = reading.pack, reading.doc
    text = doc.text[sentence.start : sentence.end]
    first, parts = doc.first_part(sentence.start), sentence.words
    if pack.begins("scene_time", text, word=first, words=parts):
        return True
    if not begins:
        return False
    likely = sentence.index in doc.likely(pack, "scene_now")
    if likely and pack.has("scene_now", text, words=parts):
        return True
    shown = _TALK.isdisjoint(sentence.kinds)
    return shown and pack.begins("scene_weekday", text, word=first, words=parts)


def _place_told_of(reading: Reading, sentence: Sentence) -> PlaceName | None:
    """The place and time that the critic leads to: "The last shot is the orchard at dusk"."""
    doc = reading.doc
    colon = doc.text.find(": ", sentence.start, sentence.end)
    if colon > 0 and not doc.is_quoted(colon):
        begun = first_word(reading, colon + 1)
        if begun < len(doc.words):
            return place_with_time(reading, begun, sentence.end)
    if _TALK.isdisjoint(sentence.kinds):
        return None
    words = doc.words_in(sentence.start, sentence.end)[:_MOST_TALK]
    for word in words:
        if "copulas" in word.kinds and not doc.is_quoted(word.start):
            begun = first_word(reading, word.end)
            if begun < len(doc.words):
                return place_with_time(reading, begun, sentence.end)
    return None


def _place_behind_side(reading: Reading, sentence: Sentence, at: int) -> PlaceName | None:
    """The place that the sentence behind "Inside." or "Outside." is about."""
    doc = reading.doc
    word = doc.words[at]
    following = doc.sentences[min(sentence.index + 1, len(doc.sentences) - 1)]
    if "sides_of_walls" not in word.kinds or doc.text[word.end : sentence.end].strip() != ".":
        return None
    begun = first_word(reading, following.start)
    return place_as_subject(reading, begun, following.end) if begun < len(doc.words) else None


def _where_shown(reading: Reading, sentence: Sentence) -> int:
    """The first word of what a sentence shows: behind the colon where talk comes before one."""
    doc = reading.doc
    colon = doc.text.find(": ", sentence.start, sentence.end)
    if colon > 0 and not _TALK.isdisjoint(sentence.kinds) and not doc.is_quoted(colon):
        words = doc.words_in(sentence.start, colon)
        if any(word.kinds & _TALK for word in words):
            return first_word(reading, colon + 1)
    return first_word(reading, sentence.start)


def _place_of_first(reading: Reading, sentence: Sentence) -> PlaceName | None:
    """The place that the first clause of a paragraph is set in."""
    doc, pack = reading.doc, reading.pack
    opening = doc.words[min(first_word(reading, sentence.start), len(doc.words) - 1)]
    first = opening.start
    end = _first_verbal(reading, first, sentence.end)
    led = False
    for word in doc.words_in(first, end):
        apart = doc.text[word.end : word.end + 1] == "," or (led and "determiners" in word.kinds)
        if ("conjunctions" in word.kinds and not apart) or "comparing" in word.kinds:
            end = word.start
            break
        led = "prepositions" in word.kinds
    for name in place_names(reading, sentence.start, end):
        if pack.is_word("floors", name.head):
            return name
        before = doc.words_in(sentence.start, name.start)
        goes = any("motion" in w.verbs and w.form in FINITE for w in before)
        goes = goes or ("prepositions" in opening.kinds and not has_verb(doc, before))
        kind = "goal_prepositions" if goes else "setting_prepositions"
        if not pack.is_word(kind, name.leading):
            continue
        if is_determined(doc, name):
            return name
    return None


def _first_verbal(reading: Reading, start: int, limit: int) -> int:
    """Where the first clause ends: behind what stands before it without a verb."""
    doc = reading.doc
    end = start
    for _ in range(_MOST_LOOSE):
        stop = CLAUSE_END.search(doc.text, end + 1, limit)
        if stop is None:
            return limit
        end = stop.start()
        if stop.group() != "," or has_verb(doc, doc.words_in(start, end)):
            break
    return end


def _move(
    reading: Reading,
    sentence: Sentence,
    place: PlaceName | None,
    *,
    firm: bool,
    shift: bool = False,
) -> Move:
    doc, pack = reading.doc, reading.pack
    following = doc.sentences[min(sentence.index + 1, len(doc.sentences) - 1)]
    text = doc.text[sentence.start : sentence.end]
    soon = doc.text[sentence.start : max(following.end, sentence.end)]
    after = doc.text[following.start : following.end] if len(text) < _SOON else ""
    past = (
        pack.has("scene_past", text)
        or pack.has("earlier", text[:_SOON])
        or pack.has("earlier", after[:_SOON])
        or pack.has("earlier_soon", soon)
    )
    back = pack.has("return", text)
    jump = pack.has("scene_jump", text[:_SOON])
    return Move(sentence.start, sentence.end, place, past, back, firm, shift, jump)


def _best_place(reading: Reading, sentence: Sentence, *, loose: bool = False) -> PlaceName | None:
    """The place a sentence is set in: one behind "in" or "to" first.

    Where the sentence names none ("Then it is the afternoon before."), the next one may.
    ``loose``: behind a cut, also what is no place elsewhere ("Cut to the wings").
    """
    pack, doc = reading.pack, reading.doc
    names = [
        name
        for name in place_names(reading, sentence.start, sentence.end, loose=loose)
        if not pack.is_word("unset_prepositions", name.leading)
    ]
    sure = [n for n in names if n.sure]
    early = [n for n in sure if n.start - sentence.start < _EARLY and is_determined(doc, n)]
    led = [n for n in names if pack.is_word("into_place", n.leading)]
    for found in (early, [n for n in led if n.sure], led, sure):
        if found:
            return innermost(reading, names[names.index(found[0]) :])
    if sentence.index + 1 == len(doc.sentences):
        return None
    following = doc.sentences[sentence.index + 1]
    if following.paragraph != sentence.paragraph:
        return None
    names = place_names(reading, following.start, following.end)
    if names and not has_verb(doc, doc.words_in(following.start, following.end)):
        return names[0]
    led = [n for n in names if pack.is_word("into_place", n.leading)]
    return led[0] if led else _spot(reading, following)


def _place_set(reading: Reading, sentence: Sentence) -> PlaceName | None:
    """The first known place that a preposition of place leads to in a sentence."""
    pack, doc = reading.pack, reading.doc
    names = place_names(reading, sentence.start, sentence.end)
    for at, name in enumerate(names):
        if pack.is_word("setting_prepositions", name.leading) and is_determined(doc, name):
            return innermost(reading, names[at:])
    return None


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
