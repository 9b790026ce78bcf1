"""One index of who is meant where: names, descriptions and pronouns, for all passes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scriptgen.parser.cast import Person


class Role(Enum):
    """What a mention does in its clause."""

    SUBJECT = 0
    OBJECT = 1
    OWNER = 2


class Mention(NamedTuple):
    """``[start, end)`` means ``person`` (``None`` for a pronoun that could not be resolved).

    ``sentence``: the index of the sentence it stands in; ``gender``: of a pronoun; ``sure``: nobody
    else comes near, so that a page may put the name in place of the pronoun; ``rivals``: whom else
    a pronoun could mean, likeliest first; ``leads``: the owner of a body part that acts.
    """

    start: int
    end: int
    person: Person | None
    role: Role
    sentence: int
    pronoun: bool = False
    gender: str | None = None
    sure: bool = True
    rivals: tuple[Person, ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """All mentions outside of quotes, in order."""

    mentions: tuple[Mention, ...]
    _starts: tuple[int, ...]
    _subjects: tuple[Mention, ...]
    _subject_starts: tuple[int, ...]
    _named: Mapping[str, Person]
    _titled: Mapping[str, Sequence[Person]]

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> MentionIndex:
        """The index of ``mentions``, which are in order."""
        subjects = [m for m in mentions if m.role is Role.SUBJECT and m.person is not None]
        named: dict[str, Person] = {}
        titled: dict[str, list[Person]] = {}
        for person in dict.fromkeys(m.person for m in mentions if m.person is not None):
            for core in person.names:
                for word in core:
                    named.setdefault(word, person)
            for head in person.heads:
                titled.setdefault(head, []).append(person)
        return cls(
            tuple(mentions),
            tuple(m.start for m in mentions),
            tuple(subjects),
            tuple(m.start for m in subjects),
            named,
            titled,
        )

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in ``[start, end)``."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, offset: int, *, since: int = 0) -> Iterator[Mention]:
        """The mentions that begin in ``[since, offset)``, nearest first."""
        for at in range(bisect_left(self._starts, offset) - 1, -1, -1):
            if self._starts[at] < since:
                return
            yield self.mentions[at]

    def named(self, word: str) -> Person | None:
        """Who bears a name that holds ``word``; of several the one mentioned first."""
        return self._named.get(word)

    def titled(self, word: str) -> Sequence[Person]:
        """Who is known by a title or a noun."""
        return self._titled.get(word, ())

    def subject_in(self, start: int, end: int) -> Mention | None:
        """The first resolved subject in ``[start, end)``."""
        at = bisect_left(self._subject_starts, start)
        if at < len(self._subjects) and self._subject_starts[at] < end:
            return self._subjects[at]
        return None

    def last_subject_in(self, start: int, end: int) -> Mention | None:
        """The last resolved subject in ``[start, end)``."""
        subject = self.subject_before(end)
        return subject if subject is not None and subject.start >= start else None

    def subject_before(self, offset: int) -> Mention | None:
        """The last resolved subject that begins before ``offset``."""
        at = bisect_left(self._subject_starts, offset) - 1
        return self._subjects[at] if at >= 0 else None
