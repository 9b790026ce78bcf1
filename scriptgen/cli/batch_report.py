"""What a batch says while it runs and at its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scriptgen.cli import printing
from scriptgen.cli.figures import calls_told, figures_told
from scriptgen.cli.progress import progress
from scriptgen.cli.spent import cost_told
from scriptgen.errors import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from scriptgen.batch import BatchResult, Failure, Item

SCHEMA_VERSION = 1
MOST_FAILURES = 50
"""Failures told one by one in a summary; each was told when it happened, too."""


class Told:
    """A `scriptgen.batch.Progress` for people and, on standard output, for programs.

    ``targets``: the name of each essay to the path its draft is to have.
    """

    def __init__(self, targets: Mapping[str, Path], *, as_json: bool) -> None:
        self._targets = targets
        self._shown = progress(len(targets))
        self._as_json = as_json
        self._result: BatchResult | None = None

    def __enter__(self) -> Self:
        self._shown.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shown.__exit__(kind, error, trace)
        if self._result is not None:
            self._sum_up(self._result)

    def started(self, name: str) -> None:
        """Nothing is said before there is something to say."""

    def finished(self, item: Item) -> None:
        """One essay has ended: its draft's path on standard output, a line beside it."""
        path = self._path(item)
        if self._as_json:
            printing.out_json(_record(item, path), one_per_line=True)
        if item.state != "todo":
            self._shown.finished(
                printing.shown_name(item.name),
                _how(item),
                path=None if self._as_json else path,
                failed=item.state == "failed",
            )

    def _path(self, item: Item) -> str | None:
        """Where the draft stands; on record may be a path from another working folder."""
        if item.run is None or item.run.path is None:
            return None
        return str(self._targets[item.name].with_name(Path(item.run.path).name))

    def summary(self, result: BatchResult) -> None:
        """Kept until the bar is gone."""
        self._result = result

    def _sum_up(self, result: BatchResult) -> None:
        if self._as_json:
            told = result.model_dump(mode="json")
            printing.out_json(
                {"schema_version": SCHEMA_VERSION, "type": "summary"} | told, one_per_line=True
            )
        for line in summary_lines(result):
            printing.note(line)
        for failure in result.failed[:MOST_FAILURES]:
            _tell_failure("failed", failure)
        if len(result.failed) > MOST_FAILURES:
            printing.note(f"... and {len(result.failed) - MOST_FAILURES} more failures")
        if result.stopped is not None:
            _tell_failure("stopped", result.stopped)


def summary_lines(result: BatchResult) -> list[str]:
    """The figures in one or two lines."""
    parts = [f"{result.done} done", f"{result.skipped} skipped", f"{len(result.failed)} failed"]
    if result.todo:
        parts.append(f"{result.todo} still to do")
    if result.with_findings:
        parts.append(f"{result.with_findings} with findings")
    if result.with_errors:
        parts.append(f"{result.with_errors} with errors in the draft")
    if result.kept:
        parts.append(f"{result.kept} beside an edited draft")
    if result.changed:
        parts.append(f"{result.changed} changed on disk meanwhile")
    lines = [
        f"{printing.counted(result.total, 'essay')}: {', '.join(parts)}; {result.seconds:.1f} s"
    ]
    if result.figures:
        lines.append(f"in the drafts: {figures_told(result.figures)}")
    if result.findings:
        codes = (f"{times} {code}" for code, times in result.findings.items())
        lines.append(f"found in them: {', '.join(codes)}")
    if result.requests:
        tokens = result.prompt_tokens + result.completion_tokens
        lines.append(
            f"{printing.counted(result.requests, 'request')}, {tokens:,} tokens"
            f" ({result.prompt_tokens:,} sent, {result.completion_tokens:,} received)"
            f", {cost_told(result.cost, result.currency, result.estimated)}"
        )
    if result.lost:
        replies = "reply" if result.lost == 1 else "replies"
        lines.append(f"{result.lost} {replies} could not be stored, and may have been paid for")
    lines += _going_on(result)
    return lines


def _going_on(result: BatchResult) -> list[str]:
    """What the same command would do next, where that is more than to fail again."""
    if result.stopped is not None and result.stopped.code == "E_BUDGET":
        return []  # The hint names the flag with which it goes on.
    if result.todo:
        return ["the same command goes on from here"]
    passing = sum(map(_passing, result.failed))
    return [f"the same command asks again for {passing} of the failed"] if passing else []


def _passing(failure: Failure) -> bool:
    """Whether the server failed, so that the essay is still to do on record."""
    return failure.exit_code == ProviderError.exit_code and failure.code != "E_TOO_LONG"


def _tell_failure(label: str, failure: Failure) -> None:
    name = printing.shown_name(failure.name)
    where = printing.shown_name(failure.where) if failure.where else name
    message = printing.one_line(failure.message)
    place = where if name in where else f"{name}: {where}"
    printing.tell(label, f"{place}: {message} [{failure.code}]", "1;31")
    if failure.hint:
        printing.tell("  hint", printing.one_line(failure.hint), "2")


def _how(item: Item) -> str:
    from scriptgen.cli.draft import EDITED, told

    if item.failure is not None:
        return f"failed, {printing.one_line(item.failure.message)} [{item.failure.code}]"
    how = f"{item.state} ({EDITED})" if item.edited else item.state
    if item.run is None:
        return how
    counted = filter(None, (figures_told(item.run.report.figures), calls_told(item.run)))
    return f"{how}, {told(item.run)}; {'; '.join(counted)}"


def _record(item: Item, path: str | None) -> dict[str, Any]:
    run = item.run
    return {
        "schema_version": SCHEMA_VERSION,
        "type": "draft",
        "essay": item.name,
        "state": item.state,
        "path": path,
        "run": run.id if run else None,
        "writer": run.writer if run else None,
        "model": run.model if run else None,
        "report": run.report.model_dump(mode="json") if run else None,
        "error": item.failure.model_dump(mode="json") if item.failure else None,
    }
