"""The ledger itself: every question and every promise is one method and one short transaction."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from scriptgen.errors import OutputError
from scriptgen.ledger import leases
from scriptgen.ledger.kept import Kept, keep_essay, keep_prompts
from scriptgen.ledger.lessons import Lessons
from scriptgen.ledger.records import Spent, State, Work
from scriptgen.ledger.replies import LedgerSink, tokens
from scriptgen.ledger.spending import Spending
from scriptgen.run import Run

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scriptgen.essay import Essay
    from scriptgen.prompt import Prompt

_WORK = ", ".join(Work.model_fields)


class Ledger(Kept, Lessons, Spending):
    """An open ledger.

    Belongs to the thread that opened it; each call commits before it returns, and what it wrote
    survives a power cut. Any call raises `OutputError`: ``E_LEDGER`` when the file is damaged or
    unusable, ``E_NO_SPACE`` when the disk is full. ``journal`` is ``wal``, or ``delete`` on file
    systems without what WAL needs.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, journal: str) -> None:
        super().__init__(path, db, journal)
        self._holder = uuid4().hex

    def fence_key(self) -> bytes:
        """The 32 random bytes, made with the ledger, that key the fence around essays."""
        return bytes(self._one("SELECT value FROM meta WHERE name = 'fence_key'")["value"])

    # Replies

    def sink(self, *, origin: str, repeat: int = 0) -> LedgerSink:
        """Where a client of the server ``origin`` stores what comes back, before reading it."""
        return LedgerSink(self, origin, repeat)

    def add_reply(
        self, prompt: Prompt, call_key: str, *, origin: str, model: str, status: int, body: bytes
    ) -> str:
        """Keep one raw reply, and the prompt it answers; gives its id."""
        with self._transaction() as db:
            keep_prompts(db, {call_key: prompt})
            done = db.execute(
                "INSERT INTO replies (call_key, origin, model, template, template_hash, status,"
                " body, prompt_tokens, completion_tokens, stored)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    call_key,
                    origin,
                    model,
                    prompt.template,
                    prompt.template_hash,
                    status,
                    body,
                    *tokens(body),
                    _now(),
                ),
            )
        return str(done.lastrowid)

    def last_reply(self) -> int:
        """The greatest id of a stored reply, 0 where there is none."""
        return int(self._one("SELECT coalesce(max(id), 0) AS id FROM replies")["id"])

    def spent(self, *, after: int = 0) -> Spent:
        """What the replies with an id above ``after`` add up to, those of failed calls counted."""
        row = self._one(
            "SELECT count(*) AS replies, coalesce(sum(prompt_tokens), 0) AS prompt_tokens,"
            " coalesce(sum(completion_tokens), 0) AS completion_tokens FROM replies WHERE id > ?",
            after,
        )
        return Spent(**dict(row))

    # Runs

    def add_run(
        self,
        run: Run,
        essay: Essay | None = None,
        prompts: Mapping[str, Prompt] = MappingProxyType({}),
    ) -> None:
        """Keep a run, or what has changed in one that is kept, with what it was made from.

        ``essay``: kept as `Run.essay_record`; ``prompts``: by call key.
        """
        with self._transaction() as db:
            if essay is not None and run.essay_record is not None:
                keep_essay(db, run.essay_record, essay)
            keep_prompts(db, prompts)
            db.execute(
                "INSERT INTO runs (id, work_key, essay_id, source, writer, model, template,"
                " started, path, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET path = excluded.path, record = excluded.record",
                (
                    run.id,
                    run.work_key,
                    run.essay_id,
                    run.essay_source,
                    run.writer,
                    run.model,
                    run.template,
                    run.started,
                    run.path,
                    run.model_dump_json(),
                ),
            )

    def run(self, name: str) -> Run | None:
        """The run with this id, with an id that alone begins so, or ``last``; ``None`` without."""
        if name == "last":
            return next(self.runs(limit=1), None)
        exact = self._first("SELECT record FROM runs WHERE id = ?", name)
        if exact is not None:
            return _run(exact)
        # A range, unlike a pattern, is looked up in the index.
        rows = self._all(
            "SELECT record FROM runs WHERE id >= ? AND id < ? LIMIT 2", name, f"{name}\U0010ffff"
        )
        return _run(rows[0]) if len(rows) == 1 else None

    def runs(self, *, limit: int | None = None) -> Iterator[Run]:
        """Runs, the newest first."""
        rows = self._all(
            "SELECT record FROM runs ORDER BY seq DESC LIMIT ?", -1 if limit is None else limit
        )
        return map(_run, rows)

    def last_run(self) -> int:
        """The rank of the newest run, 0 where there is none."""
        return int(self._one("SELECT coalesce(max(seq), 0) AS seq FROM runs")["seq"])

    def run_of(self, work_key: str, *, after: int = 0) -> Run | None:
        """The newest run of this work with a rank above ``after``, ``None`` without one."""
        row = self._first(
            "SELECT record FROM runs WHERE work_key = ? AND seq > ? ORDER BY seq DESC LIMIT 1",
            work_key,
            after,
        )
        return _run(row) if row else None

    # Work

    def place(self, path: Path) -> str:
        """How the ledger writes a path: relative to the folder that its own folder stands in."""
        base = self.path.parent.parent
        try:
            told = os.path.relpath(path.absolute(), base)
        except ValueError:  # another drive
            told = str(path.absolute())
        return _printable(told.replace(os.sep, "/"))

    def locate(self, place: str) -> Path:
        """The path that `place` has written."""
        return self.path.parent.parent / place

    def work(self, work_key: str, target: str) -> Work | None:
        """What is known of one piece of work."""
        row = self._first(
            f"SELECT {_WORK} FROM work WHERE work_key = ? AND target = ?",  # noqa: S608 - constant
            work_key,
            target,
        )
        return Work(**dict(row)) if row else None

    def failure_of(self, work_key: str) -> Work | None:
        """Failed work with this key, whatever its target; ``None`` without any."""
        row = self._first(
            f"SELECT {_WORK} FROM work WHERE work_key = ? AND state = ? LIMIT 1",  # noqa: S608 - constant
            work_key,
            State.FAILED,
        )
        return Work(**dict(row)) if row else None

    def counts(self) -> dict[State, int]:
        """How much work is in each state."""
        rows = self._all("SELECT state, count(*) AS n FROM work GROUP BY state")
        return {State(row["state"]): row["n"] for row in rows}

    def begin(self, work_key: str, target: str, *, source: str, state: State) -> None:
        """Say how far a piece of work is, known before or not.

        A power cut may take it back, until the next durable commit: the reservation of the
        request, or the reply, says the same to who goes on from there.
        """
        with self._transaction(durable=False) as db:
            self._set(db, work_key, target, source=source, state=state)

    def begin_file(self, run: Run, target: str) -> None:
        """Say, before a draft is put in place, which bytes are going to stand at ``target``."""
        with self._transaction() as db:
            self._set_run(db, run, target, State.FILE, target)
            db.execute(
                "INSERT INTO files (path, writing) VALUES (?, ?)"
                " ON CONFLICT (path) DO UPDATE SET writing = excluded.writing",
                (target, run.draft_sha256),
            )

    def finish(self, run: Run, target: str, *, path: str) -> None:
        """The draft for ``target`` stands at ``path``: keep the run and mark the work done."""
        with self._transaction() as db:
            self._set_run(db, run, target, State.DONE, path)
            db.execute("UPDATE files SET writing = NULL WHERE path = ?", (target,))
            db.execute(
                "INSERT INTO files (path, written) VALUES (?, ?)"
                " ON CONFLICT (path) DO UPDATE SET written = excluded.written",
                (path, run.draft_sha256),
            )
            db.execute(
                "UPDATE runs SET path = ?, record = ? WHERE id = ?",
                (run.path, run.model_dump_json(), run.id),
            )

    def give_up(
        self,
        work_key: str,
        target: str,
        *,
        source: str,
        state: State,
        reason: str,
        message: str,
    ) -> None:
        """Leave work ``todo`` or ``failed``, with the error's code and words."""
        with self._transaction() as db:
            self._set(
                db, work_key, target, source=source, state=state, reason=reason, message=message
            )

    def hashes(self, path: str) -> tuple[str | None, str | None]:
        """What was written at ``path``, and what was being written when nothing more was heard.

        SHA-256 in hex, ``None`` where there is none.
        """
        row = self._first("SELECT written, writing FROM files WHERE path = ?", path)
        return (row["written"], row["writing"]) if row else (None, None)

    # Leases

    @contextmanager
    def lease(self, name: str, *, of: str) -> Iterator[None]:
        """Hold ``name`` while the block runs; ``of`` says in an error what is held.

        A lease left by a process that is gone is taken over. Raises `OutputError` ``E_LOCKED``
        with the holder while another one, in this process or not, holds it.
        """
        with self._transaction() as db:
            leases.take(db, name, self._holder, of, self.path)
        try:
            yield
        finally:
            # A lease that cannot be given back ends with the process; what happened inside goes on.
            with suppress(OutputError), self._transaction() as db:
                leases.give_back(db, name, self._holder)

    # The database

    def _set_run(
        self, db: sqlite3.Connection, run: Run, target: str, state: State, path: str
    ) -> None:
        """Say how far the draft of ``run`` for ``target`` is, which stands at ``path``."""
        self._set(
            db,
            run.work_key,
            target,
            source=run.essay_source,
            state=state,
            path=path,
            sha256=run.draft_sha256,
            run_id=run.id,
        )

    def _set(
        self,
        db: sqlite3.Connection,
        work_key: str,
        target: str,
        *,
        source: str,
        state: State,
        reason: str | None = None,
        message: str | None = None,
        path: str | None = None,
        sha256: str | None = None,
        run_id: str | None = None,
    ) -> None:
        # What a step does not tell of the file stays known; a reason goes with its failure.
        db.execute(
            "INSERT INTO work (work_key, target, state, source, path, sha256, reason, message,"
            " run_id, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (work_key, target) DO UPDATE SET state = excluded.state,"
            " source = excluded.source, path = coalesce(excluded.path, path),"
            " sha256 = coalesce(excluded.sha256, sha256), reason = excluded.reason,"
            " message = excluded.message, run_id = coalesce(excluded.run_id, run_id),"
            " updated = excluded.updated",
            (
                work_key,
                target,
                state,
                _printable(source),
                path,
                sha256,
                reason,
                message and _printable(message),
                run_id,
                _now(),
            ),
        )


def _run(row: sqlite3.Row) -> Run:
    return Run.model_validate_json(row["record"])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _printable(name: str) -> str:
    # SQLite holds no lone surrogates, and file names may.
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
