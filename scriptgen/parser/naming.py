"""Naming: "let's call him X", "Her name is X", "a boy they call X"."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.parser.cast import Cast, Person, gender_by_heads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.sentences import Document

_SECOND_NAME = 60
_TOUCHING = 3
_LONGEST = 200
_JOINTS = ("", ",", "—", "–", "(")


def link_naming(
    cast: Cast, doc: Document, pack: LanguagePack, descriptions: Sequence[Description]
) -> None:
    """A name given by calling somebody so belongs to whoever was just described.

    Where nobody is right before it, it belongs to whom its pronoun means, which is told later, from
    ``cast.namings``.

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
        found = _touching(cast, doc, pack, descriptions, match.start(), gender)
        if found is not None:
            cast.attach(person, found)
        elif gender is not None or not group.get("critic"):
            cast.namings[match.end()] = (match.start(), gender)


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


def _touching(
    cast: Cast,
    doc: Document,
    pack: LanguagePack,
    descriptions: Sequence[Description],
    at: int,
    gender: str | None,
) -> Description | None:
    """The free description of that gender that ends right before ``at``."""
    first = bisect_left(descriptions, at - _LONGEST, key=lambda d: d.start)
    for description in descriptions[first:]:
        if description.start >= at:
            break
        gap = doc.text[description.end : at] if description.end <= at else "."
        if (
            len(gap) <= _TOUCHING
            and gap.strip() in _JOINTS
            and _is_free(cast, doc, pack, description, gender, at)
        ):
            return description
    return None


def _is_free(
    cast: Cast,
    doc: Document,
    pack: LanguagePack,
    description: Description,
    gender: str | None,
    at: int,
) -> bool:
    """Whether a description may mean somebody of ``gender`` who is being named at ``at``."""
    person = cast.of.get(description.key)
    if (person is not None and person.named) or doc.is_quoted(description.start):
        return False
    own = gender_by_heads((description.head,), pack)
    if gender and own and own != gender:
        return False
    owns = doc.text[description.core_end : description.core_end + 2] in ("'s", "’s")
    return not owns or description.core_end == at
