"""Times: the time of day that words tell, or that light gives away."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from scriptgen.parser.words import PERSON_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.language import LanguagePack
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

_REACH = 24
# The group of a clock pattern that holds a word of time; any other group is named by its time.
_LOOKED_UP = "part"


def time_of(reading: Reading, start: int, end: int) -> tuple[str, int, int] | None:
    """The first time of day told in ``[start, end)``: its name and where it stands."""
    doc, pack = reading.doc, reading.pack
    first, last = doc.sentence_at(start).index, doc.sentence_at(max(start, end - 1)).index
    likely = doc.likely(pack, "clock")
    if any(number in likely for number in range(first, last + 1)):
        times = pack.maps.get("times", {})
        for search in pack.searches("clock", doc.parts_in(start, end)):
            match = next(doc.matches(search, start, end), None)
            if match is None or doc.is_quoted(match.start()):
                continue
            told = match.lastgroup or ""
            name = times.get(match.group(told).lower()) if told == _LOOKED_UP else told
            if name:
                return name, match.start(), match.end()
    return _first(reading, "times", start, end)


def light_of(reading: Reading, start: int, end: int) -> tuple[str, int, int] | None:
    """The first light in ``[start, end)`` that gives the time away ("moonlight", "the sun")."""
    return _first(reading, "lights", start, end)


def _first(reading: Reading, kind: str, start: int, end: int) -> tuple[str, int, int] | None:
    told = reading.times.get(kind)
    if told is None:
        told = reading.times[kind] = list(_told(reading.doc, reading.pack, kind))
    at = bisect_left(told, start, key=_BEGIN)
    return told[at] if at < len(told) and told[at][1] < end else None


_BEGIN = itemgetter(1)


def _told(doc: Document, pack: LanguagePack, kind: str) -> Iterator[tuple[str, int, int]]:
    """The words outside of lines that tell a time, in order: its name and where each stands."""
    names = pack.maps.get(kind, {})
    for at, word in enumerate(doc.words):
        if (
            word.folded in names
            and not doc.is_quoted(word.start)
            and not _is_figure(doc, pack, word)
            and not _is_in_name(doc, at)
        ):
            yield names[word.folded], word.start, word.end


def _is_figure(doc: Document, pack: LanguagePack, word: Word) -> bool:
    """Whether a word of time is a figure of speech ("good night", "day one")."""
    before = doc.text[max(0, word.start - _REACH) : word.start]
    after = doc.text[word.end : word.end + _REACH]
    return pack.has("not_now_before", before) or pack.begins("not_now_after", after)


def _is_in_name(doc: Document, at: int) -> bool:
    """Whether a word of time ends somebody's name ("King Sunny", "Rosa Dawn")."""
    before, word = doc.words[max(0, at - 1)], doc.words[at]
    return (
        word.capital
        and before.capital
        and not word.text.isupper()
        and doc.text[before.end : word.start] == " "
        and (not before.common or not PERSON_CLASSES.isdisjoint(before.nouns))
    )
