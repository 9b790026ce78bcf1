"""``scriptgen runs``: ``list``, ``failed``, ``show`` and ``replay``."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from scriptgen.cli import printing
from scriptgen.cli.options import current_settings, json_option, setting_options
from scriptgen.cli.program import Group
from scriptgen.cli.run_calls import calls_record, calls_sheet
from scriptgen.cli.run_sheet import run_sheet, writer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scriptgen.config import Settings
    from scriptgen.drafting import Replay
    from scriptgen.ledger import Failed, Ledger
    from scriptgen.run import Run

T = TypeVar("T")

SCHEMA_VERSION = 1
SHOWN_LINES = 20
"""Lines of a difference that are shown."""


_number_option = click.option(
    "-n", "--number", type=click.IntRange(min=1), default=20, show_default=True, help="How many."
)

command = Group(
    "runs",
    help="List, show and replay the runs on record.",
    examples=[
        ("scriptgen runs list", "the newest first"),
        ("scriptgen runs show last", "one run"),
        ("scriptgen runs replay last", "its draft, made again from the record"),
    ],
)


@command.command(
    "list",
    examples=[
        ("scriptgen runs list", "the last twenty runs, the newest first"),
        ("scriptgen runs list -n 1000 --json", "more of them, for a program"),
    ],
)
@_number_option
@json_option
@setting_options("outputs")
def list_runs(*, number: int, as_json: bool, **flags: object) -> None:
    """List runs, the newest first: id, time, essay, writer, findings, draft."""
    settings = current_settings(flags)
    found = _on_record(settings, lambda ledger: ledger.runs(limit=number))
    if as_json:
        printing.out_json(
            {
                "schema_version": SCHEMA_VERSION,
                "runs": [
                    run.model_dump(
                        mode="json", include={"id", "started", "essay_source", "writer", "model"}
                    )
                    | {"findings": len(run.report.telling()), "path": run.path}
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
                    f"{printing.counted(len(run.report.telling()), 'finding'):<11}",
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
        ("scriptgen runs failed", "of each essay that has no draft the last try"),
        ("scriptgen runs show 20260904-1 --calls", "what was asked in one of them, and came back"),
    ]
)
@_number_option
@json_option
@setting_options("outputs")
def failed(*, number: int, as_json: bool, **flags: object) -> None:
    """List runs that a model was asked in and that gave no draft, the newest first.

    Of each essay the last one, unless a draft was made since. Their prompts and replies are kept.
    """
    settings = current_settings(flags)
    found = _on_record(settings, lambda ledger: ledger.all_failed(limit=number))
    if as_json:
        records = [each.model_dump(mode="json") for each in found]
        printing.out_json({"schema_version": SCHEMA_VERSION, "failed": records})
        return
    for each in found:
        source = printing.shown_name(each.essay_source)
        told = f"{printing.one_line(each.message)} [{each.code}]"
        printing.out("  ".join((each.id, each.started[:19], source, told)))
    if not found:
        printing.note(f"no failed runs in {settings.ledger_path}")


@command.command(
    examples=[
        ("scriptgen runs show last", "the newest run"),
        ("scriptgen runs show 20260904-1 --json", "all of the run whose id begins so"),
        ("scriptgen runs show last --draft", "the draft as it was written"),
        ("scriptgen runs show last --calls", "the prompts as they were sent, and the replies"),
    ]
)
@click.argument("run_id", metavar="ID|last")
@click.option("--draft", "only_draft", is_flag=True, help="Print the draft and nothing else.")
@click.option("--calls", "only_calls", is_flag=True, help="Print what was asked and came back.")
@json_option
@setting_options("outputs")
def show(
    run_id: str, *, only_draft: bool, only_calls: bool, as_json: bool, **flags: object
) -> None:
    """Show one run: what went in, who wrote it, what it took, what was found.

    ID may be that of a failed run, see `scriptgen runs failed`; where no run gave a draft, last
    is the last of these.
    """
    with _recorded(run_id, current_settings(flags)) as (run, ledger):
        if only_calls and as_json:
            calls = calls_record(run.calls, ledger)
            printing.out_json({"schema_version": SCHEMA_VERSION, "id": run.id, "calls": calls})
        elif only_calls:
            for line in calls_sheet(run.calls, ledger):
                printing.out(line)
        elif as_json:
            printing.out_json(run.model_dump(mode="json"))
        elif only_draft:
            printing.out_exact(_with_draft(run).draft)
        else:
            for line in run_sheet(run):
                printing.out(line)


@command.command(
    examples=[
        ("scriptgen runs replay last", "the draft of the newest run, made again"),
        ("scriptgen runs replay 20260904-1 -o again.fountain", "into a file"),
    ]
)
@click.argument("run_id", metavar="ID|last")
@click.option("-o", "--output", metavar="FILE|-", help="Where the draft goes [standard output].")
@click.option(
    "--outputs",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the drafts and their record are [outputs].",
)
@json_option
def replay(run_id: str, *, output: str | None, as_json: bool, **flags: object) -> int:
    """Make the draft of a run again from the record.

    The ledger keeps the essay, the prompts as they were sent and the raw replies, so neither a
    server nor a key, the templates or the essay's file are needed, and nothing is spent. The draft
    is printed and compared with the recorded one. Exit 1 where they differ, as when another version
    of scriptgen made the run; 2 where the ledger does not hold all it takes.
    """
    from scriptgen.drafting import replay as made_again

    with _recorded(run_id, current_settings(flags)) as (run, ledger):
        replayed = made_again(_with_draft(run), ledger)
    if as_json:
        printing.out_json(_replay_record(replayed))
    if replayed.draft is not None and output not in (None, "-"):
        from scriptgen.exporting.files import publish_export

        done = publish_export(replayed.draft.encode(), "fountain", Path(str(output)))
        place = printing.shown_name(str(Path(str(output)).with_name(done.path.name)))
        if as_json:
            printing.note(f"the draft is {place}")
        else:
            printing.out(place)
    elif replayed.draft is not None and not as_json:
        printing.out_exact(replayed.draft)
    _tell_replay(replayed)
    return 0 if replayed.same else 1


def _on_record(settings: Settings, look: Callable[[Ledger], Iterable[T]]) -> list[T]:
    """What ``look`` finds in the ledger; nothing where there is none yet."""
    from scriptgen.ledger import Ledger

    if not settings.ledger_path.exists():
        return []
    with Ledger.open(settings.ledger_path, create=False) as ledger:
        return list(look(ledger))


@contextmanager
def _recorded(run_id: str, settings: Settings) -> Iterator[tuple[Run | Failed, Ledger]]:
    """The run called ``run_id`` and the open ledger; raises `InputError` where there is none."""
    from scriptgen.errors import InputError
    from scriptgen.ledger import Ledger

    if settings.ledger_path.exists():
        with Ledger.open(settings.ledger_path, create=False) as ledger:
            run = ledger.run(run_id) or ledger.failed(run_id)
            if run is None and run_id == "last":
                run = next(ledger.all_failed(limit=1), None)
            if run is not None:
                yield run, ledger
                return
    raise InputError(
        "E_SOURCE",
        f"no run {run_id!r} (or more than one begins so)",
        where=str(settings.ledger_path),
        hint="scriptgen runs list",
    )


def _with_draft(run: Run | Failed) -> Run:
    """The run; raises `InputError` for one that gave no draft."""
    from scriptgen.errors import InputError
    from scriptgen.run import Run

    if isinstance(run, Run):
        return run
    raise InputError(
        "E_RECORD",
        f"run {run.id} gave no draft: {run.message} [{run.code}]",
        hint=f"scriptgen runs show {run.id} --calls shows what was asked and came back",
    )


def _replay_record(replayed: Replay) -> dict[str, object]:
    run = replayed.run
    return {
        "schema_version": SCHEMA_VERSION,
        "id": run.id,
        "same": replayed.same,
        "version": replayed.version,
        "recorded_version": run.version,
        "draft": replayed.draft,
        "refused": replayed.refused,
        "unasked": [call.purpose for call in replayed.unasked],
        "difference": [] if replayed.same else replayed.difference(),
    }


def _tell_replay(replayed: Replay) -> None:
    run = replayed.run
    if replayed.same:
        calls = printing.counted(len(run.calls), "recorded call")
        source = f"from {calls}" if run.calls else "from the essay alone"
        printing.note(f"the same draft as on record, byte for byte, {source}")
    elif replayed.refused is not None:
        refused = f"scriptgen {replayed.version} publishes no draft of these replies"
        printing.tell("differs", f"{refused}: {replayed.refused}", "33")
    else:
        versions = f"scriptgen {replayed.version} makes another draft than {run.version} made"
        printing.tell("differs", versions, "33")
        lines = replayed.difference()
        for line in lines[:SHOWN_LINES]:
            printing.note(printing.one_line(line))
        if len(lines) > SHOWN_LINES:
            printing.note(f"... {printing.counted(len(lines) - SHOWN_LINES, 'line')} more")
    for call in replayed.unasked:
        printing.note(f"not asked for this time: the recorded {call.purpose}")
    if not replayed.same:
        printing.note(f"hint: scriptgen runs show {run.id} --draft prints the recorded one")
