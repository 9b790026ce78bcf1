"""Paragraphs, sentences and words, as ranges into the essay's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, repeat
from operator import attrgetter, sub
from typing import TYPE_CHECKING, TypeVar

from scriptgen.parser.typography import cover, marks
from scriptgen.parser.words import PART, Word, read_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.typography import Mark
    from scriptgen.patterns import Search


class Block(Enum):
    """What kind of paragraph a range is."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "item"
    VERSE = "verse"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``[start, end)`` without its Markdown mark; ``level`` of a heading."""

    start: int
    end: int
    block: Block = Block.PROSE
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """``[start, end)``, trimmed; ``paragraph`` and ``index`` count from 0.

    ``words``: the parts of its words, by which patterns are searched in it or not; ``kinds``: the
    pack's word lists that hold one of its words.
    """

    index: int
    start: int
    end: int
    paragraph: int
    words: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Document:
    """An essay's text with its typography: what all passes read.

    ``_sentence_at`` and ``_word_at``: for each offset its sentence, and the index of the first word
    that begins there or behind; ``_likely``: what `likely` gave so far.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    marks: tuple[Mark, ...]
    quoted: bytearray
    _words: frozenset[str]
    _sentence_at: Sequence[Sentence]
    _word_at: Sequence[int]
    _mark_starts: tuple[int, ...]
    _likely: dict[str, Container[int]] = field(default_factory=dict, repr=False, compare=False)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds ``offset``, or the one before it."""
        at = self._sentence_at
        return at[offset] if 0 <= offset < len(at) else self.sentences[-1 if offset > 0 else 0]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that begin in ``[start, end)``."""
        at = self._word_at
        if 0 <= start <= end < len(at):
            return self.words[at[start] : at[end]]
        return self.words[self.word_index(start) : self.word_index(end)]

    def parts_in(self, start: int, end: int) -> frozenset[str]:
        """The parts of the words that begin in ``[start, end)``, for `LanguagePack.searches`."""
        return frozenset(chain.from_iterable(map(_PARTS, self.words_in(start, end))))

    def first_part(self, offset: int) -> str:
        """The first part of the first word at or after ``offset``; empty behind the last."""
        at = self.word_index(offset)
        return self.words[at].parts[0] if at < len(self.words) else ""

    def word_index(self, offset: int) -> int:
        """The index of the first word at or after ``offset``."""
        at = self._word_at
        return at[offset] if 0 <= offset < len(at) else len(self.words) if offset > 0 else 0

    def marks_in(self, start: int, end: int) -> tuple[Mark, ...]:
        """The marks that open in ``[start, end)``."""
        return self.marks[
            bisect_left(self._mark_starts, start) : bisect_left(self._mark_starts, end)
        ]

    def likely(self, pack: LanguagePack, name: str) -> Container[int]:
        """The indices of the sentences in which one of the patterns ``name`` may match."""
        likely = self._likely.get(name)
        if likely is None:
            worth = self._worth(self.sentences, pack.needed(name))
            likely = self._likely[name] = frozenset(sentence.index for sentence in worth)
        return likely

    def found(self, pack: LanguagePack, name: str) -> Iterator[re.Match[str]]:
        """What the patterns ``name`` match in the sentences, one pattern after the other."""
        for search in pack.searches(name, self._words):
            worth = self._worth(self._worth(self.sentences, search.needed), search.openers)
            for sentence in worth:
                yield from self.matches(search, sentence.start, sentence.end)

    def _worth(
        self, sentences: Sequence[Sentence], words: frozenset[str] | None
    ) -> Sequence[Sentence]:
        """Those of the sentences that hold one of ``words``; all where these are not known."""
        if words is None:
            return sentences
        there = words & self._words
        return [s for s in sentences if not there.isdisjoint(s.words)] if there else ()

    def matches(self, search: Search, start: int, end: int) -> Iterator[re.Match[str]]:
        """What a pattern matches in ``[start, end)``, tried where one of its first words stands."""
        openers = search.openers
        if openers is None:
            yield from search.pattern.finditer(self.text, start, end)
            return
        match = search.pattern.match
        at = start
        for word in self.words_in(start, end):
            if openers.isdisjoint(word.parts):
                continue
            for begin in _part_starts(word) if len(word.parts) > 1 else (word.start,):
                found = match(self.text, begin, end) if begin >= at else None
                if found is not None:
                    yield found
                    at = found.end()

    def is_quoted(self, offset: int) -> bool:
        """Whether ``offset`` lies inside a set-apart piece."""
        return bool(self.quoted[offset])


