"""Who is who: names, titles and descriptions joined into people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.parser.descriptions import gender_of_noun, plain_head
from scriptgen.parser.name_runs import NameUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.language import LanguagePack
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.name_runs import NameForm
    from scriptgen.parser.sentences import Document

_NOT_MET = 1 << 60
_CALLED = 2
_EQUATING = 2


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in the making; becomes a `scriptgen.brief.Character` once all passes are done.

    ``heads``: the nouns and titles that mean the person, in the order met; ``first``: where the
    person is first met.
    """

    names: list[tuple[str, ...]] = field(default_factory=list)
    uses: list[NameUse] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    heads: dict[str, None] = field(default_factory=dict)
    gender: str | None = None
    status: Status = Status.UNNAMED
    first: int = _NOT_MET

    @property
    def named(self) -> bool:
        """Whether a name is known."""
        return bool(self.names)

    @property
    def surnames(self) -> set[str]:
        """The last words of the names that have more than one."""
        return {core[-1] for core in self.names if len(core) > 1}

    def add_use(self, use: NameUse) -> None:
        """Take a use of a name or of a title as the person's."""
        self.uses.append(use)
        self.first = min(self.first, use.start)


@dataclass(slots=True)
class Cast:
    """The people.

    ``of``: whom each name use, by its start, and each description, by its key, means; ``namings``:
    by the start of a name that is given to somebody, where the words that give it begin and the
    gender they tell, if any.
    """

    people: list[Person] = field(default_factory=list)
    of: dict[int, Person] = field(default_factory=dict)
    namings: dict[int, tuple[int, str | None]] = field(default_factory=dict)

    def attach(self, person: Person, description: Description) -> None:
        """Let ``description`` mean ``person``."""
        person.descriptions.append(description)
        person.heads[description.head] = None
        person.first = min(person.first, description.start)
        self.of[description.key] = person

    def merge(self, kept: Person, other: Person) -> None:
        """Make one person of two: what belongs to ``other`` goes to ``kept``."""
        kept.names += other.names
        kept.uses += other.uses
        kept.descriptions += other.descriptions
        kept.heads |= other.heads
        kept.gender = kept.gender or other.gender
        kept.first = min(kept.first, other.first)
        self.people.remove(other)
        for start in [*(u.start for u in other.uses), *(d.key for d in other.descriptions)]:
            if self.of.get(start) is other:
                self.of[start] = kept


def gender_by_heads(heads: Iterable[str], pack: LanguagePack) -> str | None:
    """``m`` or ``f`` by the first noun or title that tells."""
    told = (gender_of_noun(head, pack) for head in heads)
    return next((gender for gender in told if gender), None)


def fits(person: Person, description: Description, pack: LanguagePack) -> bool:
    """Whether nothing known of a person's gender speaks against a description."""
    one = gender_by_heads(person.heads, pack)
    other = gender_by_heads((description.head,), pack)
    return one is None or other is None or one == other


def share_a_name(one: Person, other: Person) -> bool:
    """Whether a surname of one is among the names of the other."""
    words = {word for core in other.names for word in core}
    return not words.isdisjoint(one.surnames) or not other.surnames.isdisjoint(
        word for core in one.names for word in core
    )


def cast_names(
    doc: Document,
    pack: LanguagePack,
    forms: dict[tuple[str, ...], NameForm],
    titles: list[tuple[int, int, str]],
) -> Cast:
    """The people that names tell of; ``titles`` that stand alone go to those who bear them."""
    cast = Cast()
    known = _Known(pack)
    for form in sorted(forms.values(), key=lambda f: (-len(f.core), f.uses[0].start)):
        meant = known.meant(doc, form)
        for use in sorted(form.uses, key=lambda u: (u.honorific is None, u.start)):
            before = doc.text[max(0, use.start - 10) : use.start].split()[-1:]
            person = known.owner(use, younger=pack.is_word("younger", "".join(before)))
            if person is None and not use.title:
                person = meant
            if person is None:
                person = Person(status=Status.GIVEN)
                cast.people.append(person)
            if use.core not in person.names:
                person.names.append(use.core)
                known.add(person, use.core)
            person.add_use(use)
            if use.title:
                person.heads[plain_head(pack, use.title)] = None
            if len(use.core) > 1 and pack.is_word("titles_behind", use.core[-1]):
                person.heads[use.core[-1].lower()] = None
            cast.of[use.start] = person
    _name_by_title(cast, doc, titles)
    _give_titles(cast, [(start, end, plain_head(pack, title)) for start, end, title in titles])
    return cast


