"""Claims about people: somebody missed, another form of a name, two who are one."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from scriptgen.brief import Character, Status
from scriptgen.enrichment.making import names_of, plain_name
from scriptgen.enrichment.reasons import Reason
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.enrichment.making import Found, Making
    from scriptgen.enrichment.quotes import Range

LONGEST_CUE = 40
_LONGEST_NAME = 120
_MOST_WORDS = 10
_MOST_EVIDENCE = 8
_MOST_ALIASES = 12
_BESIDE = re.compile(r"[\s*_]*[,(\u2013\u2014:][\s*_]*")
_STOPS = "\n.!?\u3002\uff01\uff1f"
_STOP = re.compile(f"[{_STOPS}]")
_PEOPLE = frozenset({"person", "kin", "role"})
_WORD = re.compile(r"\w+")


def add_character(making: Making, found: Found) -> Reason | None:
    """Somebody whom the parser missed, named in the essay and within the drama."""
    named = making.named_in(found)
    if isinstance(named, Reason):
        return named
    name = plain_name(making.text[slice(*named)])
    if not is_name(making, name) or not _is_of_somebody(making, name):
        return Reason.NOT_A_NAME
    if any(_covers(form, making.key(name)) for form in _all_forms(making)):
        return Reason.KNOWN
    mentions = making.shown(making.quotes.exact(name))
    if not mentions:
        return Reason.COMMENTARY
    cut = [Span.cut(making.text, *one) for one in mentions[:_MOST_EVIDENCE]]
    number = making.new_id()
    making.people[number] = Character(
        id=number,
        name=name,
        cue=_cue(making, name),
        status=Status.GIVEN if _is_proper(making, name) else Status.UNNAMED,
        evidence=tuple(cut),
    )
    return None


def add_alias(making: Making, found: Found) -> Reason | None:
    """Another form of somebody's name; where it is somebody else's, they may be one."""
    number = making.person(found.claim.target)
    if number is None:
        return Reason.UNKNOWN_ID
    named = making.named_in(found)
    if isinstance(named, Reason):
        return named
    form, who = making.text[slice(*named)], making.people[number]
    if len(form) > _LONGEST_NAME or len(_WORD.findall(form)) > _MOST_WORDS:
        return Reason.NOT_A_NAME
    key = making.key(form)
    if key in making.forms(who):
        return Reason.KNOWN
    owner = next((one for one in making.people if key in making.forms(making.people[one])), None)
    if owner is not None:
        return _merge(making, found, number, owner)
    if not is_name(making, plain_name(form)) and not _links(making, found, who, [named]):
        return Reason.UNLINKED
    if len(who.aliases) >= _MOST_ALIASES:
        return Reason.TOO_MANY
    span = Span.cut(making.text, *named)
    making.people[number] = who.model_copy(
        update={
            "aliases": _in_order([*who.aliases, span], _MOST_ALIASES),
            "evidence": _in_order([*who.evidence, span], _MOST_EVIDENCE),
        }
    )
    return None


def make_one(making: Making, found: Found) -> Reason | None:
    """Two characters who are one, where the quote says so."""
    one, other = making.person(found.claim.target), making.person(found.claim.value)
    if one is None or other is None:
        return Reason.UNKNOWN_ID
    return Reason.KNOWN if one == other else _merge(making, found, one, other)


def is_name(making: Making, name: str) -> bool:
    """Whether words can name somebody: no pronoun, and none that the essay also writes small."""
    words = _WORD.findall(name)
    if len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS:
        return False
    if all(making.pack.is_word("not_names", word) for word in words):
        return False
    if len(words) > 1:
        return any(char.isalpha() for char in name)
    word = words[0]
    if not word[0].isalpha():
        return False
    return not word[0].islower() and not (
        word.lower() != word and making.quotes.exact(word.lower())
    )


def _is_of_somebody(making: Making, name: str) -> bool:
    """Whether a name without a capital holds a noun for people, as far as a lexicon can say."""
    lexicon = making.pack.lexicon
    if lexicon is None or _is_proper(making, name):
        return True
    return any(lexicon.nouns(word.lower()) & _PEOPLE for word in _WORD.findall(name))


def _is_proper(making: Making, name: str) -> bool:
    """Whether a word is written large that does not only open the name."""
    first, *others = _WORD.findall(making.without_article(name)) or [name]
    return any(word[0].isalpha() and not word[0].islower() for word in others or [first])


def _all_forms(making: Making) -> Iterable[str]:
    return (form for who in making.people.values() for form in making.forms(who))


def _covers(form: str, name: str) -> bool:
    """Whether a known form holds all words of a name."""
    return set(_WORD.findall(name)) <= set(_WORD.findall(form))


def _cue(making: Making, name: str) -> str:
    """The name in capitals, at most 40 characters, that is nobody's cue yet."""
    taken = {who.cue for who in making.people.values()}
    plain = making.without_article(name).upper()
    if len(plain) > LONGEST_CUE:
        plain = plain[:LONGEST_CUE].rpartition(" ")[0].rstrip() or plain[:LONGEST_CUE]
    cue, number = plain, 1
    while cue in taken:
        number += 1
        cue = f"{plain[: LONGEST_CUE - 7].rstrip()} #{number}"
    return cue


