"""What a draft is made again from: essays, prompts and raw replies, and runs that ended early."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, TypeVar

from scriptgen.essay import Essay
from scriptgen.ledger.database import Database
from scriptgen.ledger.records import Failed, StoredReply
from scriptgen.prompt import Prompt

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from scriptgen.values import Value

V = TypeVar("V", bound="Value")
_OF_THE_FILE = {"source", "raw_sha256"}


class Kept(Database):
    """The part of a ledger that `scriptgen.drafting.replay` reads."""

    def essay(self, record: str) -> Essay | None:
        """The essay kept under the id that `essay_record` gives it, ``None`` without one."""
        row = self._first("SELECT essay FROM essays WHERE id = ?", record)
        return _unpacked(Essay, row["essay"]) if row else None

    def prompt(self, call_key: str, *, fence: str | None = None) -> Prompt | None:
        """The prompt of a call, ``None`` where none is kept.

        ``fence``: the mark that was used; the call key does not tell it, so that one key may have
        been sent with several.
        """
        row = self._first("SELECT prompt FROM prompts WHERE call_key = ?", call_key)
        if row is None:
            return None
        prompt = _unpacked(Prompt, row["prompt"])
        if prompt.fence is None or fence in (None, prompt.fence):
            return prompt
        messages = tuple(
            each.model_copy(update={"content": each.content.replace(prompt.fence, str(fence))})
            for each in prompt.messages
        )
        return prompt.model_copy(update={"messages": messages, "fence": fence})

    def reply(self, raw_id: str) -> StoredReply | None:
        """One stored reply, ``None`` where there is none with this id."""
        row = self._first(
            "SELECT id, status, body FROM replies WHERE id = ?",
            int(raw_id) if raw_id.isascii() and raw_id.isdigit() else -1,
        )
        return _stored(row) if row else None

    def reply_to(self, call_key: str) -> StoredReply | None:
        """The latest reply to this call with a status of success, ``None`` without one."""
        row = self._first(
            "SELECT id, status, body FROM replies"
            " WHERE call_key = ? AND status BETWEEN 200 AND 299 ORDER BY id DESC LIMIT 1",
            call_key,
        )
        return _stored(row) if row else None

    def replies_to(self, call_key: str, *, after: int = 0) -> list[StoredReply]:
        """All stored replies to this call with an id above ``after``, the oldest first."""
        rows = self._all(
            "SELECT id, status, body FROM replies WHERE call_key = ? AND id > ? ORDER BY id",
            call_key,
            after,
        )
        return [_stored(row) for row in rows]

    def add_failed(self, failed: Failed, essay: Essay, prompts: Mapping[str, Prompt]) -> None:
        """Keep what a run that ended without a draft asked, in place of an earlier one's."""
        with self._transaction() as db:
            keep_essay(db, failed.essay_record, essay)
            keep_prompts(db, prompts)
            db.execute(
                "INSERT OR REPLACE INTO failed (work_key, id, record) VALUES (?, ?, ?)",
                (failed.work_key, failed.id, failed.model_dump_json()),
            )

    def failed(self, name: str) -> Failed | None:
        """The run without a draft that has this id, or an id that alone begins so."""
        # A range, unlike a pattern, is looked up in the index.
        rows = self._all(
            "SELECT record FROM failed WHERE id >= ? AND id < ? LIMIT 2", name, f"{name}\U0010ffff"
        )
        return Failed.model_validate_json(rows[0]["record"]) if len(rows) == 1 else None

    def all_failed(self, *, limit: int | None = None) -> Iterator[Failed]:
        """Of work without a draft the latest runs, one of each, the newest first."""
        rows = self._all(
            "SELECT record FROM failed WHERE NOT EXISTS"
            " (SELECT 1 FROM runs WHERE runs.work_key = failed.work_key)"
            " ORDER BY id DESC LIMIT ?",
            -1 if limit is None else limit,
        )
        return (Failed.model_validate_json(row["record"]) for row in rows)


def essay_record(essay: Essay) -> str:
    """The id an essay is kept under: SHA-256 (hex) of all it holds but the file it came from."""
    return hashlib.sha256(essay.model_dump_json(exclude=_OF_THE_FILE).encode()).hexdigest()


def keep_essay(db: sqlite3.Connection, record: str, essay: Essay) -> None:
    """Keep, in an open transaction, an essay that is not kept yet."""
    if not _has(db, "SELECT 1 FROM essays WHERE id = ?", record):
        db.execute("INSERT INTO essays VALUES (?, ?)", (record, _packed(essay)))


def keep_prompts(db: sqlite3.Connection, prompts: Mapping[str, Prompt]) -> None:
    """Keep, in an open transaction, those prompts (by call key) that are not kept yet."""
    for call_key, prompt in prompts.items():
        if not _has(db, "SELECT 1 FROM prompts WHERE call_key = ?", call_key):
            db.execute("INSERT INTO prompts VALUES (?, ?)", (call_key, _packed(prompt)))


def _has(db: sqlite3.Connection, query: str, key: str) -> bool:
    return db.execute(query, (key,)).fetchone() is not None


def _stored(row: sqlite3.Row) -> StoredReply:
    return StoredReply(id=str(row["id"]), status=row["status"], body=bytes(row["body"]))


def _packed(value: Value) -> bytes:
    return zlib.compress(value.model_dump_json().encode())


def _unpacked(kind: type[V], packed: bytes) -> V:
    return kind.model_validate_json(zlib.decompress(packed))