def _name_by_title(cast: Cast, doc: Document, titles: list[tuple[int, int, str]]) -> None:
    """Somebody whom the essay calls by a title alone ("Matron"), and whom nobody else can be."""
    borne = {head for person in cast.people for head in person.heads}
    called: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for start, end, title in titles:
        at = doc.word_index(start)
        if title not in borne and not (at and "determiners" in doc.words[at - 1].kinds):
            called[title].append((start, end, title))
    for title, uses in called.items():
        if len(uses) < _CALLED:
            continue
        start, end, _ = uses[0]
        core = (doc.text[start:end],)
        person = Person(names=[core], heads={title: None}, status=Status.GIVEN)
        cast.people.append(person)
        for start, end, _ in uses:
            person.add_use(NameUse(start, end, None, core, quoted=False, firm=True))
            cast.of[start] = person


def _give_titles(cast: Cast, titles: list[tuple[int, int, str]]) -> None:
    """A title alone means the one who bears it, or of several the one met last."""
    wanted = {title for _, _, title in titles}
    met: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    for person in cast.people:
        for title in wanted & person.heads.keys():
            met[title] += [(use.start, person) for use in person.uses]
    for uses in met.values():
        uses.sort(key=lambda pair: -pair[0])
    last: dict[str, Person] = {}
    for start, end, title in titles:
        while met[title] and met[title][-1][0] < start:
            last[title] = met[title].pop()[1]
        if title in last and start not in cast.of:
            last[title].add_use(NameUse(start, end, title, (), quoted=False, firm=True))
            cast.of[start] = last[title]


def _leads(person: Person, name: str) -> bool:
    """Whether ``name`` only begins longer names of a person."""
    holding = [core for core in person.names if name in core]
    return bool(holding) and all(len(core) > 1 and core[0] == name for core in holding)


def gender_by_name(person: Person, pack: LanguagePack) -> str | None:
    """``m`` or ``f`` by a given name that only men or only women bear."""
    names = pack.proper_names
    if names is None:
        return None
    return next((told for core in person.names if (told := names.gender(core[0]))), None)


def _is_elder(pack: LanguagePack, person: Person, title: str) -> bool:
    """Whether an "Old" before the name only says what a title of the person says already."""
    return pack.is_word("old", title) and any(pack.is_word("old", head) for head in person.heads)


def _is_equated(doc: Document, name: NameUse, other: NameUse | None) -> bool:
    """Whether nothing but "is", or "is also", stands between two names of one sentence."""
    if other is None:
        return True
    between = doc.words_in(name.end, other.start)
    return 0 < len(between) <= _EQUATING and "copulas" in between[0].kinds


