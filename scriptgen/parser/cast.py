"""Who is who: names, titles and descriptions joined into people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.parser.names import NameUse

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.names import NameForm
    from scriptgen.parser.sentences import Document


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in the making; becomes a `scriptgen.brief.Character` once all passes are done."""

    names: list[tuple[str, ...]] = field(default_factory=list)
    uses: list[NameUse] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    gender: str | None = None
    status: Status = Status.UNNAMED
    speaks: bool = False

    @property
    def named(self) -> bool:
        """Whether a name is known."""
        return bool(self.names)

    @property
    def first(self) -> int:
        """Where the person is first met."""
        starts = [u.start for u in self.uses] + [d.start for d in self.descriptions]
        return min(starts, default=0)


@dataclass(slots=True)
class Cast:
    """The people, and whom each name or description means."""

    people: list[Person]
    of: dict[int, Person]
    """By the start offset of the name use or description."""
    called: set[int] = field(default_factory=set)
    """Where a name is given by calling somebody so."""


_SAME_DIMINUTIVE = 4
_DIMINUTIVE_ENDINGS = ("ie", "y", "i", "ey", "ka", "ko")
_NEAR = 400


def build_cast(
    doc: Document,
    pack: LanguagePack,
    forms: dict[tuple[str, ...], NameForm],
    descriptions: tuple[Description, ...],
    titles: list[tuple[int, int, str]],
) -> Cast:
    """Join name forms, titles that stand for names, and descriptions into people."""
    cast = Cast([], {})
    _cluster_names(cast, doc, forms, pack)
    _give_titles(cast, titles)
    _link_descriptions(cast, doc, pack, descriptions)
    _link_naming(cast, doc, pack, descriptions)
    _resolve_rest(cast, pack, descriptions)
    _merge_same(cast)
    for person in cast.people:
        _settle_gender(person, pack)
    cast.people.sort(key=lambda p: p.first)
    return cast


def name_text(use: NameUse) -> str:
    """A name as a page prints it, without its honorific."""
    return " ".join(use.core)


def _cluster_names(
    cast: Cast, doc: Document, forms: dict[tuple[str, ...], NameForm], pack: LanguagePack
) -> None:
    ordered = sorted(forms.values(), key=lambda f: (-len(f.core), f.uses[0].start))
    for form in ordered:
        for use in sorted(form.uses, key=lambda u: (u.honorific is None, u.start)):
            person = _owner_of(cast, use, pack, doc.text[max(0, use.start - 10) : use.start])
            if person is None:
                person = Person(status=Status.GIVEN)
                cast.people.append(person)
            if use.core not in person.names:
                person.names.append(use.core)
            person.uses.append(use)
            if use.honorific:
                person.heads.add(use.honorific.lower().rstrip("."))
            cast.of[use.start] = person


def _give_titles(cast: Cast, titles: list[tuple[int, int, str]]) -> None:
    """A title alone means the one who bears it, or of several the one met last."""
    for start, end, title in titles:
        bearers = [p for p in cast.people if title in p.heads and p.first < start]
        if bearers:
            person = max(bearers, key=lambda p: max(u.start for u in p.uses if u.start < start))
            person.uses.append(NameUse(start, end, title, (), quoted=False, firm=True))
            cast.of[start] = person


def _owner_of(cast: Cast, use: NameUse, pack: LanguagePack, before: str) -> Person | None:
    """The person a name form belongs to, ``None`` for somebody new.

    ``before``: the words right before the use, where "the younger" or "the elder" may stand.
    """
    same = [p for p in cast.people if use.core in p.names]
    if len(use.core) > 1:
        return same[0] if same else None
    word = use.core[0]
    holders = [
        p
        for p in cast.people
        if any(word in (core[0], core[-1]) for core in p.names) or _diminutive_of(word, p)
    ]
    if not holders:
        return None
    if use.honorific:
        title = use.honorific.lower().rstrip(".")
        titled = [p for p in holders if title in p.heads]
        if titled:
            return titled[0]
        gender = _title_gender(title, pack)
        fitting = [
            p
            for p in holders
            if not (p.heads and gender is None)
            and _gender_by_heads(p, pack) in (None, gender)
            and not (p.heads & {"mr", "mrs", "ms", "miss"} and title in {"mr", "mrs", "ms", "miss"})
        ]
        return min(fitting, key=lambda p: (bool(p.heads), p.first), default=None)
    aged = before.split()[-1:]
    if aged and pack.is_word("younger", aged[0]):
        return max(holders, key=lambda p: p.first)
    return min(holders, key=lambda p: (bool(p.heads), p.first))


