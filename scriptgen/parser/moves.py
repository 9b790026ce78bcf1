"""Moves: the sentences and headings with which the telling goes to another place or time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.parser.places import PlaceName, place_names
from scriptgen.parser.sentences import Block
from scriptgen.parser.times import time_of

if TYPE_CHECKING:
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Paragraph, Sentence

_LOCATIVE_SLACK = 24
_OPENS_WITHIN = 70
_SOON = 70
_EARLY = 24
_LONGEST_NAME = 4
_HEADED = 2
_TOUCHING = 3


@dataclass(frozen=True, slots=True)
class Move:
    """``[start, end)`` opens a scene.

    ``place``: where it goes; ``past``: to an earlier time; ``back``: to where it was before;
    ``firm``: told by a cut or a heading; ``shift``: moves only where the place is another than
    before.
    """

    start: int
    end: int
    place: PlaceName | None
    past: bool
    back: bool
    firm: bool
    shift: bool = False


def find_moves(reading: Reading) -> list[Move]:
    """All moves in order; where headings divide the essay, sentences move only to a place."""
    doc = reading.doc
    out = [
        move
        for number, paragraph in enumerate(doc.paragraphs)
        if paragraph.block is Block.HEADING
        and (move := _heading_move(reading, number, paragraph)) is not None
    ]
    headed = len(out) >= _HEADED
    for sentence in doc.sentences:
        if doc.paragraphs[sentence.paragraph].block is Block.PROSE:
            move = _sentence_move(reading, sentence)
            if move is not None and (move.firm or move.place is not None or not headed):
                out.append(move)
    out.sort(key=lambda m: m.start)
    merged: list[Move] = []
    for move in out:
        last = merged[-1] if merged else None
        if last is None or last.place is None or move.start - last.end >= _TOUCHING:
            merged.append(move)
    return merged


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


def _sentence_move(reading: Reading, sentence: Sentence) -> Move | None:
    """Whether a sentence moves: by a cut, a return, a time, or a place that opens it."""
    pack = reading.pack
    text = reading.doc.text[sentence.start : sentence.end]
    first = reading.doc.first_part(sentence.start)
    if pack.begins("scene_cut", text, words=sentence.words):
        return _move(reading, sentence, _best_place(reading, sentence), firm=True)
    for name, slack in (("scene_place", 0), ("scene_locative", _LOCATIVE_SLACK)):
        match = pack.match(name, text, word=first)
        if match is None:
            continue
        reach = sentence.start + match.end() + slack
        within = min(sentence.end, reach + _OPENS_WITHIN)
        place = next(iter(place_names(reading, sentence.start, within)), None)
        if place is not None and place.start <= reach and place.end <= reach + _OPENS_WITHIN:
            return _move(reading, sentence, place, firm=False, shift=slack > 0)
    if pack.match("scene_time", text, word=first):
        return _move(reading, sentence, _best_place(reading, sentence), firm=False)
    return None


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
    past = pack.has("earlier", text[:_SOON]) or pack.has("earlier_soon", soon)
    back = pack.has("return", text)
    return Move(sentence.start, sentence.end, place, past, back, firm, shift)


def _best_place(reading: Reading, sentence: Sentence) -> PlaceName | None:
    """The place a sentence is set in: one behind "in" or "to" first.

    Where the sentence names none ("Then it is the afternoon before."), the next one may.
    """
    pack, doc = reading.pack, reading.doc
    names = place_names(reading, sentence.start, sentence.end)
    if names:
        led = (
            n
            for n in names
            if n.start - sentence.start < _EARLY or pack.is_word("into_place", n.leading)
        )
        return next(led, names[0])
    if sentence.index + 1 == len(doc.sentences):
        return None
    following = doc.sentences[sentence.index + 1]
    if following.paragraph != sentence.paragraph:
        return None
    names = place_names(reading, following.start, following.end)
    led = (n for n in names if pack.is_word("into_place", n.leading))
    return next(led, None) or _spot(reading, following)


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
