"""Places: what the essay names as one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.parser.place_heads import (
    PLACE_CLASSES,
    PLACE_LISTS,
    Degree,
    degree_of,
)
from scriptgen.parser.words import PAST_PARTICIPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import IntExt
    from scriptgen.language import LanguagePack, Lexicon
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

_MOST_MODIFIERS = 4
_LONGEST_LINK = 5
_LONGEST_NAME = 4
_PHRASE_SIGNS = frozenset({"determiners", "floors"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A noun phrase that names a place: ``[start, end)``, its folded head and content words.

    ``leading``: the preposition before it, folded; empty where there is none. ``sure``: a place
    wherever it is named, not only where a scene is set in it ("the counter", "the lorry").
    """

    start: int
    end: int
    head: str
    words: frozenset[str]
    leading: str
    sure: bool = True


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

    def is_named(self, place: PlaceName) -> bool:
        """Whether ``place`` is a name of this one."""
        if self.head != place.head:
            return False
        known, words = self.words, place.words
        return known <= words or words <= known or len(known & words) > 1


def place_names(
    reading: Reading, start: int, end: int, *, loose: bool = False, parts: bool = False
) -> list[PlaceName]:
    """The places named in ``[start, end)`` outside of lines, in order.

    ``loose``: also what is a place only where a scene is set in it; ``parts``: also that of which
    only a part is named ("at the shop window").
    """
    doc, lexicon = reading.doc, reading.pack.lexicon
    if lexicon is None:
        return []
    found: list[PlaceName] = []
    for at, degree in _heads(reading, start, end, lexicon):
        word = doc.words[at]
        if degree == Degree.LOOSE and (word.capital or not loose):
            continue
        if doc.quoted[word.start] or word.start in reading.outside:
            continue
        if qualifies(doc, at) and not (parts and _is_part(doc, at)):
            continue
        first = at if "floors" in word.kinds else phrase_start(doc, at)
        if doc.words[first].start < start or not is_phrase(doc, first, at):
            continue
        again = "artefact" not in word.nouns and any(
            "place_modifiers" in w.kinds for w in doc.words[first:at]
        )
        name = as_name(reading, first, at, lexicon, sure=again or degree != Degree.LOOSE)
        if found and name.end <= found[-1].end:
            continue
        if reading.pack.is_word("comparing", name.leading):
            continue
        if degree == Degree.LOOSE and "determiners" not in doc.words[first].kinds:
            continue
        if degree != Degree.LED or loose or reading.pack.is_word("into_place", name.leading):
            found.append(name)
    return found


def _heads(
    reading: Reading, start: int, end: int, lexicon: Lexicon
) -> Iterator[tuple[int, Degree]]:
    """The words in ``[start, end)`` that can be the head of a place, and how surely they are."""
    doc, degrees = reading.doc, reading.degrees
    for at in range(doc.word_index(start), doc.word_index(end)):
        degree = degrees.get(at)
        if degree is None:
            degree = degree_of(reading, at, lexicon)
        if degree != Degree.NOT:
            word = doc.words[at]
            if not word.closed or word.kinds & PLACE_LISTS:
                yield at, degree


def as_name(reading: Reading, first: int, at: int, lexicon: Lexicon, *, sure: bool) -> PlaceName:
    """The name whose words reach from ``first`` to the head at ``at``."""
    doc = reading.doc
    words = doc.words
    start = words[first].start
    content = frozenset(
        w.folded for w in words[first : at + 1] if "determiners" not in w.kinds and not w.closed
    )
    back = first - 2 if first > 1 and "predeterminers" in words[first - 1].kinds else first - 1
    before = words[back] if back >= 0 else None
    start = words[back + 1].start
    led = before is not None and doc.text[before.end : start] == " "
    end = words[at].end
    numbered = _numbered(doc, first, at)
    if numbered is not None:
        end = words[numbered].end
        content |= {words[numbered].folded}
    else:
        end = _phrase_end(reading, at, lexicon)
    if before is None or not led:
        return PlaceName(start, end, words[at].folded, content, "", sure)
    if "outside_of" in before.kinds and not _is_inner(words[at]):
        head = f"{before.folded} {words[at].folded}"
        return PlaceName(before.start, end, head, content | {before.folded}, before.folded, sure)
    return PlaceName(start, end, words[at].folded, content, before.folded, sure)


def _is_inner(word: Word) -> bool:
    """Whether what is outside of the place may well be indoors ("outside the ward")."""
    return bool(word.nouns & {"place_in", "artefact"}) and "building" not in word.nouns


