"""Whatever means somebody, in the order of the essay: names, descriptions and pronouns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.parser.cast import gender_by_heads, gender_by_name
from scriptgen.parser.descriptions import gender_of_noun
from scriptgen.parser.words import FINITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.name_runs import NameUse
    from scriptgen.parser.sentences import Document

_BESIDE_QUOTE = 20
OWNER_MARKS = frozenset("'’")


class Appearance(NamedTuple):
    """A name, a description, or with neither a pronoun at ``[start, end)``.

    ``gender``: of a pronoun; ``sentence``: its index; ``subject``: whether it acts; ``speaks``:
    whether it stands right beside a quote.
    """

    start: int
    end: int
    use: NameUse | None
    description: Description | None
    gender: str | None
    sentence: int
    subject: bool = False
    speaks: bool = False

    @property
    def key(self) -> int:
        """What it is found by in `Cast.of`."""
        return self.start if self.description is None else self.description.key


def appearances(cast: Cast, doc: Document, descriptions: Sequence[Description]) -> list[Appearance]:
    """The names and pronouns outside of quotes, quoted names, and ``descriptions``, in order."""
    found = [
        Appearance(use.start, use.end, use, None, None, doc.sentence_at(use.start).index)
        for person in cast.people
        for use in person.uses
    ]
    found += [
        Appearance(d.start, d.core_end, None, d, None, doc.sentence_at(d.start).index)
        for d in descriptions
    ]
    for word in doc.words:
        if not word.kinds.isdisjoint(_GENDERS) and not doc.quoted[word.start]:
            gender = "m" if "he" in word.kinds else "f"
            sentence = doc.sentence_at(word.start).index
            found.append(Appearance(word.start, word.end, None, None, gender, sentence))
    found.sort(key=lambda a: (a.end, -a.start, a.description is None))
    return [a._replace(subject=_acts(doc, a), speaks=_speaks(doc, a)) for a in found]


def _speaks(doc: Document, appearance: Appearance) -> bool:
    """Whether a quote ends right before it, or begins right behind it."""
    start, end = appearance.start, appearance.end
    if doc.quoted[start]:
        return False
    return 1 in doc.quoted[max(0, start - _BESIDE_QUOTE) : start] or (
        1 in doc.quoted[end : end + _BESIDE_QUOTE]
    )


_GENDERS = frozenset({"he", "she"})


def _acts(doc: Document, appearance: Appearance) -> bool:
    """Whether a verb follows, or it opens its sentence."""
    start, end = appearance.start, appearance.end
    at = doc.word_index(start)
    if appearance.use is None and appearance.description is None:
        return "pronoun_subjects" in doc.words[at].kinds
    if doc.text[end : end + 1] in OWNER_MARKS:
        return False
    behind = doc.word_index(end)
    if behind < len(doc.words) and doc.text[end : doc.words[behind].start] == " ":
        verb = doc.words[behind]
        if verb.form in FINITE or "copulas" in verb.kinds or "auxiliaries" in verb.kinds:
            return True
    return at == 0 or doc.words[at - 1].start < doc.sentence_at(start).start


def own_gender(pack: LanguagePack, found: Sequence[Appearance], at: int) -> str | None:
    """The gender an appearance tells: by its noun, or by the pronoun that follows at once."""
    description = found[at].description
    if description is None:
        return found[at].gender
    return gender_of_noun(description.head, pack) or _by_pronoun(found, at)


def genders(cast: Cast, pack: LanguagePack, found: Sequence[Appearance]) -> dict[Person, str]:
    """The gender of people known so far, by titles, given names, or the pronouns that follow."""
    votes: dict[Person, int] = defaultdict(int)
    for at, appearance in enumerate(found):
        person = cast.of.get(appearance.key)
        if person is None or (appearance.use is not None and appearance.use.quoted):
            continue
        gender = _by_pronoun(found, at)
        votes[person] += 1 if gender == "f" else -1 if gender == "m" else 0
    out: dict[Person, str] = {}
    for person, vote in votes.items():
        gender = person.gender or gender_by_heads(person.heads, pack)
        gender = gender or gender_by_name(person, pack)
        if gender or vote:
            out[person] = gender or ("f" if vote > 0 else "m")
    return out


def _by_pronoun(found: Sequence[Appearance], at: int) -> str | None:
    """The gender of the pronoun that comes next in the same sentence."""
    for following in found[at + 1 : at + 3]:
        if following.start >= found[at].end:
            return following.gender if following.sentence == found[at].sentence else None
    return None
