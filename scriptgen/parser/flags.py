"""Contradictions in the source: reported, never mended.

Only those that hardly can be anything else: within a paragraph, both sides of one pair come to
harm, a set has more members than it was given, or a garment of one person has two colours; and one
person's family is counted twice, differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import Flag
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.parser.cast import Person
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.words import Word

_BEFORE = 2
_BEHIND = 6
_GAP = 3


class _Told(NamedTuple):
    """What ``[start, end)`` says: the ``value`` of ``about``, for ``owner`` if known."""

    about: tuple[str, str, int]
    value: str
    owner: Person | str | None
    start: int
    end: int


def find_flags(reading: Reading) -> tuple[Flag, ...]:
    """The contradictions, in the order of the essay."""
    if not reading.pack.known:
        return ()
    told: list[_Told] = []
    grown: list[tuple[_Told, _Told]] = []
    numbers, sides = (frozenset(reading.pack.maps.get(name, ())) for name in ("numbers", "sides"))
    colours = reading.pack.words.get("colours", frozenset())
    for number, paragraph in enumerate(reading.doc.paragraphs):
        words = reading.doc.words_in(paragraph.start, paragraph.end)
        folded = frozenset([word.folded for word in words])
        if not folded.isdisjoint(sides):
            told += _sides(reading, words, number, sides)
        if not folded.isdisjoint(colours):
            told += _colours(reading, words, number, colours)
        if not folded.isdisjoint(numbers):
            told += _families(reading, words, numbers)
            grown += _growing(reading, words, numbers)
    pairs = sorted([*_unlike(told), *grown], key=lambda pair: pair[1].start)
    return tuple(_flag(reading.doc.text, *pair) for pair in pairs)


def _unlike(told: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Neighbours that say different things of the same."""
    last: dict[tuple[str, str, int], _Told] = {}
    for one in told:
        other = last.get(one.about)
        if other and other.value != one.value and other.owner == one.owner:
            yield other, one
        last[one.about] = one


def _flag(text: str, one: _Told, other: _Told) -> Flag:
    spans = tuple(Span.cut(text, told.start, told.end) for told in (one, other))
    return Flag(message=f"{spans[0].text} and {spans[1].text}: which is it?", evidence=spans)


def _sides(
    reading: Reading, words: Sequence[Word], paragraph: int, sides: frozenset[str]
) -> Iterator[_Told]:
    """The side of a pair that comes to harm."""
    groups = reading.pack.maps.get("side_groups", {})
    for at, word in enumerate(words):
        if word.folded not in sides or reading.doc.is_quoted(word.start):
            continue
        head = next((w for w in words[at + 1 : at + _GAP] if w.noun in groups), None)
        if head is not None and _comes_to_harm(words, at):
            about = ("side", groups[head.noun], paragraph)
            yield _Told(about, word.folded, _owner(reading, words, at), word.start, head.end)


def _comes_to_harm(words: Sequence[Word], at: int) -> bool:
    near = words[max(0, at - _BEFORE) : at + _BEHIND]
    return any("mishaps" in word.kinds or "mishaps" in word.verb_kinds for word in near)


def _colours(
    reading: Reading, words: Sequence[Word], paragraph: int, colours: frozenset[str]
) -> Iterator[_Told]:
    """The colour of a garment that somebody owns ("her red coat")."""
    for word, head, owner in _owned(reading, words, colours, "garment"):
        about = ("colour", head.noun, paragraph)
        yield _Told(about, word.folded, owner, word.start, head.end)


def _families(reading: Reading, words: Sequence[Word], numbers: frozenset[str]) -> Iterator[_Told]:
    """How many kin somebody has ("her three sons")."""
    for word, head, owner in _owned(reading, words, numbers, "kin"):
        yield _Told(("kin", head.noun, id(owner)), word.folded, owner, word.start, head.end)


def _owned(
    reading: Reading, words: Sequence[Word], telling: frozenset[str], noun_class: str
) -> Iterator[tuple[Word, Word, Person | str]]:
    """A telling word, the noun of that class right behind it, and who owns it."""
    for at, word in enumerate(words):
        if word.folded not in telling or reading.doc.is_quoted(word.start):
            continue
        head = next((w for w in words[at + 1 : at + _GAP] if noun_class in w.nouns), None)
        owner = _owner(reading, words, at)
        if head is not None and owner is not None:
            yield word, head, owner


def _growing(
    reading: Reading, words: Sequence[Word], numbers: frozenset[str]
) -> Iterator[tuple[_Told, _Told]]:
    """Sets of things that are brought in with one number and named with a larger one."""
    values = reading.pack.maps.get("numbers", {})
    first: dict[str, _Told] = {}
    for at, word in enumerate(words):
        if "adding" in word.kinds:
            first.clear()
        if word.folded not in numbers or reading.doc.is_quoted(word.start):
            continue
        head = next((w for w in words[at + 1 : at + _GAP] if "thing" in w.nouns), None)
        if head is None:
            continue
        told = _Told(("set", head.noun, 0), values[word.folded], None, word.start, head.end)
        known = first.get(head.noun)
        if at and "determiners" in words[at - 1].kinds:
            if known and int(told.value) > int(known.value):
                yield known, told
        else:
            first[head.noun] = told


def _owner(reading: Reading, words: Sequence[Word], at: int) -> Person | str | None:
    """Whose it is: one of the cast, or somebody by the name that the essay gives here."""
    if not at or not ("possessives" in words[at - 1].kinds or words[at - 1].owns):
        return None
    before = words[at - 1]
    nearest = next(reading.index.before(before.end, since=before.start - _NAME), None)
    if nearest is not None and nearest.end >= before.start and nearest.person is not None:
        return nearest.person
    return None if "possessives" in before.kinds else before.folded


_NAME = 40
"""How many characters before its last word a name may begin."""
