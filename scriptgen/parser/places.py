"""Places: what the essay names as one, and whether it is indoors or outdoors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.brief import IntExt

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

PLACE_CLASSES = frozenset({"place_in", "place_out", "building"})
_PLACE_LISTS = frozenset({"places_in", "places_out"})
_BAR_PLACE = frozenset({"scene_stop", "body_parts"})
_NO_PLACE = frozenset({"body", "person", "feeling"})
_GROUPS = frozenset({"group"})
_ROOMS_AND_GROUNDS = frozenset({"place_in", "place_out"})
_MOST_MODIFIERS = 4
_LONGEST_LINK = 5


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A noun phrase that names a place: ``[start, end)``, its folded head and content words.

    ``leading``: the preposition before it, folded; empty where there is none.
    """

    start: int
    end: int
    head: str
    words: frozenset[str]
    leading: str


@dataclass(slots=True)
class Site:
    """A place in the making."""

    name: str
    head: str
    words: set[str]
    evidence: list[tuple[int, int]] = field(default_factory=list)
    int_ext: IntExt | None = None
    time: str | None = None
    light: tuple[int, int] | None = None
    inferred: list[str] = field(default_factory=list)


def place_names(reading: Reading, start: int, end: int) -> list[PlaceName]:
    """The places named in ``[start, end)`` outside of lines, in order."""
    doc, lexicon = reading.doc, reading.pack.lexicon
    if lexicon is None:
        return []
    found: list[PlaceName] = []
    for at in range(doc.word_index(start), doc.word_index(end)):
        word = doc.words[at]
        if not _is_place(doc, at, lexicon):
            continue
        if doc.quoted[word.start] or word.start in reading.outside or _qualifies_next(doc, at):
            continue
        first = _phrase_start(doc, at)
        if doc.words[first].start >= start and _is_phrase(doc, first, at):
            found.append(_as_name(doc, first, at, lexicon))
    return found


def _as_name(doc: Document, first: int, at: int, lexicon: Lexicon) -> PlaceName:
    """The name whose words reach from ``first`` to the head at ``at``."""
    words = doc.words
    start = words[first].start
    content = frozenset(
        w.folded for w in words[first : at + 1] if "determiners" not in w.kinds and not w.closed
    )
    before = words[first - 1] if first else None
    led = before is not None and doc.text[before.end : start] == " "
    return PlaceName(
        start,
        _phrase_end(doc, at, lexicon),
        words[at].folded,
        content,
        before.folded if before is not None and led else "",
    )


def _is_phrase(doc: Document, first: int, at: int) -> bool:
    """Whether a noun stands as one: behind an article or a preposition, or opening a sentence."""
    word = doc.words[first]
    if "determiners" in word.kinds or first < at or word.capital:
        return True
    return first > 0 and "prepositions" in doc.words[first - 1].kinds


def _is_place(doc: Document, at: int, lexicon: Lexicon) -> bool:
    word = doc.words[at]
    if word.kinds & _PLACE_LISTS:
        return "scene_stop" not in word.kinds
    if not word.nouns or word.kinds & _BAR_PLACE:
        return False
    classes = word.nouns
    before = doc.words[at - 1] if at else None
    if before and not before.closed and doc.text[before.end : word.start] == " ":
        pair = lexicon.nouns(f"{before.folded} {word.folded}")
        if pair & PLACE_CLASSES:
            return True
        classes |= pair
    if "artefact" in classes:
        return "vehicle" in classes and _is_boarded(doc, at)
    if not classes & PLACE_CLASSES or classes & _NO_PLACE:
        return False
    return not classes & _GROUPS or bool(classes & _ROOMS_AND_GROUNDS)


def _is_boarded(doc: Document, at: int) -> bool:
    """Whether somebody is in a vehicle ("in the last bus", "aboard a ferry")."""
    for back in range(at - 1, max(-1, at - 1 - _MOST_MODIFIERS), -1):
        kinds = doc.words[back].kinds
        if "aboard" in kinds:
            return "determiners" in doc.words[back + 1].kinds
        if "prepositions" in kinds or (doc.words[back].closed and "determiners" not in kinds):
            return False
    return False


