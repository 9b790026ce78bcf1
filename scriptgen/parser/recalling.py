"""Whom a description means: somebody who bears its noun, or somebody on stage who fits it.

The essay is walked once, names, descriptions and pronouns in order. What introduces somebody makes
a new person; what points back ("the girl", "the hoop boy", "the dresser") is given to whoever was
described so, was told of in the same words, or is on stage and fits by gender, age and standing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.parser.appearances import OWNER_MARKS, appearances, genders, own_gender
from scriptgen.parser.calling import called, is_called, is_read_out
from scriptgen.parser.cast import Person, fits
from scriptgen.parser.descriptions import plain_head
from scriptgen.parser.late_names import (
    child_of_then,
    earlier_times,
    named_by_pointing,
    named_by_title,
    named_silently,
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

_TELLING_TAIL = 4
_MOST_HOLDERS = 60
_MOST_TOLD = 4
_UNNAMED_FIRST = 0.5
_ALIKE = 1.0
_COMMA = 2
_BESIDE = 12
_NAMED_THERE = 60


@dataclass(slots=True)
class _Holder:
    """Somebody known by a head noun: where met (in order), and what was said beside the noun."""

    person: Person
    met: list[int]
    said: set[str] = field(default_factory=set)


def recall(
    cast: Cast, doc: Document, pack: LanguagePack, descriptions: Sequence[Description]
) -> None:
    """Give every description that means nobody yet to somebody known, or to somebody new.

    Names that a pronoun or a call gives go to whom these mean.
    """
    found = appearances(cast, doc, descriptions)
    stage = Stage(pack, genders(cast, pack, found))
    walk = _Walk(
        cast, doc, pack, stage, where_told(doc, pack, descriptions), earlier_times(doc, pack)
    )
    walk.hold_known()
    for at, appearance in enumerate(found):
        walk.take(appearance, own_gender(pack, found, at))


@dataclass(slots=True)
class _Walk:
    """The essay as it is walked."""

    cast: Cast
    doc: Document
    pack: LanguagePack
    stage: Stage
    told_at: dict[str, list[int]]
    earlier: dict[int, int]
    holders: dict[str, dict[Person, _Holder]] = field(default_factory=lambda: defaultdict(dict))

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
        held[person].said.update(description.modifiers, description.tail)
        self.stage.learn(person, description)

    def take(self, appearance: Appearance, gender: str | None) -> None:
        """Go on to the next name, description or pronoun."""
        if appearance.use is not None:
            self._take_name(appearance)
        elif appearance.description is not None:
            self._take_description(appearance, appearance.description, gender)
        else:
            person = self.stage.meant_by_pronoun(appearance.start, gender)
            if person is not None:
                self.stage.bring_on(person, appearance)

    def _take_name(self, name: Appearance) -> None:
        person, stage = self.cast.of.get(name.key), self.stage
        if person is None or name.use is None:
            return
        if person not in stage.met and name.start in self.cast.namings:
            self._give(person, named_by_pointing(self.cast, stage, name))
        elif person not in stage.met and name.use.title and not name.use.quoted:
            held = self.holders[plain_head(self.pack, name.use.title)]
            self._give(person, named_by_title(stage, held, person))
        if person not in stage.met and not (name.use.quoted or person.descriptions):
            self._give(person, named_silently(self.doc, stage, name, person))
        if not name.use.quoted:
            stage.bring_on(person, name)
            at = self.doc.word_index(name.start)
            if at and self.pack.is_word("old", self.doc.words[at - 1].folded):
                stage.grow_old(person)
        elif person not in stage.met and is_called(self.doc, name):
            if is_read_out(self.doc, name):
                stage.met.add(person)
            else:
                self._give(person, called(stage, self.doc, name, person))

    def _give(self, named: Person, meant: Person | None) -> None:
        """Let the one who is meant, if unnamed, be ``named``."""
        if meant is None or meant.named:
            return
        for head in meant.heads:
            held = self.holders[head].pop(meant, None)
            if held is not None:
                self.holders[head][named] = _Holder(named, held.met, held.said)
        self.cast.merge(named, meant)
        self.stage.merge(named, meant)

    def _take_description(
        self, item: Appearance, description: Description, gender: str | None
    ) -> None:
        person, stage = self.cast.of.get(item.key), self.stage
        quoted = self.doc.is_quoted(item.start)
        if person is None:
            person = self._meant(item, description, gender, quoted=quoted)
            if person is None:
                person = Person()
                self.cast.people.append(person)
            self.cast.attach(person, description)
            self._note(person, description)
        elif person not in stage.met and not quoted and _is_renamed(person, description):
            known = self.holders[description.head].values()
            others = [holder for holder in known if holder.person is not person]
            before = self._known_by(others[-_MOST_HOLDERS:], description)
            self._give(person, before or self._recalled(item, description, gender))
        elif not quoted and _is_being_named(person, description):
            known = self.holders[description.head].values()
            others = [h for h in known if not h.person.named][-_MOST_HOLDERS:]
            points = description.definite and not self._is_owned(description)
            before = self._known_by(others, description) if points else None
            self._give(person, before or self._equated(item, description))
        if not (quoted or self._is_said_to_be(item) or self._is_anybody(item)):
            if gender:
                stage.genders.setdefault(person, gender)
            stage.bring_on(person, item)

    def _meant(
        self, item: Appearance, description: Description, gender: str | None, *, quoted: bool
    ) -> Person | None:
        pack = self.pack
        if not description.definite and not pack.is_word("numerals", description.determiner):
            if quoted:
                return None
            return (
                self._set_beside(item)
                or self._equated(item, description)
                or self._when_young(item, description, gender)
            )
        numbered = pack.is_word("numerals", description.determiner)
        known = self.holders[description.head]
        person = self._known_by(list(known.values())[-_MOST_HOLDERS:], description)
        if person is not None or quoted:
            return person
        if numbered or self._is_owned(description):
            return None
        return self._recalled(item, description, gender)

    def _is_owned(self, description: Description) -> bool:
        """Whether it is told by whom somebody is known, or stands without a determiner."""
        determiner = description.determiner
        return determiner in ("", "'s") or self.pack.is_word("possessives", determiner)

    def _set_beside(self, item: Appearance) -> Person | None:
        """Whoever is described just before, parted by a comma: "The clerk, a tall woman, …"."""
        last, description = self.stage.last(), item.description
        if last is None or description is None or last.person.named:
            return None
        if item.start - last.end != _COMMA or not self._is_apposed(item):
            return None
        return last.person if fits(last.person, description, self.pack) else None

    def _when_young(
        self, item: Appearance, description: Description, gender: str | None
    ) -> Person | None:
        """Whose childhood is shown, where the telling has gone to an earlier time."""
        since = self.earlier.get(self.doc.sentence_at(item.start).paragraph)
        if since is None or since > item.start or gender is None:
            return None
        return child_of_then(self.cast, self.stage, description, gender)

    def _equated(self, item: Appearance, description: Description) -> Person | None:
        """Who is said to be so: "The clerk is a tall woman"."""
        words, last = self.doc.words, self.stage.last()
        at = self.doc.word_index(item.start) - 1
        if last is None or last.person.named or description.definite or at < 1:
            return None
        if "copulas" not in words[at].kinds or words[at - 1].kinds & _SAID_OF:
            return None
        if self.doc.text[last.end : words[at].start] != " ":
            return None
        return last.person if fits(last.person, description, self.pack) else None

    def _is_apposed(self, item: Appearance) -> bool:
        """Whether a comma stands on both sides, or more words behind that tell who is meant."""
        text = self.doc.text
        if text[item.start - _COMMA : item.start] != ", ":
            return False
        return text[item.end : item.end + 1] in _ENDS_APPOSED or self._goes_on(item)

    def _recalled(
        self, item: Appearance, description: Description, gender: str | None
    ) -> Person | None:
        """Somebody of another noun whom a description points back to."""
        if self._is_apposed(item) or self._is_introduced(item):
            return None
        if any(self.pack.is_word("contrasts", word) for word in description.modifiers):
            return None
        told = self._told_of(item, description, gender)
        return told or self._on_stage(item, description, gender)

    def _is_introduced(self, item: Appearance) -> bool:
        """Whether what stands beside it tells who is meant, or brings somebody on."""
        words, text = self.doc.words, self.doc.text
        at, behind = self.doc.word_index(item.start), self.doc.word_index(item.end)
        if words[behind - 1].capital:
            return True
        if at and "noun_links" in words[at - 1].kinds:
            return True
        if behind + 1 >= len(words):
            return False
        gap, following = text[item.end : words[behind].start], words[behind]
        if gap == ", ":
            return following.capital or "indefinite_articles" in following.kinds
        comes = gap == " " and "arriving_verbs" in following.verb_kinds
        return comes and not self.pack.is_word("comers", words[behind - 1].folded)

    def _known_by(self, holders: Sequence[_Holder], description: Description) -> Person | None:
        """Whom a description means among those met before it, ``None`` for somebody new."""
        pack = self.pack
        marks = {m for m in description.modifiers if not pack.is_word("empty_modifiers", m)}
        marks |= {word for word in description.tail if len(word) >= _TELLING_TAIL}
        loose = pack.is_word("loose_heads", description.head)
        best: tuple[int, int] | None = None
        found: Person | None = None
        for holder in holders:
            at = bisect_left(holder.met, description.start)
            if at == 0 or not fits(holder.person, description, pack):
                continue
            shared = len(marks & holder.said)
            if marks and holder.said and not shared and loose:
                continue
            rank = (shared, holder.met[at - 1])
            if best is None or rank > best:
                best, found = rank, holder.person
        return found

    def _is_anybody(self, item: Appearance) -> bool:
        """Whether it is the owner of something, of whom nothing is known: "a stranger's child"."""
        description = item.description
        if description is None or description.definite:
            return False
        return self.doc.text[item.end : item.end + 1] in OWNER_MARKS

    def _is_said_to_be(self, item: Appearance) -> bool:
        """Whether "she is" stands before it: what somebody is said to be is nobody on stage."""
        words = self.doc.words
        at = self.doc.word_index(item.start) - 1
        if at < 1 or "copulas" not in words[at].kinds:
            return False
        if self.doc.text[words[at].end : item.start] != " ":
            return False
        last = self.stage.last()
        return (
            "demonstratives" in words[at].kinds
            or bool(words[at - 1].kinds & _SAID_OF)
            or (last is not None and last.end == words[at - 1].bare_end)
        )

    def _told_of(
        self, item: Appearance, description: Description, gender: str | None
    ) -> Person | None:
        """Whoever was told of together with the words beside the noun ("the hoop boy")."""
        for mark in telling_words(description, self.pack):
            starts = self.told_at.get(mark, ())
            last = bisect_left(starts, item.start)
            for start in reversed(starts[max(0, last - _MOST_TOLD) : last]):
                sentence = self.doc.sentence_at(start).index
                if sentence == item.sentence:
                    continue
                fitting = dict.fromkeys(
                    person
                    for person in self.stage.mentioned_in(sentence)[:_MOST_HOLDERS]
                    if self.stage.agrees(person, gender) and self.stage.may_be(person, description)
                )
                if len(fitting) == 1:
                    return next(iter(fitting))
        return None

    def _on_stage(
        self, item: Appearance, description: Description, gender: str | None
    ) -> Person | None:
        """Whoever was mentioned last and fits by gender, age and what else is known.

        A noun for a standing ("the dresser") is given only to the one person of whom no name and no
        standing is known, unless it points ("this priest").
        """
        pack, stage = self.pack, self.stage
        points = pack.is_word("pointing_determiners", description.determiner)
        if (description.tail or self._goes_on(item)) and not points:
            return None
        loose = pack.is_word("loose_heads", description.head) or points
        untold = not loose or pack.is_word("comers", description.head)
        near = list(stage.near(item.start))
        acting = {e.person for e in near if e.subject and e.sentence == item.sentence}
        weight: dict[Person, float] = {}
        ruled_out: set[Person] = set()
        for entry in near:
            person, away = entry.person, item.sentence - entry.sentence
            if person in acting or (points and away > 1) or not stage.agrees(person, gender):
                continue
            if not stage.may_be(person, description):
                ruled_out.add(person)
                continue
            if untold and stage.has_standing(person):
                continue
            if person not in weight:
                weight[person] = self._likeness(person, description)
            weight[person] += (2.0 if entry.subject else 1.0) / (1 + away)
        if not loose and len(weight) > 1:
            return None
        if any(pack.is_word("of_two", word) for word in description.modifiers):
            alike = {p: w for p, w in weight.items() if stage.age_of(p) is not None}
            weight = alike or (weight if ruled_out else {})
        return max(weight, key=lambda p: weight[p], default=None)

    def _likeness(self, person: Person, description: Description) -> float:
        """How much what is known of somebody is like a description."""
        stage = self.stage
        age = age_told(self.pack, description)
        likeness = 0.0 if person.named else _UNNAMED_FIRST
        likeness += _ALIKE * (description.head in person.heads)
        likeness += 2 * _ALIKE * stage.shares_modifier(person, description)
        return likeness + _ALIKE * (age is not None and stage.age_of(person) == age)

    def _goes_on(self, item: Appearance) -> bool:
        """Whether more words say who is meant ("the clerk from upstairs")."""
        at = self.doc.word_index(item.end)
        if at >= len(self.doc.words):
            return False
        word = self.doc.words[at]
        return bool(word.kinds & _GOES_ON) and self.doc.text[item.end : word.start] == " "


def _is_renamed(person: Person, description: Description) -> bool:
    """Whether a named person is met in a description that no name stands beside."""
    if not (person.named and description.definite) or description.determiner in ("", "'s"):
        return False
    return not any(
        0 <= use.start - description.end <= _BESIDE or 0 <= description.start - use.end <= _BESIDE
        for use in person.uses
    )


def _is_being_named(person: Person, description: Description) -> bool:
    """Whether somebody's first name stands beside a description, so that it tells who is meant."""
    return abs(person.uses[0].start - description.start) <= _NAMED_THERE if person.uses else False


_GOES_ON = frozenset({"tail_openers", "relatives"})
_ENDS_APPOSED = frozenset(",.;:—)")
_SAID_OF = frozenset({"pronoun_subjects", "demonstratives", "relatives"})
