"""Heads of places: how surely a noun is one."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.language import Lexicon
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

PLACE_LISTS = frozenset({"places_in", "places_out"})
PLACE_CLASSES = frozenset({"place_in", "place_out", "building"})
_NO_PLACE = frozenset({"body", "person", "feeling"})
_TOLD = PLACE_LISTS | {"floors"}
_ROOMS_AND_GROUNDS = frozenset({"place_in", "place_out"})
_INDOORS = frozenset({"place_in", "building"})
_LOOSE_CLASSES = PLACE_CLASSES | {"venue", "vehicle"}
_BARS = frozenset({"scene_stop", "show_nouns", "no_places"})
_NONE: frozenset[str] = frozenset()
_MOST_MODIFIERS = 4


class Degree(IntEnum):
    """How surely a noun is a place."""

    NOT = 0
    LOOSE = 1
    """Only where a scene is set in it ("Cut to the wings")."""
    LED = 2
    """Behind a preposition that leads to a place ("in the school")."""
    SURE = 3


def degree_of(reading: Reading, at: int, lexicon: Lexicon) -> Degree:
    """How surely the word at ``at`` is the head of a place."""
    found = reading.degrees.get(at)
    if found is None:
        found = reading.degrees[at] = _degree(reading, at, lexicon)
    return found


def _degree(reading: Reading, at: int, lexicon: Lexicon) -> Degree:
    doc = reading.doc
    word = doc.words[at]
    told = not word.kinds.isdisjoint(_TOLD)
    if word.closed and not told:
        return Degree.NOT
    listed = told and not word.kinds.isdisjoint(PLACE_LISTS)
    classes = word.nouns or compound_classes(word, lexicon)
    before = doc.words[at - 1] if at else None
    paired = before is not None and not before.closed and doc.text[before.end : word.start] == " "
    pair = _NONE
    if before is not None and paired and before.nouns and word.nouns:
        pair = lexicon.nouns(f"{before.folded} {word.folded}")
    if not told and classes.isdisjoint(_LOOSE_CLASSES) and pair.isdisjoint(_LOOSE_CLASSES):
        return Degree.NOT
    if (
        word.kinds & _BARS
        or "scene_stop" in reading.pack.kinds(word.noun.rpartition("-")[2])
        or ("body_parts" in word.kinds and not listed)
    ):
        return Degree.NOT
    if "floors" in word.kinds:
        return Degree.SURE
    if (not classes and not listed) or (classes is _UNKNOWN and _describes(doc, at)):
        return Degree.NOT
    if before is not None and paired:
        if pair & PLACE_CLASSES:
            return Degree.SURE
        classes |= pair
        if _is_deed(before, word, doc.words[min(at + 1, len(doc.words) - 1)]):
            return Degree.NOT
    if listed or ("vehicle" in classes and _is_boarded(doc, at)):
        return Degree.SURE
    return _degree_by(classes)


def _describes(doc: Document, at: int) -> bool:
    """Whether a word that the lexicon lacks stands before the noun it describes."""
    if at + 1 == len(doc.words):
        return False
    following = doc.words[at + 1]
    gap = doc.text[doc.words[at].end : following.start]
    return gap in (" ", "-") and not following.closed


def _degree_by(classes: frozenset[str]) -> Degree:
    """How surely a noun of these classes is a place."""
    if "furniture" in classes:
        return Degree.NOT
    loose = Degree.LOOSE if classes & _LOOSE_CLASSES else Degree.NOT
    if "artefact" in classes:
        return Degree.LED if classes & _INDOORS else loose
    if not classes & PLACE_CLASSES or classes & _NO_PLACE:
        return loose
    led = "group" in classes and not classes & _ROOMS_AND_GROUNDS
    return Degree.LED if led else Degree.SURE


def compound_classes(word: Word, lexicon: Lexicon) -> frozenset[str]:
    """The classes of a compound the lexicon lacks, by its last part ("drawing-room")."""
    folded = word.folded
    if "-" in folded:
        return lexicon.nouns(folded.replace("-", " ")) or lexicon.nouns(folded.rpartition("-")[2])
    if word.common or word.capital:
        return _NONE
    for length in _LAST_PARTS:
        classes = lexicon.nouns(folded[-length:]) if len(folded) > length else _NONE
        if classes & PLACE_CLASSES and "artefact" not in classes:
            return classes
    return _UNKNOWN


# Lengths of the last parts of closed compounds, the longest first.
_LAST_PARTS = (7, 6, 5, 4)
# A word that the lexicon lacks may be a place where a scene is set in it ("in the izakaya").
_UNKNOWN = frozenset({"venue"})


def _is_deed(before: Word, word: Word, after: Word) -> bool:
    """Whether what looks like a place is what somebody does ("the cook parks the van")."""
    if word.capital:
        return False
    if word.form == "third":
        if before.owns:
            return False
        return before.capital or "person" in before.nouns or "determiners" in after.kinds
    return word.adjective and before.form == "third" and bool(before.nouns)


def _is_boarded(doc: Document, at: int) -> bool:
    """Whether somebody is in a vehicle ("in the last bus", "aboard a ferry")."""
    for back in range(at - 1, max(-1, at - 1 - _MOST_MODIFIERS), -1):
        kinds = doc.words[back].kinds
        if "determiners" in kinds:
            return "aboard" in doc.words[max(0, back - 1)].kinds
        if "prepositions" in kinds or doc.words[back].closed:
            return False
    return False
