"""Whom each name, description and pronoun of an essay means."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING

from scriptgen.parser.genders import tell_genders
from scriptgen.parser.mentions import Mention, MentionIndex, Role
from scriptgen.parser.roles import find_mentions
from scriptgen.parser.typography import cover

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.sentences import Document

_FAR = 700
_MOST_BACK = 24
_KIN_REACH = 12
_OWNER_REACH = 24
_MOST_RIVALS = 3
_FARTHEST = 3
_OWN = 10.0
WEIGHTS = {
    "sentence": -3.0,
    "mention": -0.25,
    "opener": 1.0,
    "otherwise guessed": -4.0,
    "acted on": 3.5,
    "aside": -5.0,
    "often": 0.5,
    "once": -1.5,
    "subject, then subject": 3.0,
    "subject, then owner": 2.0,
    "subject, then object": 1.0,
    "leads": 1.5,
    "owner": -1.5,
    "gender unknown": -3.0,
    "description": -1.0,
    "clearly": 2.5,
}
"""How much each trait of an earlier mention speaks for its person as whom a pronoun means."""

_ASIDE = re.compile(r"\([^()\n]{1,200}\)")


@dataclass(slots=True)
class _Telling:
    """The essay as its mentions are resolved one after the other.

    ``done``: those so far; ``last``: the named person of each gender who was meant last.
    """

    doc: Document
    pack: LanguagePack
    cast: Cast
    aside: bytearray
    described: dict[tuple[Person, int], Description]
    families: dict[str, list[Person]]
    told: list[int]
    openers: frozenset[int]
    relatives: dict[Person, dict[Person, None]] = field(default_factory=dict)
    guessed: dict[Person, str] = field(default_factory=dict)
    done: list[Mention] = field(default_factory=list)
    last: dict[str | None, Person] = field(default_factory=dict)


def index_mentions(doc: Document, pack: LanguagePack, cast: Cast) -> MentionIndex:
    """Resolve every mention; pronouns go to the likeliest person of their gender."""
    raw = find_mentions(doc, pack, cast)
    tell_genders(doc, pack, raw)
    aside = cover(doc.text, (m.span() for m in _ASIDE.finditer(doc.text)))
    opened = {m.sentence: m.start for m in reversed(raw) if m.role is Role.SUBJECT}
    telling = _Telling(
        doc,
        pack,
        cast,
        aside,
        _described(cast),
        _families(cast),
        _told(doc),
        frozenset(opened.values()),
    )
    for mention in raw:
        found = _resolved(telling, mention) if mention.pronoun else _placed_kin(telling, mention)
        telling.done.append(found)
        if found.person is not None and found.person.gender is not None and found.person.named:
            telling.last[found.person.gender] = found.person
    return MentionIndex.of(telling.done)


def _told(doc: Document) -> list[int]:
    """How many sentences up to each one the teller speaks in, and not only a quoted line."""
    count, out = 0, []
    for sentence in doc.sentences:
        count += 0 in doc.quoted[sentence.start : sentence.end]
        out.append(count)
    return out


def _described(cast: Cast) -> dict[tuple[Person, int], Description]:
    return {(p, d.start): d for p in cast.people for d in p.descriptions}


def _families(cast: Cast) -> dict[str, list[Person]]:
    """The named people by surname."""
    families: dict[str, list[Person]] = defaultdict(list)
    for person in cast.people:
        for surname in person.surnames:
            families[surname].append(person)
    return families


def _is_reflexive(doc: Document, pronoun: Mention) -> bool:
    return "reflexives" in doc.words[doc.word_index(pronoun.start)].kinds


def _placed_kin(telling: _Telling, mention: Mention) -> Mention:
    """A mention of somebody known only as kin or as "the man": perhaps one of the named.

    "her mother" is a named woman other than the owner: one of the owner's surname, or the one
    mentioned last. "the great man" alone is the named man mentioned last.
    """
    person, pack = mention.person, telling.pack
    description = telling.described.get((person, mention.start)) if person else None
    if person is None or description is None:
        return mention
    owner: Person | None = None
    if pack.is_word("kin", description.head):
        owner = _owner(telling, mention, description.determiner)
        if owner is not None and person.named:
            telling.relatives.setdefault(owner, {})[person] = None
            telling.relatives.setdefault(person, {})[owner] = None
        if owner is None or person.named:
            return mention
    elif person.named or (
        not pack.is_word("loose_heads", description.head)
        or not description.definite
        or description.tail
        or len(person.descriptions) > 1
    ):
        return mention
    found = _named_near(telling, mention, owner, person.gender, _ages_against(pack, description))
    if found is None:
        return mention
    return mention._replace(
        person=found, sure=owner is not None and _is_kin_of(telling, found, owner)
    )


def _ages_against(pack: LanguagePack, description: Description) -> tuple[str, ...]:
    """The lists of nouns that nobody bears who is of the age a description tells."""
    if pack.is_word("grown", description.head):
        return ("young",)
    return ("old", "grown") if pack.is_word("young", description.head) else ()


def _is_kin_of(telling: _Telling, person: Person, owner: Person) -> bool:
    """Whether two are told to be kin, or bear one surname."""
    return person in telling.relatives.get(owner, ()) or not person.surnames.isdisjoint(
        owner.surnames
    )


def _owner(telling: _Telling, mention: Mention, determiner: str) -> Person | None:
    """Whose mother or brother a description means."""
    pack, done = telling.pack, telling.done
    if determiner == "'s":
        near = bool(done) and done[-1].start >= mention.start - _OWNER_REACH
        return done[-1].person if near else None
    gender = (
        "m" if pack.is_word("he", determiner) else "f" if pack.is_word("she", determiner) else None
    )
    if gender is None:
        return None
    probe = mention._replace(person=None, role=Role.OWNER, pronoun=True, gender=gender)
    return _best(_scores(telling, probe, None))


def _named_near(
    telling: _Telling,
    mention: Mention,
    owner: Person | None,
    gender: str | None,
    against: tuple[str, ...],
) -> Person | None:
    """The named person of that gender who shares the owner's surname, or was mentioned last.

    ``against``: the lists of nouns that speak against it.
    """
    pack = telling.pack

    def fits(person: Person) -> bool:
        return (
            (person.named or owner is None)
            and person is not owner
            and (person.gender == gender or (person.gender is None and owner is not None))
            and not any(pack.is_word(ages, head) for ages in against for head in person.heads)
        )

    family: list[Person] = []
    if owner is not None:
        known = [p for p in telling.relatives.get(owner, ()) if fits(p)]
        if len(known) == 1:
            return known[0]
        relatives = (p for name in owner.surnames for p in telling.families.get(name, ()))
        family = [p for p in dict.fromkeys(relatives) if fits(p)]
        if len(family) == 1:
            return family[0]
    if owner is None:
        probe = mention._replace(person=None, role=Role.SUBJECT, pronoun=True, gender=gender)
        scores = _scores(telling, probe, telling.aside)
        return _best({person: scores[person] for person in scores if fits(person)})
    counts: dict[Person, float] = {}
    for rank, earlier in enumerate(reversed(telling.done)):
        if mention.start - earlier.start > _FAR:
            break
        person = earlier.person
        if person is None or not fits(person) or (family and person not in family):
            continue
        if owner is not None and rank < _KIN_REACH:
            return person
        counts[person] = counts.get(person, 0.0) + (1.0 if earlier.role is Role.SUBJECT else 0.5)
    return max(counts, key=lambda p: counts[p], default=None)


def _resolved(telling: _Telling, mention: Mention) -> Mention:
    """A pronoun with the likeliest person."""
    scores = _scores(telling, mention, telling.aside)
    ranked = sorted(scores, key=lambda p: -scores[p])
    if not ranked:
        return mention._replace(person=telling.last.get(mention.gender), sure=False)
    person, rivals = ranked[0], ranked[1 : 1 + _MOST_RIVALS]
    if person.gender is None and mention.gender is not None:
        telling.guessed.setdefault(person, mention.gender)
    alone = not rivals or scores[person] - scores[rivals[0]] >= WEIGHTS["clearly"]
    sure = alone and person.gender == mention.gender
    return mention._replace(person=person, sure=sure, rivals=tuple(rivals))


def _best(scores: dict[Person, float]) -> Person | None:
    return max(scores, key=lambda p: scores[p], default=None)


def _scores(telling: _Telling, mention: Mention, aside: bytearray | None) -> dict[Person, float]:
    """How well each person fits a pronoun.

    A subject before it in its sentence comes first, then the subject of the sentence before, then
    whoever was named last; an object pronoun never means the subject of its own clause.
    ``aside``: what stands in parentheses, where hardly anybody acts.
    """
    scores: dict[Person, float] = {}
    is_object = mention.role is Role.OBJECT
    subject = _clause_subject(telling, mention) if is_object else None
    if subject is not None and _is_reflexive(telling.doc, mention):
        return {subject: _OWN}
    barred = subject
    if mention.gender is None:
        barred = next((m.person for m in reversed(telling.done) if m.role is Role.SUBJECT), None)
    inside = aside is not None and bool(aside[mention.start])
    turns = _acted_on(telling, mention)
    for rank, earlier in enumerate(reversed(telling.done)):
        if mention.start - earlier.start > _FAR or rank > _MOST_BACK:
            break
        person = earlier.person
        if person is None or person is barred or _is_any_owner(earlier, person):
            continue
        if mention.gender and person.gender is not None and person.gender != mention.gender:
            continue
        apart = telling.told[mention.sentence] - telling.told[earlier.sentence]
        score = WEIGHTS["sentence"] * min(apart, _FARTHEST) + WEIGHTS["mention"] * rank
        score += _standing(earlier, person, mention.role)
        if apart and earlier.start in telling.openers:
            score += WEIGHTS["opener"]
        if telling.guessed.get(person, mention.gender) != mention.gender:
            score += WEIGHTS["otherwise guessed"]
        if turns and earlier is turns:
            score += WEIGHTS["acted on"]
        if aside is not None and aside[earlier.start] and not inside:
            score += WEIGHTS["aside"]
        scores[person] = max(scores.get(person, score), score)
    return {person: score + _weight(person) for person, score in scores.items()}


def _is_any_owner(mention: Mention, person: Person) -> bool:
    """Whether somebody is met only as whose a thing might be ("a child's mitten")."""
    once = not person.named and len(person.descriptions) == 1
    return once and mention.role is Role.OWNER and not mention.pronoun


def _weight(person: Person) -> float:
    """A little more for those of whom the essay speaks often, less for those met but once."""
    uses = len(person.uses) + len(person.descriptions)
    return WEIGHTS["often"] * log2(1 + uses) + (WEIGHTS["once"] if uses == 1 else 0.0)


def _acted_on(telling: _Telling, mention: Mention) -> Mention | None:
    """The object right before "and he": who acts on, without a pronoun, stays the subject."""
    before = telling.done[-1] if telling.done else None
    if before is None or mention.role is not Role.SUBJECT or before.role is not Role.OBJECT:
        return None
    words = telling.doc.words_in(before.end, mention.start)
    joined = len(words) == 1 and "coordinators" in words[0].kinds
    return before if joined and before.pronoun else None


def _standing(earlier: Mention, person: Person, role: Role) -> float:
    """How much an earlier mention weighs by its role and by what is known of the person."""
    score = 0.0
    if earlier.role is Role.SUBJECT:
        score += WEIGHTS[_AFTER_SUBJECT[role]]
    elif earlier.leads:
        score += WEIGHTS["leads"]
    elif earlier.role is Role.OWNER and not earlier.pronoun and role is Role.SUBJECT:
        score += WEIGHTS["owner"]
    if person.gender is None:
        score += WEIGHTS["gender unknown"]
    if not earlier.pronoun and not person.named:
        score += WEIGHTS["description"]
    return score


_AFTER_SUBJECT = {
    Role.SUBJECT: "subject, then subject",
    Role.OWNER: "subject, then owner",
    Role.OBJECT: "subject, then object",
}


def _clause_subject(telling: _Telling, mention: Mention) -> Person | None:
    """The subject of the clause an object pronoun stands in."""
    for earlier in reversed(telling.done):
        if earlier.sentence < mention.sentence or mention.start - earlier.start > _FAR:
            return None
        if earlier.role is Role.SUBJECT:
            return earlier.person
    return None
