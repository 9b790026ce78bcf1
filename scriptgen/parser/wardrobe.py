"""What people wear: garments in a description, behind "in" or "wearing", or owned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.parser.cast import Person
    from scriptgen.parser.mentions import Mention
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.words import Word

_MOST = 3
_LONGEST_GARMENT = 9
_REACH = 90


def find_wardrobe(
    reading: Reading, person: Person, mentions: Sequence[Mention]
) -> tuple[Span, ...]:
    """The first garments of ``person``, each kind once."""
    if reading.pack.lexicon is None:
        return ()
    found: dict[str, Span] = {}
    for start, end in _ranges(reading.doc, person, mentions):
        if 1 in reading.doc.quoted[start:end]:
            continue
        for pattern in reading.pack.patterns.get("wears", ()):
            match = pattern.match(reading.doc.text, start, end)
            span = _garment(reading.doc, match.start("what"), end) if match else None
            if span is not None:
                found.setdefault(span.text.split()[-1].lower(), span)
        if len(found) >= _MOST:
            break
    return tuple(found.values())[:_MOST]


def _ranges(
    doc: Document, person: Person, mentions: Sequence[Mention]
) -> Iterator[tuple[int, int]]:
    """Where a garment may follow: in what a description adds, and behind each mention."""
    for description in person.descriptions:
        if description.tail:
            yield description.core_end, description.end
    for mention in mentions:
        sentence = doc.sentence_at(mention.end - 1)
        yield mention.end, min(sentence.end, mention.end + _REACH)


def _garment(doc: Document, start: int, end: int) -> Span | None:
    """The noun phrase from ``start`` up to its garment, ``None`` where there is none."""
    words = doc.words_in(start, end)[: _LONGEST_GARMENT + 1]
    for at, word in enumerate(words[:_LONGEST_GARMENT]):
        gap = doc.text[words[at - 1].end if at else start : word.start]
        if (at and gap not in (" ", "-", ", ")) or "—" in gap:
            return None
        if _is_garment(word):
            following = words[at + 1] if at + 1 < len(words) else None
            if following is None or not _goes_on(doc, word, following):
                return Span.cut(doc.text, start, word.end)
        elif _ends_phrase(word):
            return None
    return None


def _is_garment(word: Word) -> bool:
    return "garment" in word.nouns and word.form != "ing"


def _goes_on(doc: Document, word: Word, following: Word) -> bool:
    """Whether a garment only qualifies the next one ("silk scarf")."""
    return "garment" in following.nouns and doc.text[word.end : following.start] == " "


def _ends_phrase(word: Word) -> bool:
    stops = "prepositions" in word.kinds or word.form == "third"
    return stops and "noun_links" not in word.kinds
