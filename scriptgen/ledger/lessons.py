"""What was learnt of servers, kept from one run to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.ledger.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator


class Learnt(NamedTuple):
    """One lesson, see `scriptgen.llm.profile.Lesson`, and of which model it is."""

    origin: str
    model: str
    topic: str
    lesson: str


class Lessons(Database):
    """The part of a ledger that is a `scriptgen.ports.Memory`."""

    def recall(self, origin: str, model: str) -> dict[str, str]:
        """What was learnt of a model: topic to lesson; empty where nothing was."""
        rows = self._all(
            "SELECT topic, lesson FROM learnt WHERE origin = ? AND model = ?", origin, model
        )
        return {row["topic"]: row["lesson"] for row in rows}

    def learn(self, origin: str, model: str, topic: str, lesson: str) -> None:
        """Keep one lesson, in place of an older one on its topic."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO learnt (origin, model, topic, lesson) VALUES (?, ?, ?, ?)",
                (origin, model, topic, lesson),
            )

    def lessons(self) -> Iterator[Learnt]:
        """All lessons, by origin and model."""
        rows = self._all(
            "SELECT origin, model, topic, lesson FROM learnt ORDER BY origin, model, topic"
        )
        return (Learnt(**dict(row)) for row in rows)

    def forget_lessons(self) -> int:
        """Drop all lessons; gives how many there were."""
        with self._transaction() as db:
            return db.execute("DELETE FROM learnt").rowcount
