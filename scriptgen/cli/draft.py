"""``scriptgen draft``."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scriptgen.cli import printing
from scriptgen.cli.failures import explain
from scriptgen.cli.figures import calls_told, figures_told
from scriptgen.cli.findings import grouped, tell_findings, tell_gravest
from scriptgen.cli.options import WRITING, json_option, setting_options, tell_idle
from scriptgen.cli.program import Command
from scriptgen.errors import FatalProviderError, InputError, OutputError, ScriptgenError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scriptgen.cli.means import Prepared
    from scriptgen.drafting import Means
    from scriptgen.essay import Essay
    from scriptgen.ledger import Ledger
    from scriptgen.run import Run

SCHEMA_VERSION = 1
STDIN_NAME = "stdin"
GRAVE = ("error", "block")
EDITED = "edited since; kept"


@dataclass(frozen=True, slots=True)
class Order:
    """One essay as it was named, and the draft that was asked for.

    ``target``: relative to ``root``; both ``None`` for a draft on standard output.
    """

    essay: str
    root: Path | None
    target: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one order; ``run`` is ``None`` where it failed.

    ``edited``: the draft stood there, and was edited since it was written; ``backup``: where a
    draft that was replaced was moved.
    """

    order: Order
    code: int
    status: str
    run: Run | None = None
    path: Path | None = None
    error: ScriptgenError | None = None
    edited: bool = False
    backup: Path | None = None


@click.command(
    cls=Command,
    examples=[
        ("scriptgen draft essay.txt", "writes outputs/essay.fountain, without a model"),
        ("scriptgen draft essay.txt -o -", "the draft on standard output"),
        ("scriptgen draft essay.txt --model NAME", "let a model write it"),
        ("scriptgen draft a.txt b.md -o drafts", "two essays, another folder"),
        ("scriptgen draft - -o script.fountain", "an essay from standard input"),
    ],
)
@click.argument("essays", metavar="ESSAY...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR|-",
    help="A .fountain file, a folder, or - for standard output [outputs].",
)
@setting_options(*WRITING, "live")
@click.option("--fresh", is_flag=True, help="Make it anew even if it is on record.")
@click.option("--force", is_flag=True, help="Replace a draft that would be kept; it is backed up.")
@json_option
def command(
    essays: tuple[str, ...],
    *,
    output: str | None,
    fresh: bool,
    force: bool,
    as_json: bool,
    **flags: object,
) -> int:
    """Turn essays into screenplay drafts.

    Without a model the draft is made offline, from the essay alone: no key is needed and nothing
    is spent. On a terminal the page of a single essay is shown as a model writes it, before it is
    read and checked. ESSAY may be -, for standard input. Prints the path of each draft. A draft
    that was edited since it was written is kept, and the new one goes beside it; so is a model's
    draft where the new one is made offline. Exit 1 where a check found an error in a draft, 4
    where the model's server failed, 5 where its reply cannot be used.
    """
    from scriptgen.cli.means import prepare
    from scriptgen.cli.running import run_gently

    wanted = list(dict.fromkeys(essays))
    single_file = output is not None and output.endswith(".fountain") and not Path(output).is_dir()
    if len(wanted) > 1 and (output == "-" or single_file):
        raise click.UsageError(
            f"{len(wanted)} essays do not go into one output", click.get_current_context()
        )
    if output not in (None, "-") and not single_file:
        _refuse_other_kinds(str(output))
        flags["outputs"] = output
    prepared = prepare(flags, fresh=fresh)
    if output == "-":
        orders = [Order(wanted[0], None, None)]
    elif output is not None and single_file:
        orders = [Order(wanted[0], Path(output).parent, Path(output).name)]
    else:
        orders = _orders(wanted, prepared.settings.outputs)
    # Inside the loop a Ctrl-C only asks, and nobody hears it while the whole program waits.
    read = {"-": _read_or_error("-", prepared)} if "-" in wanted else {}
    results = run_gently(_draft_all(orders, prepared, read, force=force, as_json=as_json))
    if as_json:
        printing.out_json(
            {"schema_version": SCHEMA_VERSION, "drafts": [_record(result) for result in results]}
        )
    if prepared.settings.model is None and any(result.run for result in results):
        printing.note("written offline, from the essay alone; --model NAME lets a model write")
        tell_idle(flags)
    return exit_code([result.code for result in results])


def _refuse_other_kinds(output: str) -> None:
    """Raise `InputError` for what looks like a file of a kind that is not written."""
    looks_like_a_file = re.search(r"[^/.\\]\.[A-Za-z][A-Za-z0-9]{0,9}\Z", output)
    if looks_like_a_file and not Path(output).is_dir():
        name = printing.shown_name(output)
        raise InputError(
            "E_USAGE",
            "a draft is a .fountain file",
            where=output,
            hint=f"-o {printing.shown_name(str(Path(output).with_suffix('.fountain')))},"
            f" or -o {name}/ for a folder of that name",
        )


def exit_code(codes: Sequence[int]) -> int:
    """The code of all together: their own where they agree, else 1."""
    return codes[0] if len(set(codes)) == 1 else 1


def _orders(essays: list[str], outputs: Path) -> list[Order]:
    from scriptgen.outputs import draft_paths
    from scriptgen.reader import EssaySource, shown
    from scriptgen.reader.listing import distinct

    named, _ = distinct(
        [
            EssaySource(STDIN_NAME if essay == "-" else shown(Path(essay).stem or essay), essay)
            for essay in essays
        ]
    )
    targets = draft_paths([source.name for source in named])
    return [Order(essay, outputs, target) for essay, target in zip(essays, targets, strict=True)]


