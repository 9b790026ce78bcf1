"""Places and times: where and when the essay says something happens."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.brief import IntExt

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document, Word

PLACE_CLASSES = frozenset({"place_in", "place_out", "building"})
_MOST_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A noun phrase that names a place: ``[start, end)``, its folded head and content words."""

    start: int
    end: int
    head: str
    words: frozenset[str]
    leading: str
    """The preposition before it, folded; empty where there is none."""


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
    doc, pack, lexicon = reading.doc, reading.pack, reading.pack.lexicon
    if lexicon is None:
        return []
    found: list[PlaceName] = []
    base = doc.word_index(start)
    words = doc.words_in(start, end)
    for offset, word in enumerate(words):
        at = base + offset
        if doc.is_quoted(word.start) or word.start in reading.outside:
            continue
        if not _is_place(doc, pack, at, lexicon):
            continue
        if at + 1 < len(doc.words) and _qualifies_next(doc, pack, at, lexicon):
            continue
        first = _phrase_start(doc, pack, at, lexicon)
        if doc.words[first].start < start or not _is_phrase(doc, pack, first, at):
            continue
        stop = _phrase_end(doc, pack, at, lexicon)
        content = frozenset(
            w.folded
            for w in doc.words_in(doc.words[first].start, word.end)
            if "determiners" not in w.kinds and not lexicon.closed(w.folded)
        )
        leading = doc.words[first - 1].folded if first > 0 else ""
        if first > 0 and doc.text[doc.words[first - 1].end : doc.words[first].start] != " ":
            leading = ""
        found.append(PlaceName(doc.words[first].start, stop, word.folded, content, leading))
    return found


def _is_phrase(doc: Document, pack: LanguagePack, first: int, at: int) -> bool:
    """Whether a noun stands as one: behind an article or a preposition, or first in its sentence."""
    word = doc.words[first]
    if "determiners" in word.kinds or first < at or word.capital:
        return True
    return first > 0 and "prepositions" in doc.words[first - 1].kinds


def _is_place(doc: Document, pack: LanguagePack, at: int, lexicon: Lexicon) -> bool:
    word = doc.words[at]
    if "scene_stop" in word.kinds:
        return False
    if "places_in" in word.kinds or "places_out" in word.kinds:
        return True
    if "body_parts" in word.kinds:
        return False
    classes = lexicon.nouns(word.folded)
    if "artefact" in classes:
        return False
    if at and doc.text[doc.words[at - 1].end : word.start] == " ":
        classes = classes | lexicon.nouns(f"{doc.words[at - 1].folded} {word.folded}")
    return bool(classes & PLACE_CLASSES) and not classes & {
        "body",
        "person",
        "feeling",
        "group",
    } - ({"group"} if classes & {"place_in", "place_out"} else set())


def _qualifies_next(doc: Document, pack: LanguagePack, at: int, lexicon: Lexicon) -> bool:
    """Whether the place only qualifies what follows ("kitchen knife", "the garden’s edge")."""
    word, following = doc.words[at], doc.words[at + 1]
    if doc.text[word.end : following.start] not in (" ", "-"):
        return False
    if word.text.endswith(("’s", "'s")):
        return True
    if "places_out" in following.kinds or "places_in" in following.kinds:
        return True
    nouns = lexicon.nouns(following.folded)
    return (
        bool(nouns)
        and not lexicon.closed(following.folded)
        and "prepositions" not in following.kinds
        and not (lexicon.verbs(following.folded) and lexicon.verb_form(following.folded) == "third")
        and not lexicon.adverb(following.folded)
        and doc.text[following.end : following.end + 1] not in ("’",)
    )


def _phrase_start(doc: Document, pack: LanguagePack, at: int, lexicon: Lexicon) -> int:
    first = at
    while first > 0 and at - first < _MOST_MODIFIERS:
        word = doc.words[first - 1]
        gap = doc.text[word.end : doc.words[first].start]
        if gap not in (" ", "-") and not (gap == ". " and word.capital):
            if gap != ", " or not (
                lexicon.adjective(word.folded)
                and (lexicon.adjective(doc.words[first].folded) or "-" in doc.words[first].text)
            ):
                break
        if "determiners" in word.kinds and not word.text.endswith(("’s", "'s")):
            return first - 1
        if lexicon.closed(word.folded) or "prepositions" in word.kinds:
            break
        if word.folded in pack.words.get("joining", frozenset()):
            break
        if not (
            lexicon.adjective(word.folded)
            or lexicon.nouns(word.folded)
            or word.capital
            or word.text.endswith(("’s", "'s"))
            or lexicon.is_past_participle(word.folded)
            or lexicon.is_participle(word.folded)
            or "-" in word.text
        ):
            break
        first -= 1
    return first


