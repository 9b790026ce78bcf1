"""Leases: who works on what, so that nothing is paid for twice."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scriptgen.errors import OutputError
from scriptgen.ledger.process import born

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def take(db: sqlite3.Connection, name: str, holder: str, of: str, path: Path) -> None:
    """Write down, in an open transaction, that ``holder`` has ``name``.

    Raises `OutputError` ``E_LOCKED`` while somebody else who is alive has it.
    """
    row = db.execute("SELECT holder, pid, born, since FROM leases WHERE name = ?", (name,))
    held = row.fetchone()
    pid = os.getpid()
    if held is not None:
        other, other_pid, other_born, since = held
        if other == holder or born(other_pid) == other_born:
            who = "this process" if other_pid == pid else f"process {other_pid}"
            raise OutputError(
                "E_LOCKED",
                f"{who} works on {of} since {since}",
                where=str(path.parent.parent),
                hint="wait until it has ended, or end it; "
                "in another output folder the same calls are paid for again",
            )
    db.execute(
        "INSERT OR REPLACE INTO leases (name, holder, pid, born, since) VALUES (?, ?, ?, ?, ?)",
        (name, holder, pid, born(pid) or "", datetime.now(UTC).isoformat(timespec="seconds")),
    )


def give_back(db: sqlite3.Connection, name: str, holder: str) -> None:
    """End a lease, in an open transaction; one that another holds stays."""
    db.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (name, holder))
