"""He or she: what the pronouns around a name, and the name itself, tell of somebody's gender."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scriptgen.parser.cast import gender_by_name
from scriptgen.parser.mentions import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Person
    from scriptgen.parser.mentions import Mention
    from scriptgen.parser.sentences import Document

_ACTS, _STANDS, _BEFORE = 2.0, 0.75, 1.0
_GIVEN, _ENDING = 2.0, 0.75
_ENOUGH = 0.7
_ROUNDS = 2


def tell_genders(doc: Document, pack: LanguagePack, raw: Sequence[Mention]) -> None:
    """Set the gender of people of whom no noun or title tells it.

    A pronoun votes for the only one in its sentence, or in the sentence before, whom it can mean.
    The second round knows more people whom a pronoun means already, and so who is left.
    """
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in raw:
        by_sentence[mention.sentence].append(mention)
    for _ in range(_ROUNDS):
        votes = {
            m.person: _by_name(m.person, pack)
            for m in raw
            if m.person is not None and m.person.gender is None
        }
        for number, mentions in by_sentence.items():
            _count(doc, mentions, _teller_before(doc, by_sentence, number), votes)
        for person, vote in votes.items():
            person.gender = None if abs(vote) < _ENOUGH else "m" if vote > 0 else "f"


def _teller_before(
    doc: Document, by_sentence: dict[int, list[Mention]], number: int
) -> Sequence[Mention]:
    """The mentions of the nearest sentence before that mentions somebody, in its paragraph."""
    paragraph = doc.sentences[number].paragraph
    for at in range(number - 1, max(-1, number - _REACH), -1):
        if doc.sentences[at].paragraph != paragraph:
            return ()
        if at in by_sentence:
            return by_sentence[at]
    return ()


_REACH = 4
_NOTHING_OWNED = (".", ",", ";", ":", "!", "?")
_NEAREST = 12


def _by_name(person: Person, pack: LanguagePack) -> float:
    """What the first name tells: more than nothing for a man, less for a woman."""
    told = gender_by_name(person, pack)
    if told is not None:
        return _GIVEN if told == "m" else -_GIVEN
    endings = tuple(sorted(pack.words.get("female_name_endings", ())))
    return -_ENDING if any(core[0].lower().endswith(endings) for core in person.names) else 0.0


def _count(
    doc: Document,
    mentions: Sequence[Mention],
    before: Sequence[Mention],
    votes: dict[Person, float],
) -> None:
    """Let the pronouns of a sentence vote for whom they can mean."""
    seen: list[Mention] = []
    voted: set[tuple[Person, str]] = set()
    for mention in mentions:
        gender = mention.gender
        if gender is not None and _points_back(doc, mention):
            choice = _meant(seen[-_NEAREST:], gender) or (
                _meant(before[:_NEAREST], gender) if not seen else None
            )
            if choice is not None and choice[0] in votes and (choice[0], gender) not in voted:
                voted.add((choice[0], gender))
                weight = choice[1] if seen else choice[1] * _BEFORE / _ACTS
                votes[choice[0]] += weight if gender == "m" else -weight
        seen.append(mention)


def _points_back(doc: Document, pronoun: Mention) -> bool:
    """Whether a pronoun can mean the subject of its clause: no object does but a reflexive one.

    Nor does what stands for a thing owned: "Ines takes a chair lower than his."
    """
    if pronoun.role is Role.OWNER:
        return doc.text[pronoun.end : pronoun.end + 1] not in _NOTHING_OWNED
    if pronoun.role is not Role.OBJECT:
        return True
    return "reflexives" in doc.words[doc.word_index(pronoun.start)].kinds


def _meant(mentions: Sequence[Mention], gender: str) -> tuple[Person, float] | None:
    """Whom a pronoun behind ``mentions`` means, with its weight; ``None`` where it is explained.

    Somebody known to be of that gender explains it, and so does the same pronoun before.
    """
    if any(
        m.gender == gender or (m.person is not None and m.person.gender == gender) for m in mentions
    ):
        return None
    open_to = [m for m in mentions if m.person is not None and m.person.gender is None]
    acting = [m for m in open_to if m.role is Role.SUBJECT]
    chosen = acting or open_to
    people = dict.fromkeys(m.person for m in chosen if m.person is not None)
    if len(people) != 1:
        return None
    return next(iter(people)), _ACTS if acting else _STANDS
