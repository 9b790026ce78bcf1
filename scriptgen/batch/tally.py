"""Keeping count, and knowing when to stop."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.batch.result import BatchResult, Failure
from scriptgen.errors import FatalProviderError, LostReplyError, ScriptgenError, SetupError
from scriptgen.report import Severity

if TYPE_CHECKING:
    from scriptgen.batch.result import Item

_STOPPING = frozenset({"E_BUDGET", "E_NO_SPACE", "E_LEDGER"})


@dataclass
class Tally:
    """Counts what is finished and decides whether to go on.

    ``stopped``: what ended the batch early, ``None`` while it goes on; ``lost``: as
    `BatchResult.lost`.
    """

    done: int = 0
    skipped: int = 0
    with_errors: int = 0
    with_findings: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    figures: dict[str, list[int | float]] = field(default_factory=dict)
    kept: int = 0
    changed: int = 0
    requests: int = 0
    failed: list[Failure] = field(default_factory=list)
    stopped: Failure | None = None
    lost: int = 0

    def count(self, item: Item) -> None:
        """Take in one finished essay."""
        if item.state == "failed" and item.failure is not None:
            self.failed.append(item.failure)
        if item.run is None:
            return
        codes = {finding.code for finding in item.run.report.findings}
        worst = item.run.report.worst()
        self.with_errors += worst is Severity.ERROR
        self.with_findings += worst in (Severity.WARNING, Severity.ERROR)
        self.findings.update(finding.code for finding in item.run.report.telling())
        for name, figure in item.run.report.figures.items():
            self.figures.setdefault(name, []).append(figure)
        if item.state == "skipped":
            self.skipped += 1
            return
        self.done += 1
        self.kept += "W_KEPT" in codes
        self.changed += "W_SOURCE_CHANGED" in codes
        self.requests += 0 if item.restored else item.run.requests

    def stops(self, error: ScriptgenError) -> bool:
        """Whether an error is about more than the essay it came with."""
        if error.code == "E_EXTRA":
            return False
        return isinstance(error, FatalProviderError | SetupError) or error.code in _STOPPING

    def stop(self, failure: Failure, error: ScriptgenError) -> None:
        """Start no more essays; the first reason stays."""
        self.stopped = self.stopped or failure
        self.lost += isinstance(error, LostReplyError)

    def result(self, total: int) -> BatchResult:
        """The figures, with what is missing from ``total`` still to do."""
        return BatchResult(
            total=total,
            done=self.done,
            with_errors=self.with_errors,
            with_findings=self.with_findings,
            findings=dict(self.findings.most_common()),
            figures={name: _together(each) for name, each in self.figures.items()},
            skipped=self.skipped,
            failed=tuple(self.failed),
            todo=total - self.done - self.skipped - len(self.failed),
            kept=self.kept,
            changed=self.changed,
            lost=self.lost,
            stopped=self.stopped,
        )


def _together(figures: list[int | float]) -> int | float:
    """The sum of counts, the mean of shares."""
    if all(isinstance(each, int) for each in figures):
        return sum(figures)
    return round(sum(figures) / len(figures), 4)
