"""From people in the making to the characters of a brief: names, cues, aliases, evidence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scriptgen.brief import Character, LineKind
from scriptgen.parser.wardrobe import find_wardrobe
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.mentions import Mention
    from scriptgen.parser.reading import Reading
    from scriptgen.parser.sentences import Document

LONGEST_CUE = 40
_LONGEST_NAME = 120
_MATTERS = 3
_MOST_EVIDENCE = 8
_MOST_ALIASES = 12
_SHORT_TAIL = 4
_BLANKS = re.compile(r"[*_\s]+")


def settle_characters(reading: Reading, cast: Cast) -> dict[Person, Character]:
    """The characters, in order of their first mention; unnamed people only where they matter."""
    mentions: dict[Person, list[Mention]] = defaultdict(list)
    for mention in reading.index.mentions:
        if mention.person is not None:
            mentions[mention.person].append(mention)
    said = Counter(line.speaker for line in reading.lines if line.kind is LineKind.SPOKEN)
    kept = [
        p
        for p in cast.people
        if p.named
        or said[p] > _is_fleeting(reading.pack, p)
        or _matters(reading.pack, p, mentions.get(p, ()))
    ]
    kept.sort(key=lambda p: p.first)
    cues = _Cues(reading.pack, kept)
    return {
        person: _character(reading, person, f"c{number:02d}", mentions.get(person, ()), cues)
        for number, person in enumerate(kept, start=1)
    }


def _matters(pack: LanguagePack, person: Person, mentions: Sequence[Mention]) -> bool:
    """Whether somebody without a name or a line is met often enough, and is one person."""
    return sum(not m.pronoun for m in mentions) >= _MATTERS and not any(
        pack.is_word("not_people", head) for head in person.heads
    )


def _is_fleeting(pack: LanguagePack, person: Person) -> bool:
    """Whether "a woman" or "a man" is all that is told of somebody, who may speak just once."""
    if len(person.descriptions) > 1:
        return False
    only = person.descriptions[0]
    told = only.definite or only.tail or only.modifiers
    return not told and pack.is_word("loose_heads", only.head)


def _character(
    reading: Reading, person: Person, number: str, mentions: Sequence[Mention], cues: _Cues
) -> Character:
    name = _name(reading.doc, reading.pack, person)
    return Character(
        id=number,
        name=name,
        cue=cues.cue(person, name),
        status=person.status,
        aliases=_aliases(reading, person, name, mentions),
        wardrobe=find_wardrobe(reading, person, mentions),
        evidence=_evidence(reading.doc, person, mentions),
    )


def _name(doc: Document, pack: LanguagePack, person: Person) -> str:
    """The fullest form; with the honorific where the essay hardly ever leaves it off."""
    if not person.named:
        best = _telling(pack, person.descriptions)
        bare = bool(best.modifiers) or len(best.tail) > _SHORT_TAIL
        return _clean(doc.text[best.start : best.core_end if bare else best.end])
    core = max(person.names, key=len)
    uses = [u for u in person.uses if u.core == core]
    titled = [u for u in uses if u.honorific]
    if len(core) == 1 and len(titled) * 2 >= len(uses) and titled:
        return _clean(doc.text[titled[0].start : titled[0].end])
    untitled = [u for u in uses if not u.honorific]
    forms = [doc.text[use.start : use.end] for use in untitled] or [" ".join(core)]
    return _clean(min(forms, key=str.isupper))


def _telling(pack: LanguagePack, descriptions: Sequence[Description]) -> Description:
    """The description that tells most: by the noun used most, and not by "man" or "girl"."""
    heads = Counter(d.head for d in descriptions)
    return max(
        descriptions,
        key=lambda d: (
            not pack.is_word("loose_heads", d.head),
            heads[d.head],
            bool(d.modifiers),
            0 < len(d.tail) <= _SHORT_TAIL,
            -d.start,
        ),
    )


def _clean(text: str) -> str:
    return _shortened(_BLANKS.sub(" ", text).strip(" ,.;:—"), _LONGEST_NAME)


def _shortened(text: str, most: int) -> str:
    """``text`` cut at a word or a hyphen if it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    cut = text[:most]
    at = cut.rfind(" ") if " " in cut else cut.rfind("-")
    return text[: at if at > 0 else most].rstrip(" -")


