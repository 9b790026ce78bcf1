"""Names that come late: who was there all the time, and is called so only now."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from scriptgen.parser.words import FINITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.language import LanguagePack
    from scriptgen.parser.appearances import Appearance
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.sentences import Document
    from scriptgen.parser.stage import Stage

_AT_HOME = 3
_BESIDE = 12
_NAMED_THERE = 60
_LONGEST_LINK = 12
_STOPS = frozenset(".;:!?\n")
_MOST_KNOWN = 60


def named_by_pointing(cast: Cast, stage: Stage, name: Appearance) -> Person | None:
    """Whom the words before the name mean ("She is called Ruth", "This is Ruth")."""
    start, gender = cast.namings[name.start]
    last = stage.last()
    if last is not None and last.start >= start:
        return last.person
    return stage.meant_by_pronoun(start, gender or stage.genders.get(cast.of[name.key]))


def named_by_title(stage: Stage, held: Iterable[Person], named: Person) -> Person | None:
    """The only one of ``held``, who are known by a noun that is now a title ("Nurse Oh")."""
    known = islice(held, _MOST_KNOWN)
    others = [person for person in known if person is not named and person in stage.met]
    if len(others) != 1 or not stage.agrees(others[0], stage.genders.get(named)):
        return None
    return others[0]


def named_silently(doc: Document, stage: Stage, name: Appearance, named: Person) -> Person | None:
    """Who was on stage without a name, where a name comes with no word of a newcomer."""
    gender, sentence = stage.genders.get(named), doc.sentences[name.sentence]
    before = doc.words[doc.word_index(name.start) - 1]
    if gender is None or "prepositions" in before.kinds or before.form in FINITE:
        return None
    found: Person | None = None
    seen = 0
    for entry in stage.near(name.start):
        person = entry.person
        if stage.genders.get(person) not in (gender, None):
            continue
        if found is None:
            near = doc.sentences[entry.sentence].paragraph == sentence.paragraph
            if person.named or entry.sentence == name.sentence or not near:
                return None
            found = person
        seen += person is found
    return found if seen >= _AT_HOME else None


def named_outright(doc: Document, stage: Stage, name: Appearance) -> Person | None:
    """Who is said to be the one named: "The maid is Ruth", "the boy, who is Otto"."""
    last = stage.last()
    if last is None or last.pronoun or name.start - last.end > _LONGEST_LINK:
        return None
    words = doc.words_in(last.end, name.start)
    links = words[1:] if words and "relatives" in words[0].kinds else words
    if len(links) != 1 or "copulas" not in links[0].kinds:
        return None
    return None if set(doc.text[last.end : name.start]) & _STOPS else last.person


def named_next(doc: Document, stage: Stage, name: Appearance, named: Person) -> Person | None:
    """Who was brought on in the sentence before, where a name opens the next one and acts.

    "In the doorway is an officer with a cold. Lieutenant Ferris has orders on a piece of paper."
    """
    sentence, last = doc.sentences[name.sentence], stage.last()
    if last is None or last.person.named or not stage.agrees(last.person, stage.genders.get(named)):
        return None
    first = doc.words[doc.word_index(sentence.start)]
    if first.start != name.start and not (
        name.use is not None and name.use.honorific and first.start == name.use.start
    ):
        return None
    if last.pronoun or last.sentence != name.sentence - 1:
        return None
    here = doc.sentences[last.sentence].paragraph == sentence.paragraph
    return last.person if here else None


def earlier_times(doc: Document, pack: LanguagePack) -> dict[int, int]:
    """Where the telling goes to an earlier time, by paragraph."""
    found: dict[int, int] = {}
    for name in ("scene_past", "earlier"):
        for match in doc.found(pack, name):
            if not doc.is_quoted(match.start()):
                paragraph = doc.sentence_at(match.start()).paragraph
                found[paragraph] = min(match.start(), found.get(paragraph, match.start()))
    return found


def young_then(cast: Cast, stage: Stage, description: Description) -> list[Person]:
    """Whose youth may be shown: the named of that gender met so far, those told of most first."""
    pack, head = stage.pack, description.head
    if not (pack.is_word("young", head) or pack.is_word("loose_heads", head)):
        return []
    known = [p for p in cast.people[:_MOST_KNOWN] if p.named and p in stage.met]
    return sorted(known, key=lambda p: (-len(p.uses), p.first))


def is_renamed(person: Person, description: Description) -> bool:
    """Whether a named person is met in a description that no name stands beside."""
    if not (person.named and description.definite) or description.determiner in ("", "'s"):
        return False
    return not any(
        0 <= use.start - description.end <= _BESIDE or 0 <= description.start - use.end <= _BESIDE
        for use in person.uses
    )


def is_being_named(person: Person, description: Description) -> bool:
    """Whether somebody's first name stands beside a description, so that it tells who is meant."""
    return abs(person.uses[0].start - description.start) <= _NAMED_THERE if person.uses else False
