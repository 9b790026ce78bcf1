"""A run: one essay on its way to one draft, with all that went into it."""

from __future__ import annotations

from typing import Literal

from scriptgen.prompt import Usage
from scriptgen.report import Report
from scriptgen.values import Value

SCHEMA_VERSION = 1


class SettingUsed(Value):
    """A setting and where it came from: a flag, the environment, a template, a file, a default."""

    name: str
    value: str | int | float | bool | None
    source: str


class Run(Value):
    """The record of one draft.

    Hashes are SHA-256 in hex. ``writer``: who wrote the page; ``model``, ``template`` and
    ``template_hash`` are ``None`` for the offline writer; ``started``: UTC, ISO 8601;
    ``seconds``: wall time; ``requests``: HTTP requests made, failed ones counted; ``draft``: the
    Fountain text; ``path``: where it was published, ``None`` where it was not; ``cost``: in the
    currency of the configured prices, ``None`` where none are configured.
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
    report: Report = Report()
    draft: str
    draft_sha256: str
    path: str | None = None
    version: str