class _Cues:
    """What stands over the speeches: the name the essay uses most, in capitals, never twice."""

    def __init__(self, pack: LanguagePack, people: Sequence[Person]) -> None:
        self._pack = pack
        self._bearers: Counter[str] = Counter(
            word for person in people for word in {w for core in person.names for w in core}
        )
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def cue(self, person: Person, name: str) -> str:
        """The cue of ``person``, at most 40 characters; a number tells it from an earlier one."""
        plain = _shortened(self._form(person, name).upper(), LONGEST_CUE)
        cue = plain
        while cue in self._taken:
            self._numbers[plain] += 1
            cue = f"{plain[: LONGEST_CUE - 7].rstrip()} #{self._numbers[plain] + 1}"
        self._taken.add(cue)
        return cue

    def _form(self, person: Person, name: str) -> str:
        if not person.named:
            for pattern in self._pack.patterns.get("leading_determiner", ()):
                name = pattern.sub("", name, count=1)
            return name
        if all(len(core) == 1 for core in person.names):
            return name
        singles = Counter(u.core[0] for u in person.uses if len(u.core) == 1 and not u.honorific)
        common = (w for w, n in singles.most_common() if n > 1 and self._bearers[w] == 1)
        return next(common, name)


def _evidence(doc: Document, person: Person, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Where the person is named or described; only in quotes where nowhere else."""
    ranges = [(m.start, m.end) for m in mentions if not m.pronoun]
    ranges = ranges or sorted((u.start, u.end) for u in person.uses)
    return tuple(Span.cut(doc.text, s, e) for s, e in ranges[:_MOST_EVIDENCE])


def _aliases(
    reading: Reading, person: Person, name: str, mentions: Sequence[Mention]
) -> tuple[Span, ...]:
    """Other forms of the name, and descriptions that tell something beyond the bare noun."""
    text, seen = reading.doc.text, {name.casefold()}
    if not person.named:
        seen.add(_without_article(reading.pack, name).casefold())
    out: list[Span] = []
    for use in sorted((u for u in person.uses if u.core), key=lambda u: u.start):
        form = text[use.start : use.end].casefold()
        if form not in seen:
            seen.add(form)
            out.append(Span.cut(text, use.start, use.end))
    heads: set[str] = set()
    for description in sorted(person.descriptions, key=lambda d: d.start):
        form = _without_article(reading.pack, text[description.start : description.end]).casefold()
        if form in seen or (description.head in heads and not _tells(description)):
            continue
        if person.named and _is_anybody(reading.pack, description):
            continue
        seen.add(form)
        heads.add(description.head)
        out.append(Span.cut(text, description.start, description.end))
    own = {use.start for use in person.uses} | {d.start for d in person.descriptions}
    for mention in mentions:
        form = text[mention.start : mention.end].casefold()
        if not mention.sure or mention.pronoun or mention.start in own or form in seen:
            continue
        seen.add(form)
        out.append(Span.cut(text, mention.start, mention.end))
    return tuple(out[:_MOST_ALIASES])


def _tells(description: Description) -> bool:
    return bool(description.tail or description.modifiers)


def _is_anybody(pack: LanguagePack, description: Description) -> bool:
    """Whether the words fit anybody: "a man", "the other woman"."""
    if description.tail or not pack.is_word("loose_heads", description.head):
        return False
    said = [m for m in description.modifiers if not pack.is_word("contrasts", m)]
    return not said and (bool(description.modifiers) or not description.definite)


def _without_article(pack: LanguagePack, text: str) -> str:
    for pattern in pack.patterns.get("leading_article", ()):
        text = pattern.sub("", text, count=1)
    return text
