"""The open file: every question is one query, every promise one short transaction."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scriptgen.ledger import connection

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from types import TracebackType


class Database:
    """What `Ledger` is built on; see there for who may use it and what it raises."""

    def __init__(self, path: Path, db: sqlite3.Connection, journal: str) -> None:
        self.path = path
        self.journal = journal
        self._db = db

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = True) -> Self:
        """Open the ledger at ``path``, made with its private folder when ``create``.

        Raises `OutputError` ``E_LEDGER`` for a missing (without ``create``), damaged, foreign or
        newer file; none of them is changed.
        """
        place = Path(path).absolute()
        db, journal = connection.connect(place, create=create)
        return cls(place, db, journal)

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def verify(self) -> None:
        """Read every page; raises `OutputError` ``E_LEDGER`` with the first damage."""
        with connection.translated(self.path):
            connection.verify(self._db, self.path)

    @contextmanager
    def _transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction; without ``durable`` a power cut may take it back, until the next."""
        with connection.translated(self.path):
            if not durable:
                self._db.execute("PRAGMA synchronous=NORMAL")
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                if not durable:
                    self._db.execute("PRAGMA synchronous=FULL")

    def _all(self, query: str, *values: str | int) -> list[sqlite3.Row]:
        with connection.translated(self.path):
            cursor = self._db.execute(query, values)
            cursor.row_factory = sqlite3.Row
            return cursor.fetchall()

    def _first(self, query: str, *values: str | int) -> sqlite3.Row | None:
        return next(iter(self._all(query, *values)), None)

    def _one(self, query: str, *values: str | int) -> sqlite3.Row:
        return self._all(query, *values)[0]
