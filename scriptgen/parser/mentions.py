"""One index of who is meant where: names, descriptions and pronouns, for all passes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Cast, Person
    from scriptgen.parser.sentences import Document


class Role(Enum):
    """What a mention does in its clause."""

    SUBJECT = 0
    OBJECT = 1
    OWNER = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """``[start, end)`` means ``person`` (``None`` for a pronoun that could not be resolved).

    ``sure``: nobody else comes near, so that a page may put the name in place of the pronoun.
    """

    start: int
    end: int
    person: Person | None
    role: Role
    pronoun: bool = False
    gender: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """All mentions outside of quotes, in order."""

    mentions: tuple[Mention, ...]
    _starts: tuple[int, ...]

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in ``[start, end)``."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, offset: int) -> Iterable[Mention]:
        """The mentions that begin before ``offset``, nearest first."""
        return reversed(self.mentions[: bisect_left(self._starts, offset)])

    def at(self, offset: int) -> Mention | None:
        """The mention that covers ``offset``."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and self.mentions[at].end > offset:
            return self.mentions[at]
        return None

    def subject_in(self, start: int, end: int) -> Mention | None:
        """The first resolved subject in ``[start, end)``."""
        for mention in self.within(start, end):
            if mention.role is Role.SUBJECT and mention.person is not None:
                return mention
        return None


_FAR = 700
_SAME, _OTHER = 2.0, 1.0


def index_mentions(doc: Document, pack: LanguagePack, cast: Cast) -> MentionIndex:
    """Resolve every mention; pronouns go to the likeliest person of their gender."""
    raw = _raw_mentions(doc, pack, cast)
    _vote_genders(doc, raw)
    aside = _asides(doc)
    done: list[Mention] = []
    for mention in raw:
        if mention.pronoun:
            done.append(_resolve(doc, mention, done, aside))
        else:
            done.append(_placed_kin(doc, pack, cast, mention, done))
    return MentionIndex(tuple(done), tuple(m.start for m in done))


