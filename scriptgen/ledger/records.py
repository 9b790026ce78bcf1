"""What the ledger gives back besides runs."""

from __future__ import annotations

from enum import StrEnum

from scriptgen.run import CallMade
from scriptgen.values import Value


class State(StrEnum):
    """How far a piece of work is.

    ``todo``: nothing is spent. ``calling``: a model may be answering. ``got``: the paid reply is
    durable. ``file``: the draft's hash is known and the file is being put in place. ``done``: the
    file is there. ``failed``: trying again would fail again.
    """

    TODO = "todo"
    CALLING = "calling"
    GOT = "got"
    FILE = "file"
    DONE = "done"
    FAILED = "failed"


class Work(Value):
    """One draft of one essay at one place.

    ``target``: the place that was asked for; ``path``: where the draft really is (beside the target
    where an edited draft was kept), ``sha256`` its hash; both are relative to the folder that
    holds the ledger's folder, ``None`` before they are known. ``reason``: the code of the error
    that ended it, with its ``message``. ``updated``: UTC, ISO 8601.
    """

    work_key: str
    target: str
    state: State
    source: str
    path: str | None = None
    sha256: str | None = None
    reason: str | None = None
    message: str | None = None
    run_id: str | None = None
    updated: str


class Spent(Value):
    """What stored replies add up to: their number and the tokens the servers counted."""

    replies: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class StoredReply(Value):
    """A reply as it came: its id, the HTTP status, and the body."""

    id: str
    status: int
    body: bytes


class Failed(Value):
    """What a run asked that ended without a draft.

    ``id``: like that of a run; ``essay_record``: what its essay is kept under; ``model``: as the
    user gave it; ``started``: UTC, ISO 8601; ``seconds``: wall time; ``calls``: in the order they
    were made; ``code`` and ``message``: of the error that ended it.
    """

    id: str
    work_key: str
    essay_source: str
    essay_record: str
    model: str
    base_url: str | None = None
    started: str
    seconds: float = 0.0
    calls: tuple[CallMade, ...] = ()
    code: str
    message: str
    version: str