def _merge(making: Making, found: Found, one: str, other: str) -> Reason | None:
    first, second = making.people[one], making.people[other]
    ranges = [
        place
        for form in names_of(second)
        for whole in found.places
        for place in making.quotes.exact(form, *whole)
    ]
    if not _links(making, found, first, ranges, other=second) and not (
        ranges and _may_be_one(making, found, first, second)
    ):
        return Reason.UNLINKED
    if first.status is Status.UNNAMED and second.status is not Status.UNNAMED:
        one, other, first, second = other, one, second, first
    names = [s for s in second.evidence if making.key(s.text) == making.key(second.name)][:1]
    known = making.forms(first.model_copy(update={"evidence": ()}))
    aliases = [s for s in (*names, *second.aliases) if making.key(s.text) not in known]
    making.people[one] = first.model_copy(
        update={
            "aliases": _in_order([*first.aliases, *aliases], _MOST_ALIASES),
            "wardrobe": _in_order([*first.wardrobe, *second.wardrobe]),
            "evidence": _in_order([*first.evidence, *second.evidence], _MOST_EVIDENCE),
        }
    )
    del making.people[other]
    making.merged = {gone: one if kept == other else kept for gone, kept in making.merged.items()}
    making.merged[other] = one
    return None


def _may_be_one(making: Making, found: Found, one: Character, other: Character) -> bool:
    """Whether the quote holds both, one is without a name, and no sentence tells of both."""
    if Status.UNNAMED not in (one.status, other.status):
        return False
    if not any(
        making.quotes.exact(form, *whole) for form in names_of(one) for whole in found.places
    ):
        return False
    stops = [stop.start() for stop in _STOP.finditer(making.text)]
    return _sentences(making, one, stops).isdisjoint(_sentences(making, other, stops))


def _sentences(making: Making, who: Character, stops: list[int]) -> set[int]:
    """Which of the sentences that end at ``stops`` tell of somebody."""
    places = (place for form in names_of(who) for place in making.quotes.exact(form))
    return {bisect_left(stops, end) for _, end in places}


def _links(
    making: Making,
    found: Found,
    who: Character,
    ranges: Iterable[Range],
    *,
    other: Character | None = None,
) -> bool:
    """Whether the quote shows that one of ``ranges`` means ``who``.

    Either stands beside the other with a comma, a dash or a bracket between, or behind words that
    give a name. Two who both have names are one only by such words: names in a row are a list.
    """
    own = [
        place
        for form in names_of(who)
        for whole in found.places
        for place in making.quotes.exact(form, *whole)
    ]
    both = other is not None and Status.UNNAMED not in (who.status, other.status)
    for one in own:
        for two in ranges:
            first, second = min(one, two), max(one, two)
            if first[1] <= second[0] and _is_link(making, first[1], second[0], both=both):
                return True
    return False


def _is_link(making: Making, start: int, end: int, *, both: bool) -> bool:
    """Whether ``[start, end)`` between two names says that they are one."""
    text, patterns = making.text, making.pack.patterns
    if any(stop in text[start:end] for stop in _STOPS):
        return False
    for pattern in patterns.get("naming", ()):
        if any(match.end() == end for match in pattern.finditer(text, start, end + 1)):
            return True
    if both:
        return False
    for pattern in patterns.get("apposition_gap", ()):
        match = pattern.match(text, start)
        if match is not None and match.end() == end:
            return True
    return _BESIDE.fullmatch(text, start, end) is not None


def _in_order(spans: Iterable[Span], most: int | None = None) -> tuple[Span, ...]:
    """The spans in essay order, each once, the first ``most`` of them."""
    found = {(span.start, span.end): span for span in spans}
    return tuple(found[key] for key in sorted(found))[:most]
