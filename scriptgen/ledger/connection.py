"""Opening the file safely, and SQLite's failures under our names."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scriptgen.errors import OutputError
from scriptgen.ledger.schema import APPLICATION_ID, SINCE_2, TABLES, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 30.0
CHECKED_WHOLE = 64_000_000
"""Bytes up to which a ledger is checked page by page when it is opened; above it the pages are
checked as they are read."""

_DAMAGE_HINT = (
    "nothing was deleted; move the file away to start a new ledger, "
    "or restore it from a backup to keep the replies that were paid for"
)


def connect(path: Path, *, create: bool) -> tuple[sqlite3.Connection, str]:
    """An open ledger and the journal it keeps (``wal``, or ``delete`` where WAL cannot be had).

    Makes the folder (0700) and the file (0600) when ``create``. Raises `OutputError`
    ``E_LEDGER`` for a damaged, foreign or newer file.
    """
    with translated(path):
        _place(path, create=create)
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            return db, _prepare(db, path)
        except BaseException:
            db.close()
            raise


def _place(path: Path, *, create: bool) -> None:
    if not create:
        if not path.exists():
            raise OutputError("E_LEDGER", "there is no ledger yet", where=str(path))
        return
    folder = path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _prepare(db: sqlite3.Connection, path: Path) -> str:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise OutputError(
            "E_LEDGER",
            f"the ledger has version {version}, this scriptgen knows {VERSION}",
            where=str(path),
            hint="update scriptgen, or use another output folder",
        )
    _refuse_foreign(db, path, empty=version == 0)
    journal = str(db.execute("PRAGMA journal_mode=WAL").fetchone()[0]).lower()
    if journal != "wal":
        journal = str(db.execute("PRAGMA journal_mode=DELETE").fetchone()[0]).lower()
    db.execute("PRAGMA synchronous=FULL")
    if version > 0 and path.stat().st_size <= CHECKED_WHOLE:
        verify(db, path)
    if version < VERSION:
        _lay(db, path)
    return journal


def _refuse_foreign(db: sqlite3.Connection, path: Path, *, empty: bool) -> None:
    if empty:
        foreign = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    else:
        foreign = db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID
    if foreign:
        raise OutputError(
            "E_LEDGER",
            "this is a database of another program",
            where=str(path),
            hint="use another output folder",
        )


def _lay(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables that a new file, or one of an older version, does not have yet."""
    db.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have laid the tables while this one waited.
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            _refuse_foreign(db, path, empty=True)
            _run_script(db, TABLES)
            db.execute("INSERT INTO meta VALUES ('fence_key', ?)", (os.urandom(32),))
            db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        if version < VERSION:
            _run_script(db, SINCE_2)
            db.execute(f"PRAGMA user_version={VERSION}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _run_script(db: sqlite3.Connection, statements: str) -> None:
    # `executescript` would commit the open transaction.
    for statement in statements.split(";"):
        db.execute(statement)


def verify(db: sqlite3.Connection, path: Path) -> None:
    """Read every page; raises `OutputError` ``E_LEDGER`` with the first damage."""
    said = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    if said != "ok":
        raise OutputError(
            "E_LEDGER", f"the ledger is damaged: {said}", where=str(path), hint=_DAMAGE_HINT
        )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn failures of SQLite and the disk into `OutputError`."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        raise _named(error, path) from error
    except OSError as error:
        raise OutputError(
            "E_LEDGER",
            f"the ledger cannot be opened: {error.strerror or error}",
            where=str(path),
            hint="choose a folder you may write to with -o",
        ) from error


def _named(error: sqlite3.DatabaseError, path: Path) -> OutputError:
    name = getattr(error, "sqlite_errorname", "") or ""
    where = str(path)
    if name.startswith("SQLITE_FULL"):
        return OutputError(
            "E_NO_SPACE",
            "the disk is full",
            where=where,
            hint="make room and run the same command again: what is stored is kept",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return OutputError(
            "E_LEDGER", f"the ledger is damaged: {error}", where=where, hint=_DAMAGE_HINT
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return OutputError(
            "E_LEDGER",
            f"another process kept the ledger for more than {BUSY_SECONDS:.0f} seconds",
            where=where,
            hint="run the same command again",
        )
    return OutputError(
        "E_LEDGER",
        f"the ledger cannot be used: {error}",
        where=where,
        hint="choose a folder you may write to with -o",
    )
