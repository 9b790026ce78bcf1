"""A run: one essay on its way to one draft, with all that went into it."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from scriptgen.prompt import Parameters, Usage
from scriptgen.report import Report
from scriptgen.values import Value

SCHEMA_VERSION = 1

Purpose = Literal["brief", "draft", "revise", "annotate"]
"""What a model is asked for."""


class SettingUsed(Value):
    """A setting and where it came from: a flag, the environment, a template, a file, a default."""

    name: str
    value: str | int | float | bool | None
    source: str


class CallMade(Value):
    """One call of a run, in the order they were made.

    ``purpose``: what it was for; ``call_key``: what its prompt and its replies are kept under;
    ``fence``: the mark around the essay in that prompt; ``raw_id``: the ledger's id of the reply
    that was used, ``None`` where the call ended without one; ``requests``: HTTP requests it took, 0
    where the reply was on record; ``usage``: of all its replies, those that could not be used
    counted; ``cost``: of all its requests, in the currency of the configured price, ``None``
    without one and where nothing was asked; ``estimated``: requests whose part of it is what was
    set aside for them, since the server did not say what they took; ``seconds``: wall time of the
    attempt that was used, or of all where none was; ``model`` and ``fingerprint``: as the server
    named them; ``dropped``: parameters the server refuses; ``rung``: how JSON was asked for,
    ``None`` for text and where the reply was on record; ``error``: the code of the error it ended
    in.
    """

    purpose: Purpose
    call_key: str
    template: str
    template_hash: str
    fence: str | None = None
    parameters: Parameters = Parameters()
    raw_id: str | None = None
    requests: int = 0
    usage: Usage = Usage()
    cost: float | None = None
    estimated: int = 0
    seconds: float = 0.0
    finish_reason: str | None = None
    model: str | None = None
    fingerprint: str | None = None
    dropped: tuple[str, ...] = ()
    rung: str | None = None
    error: str | None = None


class Run(Value):
    """The record of one draft.

    Hashes are SHA-256 in hex. ``writer``: who wrote the page; ``model``, ``template`` and
    ``template_hash`` are ``None`` for the offline writer; ``started``: UTC, ISO 8601;
    ``seconds``: wall time; ``requests``: HTTP requests made, failed ones counted; ``draft``: the
    Fountain text; ``path``: where it was published, ``None`` where it was not; ``cost``: of all
    requests in ``currency``, ``None`` where no price is configured and where nothing was asked;
    ``calls``: what the model was asked, replies that were on record included; ``essay_record``:
    what the essay is kept under in the ledger; ``options``: the
    `scriptgen.drafting.DraftOptions` that decide what the draft says; both are ``None`` for
    runs of versions that kept neither.
    """

    schema_version: int = SCHEMA_VERSION
    id: str
    work_key: str
    essay_id: str
    essay_source: str
    writer: Literal["offline", "model"]
    model: str | None = None
    base_url: str | None = None
    template: str | None = None
    template_hash: str | None = None
    settings: tuple[SettingUsed, ...] = ()
    started: str
    seconds: float = 0.0
    requests: int = 0
    usage: Usage = Usage()
    cost: float | None = None
    currency: str | None = None
    calls: tuple[CallMade, ...] = ()
    essay_record: str | None = None
    options: dict[str, JsonValue] | None = None
    report: Report = Report()
    draft: str
    draft_sha256: str
    path: str | None = None
    version: str
