"""Openings: the place that a sentence sets before anything happens in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.parser.places import PlaceName, place_names
from scriptgen.parser.times import time_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

_MOST_LEADING = 4
_MOST_ADVERBS = 3
_REACH = 70
_LONGEST_TAIL = 8
_MOST_WORDS = 6
_MAY_BEGIN = frozenset({"determiners", "place_modifiers", "floors", "outside_of"})
_NEAR = 30
_SOON = 5
CLAUSE_END = re.compile(r"[,;:.!?…—]| [–-] ")
_MOST_PART = 4
_LONGEST_NAME = 4
_NO_GROUND = frozenset({"person", "body", "feeling", "time", "furniture", "garment", "animal"})
_GROUND = frozenset({"place_in", "place_out", "building", "venue"})
_STANDING = frozenset({"fixture", "venue", "location", "nature"}) | _GROUND
_NO_SITE = frozenset({"show_nouns", "scene_stop", "no_places", "edit_words"})
_BEING = frozenset({"copulas", "demonstratives"})
_FINITE = frozenset({"third", "past"})
_VERB_SIGNS = frozenset({"copulas", "modals", "pronoun_subjects", "auxiliaries"})


def first_word(reading: Reading, start: int) -> int:
    """The index of the first word from ``start`` behind "and", "but", "then", "meanwhile".

    One past the last word where there is none.
    """
    words = reading.doc.words
    at = reading.doc.word_index(start)
    last = min(len(words) - 1, at + _MOST_LEADING)
    while at < last and "lead_ins" in words[at].kinds and not words[at].owns:
        at += 1
    return at


def place_led_in(reading: Reading, at: int, limit: int, *, opens: bool) -> PlaceName | None:
    """The place behind a preposition that opens a sentence: "Up on the roof …".

    ``opens``: before anything is shown in the paragraph; later on only "in" and "at" lead to a
    place, and that a known one.
    """
    words = reading.doc.words
    at = _behind_it_is(words, at)
    for index in range(at, min(at + _MOST_ADVERBS, len(words) - 1)):
        word = words[index]
        if word.start >= limit:
            return None
        sided = index > at and "sides_of_walls" in words[at].kinds | words[index - 1].kinds
        kind = "setting_prepositions" if opens or sided else "firm_prepositions"
        if kind in word.kinds or (opens and "place_adverbs" in word.kinds):
            following = words[index + 1]
            place = _place_at(reading, following.start, limit)
            if place is None and "outside_of" in word.kinds:
                place = _place_at(reading, word.start, limit)
            if place is None and opens:
                place = _place_of_part(reading, index + 1, limit)
            if place is None and opens and (index > at or _is_elsewhere(words, at)):
                place = _set_apart(reading, index + 1, limit, word.folded)
            if place is not None and (
                opens or (place.sure and "indefinite_articles" not in following.kinds)
            ):
                names = place_names(reading, place.start, min(limit, place.end + _NEAR))
                return innermost(reading, [place, *(n for n in names if n.start > place.end)])
        if "place_adverbs" not in word.kinds:
            break
    first = words[at]
    if "floors" in first.kinds:
        return _place_at(reading, first.start, limit)
    if opens and "sides_of_walls" in first.kinds and reading.doc.text[first.end] == ",":
        return PlaceName(first.start, first.end, first.folded, frozenset({first.folded}), "")
    return None


def _place_of_part(reading: Reading, at: int, limit: int) -> PlaceName | None:
    """The place of which a part is named first: "the window of the chapel"."""
    words = reading.doc.words
    if "determiners" not in words[at].kinds:
        return None
    for index in range(at + 1, min(at + _MOST_PART, len(words) - 1)):
        if "noun_links" in words[index].kinds:
            part = words[index - 1]
            if "fixture" not in part.nouns and "scene_stop" not in part.kinds:
                return None
            place = _place_at(reading, words[index + 1].start, limit)
            if place is None or not place.sure:
                return None
            return place if is_determined(reading.doc, place) else None
        if words[index].closed or words[index].start >= limit:
            return None
    return None


def _is_elsewhere(words: Sequence[Word], at: int) -> bool:
    """Whether an adverb that leads on stands before ``at`` ("Meanwhile, in the van, …")."""
    kinds = words[at - 1].kinds if at else frozenset[str]()
    return "lead_ins" in kinds and "conjunctions" not in kinds


def _set_apart(reading: Reading, at: int, limit: int, leading: str) -> PlaceName | None:
    """What an adverb and a preposition lead to before a comma: "Out at the dam, …"."""
    doc = reading.doc
    first = doc.words[at]
    stop = CLAUSE_END.search(doc.text, first.start, limit)
    if stop is None or stop.group() != "," or "determiners" not in first.kinds:
        return None
    return _plain_name(doc, doc.words_in(first.start, stop.start()), leading)


def place_with_time(reading: Reading, at: int, limit: int) -> PlaceName | None:
    """The place that stands before a time as over a scene: "The ferry landing, first light."."""
    doc = reading.doc
    first = doc.words[at]
    stop = CLAUSE_END.search(doc.text, first.start, limit)
    head = doc.words_in(first.start, stop.start() if stop else limit)
    dated = time_of(reading, first.start, min(limit, first.start + _REACH))
    if dated is None or not head:
        return None
    cut = next((n for n, w in enumerate(head) if n and "prepositions" in w.kinds), len(head))
    name = _plain_name(doc, head[:cut], "")
    if name is None or dated[1] < name.end:
        return None
    if cut == len(head):
        start = stop.end() if stop and stop.group() == "," else limit
        stop = CLAUSE_END.search(doc.text, start, limit)
    else:
        start = head[cut].start
    end = stop.start() if stop else limit
    led = doc.words_in(start, dated[1])
    if not start <= dated[1] < end or len(led) > _MOST_LEADING:
        return None
    return None if has_verb(doc, doc.words_in(start, end)) else name


def _plain_name(doc: Document, words: Sequence[Word], leading: str) -> PlaceName | None:
    """A short noun phrase of things as the name of a place."""
    if not words or len(words) > _LONGEST_NAME:
        return None
    own = [w for w in words if "determiners" not in w.kinds]
    if not own or any(w.closed or w.owns for w in own) or has_verb(doc, own):
        return None
    head = own[-1]
    barred = head.nouns.isdisjoint(_GROUND) and not head.nouns.isdisjoint(_NO_GROUND)
    if not head.nouns or barred or head.kinds & _NO_SITE:
        return None
    content = frozenset(w.folded for w in own)
    return PlaceName(words[0].start, head.end, head.folded, content, leading)


def _behind_it_is(words: Sequence[Word], at: int) -> int:
    """Behind "it is" and "there’s", where they stand at ``at``."""
    for index in (at, at + 1):
        if index >= len(words) - 1 or not words[index].kinds & _BEING:
            return at
        if "copulas" in words[index].kinds:
            return index + 1
    return at


def place_alone(reading: Reading, at: int, limit: int) -> PlaceName | None:
    """The place that stands alone at the beginning of a paragraph, a clause behind it or none.

    "A village hall, then." "The roof again:"
    """
    doc = reading.doc
    there = "existentials" in doc.words[at].kinds
    first = doc.words[_behind_it_is(doc.words, at) if there else at]
    place = _place_at(reading, first.start, limit)
    if place is None or not place.sure:
        place = _standing_there(doc, at, limit) or place
    if place is None:
        return None
    if not place.sure and not reading.pack.has("return", doc.text[place.end : limit]):
        return None
    stop = CLAUSE_END.search(doc.text, place.end, limit)
    tail = doc.words_in(place.end, stop.start() if stop else limit)
    if len(tail) > _LONGEST_TAIL or has_verb(doc, tail):
        return None
    return None if tail and reading.pack.is_word("floors", place.head) else place


def _standing_there(doc: Document, at: int, limit: int) -> PlaceName | None:
    """What the telling goes on to and no more is said of: "Then the doorway." "The quay, then:"."""
    words = doc.words
    stop = CLAUSE_END.search(doc.text, words[at].start, limit)
    if stop is None or "determiners" not in words[at].kinds:
        return None
    behind = doc.words_in(stop.end(), limit)[:2]
    led = at > 0 and "lead_ins" in words[at - 1].kinds and stop.group() in ".:"
    follows = len(behind) > 1 and "lead_ins" in behind[0].kinds and stop.group() == ","
    if not led and not (follows and doc.text[behind[0].end] in ".:,"):
        return None
    name = _plain_name(doc, doc.words_in(words[at].start, stop.start()), "")
    if name is None:
        return None
    return name if words[doc.word_index(name.end) - 1].nouns & _STANDING else None


def place_as_subject(reading: Reading, at: int, limit: int) -> PlaceName | None:
    """The place a sentence is about: "The motel is called …"."""
    doc = reading.doc
    place = _place_at(reading, doc.words[at].start, limit)
    if place is None or not place.sure:
        return None
    return place if has_verb(doc, doc.words_in(place.end, limit)[:_SOON]) else None


def place_near(reading: Reading, start: int, limit: int) -> PlaceName | None:
    """The first place right behind ``start``."""
    names = place_names(reading, start, min(limit, start + _REACH), loose=True)
    near = [name for name in names if name.start - start <= _NEAR]
    known = [name for name in near if is_determined(reading.doc, name)]
    for found in (known, near):
        if found:
            return innermost(reading, names[names.index(found[0]) :])
    return None


def is_determined(doc: Document, place: PlaceName) -> bool:
    """Whether the place has an article, an owner or a name of its own."""
    words = doc.words_in(place.start, place.end)
    return any("determiners" in w.kinds or w.owns or w.text[-1].isdigit() for w in words) or (
        len(words) > 1 and words[-1].capital
    )


def innermost(reading: Reading, names: Sequence[PlaceName]) -> PlaceName:
    """The last of the places that stand inside each other: "across the road in the mill"."""
    inner = names[0]
    for name in names[1:]:
        between = reading.doc.text[inner.end : name.start].removeprefix(",")
        if not name.sure or between != f" {name.leading} ":
            break
        if not reading.pack.is_word("firm_prepositions", name.leading):
            break
        inner = name
    return inner


def _place_at(reading: Reading, start: int, limit: int) -> PlaceName | None:
    """The place whose name begins at ``start``."""
    words = reading.doc.words
    at = reading.doc.word_index(start)
    if at == len(words) or (words[at].closed and not words[at].kinds & _MAY_BEGIN):
        return None
    last = min(at + _MOST_WORDS, len(words) - 1)
    names = place_names(reading, start, min(limit, words[last].end), loose=True)
    return names[0] if names and names[0].start == start else None


def has_verb(doc: Document, words: Sequence[Word]) -> bool:
    """Whether one of ``words`` is a verb that somebody or something does."""
    for word in words:
        if word.kinds & _VERB_SIGNS and "infinitive_marks" not in word.kinds:
            return True
        if word.form in _FINITE and not _is_noun_here(doc, word):
            return True
    return False


def _is_noun_here(doc: Document, word: Word) -> bool:
    """Whether what could be a verb stands behind an article, a preposition or a comma."""
    if not word.nouns and not word.adjective:
        return False
    at = doc.word_index(word.start)
    before = doc.words[at - 1] if at else None
    if before is None or doc.text[before.end : word.start] != " ":
        return True
    return (
        "determiners" in before.kinds
        or "prepositions" in before.kinds
        or "numerals" in before.kinds
        or "coordinators" in before.kinds
        or before.owns
        or before.adjective
    )