def _diminutive_of(word: str, person: Person) -> bool:
    """``Dougie`` and ``Douglas``: the same beginning, one with a fond ending."""
    for core in person.names:
        other = core[0]
        if other == word:
            return True
        stem = min(len(word), len(other), _SAME_DIMINUTIVE)
        if (
            stem == _SAME_DIMINUTIVE
            and word[:stem] == other[:stem]
            and (word.endswith(_DIMINUTIVE_ENDINGS) or other.endswith(_DIMINUTIVE_ENDINGS))
        ):
            return True
    return False


def _title_gender(title: str, pack: LanguagePack) -> str | None:
    if pack.is_word("male_titles", title):
        return "m"
    return "f" if pack.is_word("female_titles", title) else None


def _gender_by_heads(person: Person, pack: LanguagePack) -> str | None:
    for head in person.heads:
        if pack.is_word("male_nouns", head) or pack.is_word("male_titles", head):
            return "m"
        if pack.is_word("female_nouns", head) or pack.is_word("female_titles", head):
            return "f"
    return None


def _settle_gender(person: Person, pack: LanguagePack) -> None:
    person.gender = person.gender or _gender_by_heads(person, pack)


def _attach(cast: Cast, person: Person, description: Description) -> None:
    person.descriptions.append(description)
    person.heads.add(description.head)
    cast.of[description.start] = person


def _link_descriptions(
    cast: Cast, doc: Document, pack: LanguagePack, descriptions: tuple[Description, ...]
) -> None:
    """Names and descriptions that stand side by side mean one person."""
    ends: dict[int, NameUse] = {}
    starts: dict[int, NameUse] = {}
    for person in cast.people:
        for use in person.uses:
            if not use.quoted:
                ends[use.end] = use
                starts[use.start] = use
    name_starts = sorted(starts)
    for description in descriptions:
        if doc.is_quoted(description.start):
            continue
        use = _apposed_after(doc, pack, description, starts, name_starts)
        if use is None:
            use = _apposed_before(doc, pack, description, ends)
        if use is None:
            continue
        person = cast.of[use.start]
        if _fits(person, description, pack):
            _attach(cast, person, description)


def _fits(person: Person, description: Description, pack: LanguagePack) -> bool:
    probe = Person(heads={description.head})
    one, other = _gender_by_heads(person, pack), _gender_by_heads(probe, pack)
    return one is None or other is None or one == other


def _apposed_after(
    doc: Document,
    pack: LanguagePack,
    description: Description,
    starts: dict[int, NameUse],
    name_starts: list[int],
) -> NameUse | None:
    """``the man in the grey vest—Uncle Feng``, ``a girl named Mei``, ``The aide is Haskell``."""
    text = doc.text
    for end in {description.end, description.core_end}:
        for pattern in pack.patterns.get("apposition_gap", ()):
            match = pattern.match(text, end)
            if match is None or match.end() not in starts:
                continue
            use = starts[match.end()]
            gap = match.group()
            after = text[use.end : use.end + 1]
            if gap.strip() == "," and (
                after not in (",", "—", ".", ")", ";", ":") or _listed(text, use.end)
            ):
                continue
            return use
    return None


def _apposed_before(
    doc: Document, pack: LanguagePack, description: Description, ends: dict[int, NameUse]
) -> NameUse | None:
    """``Li Wei, the man in the beige jacket``, ``Lin Hao—the man in black``."""
    text = doc.text
    window = text[max(0, description.start - _GAP_WINDOW) : description.start]
    match = _GAP_BEFORE.search(window)
    if match is None:
        return None
    at = description.start - len(match.group())
    if at not in ends:
        return None
    gap = match.group("gap")
    after = text[description.end : description.end + 8]
    if gap == ", " and not (
        after[:1] in ",.;:—)!?" or after.startswith((" who", " whose", " and the "))
    ):
        return None
    if gap == ", " and _listed(text, description.end):
        return None
    return ends[at]


_GAP_WINDOW = 60
_GAP_BEFORE = re.compile(
    r"(?: \([^()\n]{1,40}\))?(?P<gap>, who (?:is|was) |, |—| — | – |–| \(|: | is | was )$"
)
_LIST_GOES_ON = re.compile(r",? and\b|, [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:, | and |,? and )")


def _listed(text: str, end: int) -> bool:
    """Whether what ends here is one of several in a row ("A, the boy and C")."""
    return _LIST_GOES_ON.match(text, end) is not None and not text.startswith(
        (" and the", ", and the"), end
    )


def _link_naming(
    cast: Cast, doc: Document, pack: LanguagePack, descriptions: tuple[Description, ...]
) -> None:
    """``let's call him X``, ``Her name is X``: the name belongs to whoever was just described."""
    by_start = {u.start: p for p in cast.people for u in p.uses}
    for pattern in pack.patterns.get("naming", ()):
        for match in pattern.finditer(doc.text):
            person = by_start.get(match.end())
            if person is None:
                continue
            group = match.groupdict()
            cast.called.add(match.end())
            if group.get("critic"):
                person.status = Status.ASSUMED
            gender = _GENDER_OF.get((group.get("who") or "").lower())
            person.gender = person.gender or gender
            twin = None if group.get("critic") else _called_before(cast, person, match.start())
            if twin is not None:
                _merge(cast, twin, person)
                continue
            found = _just_described(cast, doc, pack, descriptions, match.start(), gender)
            if found is not None:
                _attach(cast, person, found)
                twin = _pointed_at(cast, descriptions, found)
                if twin is not None:
                    _attach(cast, person, twin)


