"""Whom a description means: somebody who bears its noun, or somebody on stage who fits it.

The essay is walked once, names, descriptions and pronouns in order. What introduces somebody makes
a new person; what points back ("the girl", "the hoop boy", "the dresser") is given to whoever was
described so, was told of in the same words, or is on stage and fits by gender, age and standing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.cast import Person, fits
from scriptgen.parser.descriptions import PEOPLE_LISTS, PERSON_CLASSES, gender_of_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.name_runs import NameUse
    from scriptgen.parser.sentences import Document

_TELLING_TAIL = 4
_MOST_HOLDERS = 60
_ON_STAGE = 1000
_MOST_BACK = 32
_MOST_TOLD = 4
_UNNAMED_FIRST = 0.5
_ALIKE = 1.0
_TAG = 80
_TAG_WORDS = 6
_LEADS = 3


class Item(NamedTuple):
    """A name, a description or a pronoun at ``[start, end)``; ``gender``: what it tells of it."""

    start: int
    end: int
    use: NameUse | None
    description: Description | None
    gender: str | None
    sentence: int
    subject: bool = False

    @property
    def key(self) -> int:
        """What it is found by in `Cast.of`."""
        return self.start if self.description is None else self.description.key


class _Entry(NamedTuple):
    """Somebody on stage: where mentioned, in which sentence, and whether as its subject."""

    start: int
    person: Person
    sentence: int
    subject: bool
    end: int


@dataclass(slots=True)
class _Holder:
    """Somebody known by a head noun: where met (in order), and what was said beside the noun."""

    person: Person
    met: list[int]
    said: set[str] = field(default_factory=set)


def recall(
    cast: Cast, doc: Document, pack: LanguagePack, descriptions: Sequence[Description]
) -> None:
    """Give every description that means nobody yet to somebody known, or to somebody new."""
    items = _items(cast, doc, descriptions)
    walk = _Walk(cast, doc, pack, _told_at(doc, pack, descriptions))
    walk.genders = _genders(cast, items)
    walk.hold_known()
    for at, item in enumerate(items):
        walk.take(item, _own_gender(pack, items, at))


def _items(cast: Cast, doc: Document, descriptions: Sequence[Description]) -> list[Item]:
    """What means somebody, in order: no pronoun that stands within a description."""
    items = [
        Item(use.start, use.end, use, None, None, doc.sentence_at(use.start).index)
        for person in cast.people
        for use in person.uses
    ]
    items += [
        Item(d.start, d.core_end, None, d, None, doc.sentence_at(d.start).index)
        for d in descriptions
    ]
    for word in doc.words:
        if "he" in word.kinds or "she" in word.kinds:
            if doc.quoted[word.start]:
                continue
            gender = "m" if "he" in word.kinds else "f"
            sentence = doc.sentence_at(word.start).index
            items.append(Item(word.start, word.end, None, None, gender, sentence))
    items.sort(key=lambda item: (item.start, item.description is None, item.end))
    return [item._replace(subject=_is_subject(doc, item)) for item in items]


def _is_subject(doc: Document, item: Item) -> bool:
    """Whether a mention acts: a verb follows, or it opens its sentence."""
    at = doc.word_index(item.start)
    if item.use is None and item.description is None:
        return "pronoun_subjects" in doc.words[at].kinds
    if doc.text[item.end : item.end + 1] in _OWNS:
        return False
    behind = doc.word_index(item.end)
    if behind < len(doc.words) and doc.text[item.end : doc.words[behind].start] == " ":
        verb = doc.words[behind]
        if verb.form in _FINITE or "copulas" in verb.kinds or "auxiliaries" in verb.kinds:
            return True
    before = doc.words[at - 1] if at else None
    return before is None or before.start < doc.sentence_at(item.start).start


def _own_gender(pack: LanguagePack, items: Sequence[Item], at: int) -> str | None:
    """The gender a description tells, by its noun or by the pronoun that follows at once."""
    item = items[at]
    if item.description is None:
        return item.gender
    gender = gender_of_noun(item.description.head, pack)
    return gender or _following_pronoun(items, at)


def _following_pronoun(items: Sequence[Item], at: int) -> str | None:
    """The gender of the pronoun that is the next item in the same sentence."""
    for item in items[at + 1 : at + 3]:
        if item.start < items[at].end:
            continue
        return item.gender if item.sentence == items[at].sentence else None
    return None


def _genders(cast: Cast, items: Sequence[Item]) -> dict[Person, str]:
    """The gender of each person so far, told by nouns and titles or by what pronouns follow."""
    votes: dict[Person, int] = defaultdict(int)
    for at, item in enumerate(items):
        person = cast.of.get(item.key)
        if person is None or (item.use is not None and item.use.quoted):
            continue
        gender = _following_pronoun(items, at)
        votes[person] += 1 if gender == "f" else -1 if gender == "m" else 0
    return {
        person: person.gender or ("f" if vote > 0 else "m")
        for person, vote in votes.items()
        if vote or person.gender
    }


def _told_at(
    doc: Document, pack: LanguagePack, descriptions: Sequence[Description]
) -> dict[str, list[int]]:
    """Where each word stands that a description tells somebody by."""
    wanted: set[str] = set()
    for description in descriptions:
        if description.definite:
            wanted.update(_marks(description, pack))
    found: dict[str, list[int]] = {word: [] for word in wanted}
    for word in doc.words:
        if word.folded in wanted:
            found[word.folded].append(word.start)
        elif word.form is not None and word.verb in wanted:
            found[word.verb].append(word.start)
    return found


def _marks(description: Description, pack: LanguagePack) -> Iterator[str]:
    """The nouns and participles that tell who is meant: "the hoop boy", "the kneeling man"."""
    lexicon = pack.lexicon
    if lexicon is None:
        return
    tail = description.tail
    if tail and pack.is_word("noun_links", tail[0]):
        tail = ()
    if not pack.is_word("loose_heads", description.head):
        yield description.head
    for word in (*description.modifiers, *tail):
        if pack.is_word("old", word) or pack.is_word("young", word) or lexicon.closed(word):
            continue
        if lexicon.nouns(word) and not (lexicon.adjective(word) or lexicon.closed(word)):
            yield word
        elif lexicon.verb_form(word) == "ing":
            yield lexicon.lemma(word, "verb") or word


@dataclass(slots=True)
class _Walk:
    """The essay as it is walked; ``stage``: who was mentioned where, in order."""

    cast: Cast
    doc: Document
    pack: LanguagePack
    told_at: dict[str, list[int]]
    genders: dict[Person, str] = field(default_factory=dict)
    holders: dict[str, dict[Person, _Holder]] = field(default_factory=lambda: defaultdict(dict))
    stage: list[_Entry] = field(default_factory=list)
    told_in: dict[int, list[Person]] = field(default_factory=lambda: defaultdict(list))
    met: dict[Person, int] = field(default_factory=dict)
    aged: dict[Person, str] = field(default_factory=dict)

    def hold_known(self) -> None:
        """Take note of what names, titles and neighbours tell already."""
        for person in self.cast.people:
            starts = sorted(use.start for use in person.uses)
            for head in person.heads:
                self.holders[head][person] = _Holder(person, list(starts))
            for description in person.descriptions:
                _note(self.holders[description.head][person], description)

    def take(self, item: Item, gender: str | None) -> None:
        """Go on to the next name, description or pronoun."""
        if item.use is not None:
            self._take_name(item)
        elif item.description is not None:
            self._take_description(item, item.description, gender)
        else:
            person = self._pronoun(item)
            if person is not None:
                self._bring_on(person, item)

    def _bring_on(self, person: Person, item: Item) -> None:
        description = item.description
        subject = item.subject or (description is not None and not description.definite)
        self.stage.append(_Entry(item.start, person, item.sentence, subject, item.end))
        self.told_in[item.sentence].append(person)
        self.met[person] = item.start

    def _take_name(self, item: Item) -> None:
        person = self.cast.of.get(item.key)
        if person is None or item.use is None:
            return
        if person not in self.met and item.start in self.cast.namings:
            self._name_meant(person, item)
        if not item.use.quoted:
            self._bring_on(person, item)
            at = self.doc.word_index(item.start)
            if at and self.pack.is_word("old", self.doc.words[at - 1].folded):
                self.aged[person] = "old"
        elif person not in self.met and self._is_called(item):
            called = self._addressed(item, person)
            if called is not None:
                self._merge(person, called)

    def _name_meant(self, named: Person, item: Item) -> None:
        """Give a name to the one whom the pronoun before it means ("She is called Ruth")."""
        start, gender = self.cast.namings[item.start]
        last = self.stage[-1] if self.stage else None
        within = last is not None and last.start >= start
        meant = last.person if last and within else self._pronoun(item._replace(gender=gender))
        if meant is not None and not meant.named:
            self._merge(named, meant)

    def _merge(self, kept: Person, other: Person) -> None:
        """Let the one who was unnamed be ``kept``."""
        gender = self.genders.get(kept) or self.genders.get(other)
        if gender:
            self.genders[kept] = gender
        for head in other.heads:
            held = self.holders[head].pop(other, None)
            if held is not None:
                self.holders[head][kept] = _Holder(kept, held.met, held.said)
        self.cast.merge(kept, other)
        self.stage = [e._replace(person=kept) if e.person is other else e for e in self.stage]
        for told in self.told_in.values():
            told[:] = [kept if p is other else p for p in told]
        self.met[kept] = self.met.pop(other, -1)

    def _is_called(self, item: Item) -> bool:
        """Whether a quoted name calls somebody: set off from the rest of the line."""
        text = self.doc.text
        before = text[max(0, item.start - 2) : item.start].rstrip()
        return before[-1:] in _OPENS_CALL and text[item.end : item.end + 1] in _ENDS_CALL

    def _addressed(self, item: Item, named: Person) -> Person | None:
        """Somebody unnamed on stage whom a line calls by name, and who does not say it."""
        told = self._speaker(item)
        if told is None:
            self.met[named] = item.start
            return None
        speaker, noun = told
        gender = self.genders.get(named)
        for entry in self._near(item.start):
            person = entry.person
            if noun is None and speaker is None and not self._has_spoken(entry):
                return None
            if person.named or person is speaker or not self._agrees(person, gender):
                continue
            if noun not in person.heads:
                return person
        return None

    def _has_spoken(self, entry: _Entry) -> bool:
        """Whether a quote ends right before somebody is mentioned."""
        return 1 in self.doc.quoted[max(0, entry.start - _BEHIND_QUOTE) : entry.start]

    def _speaker(self, item: Item) -> tuple[Person | None, str | None] | None:
        """Who says a quoted piece: somebody by a pronoun beside it, or the noun beside it.

        Neither where nothing tells, an empty noun where it is nobody known; ``None`` where the
        piece is read out: who is named then need not be there.
        """
        doc = self.doc
        start, end = item.start, item.end
        while start > 0 and doc.quoted[start - 1]:
            start -= 1
        while end < len(doc.text) and doc.quoted[end]:
            end += 1
        before = doc.words_in(doc.sentence_at(start).start, start)
        after = doc.words_in(end, min(end + _TAG, doc.sentence_at(max(start, end - 1)).end))
        if any("speech_verbs" in word.verb_kinds for word in before[-_LEADS:]):
            around = before[::-1]
        elif any("speech_verbs" in word.verb_kinds for word in after[:_TAG_WORDS]):
            around = after[:_TAG_WORDS]
        else:
            return None, None
        if any("reading_verbs" in word.verb_kinds for word in around):
            return None
        for word in around:
            if "pronoun_subjects" in word.kinds:
                gender = "m" if "he" in word.kinds else "f"
                return self._pronoun(item._replace(gender=gender)), None
            if word.nouns & PERSON_CLASSES or word.kinds & PEOPLE_LISTS:
                return None, word.folded
        return None, ""

    def _take_description(self, item: Item, description: Description, gender: str | None) -> None:
        person = self.cast.of.get(item.key)
        quoted = self.doc.is_quoted(item.start)
        if person is None:
            person = self._meant(item, description, gender, quoted=quoted)
            if person is None:
                person = Person()
                self.cast.people.append(person)
            held = self.holders[description.head]
            if person not in held:
                held[person] = _Holder(person, [])
            self.cast.attach(person, description)
            _note(held[person], description)
        elif person not in self.met and not quoted and self._is_renamed(person, description):
            known = self.holders[description.head].values()
            others = [holder for holder in known if holder.person is not person]
            before = self._known_by(others[-_MOST_HOLDERS:], description)
            before = before or self._recalled(item, description, gender)
            if before is not None and not before.named:
                self._merge(person, before)
        if not quoted and not self._is_said_to_be(item) and not self._is_anybody(item):
            if gender and person not in self.genders:
                self.genders[person] = gender
            self._bring_on(person, item)

    def _is_renamed(self, person: Person, description: Description) -> bool:
        """Whether a named person is first met in a description that no name stands beside."""
        if not (person.named and description.definite) or description.determiner in ("", "'s"):
            return False
        return not any(
            0 <= use.start - description.end <= _BESIDE
            or 0 <= description.start - use.end <= _BESIDE
            for use in person.uses
        )

    def _meant(
        self, item: Item, description: Description, gender: str | None, *, quoted: bool
    ) -> Person | None:
        pack = self.pack
        if not description.definite and not pack.is_word("numerals", description.determiner):
            return self._set_beside(item) if not quoted else None
        numbered = pack.is_word("numerals", description.determiner)
        known = self.holders[description.head]
        person = self._known_by(list(known.values())[-_MOST_HOLDERS:], description)
        if person is not None or quoted:
            return person
        if (
            numbered
            or pack.is_word("possessives", description.determiner)
            or (description.determiner in ("", "'s"))
        ):
            return None
        return self._recalled(item, description, gender)

    def _set_beside(self, item: Item) -> Person | None:
        """Whoever is described just before, parted by a comma: "The clerk, a tall woman, …"."""
        last = self.stage[-1] if self.stage else None
        if last is None or item.start - last.end != _COMMA or not self._is_apposed(item):
            return None
        description = item.description
        fitting = description is not None and fits(last.person, description, self.pack)
        return last.person if fitting and not last.person.named else None

    def _is_apposed(self, item: Item) -> bool:
        """Whether a comma stands on both sides, or more words behind that tell who is meant."""
        text = self.doc.text
        if text[item.start - _COMMA : item.start] != ", ":
            return False
        return text[item.end : item.end + 1] in _ENDS_APPOSED or self._goes_on(item)

    def _recalled(self, item: Item, description: Description, gender: str | None) -> Person | None:
        """Somebody of another noun whom a description points back to."""
        if self._is_apposed(item) or self._is_introduced(item):
            return None
        if any(self.pack.is_word("contrasts", word) for word in description.modifiers):
            return None
        told = self._told_of(item, description, gender)
        return told or self._on_stage(item, description, gender)

    def _is_introduced(self, item: Item) -> bool:
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
            return "indefinite_articles" in following.kinds
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

    def _is_anybody(self, item: Item) -> bool:
        """Whether it is the owner of something, of whom nothing is known: "a stranger's child"."""
        description = item.description
        if description is None or description.definite:
            return False
        return self.doc.text[item.end : item.end + 1] in _OWNS

    def _is_said_to_be(self, item: Item) -> bool:
        """Whether "she is" stands before it: what somebody is said to be is nobody on stage."""
        doc = self.doc
        at = doc.word_index(item.start) - 1
        if at < 1 or "copulas" not in doc.words[at].kinds:
            return False
        if doc.text[doc.words[at].end : item.start] != " ":
            return False
        if "demonstratives" in doc.words[at].kinds:
            return True
        before = doc.words[at - 1]
        named = bool(self.stage) and self.stage[-1].end == before.bare_end
        return named or bool(before.kinds & _SAID_OF)

    def _pronoun(self, item: Item) -> Person | None:
        """The one of that gender who acted last, or was mentioned last."""
        best: tuple[bool, bool, int] | None = None
        found: Person | None = None
        for entry in self._near(item.start):
            gender = self.genders.get(entry.person)
            if gender not in (None, item.gender):
                continue
            rank = (gender is not None, entry.subject, entry.start)
            if best is None or rank > best:
                best, found = rank, entry.person
        return found

    def _near(self, start: int) -> Iterator[_Entry]:
        """The last mentions before ``start``, nearest first."""
        for entry in reversed(self.stage[-_MOST_BACK:]):
            if start - entry.start > _ON_STAGE:
                return
            yield entry

    def _agrees(self, person: Person, gender: str | None) -> bool:
        own = self.genders.get(person)
        return own is None or gender is None or own == gender

    def _told_of(self, item: Item, description: Description, gender: str | None) -> Person | None:
        """Whoever was told of together with the words beside the noun ("the hoop boy")."""
        for mark in _marks(description, self.pack):
            starts = self.told_at.get(mark, ())
            last = bisect_left(starts, item.start)
            for start in reversed(starts[max(0, last - _MOST_TOLD) : last]):
                sentence = self.doc.sentence_at(start).index
                if sentence == item.sentence:
                    continue
                fitting = dict.fromkeys(
                    p
                    for p in self.told_in.get(sentence, ())
                    if self._agrees(p, gender) and self._may_be(p, description)
                )
                if len(fitting) == 1:
                    return next(iter(fitting))
        return None

    def _on_stage(self, item: Item, description: Description, gender: str | None) -> Person | None:
        """Whoever was mentioned last and fits by gender, age and what else is known."""
        points = self.pack.is_word("pointing_determiners", description.determiner)
        if (description.tail or self._goes_on(item)) and not points:
            return None
        age = _age(self.pack, (description.head, *description.modifiers))
        loose = self.pack.is_word("loose_heads", description.head)
        comer = self.pack.is_word("comers", description.head)
        acting = {
            entry.person
            for entry in self._near(item.start)
            if entry.subject and entry.sentence == item.sentence
        }
        weight: dict[Person, float] = {}
        for entry in self._near(item.start):
            person, away = entry.person, item.sentence - entry.sentence
            if person in acting or not self._agrees(person, gender):
                continue
            if not self._may_be(person, description):
                continue
            if (comer or not (loose or points)) and (person.named or self._has_standing(person)):
                continue
            if points and away > 1:
                continue
            if person not in weight:
                weight[person] = 0.0 if person.named else _UNNAMED_FIRST
                weight[person] += _ALIKE * (description.head in person.heads)
                weight[person] += 2 * _ALIKE * self._shares(person, description)
                weight[person] += _ALIKE * (age is not None and self._age_of(person) == age)
            weight[person] += (2.0 if entry.subject else 1.0) / (1 + away)
        if not loose and not points and len(weight) > 1:
            return None
        return max(weight, key=lambda p: weight[p], default=None)

    def _shares(self, person: Person, description: Description) -> bool:
        """Whether somebody was described with one of the same modifiers."""
        return any(
            not set(description.modifiers).isdisjoint(d.modifiers) for d in person.descriptions
        )

    def _goes_on(self, item: Item) -> bool:
        """Whether more words say who is meant ("the clerk from upstairs")."""
        at = self.doc.word_index(item.end)
        if at >= len(self.doc.words):
            return False
        word = self.doc.words[at]
        return bool(word.kinds & _GOES_ON) and self.doc.text[item.end : word.start] == " "

    def _has_standing(self, person: Person) -> bool:
        """Whether somebody is known by more than such nouns as "man" and "girl"."""
        return any(not self.pack.is_word("loose_heads", head) for head in person.heads)

    def _may_be(self, person: Person, description: Description) -> bool:
        """Whether neither noun nor age speak against it."""
        if not fits(person, description, self.pack):
            return False
        pack = self.pack
        if pack.is_word("young", description.head):
            titles = (use.title for use in person.uses if use.title)
            if any(not pack.is_word("young", title) for title in titles):
                return False
            if any(pack.is_word("grown", head) for head in person.heads):
                return False
        one = _age(pack, (description.head, *description.modifiers))
        other = self._age_of(person)
        return one is None or other is None or one == other

    def _age_of(self, person: Person) -> str | None:
        pack = self.pack
        modifiers = (m for d in person.descriptions for m in d.modifiers)
        told = self.aged.get(person) or _age(pack, (*person.heads, *modifiers))
        if told is not None:
            return told
        for description in person.descriptions:
            tail = description.tail
            if tail and pack.is_word("noun_links", tail[0]) and pack.is_word("numerals", tail[-1]):
                return "young"
        return None


def _age(pack: LanguagePack, words: Iterable[str]) -> str | None:
    """``old`` or ``young``, by the first word that tells."""
    for word in words:
        for age in ("old", "young"):
            if pack.is_word(age, word):
                return age
    return None


def _note(holder: _Holder, description: Description) -> None:
    insort(holder.met, description.start)
    holder.said.update(description.modifiers, description.tail)


_GOES_ON = frozenset({"tail_openers", "relatives"})
_COMMA = 2
_BESIDE = 12
_BEHIND_QUOTE = 30
_ENDS_APPOSED = frozenset(",.;:—)")
_OWNS = frozenset("'’")
_FINITE = frozenset({"third", "past", "both"})
_SAID_OF = frozenset({"pronoun_subjects", "demonstratives", "relatives"})
_OPENS_CALL = frozenset(",“\"‘'*_—.!?")
_ENDS_CALL = frozenset(",.!?…”\"’'*_—")