async def _draft_all(
    orders: list[Order],
    prepared: Prepared,
    read: Mapping[str, Essay | ScriptgenError],
    *,
    force: bool,
    as_json: bool,
) -> list[Result]:
    """What became of each order; ``read``: what was read beforehand, by the name it was asked."""
    from scriptgen.cli.live_page import live_page
    from scriptgen.cli.means import opened_means
    from scriptgen.outputs import preflight

    for root in dict.fromkeys(order.root for order in orders):
        if root is not None:
            preflight(root)
    results = []
    with ExitStack() as stack:
        ledger = _ledger(prepared, stack, needed=orders[0].root is not None)
        page = live_page(prepared.settings) if len(orders) == 1 and not as_json else None
        async with opened_means(prepared, ledger, page=page) as means:
            for order in orders:
                essay = read.get(order.essay) or _read_or_error(order.essay, prepared)
                if isinstance(essay, ScriptgenError):
                    result = Result(order, essay.exit_code, "failed", error=essay)
                else:
                    result = await _draft_one(order, essay, means, force=force)
                _tell(result, as_json=as_json)
                results.append(result)
                if result.error is not None and _ends_all(result.error):
                    break
    return results


def _ends_all(error: ScriptgenError) -> bool:
    """Whether no essay after this one can be asked for either."""
    return isinstance(error, FatalProviderError) or error.code == "E_BUDGET"


def _ledger(prepared: Prepared, stack: ExitStack, *, needed: bool) -> Ledger | None:
    """The ledger; a draft for standard output that costs nothing can do without one."""
    from scriptgen.ledger import Ledger

    try:
        return stack.enter_context(Ledger.open(prepared.settings.ledger_path))
    except OutputError as error:
        if needed or prepared.settings.model is not None:
            raise
        printing.tell("warning", f"no record is kept: {error}", "33")
        return None


async def _draft_one(order: Order, essay: Essay, means: Means, *, force: bool) -> Result:
    from scriptgen.drafting import adraft, draft_file

    try:
        if order.root is None or order.target is None:
            run = await adraft(
                essay,
                options=means.options,
                model=means.model,
                origin=means.origin,
                ledger=means.ledger,
                templates=means.templates,
            )
            return Result(order, _code(run), "written", run)
        outcome = await draft_file(essay, means, root=order.root, target=order.target, force=force)
    except ScriptgenError as error:
        return Result(order, error.exit_code, "failed", error=error)
    # A draft that stood there may be on record with a path from another working folder.
    path = order.root / Path(order.target).with_name(outcome.path.name)
    return Result(
        order,
        _code(outcome.run),
        outcome.done.value,
        outcome.run,
        path,
        edited=outcome.edited,
        backup=outcome.backup,
    )


def _read_or_error(name: str, prepared: Prepared) -> Essay | ScriptgenError:
    from scriptgen.reader import read_essay

    try:
        return read_essay(
            name,
            encoding=prepared.settings.encoding,
            language=prepared.settings.language,
            max_bytes=prepared.settings.max_input_bytes,
        )
    except ScriptgenError as error:
        if name == "-" or not Path(name).is_dir():
            return error
        hint = f"scriptgen batch {printing.shown_name(name)} drafts every essay in it"
        return InputError(error.code, "is a folder", where=error.where, hint=hint)


def _code(run: Run) -> int:
    return 1 if any(finding.severity in GRAVE for finding in run.report.findings) else 0


def _tell(result: Result, *, as_json: bool) -> None:
    if result.error is not None:
        explain(result.error)
        return
    run = result.run
    if run is None:
        return
    if not as_json:
        if result.path is None:
            printing.out_exact(run.draft)
        else:
            printing.out(str(result.path))
    # The run may be on record for another essay with the same words.
    name = "standard input" if result.order.essay == "-" else result.order.essay
    tell_gravest(name, run.report.telling())
    # A call that changed nothing was paid for all the same.
    tell_findings(name, (each for each in run.report.findings if each.code == "W_REVISION"))
    status = f"{result.status} ({EDITED})" if result.edited else result.status
    shown = printing.shown_name(name)
    printing.note(f"{shown}: {status}, {told(run)}")
    counted = "; ".join(filter(None, (figures_told(run.report.figures), calls_told(run))))
    printing.note(f"{shown}: {counted}")
    if result.backup:
        backup = printing.shown_name(str(result.backup))
        printing.note(f"{shown}: the draft that stood there is now {backup}")


def told(run: Run) -> str:
    """A draft in one phrase: scenes, findings by their codes, and who wrote it."""
    writer = printing.one_line(f"model {run.model}") if run.model else "offline"
    scenes = printing.counted(int(run.report.figures.get("scenes", 0)), "scene")
    telling = run.report.telling()
    codes = grouped(telling)
    findings = f"{printing.counted(len(telling), 'finding')}{': ' if codes else ''}{codes}"
    return f"{scenes}, {findings} ({writer})"


def _record(result: Result) -> dict[str, Any]:
    run, error = result.run, result.error
    without = {"draft"} if result.path else set()
    return {
        "essay": result.order.essay,
        "status": result.status,
        "path": str(result.path) if result.path else None,
        "backup": str(result.backup) if result.backup else None,
        "error": {"code": error.code, "message": str(error), "hint": error.hint} if error else None,
        "run": run.model_dump(mode="json", exclude=without) if run else None,
    }
