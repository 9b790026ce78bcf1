"""What a batch says while it runs and at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scriptgen.cli import printing
from scriptgen.cli.progress import progress

if TYPE_CHECKING:
    from types import TracebackType

    from scriptgen.batch import BatchResult, Failure, Item

SCHEMA_VERSION = 1
MOST_FAILURES = 50
"""Failures told one by one in a summary; each was told when it happened, too."""


class Told:
    """A `scriptgen.batch.Progress` for people and, on standard output, for programs."""

    def __init__(self, total: int, *, as_json: bool) -> None:
        self._shown = progress(total)
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
        if self._as_json:
            printing.out_json(_record(item), one_per_line=True)
        elif item.run is not None and item.run.path:
            self._shown.product(item.run.path)
        if item.state != "todo":
            self._shown.advance(_line(item), failed=item.state == "failed")

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
    if result.with_errors:
        parts.append(f"{result.with_errors} with errors in the draft")
    if result.kept:
        parts.append(f"{result.kept} beside an edited draft")
    if result.changed:
        parts.append(f"{result.changed} changed on disk meanwhile")
    lines = [f"{result.total} essays: {', '.join(parts)}; {result.seconds:.1f} s"]
    if result.requests:
        tokens = result.prompt_tokens + result.completion_tokens
        lines.append(
            f"{result.requests} requests, {tokens:,} tokens"
            f" ({result.prompt_tokens:,} sent, {result.completion_tokens:,} received)"
        )
    if result.todo:
        lines.append("the same command goes on from here")
    return lines


def _tell_failure(label: str, failure: Failure) -> None:
    where = printing.shown_name(failure.where or failure.name)
    message = printing.one_line(failure.message)
    printing.tell(label, f"{where}: {message} [{failure.code}]", "1;31")
    if failure.hint:
        printing.tell("  hint", printing.one_line(failure.hint), "2")


def _line(item: Item) -> str:
    from scriptgen.cli.draft import told

    name = printing.shown_name(item.name)
    if item.failure is not None:
        return f"{name}: failed, {printing.one_line(item.failure.message)} [{item.failure.code}]"
    return f"{name}: {item.state}" + (f", {told(item.run)}" if item.run else "")


def _record(item: Item) -> dict[str, Any]:
    run = item.run
    return {
        "schema_version": SCHEMA_VERSION,
        "type": "draft",
        "essay": item.name,
        "state": item.state,
        "path": run.path if run else None,
        "run": run.id if run else None,
        "writer": run.writer if run else None,
        "model": run.model if run else None,
        "report": run.report.model_dump(mode="json") if run else None,
        "error": item.failure.model_dump(mode="json") if item.failure else None,
    }
