"""Who is on stage while an essay is walked, and what is known of them so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.cast import fits
from scriptgen.parser.link_signs import marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.language import LanguagePack
    from scriptgen.parser.appearances import Appearance
    from scriptgen.parser.cast import Person
    from scriptgen.parser.descriptions import Description

_FAR = 1000
_MOST_BACK = 32
_LEFT, _KNOWN, _ACTING = 10.0, 1.5, 1.2


class Entry(NamedTuple):
    """A mention of somebody at ``[start, end)``; whether it acts, beside a quote, by a pronoun."""

    start: int
    end: int
    person: Person
    sentence: int
    subject: bool
    speaks: bool
    pronoun: bool


@dataclass(slots=True)
class Stage:
    """The mentions so far, with the gender, age and modifiers each person was given.

    ``met``: everybody who was on stage; ``merged``: who turned out to be whom.
    """

    pack: LanguagePack
    genders: dict[Person, str] = field(default_factory=dict)
    met: set[Person] = field(default_factory=set)
    merged: dict[Person, Person] = field(default_factory=dict)
    _entries: list[Entry] = field(default_factory=list)
    _in_sentence: dict[int, list[Person]] = field(default_factory=lambda: defaultdict(list))
    _ages: dict[Person, str] = field(default_factory=dict)
    _told: dict[Person, set[str]] = field(default_factory=lambda: defaultdict(set))
    _kin: dict[Person, set[Person]] = field(default_factory=lambda: defaultdict(set))

    def bring_on(self, person: Person, appearance: Appearance) -> None:
        """Note that ``person`` is mentioned; who is introduced counts as acting."""
        description = appearance.description
        subject = appearance.subject or (description is not None and not description.definite)
        entry = Entry(
            appearance.start,
            appearance.end,
            person,
            appearance.sentence,
            subject,
            appearance.speaks and appearance.subject,
            appearance.use is None and description is None,
        )
        self._entries.append(entry)
        self._in_sentence[appearance.sentence].append(person)
        self.met.add(person)

    def learn(self, person: Person, description: Description) -> None:
        """Note what a description tells of ``person``."""
        self._told[person].update(marks_of(description, self.pack))
        if person not in self._ages:
            told = age_told(self.pack, description)
            if told is not None:
                self._ages[person] = told

    def grow_old(self, person: Person) -> None:
        """Note that ``person`` is called old."""
        self._ages[person] = "old"

    def relate(self, one: Person, other: Person) -> None:
        """Note that two are told to be kin."""
        self._kin[one].add(other)
        self._kin[other].add(one)

    def are_related(self, one: Person, other: Person) -> bool:
        """Whether two were told to be kin."""
        return other in self._kin.get(one, ())

    def told(self, person: Person) -> set[str]:
        """The words that told who is meant beside any noun for ``person``."""
        return self._told[person]

    def merge(self, kept: Person, other: Person) -> None:
        """Take ``other`` for ``kept`` from now on."""
        self.merged[other] = kept
        for known in (self.genders, self._ages):
            if other in known:
                known.setdefault(kept, known[other])
        self._told[kept] |= self._told[other]
        for relative in self._kin.pop(other, set()):
            self._kin[relative].discard(other)
            if relative is not kept:
                self.relate(kept, relative)
        if other in self.met:
            self.met.add(kept)

    def last(self) -> Entry | None:
        """The last mention so far."""
        return self._now(self._entries[-1]) if self._entries else None

    def near(self, start: int) -> list[Entry]:
        """The mentions not far before ``start``, nearest first."""
        last = self._entries[: -_MOST_BACK - 1 : -1]
        far = next((at for at, entry in enumerate(last) if start - entry.start > _FAR), None)
        return [self._now(e) if e.person in self.merged else e for e in last[:far]]

    def mentioned_in(self, sentence: int) -> list[Person]:
        """Who is mentioned in a sentence, in order."""
        return [self.now(person) for person in self._in_sentence.get(sentence, ())]

    def _now(self, entry: Entry) -> Entry:
        if entry.person not in self.merged:
            return entry
        return entry._replace(person=self.now(entry.person))

    def now(self, person: Person) -> Person:
        """Who ``person`` turned out to be."""
        while person in self.merged:
            person = self.merged[person]
        return person

    def meant_by_pronoun(self, start: int, gender: str | None) -> Person | None:
        """Whoever acted last before ``start``, or was mentioned, and is rather of that gender."""
        found: Person | None = None
        best = 0.0
        first: int | None = None
        for entry in self.near(start):
            person = entry.person
            known = self.genders.get(person)
            first = entry.sentence if first is None else first
            if known != gender and known is not None and gender is not None:
                continue
            score = _LEFT - (first - entry.sentence)
            score += _KNOWN * (gender is None or known is not None) + _ACTING * entry.subject
            if score > best:
                best, found = score, person
        return found

    def agrees(self, person: Person, gender: str | None) -> bool:
        """Whether nothing speaks against that gender."""
        own = self.genders.get(person)
        return own is None or gender is None or own == gender

    def may_be(self, person: Person, description: Description) -> bool:
        """Whether neither noun nor title nor age speak against a description."""
        pack = self.pack
        if not fits(person, description, pack):
            return False
        if pack.is_word("comers", description.head) and any(
            pack.is_word("young", head) for head in person.heads
        ):
            return False
        if pack.is_word("young", description.head):
            titles = (use.title for use in person.uses[:_MOST_BACK] if use.title)
            if any(not pack.is_word("young", title) for title in titles):
                return False
            if any(pack.is_word("grown", head) for head in person.heads):
                return False
        one, other = age_told(pack, description), self.age_of(person)
        return one is None or other is None or one == other

    def age_of(self, person: Person) -> str | None:
        """``old`` or ``young``, ``None`` where nothing tells."""
        return self._ages.get(person) or _age(self.pack, person.heads)

    def has_known_standing(self, person: Person) -> bool:
        """Whether somebody is known by more than such nouns as "man"."""
        return any(not self.pack.is_word("loose_heads", head) for head in person.heads)


def age_told(pack: LanguagePack, description: Description) -> str | None:
    """``old`` or ``young``, by the noun, its modifiers, or a number of few years."""
    told = _age(pack, (description.head, *description.modifiers))
    tail = description.tail
    if told is None and tail and pack.is_word("noun_links", tail[0]):
        return "young" if pack.is_word("numerals", tail[-1]) else None
    return told


def _age(pack: LanguagePack, words: Iterable[str]) -> str | None:
    for word in words:
        kinds = pack.kinds(word.lower())
        for age in ("old", "young"):
            if age in kinds:
                return age
    return None
