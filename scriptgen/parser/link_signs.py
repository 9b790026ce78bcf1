"""The signs by which a description is given to somebody met before, or to somebody new.

A sign is a few words: what the noun is to the person (``same``, ``open`` where no standing is known
of them, ``other`` where another is, ``apart`` where it is somebody else's kin), and what else
stands for or against it. Each has a weight in the pack (``link_weights``), fitted to annotated
essays by ``bench/fit_links.py``; whoever has the greatest sum is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Person
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.stage import Entry

_TELLING_TAIL = 4
_AWAY = ("0", "1", "2", "3", "3", "3", "6", "6", "6", "6", "6", "6", "6")
_TIMES = ("0", "1", "2", "2", "4", "4", "4", "4", "4")


@dataclass(frozen=True, slots=True)
class Asked:
    """A description of which is asked whom it means.

    ``pointer``: what opens it (``the``, ``a``, ``this``, ``owned``, ``number``, ``bare``);
    ``noun``: of which kind its head is (``loose``, ``comer``, ``kin``, ``role``); ``gender`` and
    ``age`` as far as they are told; ``marks``: the words beside the head that tell who is meant;
    ``owner``: whose kin or servant it is; ``traits``: what stands around it.
    """

    description: Description
    sentence: int
    pointer: str
    noun: str
    gender: str | None
    age: str | None
    marks: frozenset[str]
    owner: Person | None
    subject: bool
    quoted: bool
    speaks: bool
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a description could mean, with what is known of them there.

    ``said``: the words told beside the same noun; ``told``: those told beside any; ``entry``: where
    they were mentioned last, ``None`` where too far back; ``rank``: how many other candidates were
    mentioned since; ``met``: how often they were named or described before.
    """

    person: Person
    holds: bool
    apart: bool
    standing: bool
    said: frozenset[str] | set[str]
    told: frozenset[str] | set[str]
    gender: str | None
    age: str | None
    against: bool
    entry: Entry | None
    rank: int
    met: int
    traits: tuple[str, ...]


def pointer_of(description: Description, pack: LanguagePack) -> str:
    """What opens a description, as `Asked.pointer` names it."""
    determiner = description.determiner
    if not determiner:
        return "bare"
    if determiner == "'s" or pack.is_word("possessives", determiner):
        return "owned"
    if pack.is_word("pointing_determiners", determiner):
        return "this"
    if pack.is_word("numerals", determiner):
        return "number"
    return "the" if description.definite else "a"


def noun_of(head: str, pack: LanguagePack) -> str:
    """Of which kind a head is, as `Asked.noun` names it."""
    for kind, words in (("comer", "comers"), ("loose", "loose_heads"), ("kin", "kin")):
        if pack.is_word(words, head):
            return kind
    return "role"


def marks_of(description: Description, pack: LanguagePack) -> frozenset[str]:
    """The words beside the head that tell who is meant."""
    told = (m for m in description.modifiers if not pack.is_word("empty_modifiers", m))
    return frozenset((*told, *(w for w in description.tail if len(w) >= _TELLING_TAIL)))


def link_signs(asked: Asked, candidate: Candidate) -> list[str]:
    """The signs of giving a description to somebody met before."""
    relation = _relation(candidate)
    named = "named" if candidate.person.named else "unnamed"
    found = [
        relation,
        f"{asked.pointer} {relation}",
        f"{asked.noun} {relation}",
        f"{asked.pointer} {asked.noun} {relation}",
        named,
        f"{asked.pointer} {named}",
        f"{named} {relation}",
        _by_marks(asked, candidate, relation),
        _by_gender(asked, candidate),
        f"met {_bucket(_TIMES, candidate.met, '9')}",
        *candidate.traits,
        *(f"{trait} {relation}" for trait in asked.traits),
    ]
    if candidate.against:
        found.append("age against")
    elif asked.age is not None and candidate.age == asked.age:
        found.append("age alike")
    if candidate.person is asked.owner:
        found.append("owner")
    if asked.subject:
        found.append(f"acts {relation}")
    entry = candidate.entry
    if entry is None:
        found += ("far", f"far {relation}")
        return found
    away = asked.sentence - entry.sentence
    bucket = _bucket(_AWAY, away, "13")
    rank = min(candidate.rank, 3)
    found += (f"away {bucket}", f"away {bucket} {relation}", f"rank {rank}")
    found.append(f"rank {min(rank, 2)} {relation}")
    if away == 0:
        found += (f"{asked.pointer} inside", "acting" if entry.subject else "beside")
    elif away == 1 and entry.subject:
        found.append("acted on" if asked.subject else "acted")
    return found


def new_signs(asked: Asked, candidates: Sequence[Candidate]) -> list[str]:
    """The signs of a description that means somebody new."""
    found = [
        "new",
        f"new {asked.pointer}",
        f"new {asked.noun}",
        f"new {asked.pointer} {asked.noun}",
        f"new among {min(len(candidates), 3)}",
        *(f"new {trait}" for trait in asked.traits),
    ]
    if asked.description.tail:
        found.append(f"new tail {asked.pointer}")
    if asked.description.modifiers:
        found.append(f"new told {asked.pointer}")
    if asked.gender is None:
        found.append("new of any gender")
    if asked.subject:
        found.append("new acts")
    if any(candidate.holds for candidate in candidates):
        found.append("new though held")
    return found


def _relation(candidate: Candidate) -> str:
    if candidate.apart:
        return "apart"
    if candidate.holds:
        return "same"
    return "other" if candidate.standing else "open"


def _by_marks(asked: Asked, candidate: Candidate, relation: str) -> str:
    marks = asked.marks
    if not marks:
        return f"says less {relation}" if candidate.told else "says nothing"
    if not marks.isdisjoint(candidate.said):
        return "says the same"
    if not marks.isdisjoint(candidate.told):
        return "says the like"
    return f"says otherwise {relation}" if candidate.told else f"says more {relation}"


def _by_gender(asked: Asked, candidate: Candidate) -> str:
    if asked.gender is None:
        return "gender untold"
    return "gender alike" if candidate.gender else "gender unknown"


def _bucket(names: Sequence[str], number: int, more: str) -> str:
    return names[number] if number < len(names) else more
