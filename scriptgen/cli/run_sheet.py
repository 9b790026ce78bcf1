"""One run on one page: what went in, who wrote it, what it took, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.cli import printing
from scriptgen.cli.figures import figures_told
from scriptgen.cli.findings import finding_told
from scriptgen.cli.run_calls import call_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scriptgen.ledger import Failed
    from scriptgen.run import Run


def writer_of(run: Run) -> str:
    """Who wrote the page: ``offline``, or the model by name."""
    return printing.one_line(run.model) if run.model else run.writer


def run_sheet(run: Run | Failed) -> Iterator[str]:
    """The lines of the page."""
    from scriptgen.run import Run

    return _sheet(run) if isinstance(run, Run) else _failed_sheet(run)


def _rows(rows: Mapping[str, str | None]) -> Iterator[str]:
    return (f"{name:<10} {value}" for name, value in rows.items() if value is not None)


def _failed_sheet(run: Failed) -> Iterator[str]:
    rows = {
        "run": run.id,
        "started": run.started,
        "essay": printing.shown_name(run.essay_source),
        "writer": printing.one_line(run.model),
        "server": run.base_url,
        "took": f"{run.seconds:.1f} s",
        "draft": "(none)",
        "scriptgen": run.version,
    }
    yield from _rows(rows)
    for call in run.calls:
        yield f"{'call':<10} {call_line(call)}"
    yield f"{'error':<10} {printing.one_line(run.message)} [{run.code}]"


def _sheet(run: Run) -> Iterator[str]:
    tokens = run.usage.total_tokens
    rows = {
        "run": run.id,
        "started": run.started,
        "essay": f"{printing.shown_name(run.essay_source)} ({run.essay_id[:12]})",
        "writer": writer_of(run),
        "server": run.base_url,
        "template": f"{run.template} ({(run.template_hash or '')[:12]})" if run.template else None,
        "took": f"{run.seconds:.1f} s, {printing.counted(run.requests, 'request')}"
        + (f", {tokens} tokens" if tokens is not None else ""),
        "cost": _cost(run),
        "draft": printing.shown_name(run.path) if run.path else "(not published)",
        "scriptgen": run.version,
    }
    yield from _rows(rows)
    for call in run.calls:
        yield f"{'call':<10} {call_line(call)}"
    for setting in run.settings:
        if setting.source != "default":
            yield f"{'setting':<10} {setting.name} = {setting.value} ({setting.source})"
    yield f"{'counted':<10} {figures_told(run.report.figures)}"
    for name, figure in run.report.figures.items():
        yield f"{'figure':<10} {name} = {figure:.4g}"
    for finding in run.report.findings:
        yield f"{finding.severity:<10} {finding_told(finding)}"


def _cost(run: Run) -> str | None:
    """What the requests of a run cost; nothing where none was made."""
    from scriptgen.cli.spent import cost_told

    if not run.requests:
        return None
    return cost_told(run.cost, run.currency, sum(call.estimated for call in run.calls))
