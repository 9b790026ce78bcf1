"""Naming: "let's call him X", "Her name is X", "a boy they call X"."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.parser.cast import Cast, Person, gender_by_heads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.sentences import Document

_NEAR = 400
_SECOND_NAME = 60
_TOUCHING = 3
_OPENS = 12
_LONGEST = 200


def link_naming(
    cast: Cast, doc: Document, pack: LanguagePack, descriptions: Sequence[Description]
) -> None:
    """A name given by calling somebody so belongs to whoever was just described.

    ``descriptions`` are in order. A name that only the critic gives is assumed.
    """
    by_start = {use.start: person for person in cast.people for use in person.uses}
    ends = {use.start: use.end for person in cast.people for use in person.uses}
    called: list[tuple[int, int]] = []
    for match in doc.found(pack, "naming"):
        person = by_start.get(match.end())
        if person is None:
            continue
        insort(called, (match.end(), ends[match.end()]))
        group = match.groupdict()
        who = (group.get("who") or "").lower()
        gender = "m" if pack.is_word("he", who) else "f" if pack.is_word("she", who) else None
        person.gender = person.gender or gender
        if group.get("critic"):
            person.status = Status.ASSUMED
        else:
            twin = _called_before(cast, called, person, match.start())
            if twin is not None:
                cast.merge(twin, person)
                by_start |= {use.start: twin for use in person.uses}
                continue
        _name_described(cast, doc, pack, descriptions, person, match.start(), gender)


def _called_before(
    cast: Cast, called: list[tuple[int, int]], person: Person, at: int
) -> Person | None:
    """Somebody named just before in the same breath ("calling him A, B calling him C")."""
    last = bisect_left(called, (at, at))
    for start, end in called[max(0, last - 4) : last]:
        other = cast.of.get(start)
        if (
            0 < at - end < _SECOND_NAME
            and other is not None
            and other is not person
            and other.status is Status.GIVEN
        ):
            return other
    return None


def _name_described(
    cast: Cast,
    doc: Document,
    pack: LanguagePack,
    descriptions: Sequence[Description],
    person: Person,
    at: int,
    gender: str | None,
) -> None:
    """Give ``person`` the description that the naming at ``at`` means."""
    found = _just_described(cast, doc, pack, descriptions, at, gender)
    if found is None:
        return
    cast.attach(person, found)
    if pack.is_word("pointing_determiners", found.determiner):
        twin = _pointed_at(cast, descriptions, found)
        if twin is not None:
            cast.attach(person, twin)


def _since(descriptions: Sequence[Description], start: int, end: int) -> Iterator[Description]:
    """The descriptions that begin in ``[start, end)``."""
    at = bisect_left(descriptions, start, key=lambda d: d.start)
    while at < len(descriptions) and descriptions[at].start < end:
        yield descriptions[at]
        at += 1


def _just_described(
    cast: Cast,
    doc: Document,
    pack: LanguagePack,
    descriptions: Sequence[Description],
    at: int,
    gender: str | None,
) -> Description | None:
    """The description nearest before ``at`` that is free and of that gender.

    One that touches the naming wins, then one that opens its sentence, then the nearest.
    """

    def rank(description: Description) -> tuple[int, int]:
        touches = at - description.end <= _TOUCHING
        opens = description.start <= doc.sentence_at(description.start).start + _OPENS
        return (2 if touches else int(opens), description.start)

    free = (
        d
        for d in _since(descriptions, at - _NEAR - _LONGEST, at)
        if 0 <= at - d.end <= _NEAR and _is_free(cast, doc, pack, d, gender)
    )
    return max(free, key=rank, default=None)


def _is_free(
    cast: Cast, doc: Document, pack: LanguagePack, description: Description, gender: str | None
) -> bool:
    """Whether a description may mean somebody of ``gender`` who is just being named."""
    person = cast.of.get(description.start)
    if (person is not None and person.named) or doc.is_quoted(description.start):
        return False
    own = gender_by_heads((description.head,), pack)
    if gender and own and own != gender:
        return False
    return doc.text[description.core_end : description.core_end + 2] not in ("'s", "’s")


def _pointed_at(
    cast: Cast, descriptions: Sequence[Description], found: Description
) -> Description | None:
    """What "that man" points back to: the last free description with the same head."""
    free = (
        d
        for d in _since(descriptions, found.start - 2 * _NEAR + 1, found.start)
        if d.head == found.head and d.start not in cast.of
    )
    return max(free, key=lambda d: d.start, default=None)