class _Known:
    """The people so far, by their first and last names and by how a first name begins."""

    _STEM = 4

    def __init__(self, pack: LanguagePack) -> None:
        self._pack = pack
        self._fond = tuple(sorted(pack.words.get("diminutive_endings", ())))
        self._numbers: dict[Person, int] = {}
        self._by_core: dict[tuple[str, ...], Person] = {}
        self._by_word: dict[str, dict[Person, None]] = defaultdict(dict)
        self._by_stem: dict[str, list[tuple[str, Person]]] = defaultdict(list)
        self._by_given: dict[str, dict[Person, None]] = defaultdict(dict)
        self._by_full: dict[str, dict[Person, None]] = defaultdict(dict)

    def add(self, person: Person, core: tuple[str, ...]) -> None:
        """Take note of a name of ``person``."""
        self._numbers.setdefault(person, len(self._numbers))
        self._by_core.setdefault(core, person)
        for word in (core[0], core[-1]):
            self._by_word[word][person] = None
        self._by_stem[core[0][: self._STEM]].append((core[0], person))
        self._by_given[core[0].lower()][person] = None
        if self._pack.proper_names is not None:
            for full in self._pack.proper_names.full_forms(core[0]):
                self._by_full[full][person] = None

    def meant(self, doc: Document, form: NameForm) -> Person | None:
        """Whom a form means as a shorter, longer or fond form of a name: "Liz" is Elizabeth.

        Only if it is one person, and no sentence tells of both but to make them one.
        """
        own = {doc.sentence_at(use.start).start: use for use in form.uses if not use.quoted}
        names = self._pack.proper_names
        gender = names.gender(form.core[0]) if names is not None else None
        found = [
            person
            for person in self._alike(form.core)
            if {gender, gender_by_name(person, self._pack)} != {"m", "f"}
            and all(
                _is_equated(doc, use, own.get(doc.sentence_at(use.start).start))
                for use in person.uses
                if not use.quoted
            )
        ]
        return found[0] if len(found) == 1 else None

    def _alike(self, core: tuple[str, ...]) -> Iterable[Person]:
        """The people one of whose names may be another form of ``core``."""
        names = self._pack.proper_names
        fulls = names.full_forms(core[0]) if names is not None else ()
        near = dict.fromkeys(self._by_word[core[0]])
        for full in (core[0].lower(), *fulls):
            near |= self._by_given[full]
        near |= self._by_full[core[0].lower()]
        return [
            person for person in near if any(self._is_form(core, other) for other in person.names)
        ]

    def _is_form(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two names with the same or a short given name may be one person's."""
        if one[0] == other[0]:
            words, others = set(one), set(other)
            return min(len(one), len(other)) > 1 and (words < others or others < words)
        names = self._pack.proper_names
        if names is None or (min(len(one), len(other)) > 1 and one[-1] != other[-1]):
            return False
        return names.is_short_for(one[0], other[0]) or names.is_short_for(other[0], one[0])

    def owner(self, use: NameUse, *, younger: bool) -> Person | None:
        """The person a name use belongs to, ``None`` for somebody new.

        ``younger``: whether it is "the younger" of those who bear the name.
        """
        if len(use.core) > 1:
            return self._by_core.get(use.core)
        holders = self._holders(use.core[0])
        if not holders:
            return None
        if use.title:
            return self._titled(holders, use.core[0], plain_head(self._pack, use.title))
        if younger:
            return max(holders, key=lambda p: p.first)
        return min(holders, key=lambda p: (bool(p.heads), p.first))

    def _holders(self, word: str) -> list[Person]:
        found = dict.fromkeys(self._by_word.get(word, ()))
        if len(word) >= self._STEM:
            for other, person in self._by_stem.get(word[: self._STEM], ()):
                if len(other) >= self._STEM and (
                    word.endswith(self._fond) or other.endswith(self._fond)
                ):
                    found[person] = None
        return sorted(found, key=self._numbers.__getitem__)

    def _titled(self, holders: list[Person], name: str, title: str) -> Person | None:
        """Of those of one surname the one who bears the title, or to whom it is not barred.

        Where the surname comes first, "Madam Lu" and "Old Lu" are not Lu Wen, but of the family.
        """
        for person in holders:
            if title in person.heads:
                return person
        pack = self._pack
        gender = gender_by_heads((title,), pack)
        civil = pack.is_word("civil_titles", title)
        elder = gender == "f" or civil or pack.is_word("old", title)
        fitting = [
            p
            for p in holders
            if not (p.heads and gender is None and not _is_elder(pack, p, title))
            and (gender is None or gender_by_heads(p.heads, pack) in (None, gender))
            and not (elder and _leads(p, name))
            and (gender is None or gender_by_name(p, pack) in (None, gender))
            and not (civil and any(pack.is_word("civil_titles", head) for head in p.heads))
        ]
        return min(fitting, key=lambda p: (bool(p.heads), p.first), default=None)