def _phrase_end(doc: Document, pack: LanguagePack, at: int, lexicon: Lexicon) -> int:
    """Behind the head, with "of the church" or "behind the restaurant" where that is a place too."""
    words, end = doc.words, doc.words[at].end
    if at + 2 >= len(words) or doc.text[end : words[at + 1].start] != " ":
        return end
    if "place_links" not in words[at + 1].kinds:
        return end
    for index in range(at + 2, min(len(words), at + 7)):
        word = words[index]
        if doc.text[words[index - 1].end : word.start] not in (" ", "-"):
            return end
        if word.folded in ("a", "an") and words[at + 1].folded == "of":
            return end
        if _is_place(doc, pack, index, lexicon):
            return word.end
        if not (
            "determiners" in word.kinds
            or lexicon.adjective(word.folded)
            or lexicon.nouns(word.folded)
        ):
            return end
    return end


def inside_or_outside(
    reading: Reading, place: PlaceName, sentence: tuple[int, int]
) -> tuple[IntExt | None, bool]:
    """INT or EXT, and whether that is only inferred; by the class of the head and what is said."""
    doc, pack, lexicon = reading.doc, reading.pack, reading.pack.lexicon
    if lexicon is None:
        return None, False
    if place.leading == "inside":
        return IntExt.INT, True
    if pack.is_word("outside_of", place.leading):
        return IntExt.EXT, True
    if pack.is_word("places_in", place.head):
        return IntExt.INT, False
    if pack.is_word("places_out", place.head):
        return IntExt.EXT, False
    classes = lexicon.nouns(place.head)
    phrase = " ".join(w.folded for w in doc.words_in(place.start, place.end)[-2:])
    classes = classes | lexicon.nouns(phrase)
    if "place_in" in classes and "place_out" not in classes:
        return IntExt.INT, False
    if "place_out" in classes and "place_in" not in classes:
        return IntExt.EXT, False
    outdoors = sum("outdoor_signs" in w.kinds for w in doc.words_in(*sentence))
    if "building" in classes:
        return (IntExt.EXT if outdoors else IntExt.INT), True
    return (IntExt.EXT, True) if outdoors else (None, False)


def time_of(reading: Reading, start: int, end: int) -> tuple[str, int, int] | None:
    """The first time of day told in ``[start, end)``: its name and where it stands."""
    doc, pack = reading.doc, reading.pack
    for pattern in pack.patterns.get("clock", ()):
        match = pattern.search(doc.text, start, end)
        if match and not doc.is_quoted(match.start()):
            name = pack.maps.get("times", {}).get(match.group("part").lower())
            if name:
                return name, match.start(), match.end()
    for word in doc.words_in(start, end):
        if doc.is_quoted(word.start):
            continue
        name = pack.maps.get("times", {}).get(word.folded)
        if name and not _figure_of_speech(doc, pack, word):
            return name, word.start, word.end
    return None


def light_of(reading: Reading, start: int, end: int) -> tuple[str, int, int] | None:
    """The first light in ``[start, end)`` that gives the time away ("moonlight", "the sun")."""
    doc, pack = reading.doc, reading.pack
    for word in doc.words_in(start, end):
        name = pack.maps.get("lights", {}).get(word.folded)
        if name and not doc.is_quoted(word.start) and not _figure_of_speech(doc, pack, word):
            return name, word.start, word.end
    return None


def _figure_of_speech(doc: Document, pack: LanguagePack, word: Word) -> bool:
    before = doc.text[max(0, word.start - 24) : word.start]
    after = doc.text[word.end : word.end + 24]
    return any(p.search(before) for p in pack.patterns.get("not_now_before", ())) or any(
        p.match(after) for p in pack.patterns.get("not_now_after", ())
    )


_ARTICLE = re.compile(r"^(?:the|a|an|this|that)\s+", re.IGNORECASE)


def place_text(doc: Document, place: PlaceName) -> str:
    """The place as a name, without its article."""
    return _ARTICLE.sub("", doc.text[place.start : place.end]).replace("*", "").strip()