_PARTS = attrgetter("parts")
_KINDS = attrgetter("kinds")
_T = TypeVar("_T")
_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-+]|\d{1,3}[.)]|\*(?=[ \t]))[ \t]+")
_VERSE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_STOP = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])(?<![.!?…].)(?P<more>[.!?…]*+)[\"”’'»)\]*_]*+(?=\s|$|—)"
    r"|(?<=[。！？…])[。！？…]*+[”’」』）》]*+)"
)
"""Begins with what it consumes, so that a search leaps from one such character to the next."""
_GAP = re.compile(r"\s*+")
_AHEAD = 40
_OPENERS = "\"“‘'«(*_[「『¿¡—–-"
_INITIAL = re.compile(r"(?:^|[\s(])[A-Z]$")


def read_document(text: str, pack: LanguagePack) -> Document:
    """The paragraphs, sentences, words and marks of ``text``."""
    found = marks(text, pack.patterns.get("dash_tag", ()))
    paragraphs = _paragraphs(text)
    words = read_words(text, pack)
    word_at = _by_offset(range(len(words) + 1), [word.start + 1 for word in words], len(text) + 1)
    sentences = []
    for number, (start, end, paragraph) in enumerate(_sentences(text, paragraphs, found, pack)):
        here = words[word_at[start] : word_at[end]]
        parts = frozenset(chain.from_iterable(map(_PARTS, here)))
        kinds = frozenset().union(*map(_KINDS, here))
        sentences.append(Sentence(number, start, end, paragraph, parts, kinds))
    quoted = cover(text, ((m.outer_start, m.outer_end) for m in found if not m.bold))
    return Document(
        text,
        paragraphs,
        tuple(sentences),
        words,
        found,
        quoted,
        frozenset().union(*(s.words for s in sentences)),
        _by_offset(sentences, [sentence.start for sentence in sentences[1:]], len(text) + 1),
        word_at,
        tuple(m.outer_start for m in found),
    )


def _by_offset(items: Sequence[_T], ends: Sequence[int], size: int) -> list[_T]:
    """A table of ``size`` offsets: up to the first of ``ends`` the first item, and so on."""
    lengths = map(sub, [*ends, size], [0, *ends])
    return list(chain.from_iterable(map(repeat, items, lengths)))


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    found = []
    for m in _LINE.finditer(text):
        start, end = m.start(), m.end()
        block, level = Block.PROSE, 0
        if mark := _HEADING.match(text, start, end):
            block, level, start = Block.HEADING, len(mark.group(1)), mark.end()
        elif mark := _VERSE.match(text, start, end):
            block, start = Block.VERSE, mark.end()
        elif mark := _ITEM.match(text, start, end):
            block, start = Block.ITEM, mark.end()
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            found.append(Paragraph(start, end, block, level))
    return tuple(found)


def _sentences(
    text: str, paragraphs: tuple[Paragraph, ...], found: tuple[Mark, ...], pack: LanguagePack
) -> Iterator[tuple[int, int, int]]:
    """The ranges of the sentences, each with the number of its paragraph."""
    mark_ends = frozenset(m.outer_end for m in found)
    inside = cover(text, ((m.start, m.end) for m in found))
    for number, paragraph in enumerate(paragraphs):
        at = paragraph.start
        for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
            if stop.start() < at or not _ends(text, stop, paragraph.end, mark_ends, inside, pack):
                continue
            yield at, stop.end(), number
            at = stop.end()
            while at < paragraph.end and text[at].isspace():
                at += 1
        if at < paragraph.end:
            yield at, paragraph.end, number


def _part_starts(word: Word) -> list[int]:
    return [word.start + match.start() for match in PART.finditer(word.text)]


def _ends(
    text: str,
    stop: re.Match[str],
    limit: int,
    mark_ends: frozenset[int],
    inside: bytearray,
    pack: LanguagePack,
) -> bool:
    """Whether the punctuation at ``stop`` ends a sentence of the essay (not of a quoted line)."""
    end = stop.end()
    if inside[stop.start()] and end < limit and inside[end]:
        return False
    following = _GAP.match(text, end, limit)
    opens = following.end() if following else end
    if opens == limit:
        return True
    more = stop.group("more")
    if more is None:
        return end not in mark_ends or not text[opens].isalpha() or opens + 1 < limit
    if text[end] == "—":
        return False
    if text[opens : min(limit, opens + _AHEAD)].lstrip(_OPENERS)[:1].islower():
        return False
    if not more and text[stop.start()] == ".":
        before = text[max(0, stop.start() - 12) : stop.start()]
        last = before.rsplit(None, 1)[-1] if before.split() else ""
        initial = _INITIAL.search(before) and not pack.is_word("first_person", last)
        bare = last.lstrip("(“\"‘'*_")
        numbers = text[opens].isdigit() and pack.is_word("number_abbreviations", bare)
        if initial or numbers or pack.is_word("abbreviations", bare):
            return False
    return True