def _numbered(doc: Document, first: int, at: int) -> int | None:
    """The number behind a place without an article ("room nine", "Platform 4")."""
    words = doc.words
    if at + 1 == len(words) or "determiners" in words[first].kinds:
        return None
    following = words[at + 1]
    if doc.text[words[at].end : following.start] != " ":
        return None
    return at + 1 if following.text.isdigit() or "numerals" in following.kinds else None


def is_phrase(doc: Document, first: int, at: int) -> bool:
    """Whether a noun stands as one: behind an article or a preposition, or opening a sentence."""
    word = doc.words[first]
    if word.kinds & _PHRASE_SIGNS or first < at or word.capital:
        return True
    return first > 0 and "prepositions" in doc.words[first - 1].kinds


def _is_part(doc: Document, at: int) -> bool:
    """Whether a thing that stands there follows ("shop window", "store fridge")."""
    classes = doc.words[at + 1].nouns
    return not doc.words[at].owns and "fixture" in classes and not classes & PLACE_CLASSES


def qualifies(doc: Document, at: int) -> bool:
    """Whether the place only qualifies what follows ("kitchen knife", "the garden’s edge")."""
    if at + 1 >= len(doc.words):
        return False
    word, following = doc.words[at], doc.words[at + 1]
    if doc.text[word.end : following.start] not in (" ", "-"):
        return False
    if word.owns or following.kinds & PLACE_LISTS or "distances" in following.kinds:
        return True
    if "furniture" in following.nouns:
        return False
    if word.adjective and following.adjective and not following.closed and not following.adverb:
        return True
    if following.form in PAST_PARTICIPLES and _is_led(doc, at + 2):
        return False
    return (
        bool(following.nouns)
        and not following.closed
        and (word.capital or not following.capital)
        and "numerals" not in following.kinds
        and "prepositions" not in following.kinds
        and following.form != "third"
        and not following.adverb
        and doc.text[following.end : following.end + 1] != "’"
    )


def _is_led(doc: Document, at: int) -> bool:
    """Whether a preposition that goes with a participle stands at ``at`` ("set for", "lit by")."""
    return at < len(doc.words) and "setting_out" in doc.words[at].kinds


def phrase_start(doc: Document, at: int) -> int:
    """The first word of the phrase whose head is at ``at``."""
    words = doc.words
    first = at
    while first > 0 and at - first < _MOST_MODIFIERS:
        word = words[first - 1]
        if not _joins(doc.text[word.end : words[first].start], word, words[first]):
            break
        if "determiners" in word.kinds and not word.owns:
            return first - 1
        if word.capital and "place_adverbs" in word.kinds:
            break
        if "place_modifiers" not in word.kinds and (
            word.closed or word.kinds & _PHRASE_ENDS or not _can_modify(word)
        ):
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


def _phrase_end(reading: Reading, at: int, lexicon: Lexicon) -> int:
    """Behind the head, with "of the church" or "behind the bar" where that is a place too."""
    doc = reading.doc
    words, end = doc.words, doc.words[at].end
    if at + 2 >= len(words) or "place_links" not in words[at + 1].kinds:
        return end
    if doc.text[end : words[at + 1].start] != " ":
        return end
    partitive = "noun_links" in words[at + 1].kinds
    if words[at + 2].capital and doc.text[words[at + 1].end : words[at + 2].start] == " ":
        return _capital_end(doc, at + 2) if words[at].capital or partitive else end
    for index in range(at + 2, min(len(words), at + 2 + _LONGEST_LINK)):
        word = words[index]
        if doc.text[words[index - 1].end : word.start] not in (" ", "-"):
            return end
        if partitive and "indefinite_articles" in word.kinds:
            return end
        if degree_of(reading, index, lexicon) >= Degree.LED:
            return word.end
        if not ("determiners" in word.kinds or word.adjective or word.nouns):
            return end
    return end


def _capital_end(doc: Document, at: int) -> int:
    """Where the run of capital words from ``at`` ends ("the Hall of Quiet Longevity")."""
    words = doc.words
    last = at
    while (
        last + 1 < len(words)
        and last - at < _LONGEST_NAME
        and words[last + 1].capital
        and doc.text[words[last].end : words[last + 1].start] == " "
    ):
        last += 1
    return words[last].bare_end


def place_text(doc: Document, pack: LanguagePack, place: PlaceName) -> str:
    """The place as a name, without its article."""
    text = doc.text[place.start : place.end]
    for pattern in pack.patterns.get("place_article", ()):
        text = pattern.sub("", text, count=1)
    return text.replace("*", "").strip()