def _raw_mentions(doc: Document, pack: LanguagePack, cast: Cast) -> list[Mention]:
    raw: list[Mention] = []
    for person in cast.people:
        for use in person.uses:
            if not use.quoted:
                raw.append(_placed(doc, pack, use.start, use.end, person))
        for description in person.descriptions:
            if not doc.is_quoted(description.start):
                raw.append(_placed(doc, pack, description.start, description.core_end, person))
    covered = bytearray(len(doc.text) + 1)
    for mention in raw:
        covered[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    for at, word in enumerate(doc.words):
        gender = "m" if "he" in word.kinds else "f" if "she" in word.kinds else None
        if gender is None or doc.is_quoted(word.start):
            continue
        if covered[word.start] and word.folded in ("he", "she"):
            continue
        raw.append(
            Mention(
                word.start,
                word.end,
                None,
                _pronoun_role(doc, pack, at),
                pronoun=True,
                gender=gender,
            )
        )
    raw.sort(key=lambda m: (m.start, m.end))
    return raw


def _pronoun_gender(folded: str, pack: LanguagePack) -> str | None:
    plain = folded.replace("’", "'").split("'")[0]
    if pack.is_word("he", plain):
        return "m"
    return "f" if pack.is_word("she", plain) else None


def _pronoun_role(doc: Document, pack: LanguagePack, at: int) -> Role:
    word = doc.words[at]
    plain = word.text.lower().replace("’", "'").split("'")[0]
    if pack.is_word("pronoun_subjects", plain):
        return Role.SUBJECT
    if plain in pack.words.get("possessives", frozenset()):
        following = doc.words[at + 1] if at + 1 < len(doc.words) else None
        lexicon = pack.lexicon
        if (
            following is not None
            and lexicon is not None
            and doc.text[word.end : following.start] == " "
            and not lexicon.closed(following.folded)
            and (lexicon.nouns(following.folded) or lexicon.adjective(following.folded))
        ):
            return Role.OWNER
        if plain not in pack.words.get("object_pronouns", frozenset()):
            return Role.OWNER
    return Role.OBJECT


def _placed(doc: Document, pack: LanguagePack, start: int, end: int, person: Person) -> Mention:
    if doc.text[end : end + 2] in ("'s", "’s") or doc.text[end : end + 1] in ("’",):
        following = doc.word_index(end + 2)
        lexicon = pack.lexicon
        is_verb = (
            lexicon is not None
            and following < len(doc.words)
            and lexicon.is_participle(doc.words[following].folded)
        )
        return Mention(start, end, person, Role.SUBJECT if is_verb else Role.OWNER)
    at = doc.word_index(start)
    sentence = doc.sentence_at(start)
    if at > 0 and doc.words[at - 1].start >= sentence.start:
        word = doc.words[at - 1]
        gap = doc.text[word.end : start]
        if gap == " " and ("prepositions" in word.kinds and "conjunctions" not in word.kinds):
            return Mention(start, end, person, Role.OBJECT)
        lexicon = pack.lexicon
        if (
            gap == " "
            and lexicon is not None
            and lexicon.verbs(word.folded)
            and not lexicon.nouns(word.folded) - {"act", "event", "communication", "cognition"}
            and not pack.is_word("presenting_verbs", lexicon.lemma(word.folded, "verb") or "")
        ):
            return Mention(start, end, person, Role.OBJECT)
    return Mention(start, end, person, Role.SUBJECT)


def _vote_genders(doc: Document, raw: list[Mention]) -> None:
    """Let the pronouns that follow a name with nobody between tell its gender."""
    votes: dict[Person, dict[str, float]] = defaultdict(lambda: {"m": 0.0, "f": 0.0})
    for at, mention in enumerate(raw):
        person = mention.person
        if person is None or person.gender is not None or at + 1 >= len(raw):
            continue
        following = raw[at + 1]
        if not following.pronoun or following.gender is None:
            continue
        here, there = doc.sentence_at(mention.start), doc.sentence_at(following.start)
        if here.index == there.index:
            alone = not any(
                m.person not in (None, person)
                for m in raw[max(0, at - 2) : at]
                if m.start >= here.start
            )
            weight = _SAME if mention.role is not Role.OBJECT or alone else 0.5
        elif there.index == here.index + 1 and following.role is Role.SUBJECT:
            weight = _OTHER
        else:
            continue
        votes[person][following.gender] += weight
    for person, vote in votes.items():
        if vote["m"] != vote["f"]:
            person.gender = "m" if vote["m"] > vote["f"] else "f"


_ASIDE = re.compile(r"\([^()\n]{1,200}\)")


def _asides(doc: Document) -> bytearray:
    """Which offsets lie in parentheses, where hardly anybody acts."""
    aside = bytearray(len(doc.text) + 1)
    for match in _ASIDE.finditer(doc.text):
        aside[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return aside


def _placed_kin(
    doc: Document, pack: LanguagePack, cast: Cast, mention: Mention, done: list[Mention]
) -> Mention:
    """A mention of somebody known only as kin or as "the man": perhaps one of the named.

    "her mother" is a named woman other than the owner: one of the owner's surname, or the one
    mentioned last. "the great man" alone is the named man mentioned last.
    """
    person = mention.person
    if person is None or person.named:
        return mention
    description = next((d for d in person.descriptions if d.start == mention.start), None)
    if description is None:
        return mention
    owner: Person | None = None
    if pack.is_word("kin", description.head):
        owner = _owner(doc, mention, done, pack, description.determiner)
        if owner is None:
            return mention
    elif (
        not pack.is_word("loose_heads", description.head)
        or not description.definite
        or description.tail
        or len(person.descriptions) > 1
    ):
        return mention
    found = _named_near(cast, mention, done, owner, person.gender)
    if found is None:
        return mention
    return Mention(mention.start, mention.end, found, mention.role, gender=mention.gender)


def _owner(
    doc: Document, mention: Mention, done: list[Mention], pack: LanguagePack, determiner: str
) -> Person | None:
    if determiner == "'s":
        return next((m.person for m in reversed(done) if m.start >= mention.start - 24), None)
    gender = _pronoun_gender(determiner, pack)
    if gender is None:
        return None
    sentence = doc.sentence_at(mention.start)
    probe = Mention(mention.start, mention.start, None, Role.OWNER, pronoun=True, gender=gender)
    nothing = bytearray(len(doc.text) + 1)
    return _best(_scores(doc, probe, done, sentence.index, nothing))


def _named_near(
    cast: Cast, mention: Mention, done: list[Mention], owner: Person | None, gender: str | None
) -> Person | None:
    """The named person of that gender who shares the owner's surname, or was mentioned last."""
    fitting = [
        p
        for p in cast.people
        if p.named and p is not owner and (p.gender == gender or (p.gender is None and owner))
    ]
    if owner is not None:
        surnames = {core[-1] for core in owner.names if len(core) > 1}
        family = [p for p in fitting if any(c[-1] in surnames for c in p.names if len(c) > 1)]
        if len(family) == 1:
            return family[0]
        if family:
            fitting = family
    counts: dict[Person, float] = {}
    for rank, earlier in enumerate(reversed(done)):
        if mention.start - earlier.start > _FAR:
            break
        if earlier.person is not None and earlier.person in fitting:
            weight = 1.0 if earlier.role is Role.SUBJECT else 0.5
            counts[earlier.person] = counts.get(earlier.person, 0.0) + weight
            if owner is not None and rank < _KIN_REACH:
                return earlier.person
    return max(counts, key=lambda p: counts[p], default=None)


_KIN_REACH = 12


def _resolve(doc: Document, mention: Mention, done: list[Mention], aside: bytearray) -> Mention:
    sentence = doc.sentence_at(mention.start)
    scores = _scores(doc, mention, done, sentence.index, aside)
    ranked = sorted(scores.values(), reverse=True)
    sure = len(ranked) == 1 or (len(ranked) > 1 and ranked[0] - ranked[1] >= _CLEARLY)
    return Mention(
        mention.start,
        mention.end,
        _best(scores),
        mention.role,
        pronoun=True,
        gender=mention.gender,
        sure=sure,
    )


_CLEARLY = 2.5


def _best(scores: dict[Person, float]) -> Person | None:
    return max(scores, key=lambda p: scores[p], default=None)


def _scores(
    doc: Document, mention: Mention, done: list[Mention], sentence_index: int, aside: bytearray
) -> dict[Person, float]:
    """How well each person fits a pronoun.

    A subject before it in its sentence comes first, then the subject of the sentence before, then
    whoever was named last; an object pronoun never means the subject of its own clause.
    """
    scores: dict[Person, float] = {}
    barred = _clause_subject(doc, mention, done) if mention.role is Role.OBJECT else None
    for rank, earlier in enumerate(reversed(done)):
        if mention.start - earlier.start > _FAR or rank > 24:  # noqa: PLR2004 - a paragraph back
            break
        person = earlier.person
        if person is None or person is barred:
            continue
        if person.gender is not None and person.gender != mention.gender:
            continue
        distance = sentence_index - doc.sentence_at(earlier.start).index
        score = 10.0 - 3.0 * min(distance, 3) - 0.25 * rank
        if earlier.role is Role.SUBJECT:
            score += 3.0 if mention.role is not Role.OBJECT else 1.0
        if earlier.role is Role.OWNER and not earlier.pronoun and mention.role is Role.SUBJECT:
            score -= 1.5
        if aside[earlier.start] and not aside[mention.start]:
            score -= 5.0
        if person.gender is None:
            score -= 3.0
        if not person.named and not earlier.pronoun:
            score -= 0.5
        scores[person] = max(scores.get(person, 0.0), score)
    return scores


def _clause_subject(doc: Document, mention: Mention, done: list[Mention]) -> Person | None:
    for earlier in reversed(done):
        if earlier.start < doc.sentence_at(mention.start).start:
            return None
        if earlier.role is Role.SUBJECT:
            return earlier.person
    return None