def _qualifies_next(doc: Document, at: int) -> bool:
    """Whether the place only qualifies what follows ("kitchen knife", "the garden’s edge")."""
    if at + 1 >= len(doc.words):
        return False
    word, following = doc.words[at], doc.words[at + 1]
    if doc.text[word.end : following.start] not in (" ", "-"):
        return False
    if word.owns or following.kinds & _PLACE_LISTS:
        return True
    return (
        bool(following.nouns)
        and not following.closed
        and "prepositions" not in following.kinds
        and following.form != "third"
        and not following.adverb
        and doc.text[following.end : following.end + 1] != "’"
    )


def _phrase_start(doc: Document, at: int) -> int:
    """The first word of the phrase whose head is at ``at``."""
    words = doc.words
    first = at
    while first > 0 and at - first < _MOST_MODIFIERS:
        word = words[first - 1]
        if not _joins(doc.text[word.end : words[first].start], word, words[first]):
            break
        if "determiners" in word.kinds and not word.owns:
            return first - 1
        if word.closed or word.kinds & _PHRASE_ENDS or not _can_modify(word):
            break
        first -= 1
    return first


_PHRASE_ENDS = frozenset({"prepositions", "joining"})


def _joins(gap: str, word: Word, following: Word) -> bool:
    """Whether two words can be of one phrase, by what stands between them."""
    if gap in (" ", "-"):
        return True
    if gap == ", ":
        return word.adjective and (following.adjective or "-" in following.text)
    return gap == ". " and word.capital


def _can_modify(word: Word) -> bool:
    return (
        word.adjective
        or bool(word.nouns)
        or word.capital
        or word.owns
        or word.form in ("perfect", "both", "ing")
        or "-" in word.text
    )


def _phrase_end(doc: Document, at: int, lexicon: Lexicon) -> int:
    """Behind the head, with "of the church" or "behind the bar" where that is a place too."""
    words, end = doc.words, doc.words[at].end
    if at + 2 >= len(words) or "place_links" not in words[at + 1].kinds:
        return end
    if doc.text[end : words[at + 1].start] != " ":
        return end
    partitive = "noun_links" in words[at + 1].kinds
    for index in range(at + 2, min(len(words), at + 2 + _LONGEST_LINK)):
        word = words[index]
        if doc.text[words[index - 1].end : word.start] not in (" ", "-"):
            return end
        if partitive and "indefinite_articles" in word.kinds:
            return end
        if _is_place(doc, index, lexicon):
            return word.end
        if not ("determiners" in word.kinds or word.adjective or word.nouns):
            return end
    return end


def inside_or_outside(
    reading: Reading, place: PlaceName, sentence: tuple[int, int]
) -> tuple[IntExt | None, bool]:
    """INT or EXT, and whether that is only inferred; by the class of the head and what is said."""
    doc, pack, lexicon = reading.doc, reading.pack, reading.pack.lexicon
    if lexicon is None:
        return None, False
    for kind, where, inferred in _TOLD:
        if pack.is_word(kind, place.leading if inferred else place.head):
            return where, inferred
    phrase = " ".join(w.folded for w in doc.words_in(place.start, place.end)[-2:])
    classes = lexicon.nouns(place.head) | lexicon.nouns(phrase)
    if "place_in" in classes and "place_out" not in classes:
        return IntExt.INT, False
    if "place_out" in classes and "place_in" not in classes:
        return IntExt.EXT, False
    outdoors = any("outdoor_signs" in w.kinds for w in doc.words_in(*sentence))
    if "building" in classes:
        return (IntExt.EXT if outdoors else IntExt.INT), True
    return (IntExt.EXT, True) if outdoors else (None, False)


_TOLD = (
    ("outside_of", IntExt.EXT, True),
    ("inside_of", IntExt.INT, True),
    ("places_in", IntExt.INT, False),
    ("places_out", IntExt.EXT, False),
)


def place_text(doc: Document, pack: LanguagePack, place: PlaceName) -> str:
    """The place as a name, without its article."""
    text = doc.text[place.start : place.end]
    for pattern in pack.patterns.get("place_article", ()):
        text = pattern.sub("", text, count=1)
    return text.replace("*", "").strip()
