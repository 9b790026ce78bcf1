"""Whom a description means: somebody met before, or somebody new.

The essay is walked once, names, descriptions and pronouns in order. Each description is weighed
against everybody it could mean (`scriptgen.parser.link_signs`): who was described by the same noun,
who is on stage, who was told of in the same words.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

from scriptgen.parser.appearances import appearances, genders, own_gender
from scriptgen.parser.beside import (
    COMMA,
    goes_on,
    is_anybody,
    is_apposed,
    is_equated,
    is_introduced,
    is_said_to_be,
)
from scriptgen.parser.calling import called, is_called, is_read_out
from scriptgen.parser.cast import Person, fits, share_a_name
from scriptgen.parser.descriptions import plain_head
from scriptgen.parser.late_names import (
    earlier_times,
    is_being_named,
    is_renamed,
    named_by_pointing,
    named_by_title,
    named_next,
    named_outright,
    named_silently,
    young_then,
)
from scriptgen.parser.link_signs import (
    Asked,
    Candidate,
    link_signs,
    marks_of,
    new_signs,
    noun_of,
    pointer_of,
)
from scriptgen.parser.stage import Stage, age_told
from scriptgen.parser.telling_words import telling_words, where_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.appearances import Appearance
    from scriptgen.parser.cast import Cast
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.stage import Entry

_MOST_HOLDERS = 60
_MOST_TOLD = 4
_BESIDE = 12
_ON_STAGE = 6
_JUST_BEFORE = 2


@dataclass(slots=True)
class _Holder:
    """Somebody known by a head noun: where met (in order), what was said beside it, and whose."""

    person: Person
    met: list[int]
    said: set[str] = field(default_factory=set)
    owners: dict[Person, None] = field(default_factory=dict)


def recall(
    cast: Cast,
    doc: Document,
    pack: LanguagePack,
    descriptions: Sequence[Description],
) -> None:
    """Give every description that means nobody yet to somebody known, or to somebody new.

    Names that a pronoun or a call gives go to whom these mean.
    """
    found = appearances(cast, doc, descriptions)
    walk = Walk(
        cast,
        doc,
        pack,
        Stage(pack, genders(cast, pack, found)),
        where_told(doc, pack, descriptions),
        earlier_times(doc, pack),
    )
    walk.hold_known()
    for at, appearance in enumerate(found):
        walk.take(appearance, own_gender(pack, found, at))


@dataclass
class Walk:
    """The essay as it is walk."""

    cast: Cast
    doc: Document
    pack: LanguagePack
    stage: Stage
    told_at: dict[str, list[int]]
    earlier: dict[int, int]
    holders: dict[str, dict[Person, _Holder]] = field(default_factory=lambda: defaultdict(dict))
    times: Counter[Person] = field(default_factory=Counter)

    def hold_known(self) -> None:
        """Take note of what names, titles and neighbours tell already."""
        for person in self.cast.people:
            starts = sorted(use.start for use in person.uses)
            for head in person.heads:
                self.holders[head][person] = _Holder(person, list(starts))
            for description in person.descriptions:
                self._note(person, description)

    def _note(self, person: Person, description: Description) -> None:
        held = self.holders[description.head]
        if person not in held:
            held[person] = _Holder(person, [])
        insort(held[person].met, description.start)
        held[person].said.update(marks_of(description, self.pack))
        self.stage.learn(person, description)

    def take(self, appearance: Appearance, gender: str | None) -> None:
        """Go on to the next name, description or pronoun."""
        if appearance.use is not None:
            self.take_name(appearance)
        elif appearance.description is not None:
            self.take_description(appearance, appearance.description, gender)
        else:
            person = self.stage.meant_by_pronoun(appearance.start, gender)
            if person is not None:
                self.stage.bring_on(person, appearance)

    def take_name(self, name: Appearance) -> None:
        """Bring on who is named, and see whether it is somebody met without a name."""
        person, stage = self.cast.of.get(name.key), self.stage
        if person is None or name.use is None:
            return
        if person not in stage.met and name.start in self.cast.namings:
            self.give(person, named_by_pointing(self.cast, stage, name))
        elif person not in stage.met and name.use.title and not name.use.quoted:
            held = self.holders[plain_head(self.pack, name.use.title)]
            self.give(person, named_by_title(stage, held, person))
        if person not in stage.met and not (name.use.quoted or person.descriptions):
            self.give(
                person,
                named_outright(self.doc, stage, name)
                or named_next(self.doc, stage, name, person)
                or named_silently(self.doc, stage, name, person),
            )
        if not name.use.quoted:
            self.bring_on(person, name)
            at = self.doc.word_index(name.start)
            if at and self.pack.is_word("old", self.doc.words[at - 1].folded):
                stage.grow_old(person)
        elif person not in stage.met and is_called(self.doc, name):
            if is_read_out(self.doc, name):
                stage.met.add(person)
            else:
                self.give(person, called(stage, self.doc, name, person))

    def bring_on(self, person: Person, appearance: Appearance) -> None:
        """Note that somebody is named or described."""
        self.stage.bring_on(person, appearance)
        self.times[person] += 1

    def give(self, named: Person, meant: Person | None) -> None:
        """Let the one who is meant, if unnamed, be ``named``."""
        if meant is None or meant.named:
            return
        for head in meant.heads:
            held = self.holders[head].pop(meant, None)
            if held is not None:
                self.holders[head][named] = _Holder(named, held.met, held.said, held.owners)
        self.times[named] += self.times.pop(meant, 0)
        self.cast.merge(named, meant)
        self.stage.merge(named, meant)

    def take_description(
        self, item: Appearance, description: Description, gender: str | None
    ) -> None:
        """Give a description to whom it means."""
        person, stage = self.cast.of.get(item.key), self.stage
        quoted = self.doc.is_quoted(item.start)
        if person is None:
            person = self.meant(self._asked(item, description, gender, quoted=quoted), item)
            if person is None:
                person = Person()
                self.cast.people.append(person)
            self.cast.attach(person, description)
            self._note(person, description)
        elif not quoted and (
            (person not in stage.met and is_renamed(person, description))
            or is_being_named(person, description)
        ):
            asked = self._asked(item, description, gender, naming=True)
            self.give(person, self.meant(asked, item))
        owner = self._owner(item, description)
        if owner is not None:
            self.holders[description.head][person].owners[owner] = None
            if self.pack.is_word("kin", description.head):
                stage.relate(owner, person)
        if gender and not quoted:
            stage.genders.setdefault(person, gender)
        said_to_be = is_said_to_be(self.doc, item, stage.last())
        if not (quoted or said_to_be or is_anybody(self.doc, item)):
            self.bring_on(person, item)

    def meant(self, asked: Asked, item: Appearance) -> Person | None:
        """Whom a description means, ``None`` for somebody new.

        A description that names somebody can only mean one of those who have no name yet; "that
        man" is whoever was mentioned just before.
        """
        candidates = self._candidates(asked, item)
        if "naming" in asked.traits:
            candidates = [candidate for candidate in candidates if not candidate.person.named]
        if asked.pointer == "this" and asked.noun == "loose":
            for candidate in candidates:
                entry = candidate.entry
                if entry is not None and asked.sentence - entry.sentence <= _JUST_BEFORE:
                    return candidate.person
        return self.choose(asked, candidates)

    def choose(self, asked: Asked, candidates: Sequence[Candidate]) -> Person | None:
        """The likeliest of those it could mean, ``None`` where it is rather somebody new."""
        weights = self.pack.weights.get("link_weights", {})
        best = sum(map(weights.get, new_signs(asked, candidates), repeat(0.0)))
        found: Person | None = None
        for candidate in candidates:
            score = sum(map(weights.get, link_signs(asked, candidate), repeat(0.0)))
            if score > best:
                best, found = score, candidate.person
        return found

    def _asked(
        self,
        item: Appearance,
        description: Description,
        gender: str | None,
        *,
        quoted: bool = False,
        naming: bool = False,
    ) -> Asked:
        pack = self.pack
        traits = {
            "quoted": quoted,
            "naming": naming,
            "introduced": is_introduced(self.doc, pack, item),
            "goes on": goes_on(self.doc, item),
            "predicate": is_said_to_be(self.doc, item, self.stage.last()),
            "other": any(pack.is_word("contrasts", word) for word in description.modifiers),
            "speaks": item.speaks,
            "of two": any(pack.is_word("of_two", word) for word in description.modifiers),
        }
        return Asked(
            description,
            item.sentence,
            pointer_of(description, pack),
            noun_of(description.head, pack),
            gender,
            age_told(pack, description),
            marks_of(description, pack),
            self._owner(item, description),
            item.subject,
            quoted,
            item.speaks,
            tuple(trait for trait, holds in traits.items() if holds),
        )

    def _owner(self, item: Appearance, description: Description) -> Person | None:
        """Whose kin, servant or guest is meant."""
        if description.determiner == "'s":
            for word in self.doc.words_in(description.start, description.core_end):
                owner = self.cast.of.get(word.start) or self.cast.of.get(word.bare_end - 1)
                if owner is not None and word.bare_end < description.core_end:
                    return owner
            return None
        for gender, words in (("m", "he"), ("f", "she")):
            if self.pack.is_word(words, description.determiner):
                return self.stage.meant_by_pronoun(item.start, gender)
        return None

    def _candidates(self, asked: Asked, item: Appearance) -> list[Candidate]:
        """Those a description could mean, who was mentioned last first."""
        stage, description = self.stage, asked.description
        held = self.holders[description.head]
        near: dict[Person, Entry] = {}
        if asked.pointer == "a":
            people = {} if asked.quoted else self._likely_of_newcomers(item, description)
        else:
            for mention in () if asked.quoted else stage.near(item.start):
                near.setdefault(mention.person, mention)
            known = list(held.values())[-_MOST_HOLDERS:]
            met = (h.person for h in known if bisect_left(h.met, description.start))
            people = dict.fromkeys((*near, *met), ())
        fitting = [
            person
            for person in people
            if fits(person, description, self.pack)
            and stage.agrees(person, asked.gender)
            and person is not asked.owner
        ]
        told = self._told_of(item, description, fitting)
        talkers = list(dict.fromkeys(e.person for e in stage.near(item.start) if e.speaks))
        talks = asked.speaks and bool(talkers)
        acting = {e.person for e in near.values() if e.subject and e.sentence == item.sentence}
        free = [
            person
            for person, entry in near.items()
            if person in fitting
            and item.sentence - entry.sentence <= _ON_STAGE
            and person not in acting
            and not (talks and person is talkers[0])
        ]
        out: list[Candidate] = []
        for rank, person in enumerate(fitting):
            holder = held.get(person)
            holds = holder is not None and bisect_left(holder.met, description.start) > 0
            traits = {
                "only": len(fitting) == 1,
                "only one left": free == [person],
                "spoke last": talks and person is talkers[0],
                "spoke before": talks and person in talkers[1:2],
                told.get(person, ""): person in told,
                "undescribed": not person.descriptions,
                "kin": asked.owner is not None and stage.are_related(asked.owner, person),
                "of the name": asked.owner is not None and share_a_name(asked.owner, person),
            }
            entry = near.get(person)
            if entry is not None:
                joint = self.doc.text[entry.end : item.start]
                between = self.doc.words_in(entry.end, item.start) if len(joint) < _BESIDE else ()
                traits["here"] = self._in_one_paragraph(entry.sentence, item.sentence)
                traits["listed"] = joint == ", "
                traits["joined"] = len(between) == 1 and "coordinators" in between[0].kinds
                traits["equated"] = len(between) == 1 and "copulas" in between[0].kinds
            out.append(
                Candidate(
                    person,
                    holds,
                    holds and holder is not None and _is_of_others(holder, asked.owner),
                    stage.has_known_standing(person),
                    holder.said if holder is not None and holds else frozenset(),
                    stage.told(person),
                    stage.genders.get(person),
                    stage.age_of(person),
                    not stage.may_be(person, description),
                    entry,
                    rank,
                    self.times[person],
                    (*people[person], *(trait for trait, holds in traits.items() if holds)),
                )
            )
        return out

    def _in_one_paragraph(self, one: int, other: int) -> bool:
        sentences = self.doc.sentences
        return sentences[one].paragraph == sentences[other].paragraph

    def _likely_of_newcomers(
        self, item: Appearance, description: Description
    ) -> dict[Person, tuple[str, ...]]:
        """Whom "a man" can mean: who is told to be one, or whose youth is shown."""
        last = self.stage.last()
        found: dict[Person, tuple[str, ...]] = {}
        if last is not None and not last.person.named:
            if item.start - last.end == COMMA and is_apposed(self.doc, item):
                found[last.person] = ("apposed",)
            elif is_equated(self.doc, item, last):
                found[last.person] = ("told to be",)
        since = self.earlier.get(self.doc.sentence_at(item.start).paragraph)
        if since is not None and since <= item.start:
            for rank, person in enumerate(young_then(self.cast, self.stage, description)):
                found.setdefault(person, ("then", f"then {min(rank, 2)}"))
        return found

    def _told_of(
        self, item: Appearance, description: Description, fitting: Sequence[Person]
    ) -> dict[Person, str]:
        """Who was told of together with words beside the noun ("the hoop boy"), and how surely."""
        if not description.definite:
            return {}
        found: Counter[Person] = Counter()
        for mark in telling_words(description, self.pack):
            starts = self.told_at.get(mark, ())
            last = bisect_left(starts, item.start)
            there: set[Person] = set()
            for start in reversed(starts[max(0, last - _MOST_TOLD) : last]):
                sentence = self.doc.sentence_at(start).index
                if sentence != item.sentence:
                    there.update(self.stage.mentioned_in(sentence)[:_MOST_HOLDERS])
            found.update(there.intersection(fitting))
        if not found:
            return {}
        most = max(found.values())
        best = [person for person, count in found.items() if count == most]
        return {
            person: "told"
            if found[person] < most
            else "told most"
            if len(best) > 1
            else "told alone"
            for person in found
        }


def _is_of_others(holder: _Holder, owner: Person | None) -> bool:
    """Whether somebody is so called only as the kin or servant of others."""
    return owner is not None and bool(holder.owners) and owner not in holder.owners