def _merge(cast: Cast, kept: Person, other: Person) -> None:
    """Two names of one person: what belongs to ``other`` goes to ``kept``."""
    kept.names += other.names
    kept.uses += other.uses
    kept.descriptions += other.descriptions
    kept.heads |= other.heads
    kept.gender = kept.gender or other.gender
    cast.people.remove(other)
    for start, person in cast.of.items():
        if person is other:
            cast.of[start] = kept


_SECOND_NAME = 60


def _called_before(cast: Cast, person: Person, at: int) -> Person | None:
    """Somebody named just before in the same breath ("calling him A, B calling him C")."""
    for other in cast.people:
        if other is person or not other.named or other.status is not Status.GIVEN:
            continue
        if any(0 < at - u.end < _SECOND_NAME and u.start in cast.called for u in other.uses):
            return other
    return None


_GENDER_OF = {"him": "m", "he": "m", "his": "m", "her": "f", "she": "f"}
_SIMILE = ("like ", "as ", "than ")


def _just_described(
    cast: Cast,
    doc: Document,
    pack: LanguagePack,
    descriptions: tuple[Description, ...],
    at: int,
    gender: str | None,
) -> Description | None:
    """The description nearest before ``at`` that is free and of that gender.

    One that touches the naming wins, then one that opens its sentence, then the nearest.
    """
    best: tuple[int, int, Description] | None = None
    for description in descriptions:
        if description.end > at:
            break
        if at - description.end > _NEAR or doc.is_quoted(description.start):
            continue
        person = cast.of.get(description.start)
        if person is not None and person.named:
            continue
        own = _gender_by_heads(Person(heads={description.head}), pack)
        before = doc.text[max(0, description.start - 6) : description.start]
        if (gender and own and own != gender) or before.endswith(_SIMILE):
            continue
        if doc.text[description.core_end : description.core_end + 2] in ("'s", "’s"):
            continue
        touching = at - description.end <= 3  # noqa: PLR2004 - a dash or bracket between
        opens = description.start <= doc.sentence_at(description.start).start + 12
        rank = (2 if touching else int(opens), description.start, description)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None


def _pointed_at(
    cast: Cast, descriptions: tuple[Description, ...], found: Description
) -> Description | None:
    """What "that man" points back to: the last free description with the same head."""
    if found.determiner not in ("that", "this"):
        return None
    for description in reversed(descriptions):
        if (
            description.start < found.start
            and description.head == found.head
            and description.start not in cast.of
            and found.start - description.start < 2 * _NEAR
        ):
            return description
    return None


def _resolve_rest(cast: Cast, pack: LanguagePack, descriptions: tuple[Description, ...]) -> None:
    """Give every other description to somebody known by it, or to somebody unnamed."""
    for description in descriptions:
        if description.start in cast.of:
            continue
        person = _known_by(cast, description, pack)
        if person is None:
            person = Person()
            cast.people.append(person)
        _attach(cast, person, description)


def _merge_same(cast: Cast) -> None:
    """Somebody unnamed who is later named: the same words mean the same person."""
    for person in [p for p in cast.people if not p.named]:
        keys = {(d.head, frozenset(d.modifiers)) for d in person.descriptions}
        found = [
            named
            for named in cast.people
            if named.named
            and any(
                d.definite and d.modifiers and (d.head, frozenset(d.modifiers)) in keys
                for d in named.descriptions
            )
        ]
        if len(found) == 1:
            _merge(cast, found[0], person)


def _known_by(cast: Cast, description: Description, pack: LanguagePack) -> Person | None:
    """Whom a description means among those met before it, ``None`` for somebody new."""
    if not description.definite and description.determiner != "one":
        return None
    marks = set(description.modifiers) - {"same"} | {w for w in description.tail if len(w) > 3}  # noqa: PLR2004
    best: tuple[int, int, Person] | None = None
    for person in cast.people:
        if description.head not in person.heads or not _fits(person, description, pack):
            continue
        before = [d for d in person.descriptions if d.head == description.head]
        met = [d.start for d in before if d.start < description.start]
        if not met and not any(u.start < description.start for u in person.uses):
            continue
        known = {w for d in before for w in (*d.modifiers, *d.tail)}
        shared = len(marks & known)
        if marks and known and not shared and pack.is_word("loose_heads", description.head):
            continue
        last = max([*met, *(u.start for u in person.uses if u.start < description.start)])
        rank = (shared, last, person)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None
