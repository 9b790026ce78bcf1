"""``scriptgen runs list`` and ``runs show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.options import current_settings, json_option, setting_options
from scriptgen.cli.program import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.run import Run

SCHEMA_VERSION = 1


command = Group(
    "runs",
    help="List and show the runs on record.",
    examples=[("scriptgen runs list", "the newest first"), ("scriptgen runs show last", "one run")],
)


@command.command(
    "list",
    examples=[
        ("scriptgen runs list", "the last twenty runs, the newest first"),
        ("scriptgen runs list -n 1000 --json", "more of them, for a program"),
    ],
)
@click.option(
    "-n", "--number", type=click.IntRange(min=1), default=20, show_default=True, help="How many."
)
@json_option
@setting_options("outputs")
def list_runs(*, number: int, as_json: bool, **flags: object) -> None:
    """List runs, the newest first: id, time, essay, writer, findings, draft."""
    settings = current_settings(flags)
    found: list[Run] = []
    if settings.ledger_path.exists():
        from scriptgen.ledger import Ledger

        with Ledger.open(settings.ledger_path, create=False) as ledger:
            found = list(ledger.runs(limit=number))
    if as_json:
        printing.out_json(
            {
                "schema_version": SCHEMA_VERSION,
                "runs": [
                    run.model_dump(
                        mode="json", include={"id", "started", "essay_source", "writer", "model"}
                    )
                    | {"findings": len(run.report.findings), "path": run.path}
                    for run in found
                ],
            }
        )
        return
    for run in found:
        printing.out(
            "  ".join(
                (
                    run.id,
                    run.started[:19],
                    f"{writer_of(run):<8}",
                    f"{printing.counted(len(run.report.findings), 'finding'):<11}",
                    printing.shown_name(run.essay_source),
                    "->",
                    printing.shown_name(run.path) if run.path else "(not published)",
                )
            )
        )
    if not found:
        printing.note(f"no runs in {settings.ledger_path}")


@command.command(
    examples=[
        ("scriptgen runs show last", "the newest run"),
        ("scriptgen runs show 20260904-1 --json", "all of the run whose id begins so"),
        ("scriptgen runs show last --draft", "the draft as it was written"),
    ]
)
@click.argument("run_id", metavar="ID|last")
@click.option("--draft", "only_draft", is_flag=True, help="Print the draft and nothing else.")
@json_option
@setting_options("outputs")
def show(run_id: str, *, only_draft: bool, as_json: bool, **flags: object) -> None:
    """Show one run: what went in, who wrote it, what it took, what was found."""
    from scriptgen.errors import InputError

    settings = current_settings(flags)
    run = None
    if settings.ledger_path.exists():
        from scriptgen.ledger import Ledger

        with Ledger.open(settings.ledger_path, create=False) as ledger:
            run = ledger.run(run_id)
    if run is None:
        raise InputError(
            "E_SOURCE",
            f"no run {run_id!r} (or more than one begins so)",
            where=str(settings.ledger_path),
            hint="scriptgen runs list",
        )
    if as_json:
        printing.out_json(run.model_dump(mode="json"))
    elif only_draft:
        printing.out_exact(run.draft)
    else:
        for line in _sheet(run):
            printing.out(line)


def writer_of(run: Run) -> str:
    """Who wrote the page: ``offline``, or the model by name."""
    return printing.one_line(run.model) if run.model else run.writer


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
        "cost": run.cost,
        "draft": printing.shown_name(run.path) if run.path else "(not published)",
        "scriptgen": run.version,
    }
    for name, value in rows.items():
        if value is not None:
            yield f"{name:<10} {value}"
    for setting in run.settings:
        if setting.source != "default":
            yield f"{'setting':<10} {setting.name} = {setting.value} ({setting.source})"
    for name, figure in run.report.figures.items():
        yield f"{'figure':<10} {name} = {figure:.4g}"
    for finding in run.report.findings:
        yield f"{finding.severity:<10} {printing.one_line(finding.message)} [{finding.code}]"
