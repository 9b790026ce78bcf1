"""``scriptgen batch``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.findings import tell_findings
from scriptgen.cli.options import WRITING, setting_options, tell_idle
from scriptgen.cli.program import Command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.batch import BatchOptions, BatchResult
    from scriptgen.cli.batch_report import Told
    from scriptgen.cli.means import Prepared
    from scriptgen.ledger import Ledger
    from scriptgen.reader import EssaySource, Listing

DEFAULT_SOURCE = "seeds"


@click.command(
    cls=Command,
    examples=[
        ("scriptgen batch", "a draft of every essay in seeds/"),
        ("scriptgen batch reviews/ 'old/**/*.md' more.jsonl", "a folder, a glob, rows with a text"),
        ("scriptgen batch --status", "how far it is; nothing is drafted"),
        ("scriptgen batch --model NAME -j 8", "by a model, eight essays at a time"),
        ("scriptgen batch --json > drafts.jsonl", "one JSON document for each essay"),
    ],
)
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@setting_options("outputs", "jobs", *WRITING)
@click.option("--retry-failed", is_flag=True, help="Ask again for what failed for good.")
@click.option("--fresh", is_flag=True, help="Make all drafts anew, even those on record.")
@click.option(
    "--force", is_flag=True, help="Replace drafts that would be kept; they are backed up."
)
@click.option("--follow-symlinks", is_flag=True, help="Follow links that lead out of a folder.")
@click.option("--status", is_flag=True, help="Print how far the batch is, and stop.")
@click.option("--dry-run", is_flag=True, help="Print what would be drafted, and stop.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines: one document for each essay.")
def command(
    sources: tuple[str, ...],
    *,
    retry_failed: bool,
    fresh: bool,
    force: bool,
    follow_symlinks: bool,
    status: bool,
    dry_run: bool,
    as_json: bool,
    **flags: object,
) -> int:
    """Draft a whole folder of essays, and go on where it stopped.

    SOURCE is a file, a folder, a glob, a .jsonl file with a text in each row, or - for a list of
    paths on standard input; without one it is seeds/. What is done is not done again. Prints the
    path of each draft, also of those that stood there already. Ctrl-C keeps what is finished, and
    the same command goes on from there. Exit 1 where essays failed or a draft has an error.
    """
    from scriptgen.batch import BatchOptions
    from scriptgen.cli.means import prepare
    from scriptgen.reader import find_essays

    if status and dry_run:
        raise click.UsageError(
            "--status and --dry-run do not go together", click.get_current_context()
        )
    prepared = prepare(flags, fresh=fresh)
    listing = find_essays(sources or (DEFAULT_SOURCE,), follow_symlinks=follow_symlinks)
    tell_findings("sources", listing.warnings)
    settings = prepared.settings
    options = BatchOptions(
        jobs=settings.jobs,
        force=force,
        retry_failed=retry_failed,
        encoding=settings.encoding,
        language=settings.language,
        max_bytes=settings.max_input_bytes,
    )
    if status or dry_run:
        from scriptgen.cli.forecast import print_plan, print_status

        (print_status if status else print_plan)(listing, prepared, options, as_json=as_json)
        return 0
    return _run(listing, prepared, options, flags, as_json=as_json)


def _run(
    listing: Listing,
    prepared: Prepared,
    options: BatchOptions,
    flags: Mapping[str, object],
    *,
    as_json: bool,
) -> int:
    from scriptgen.batch import exit_code
    from scriptgen.cli.batch_report import Told
    from scriptgen.cli.running import run_gently
    from scriptgen.ledger import Ledger
    from scriptgen.outputs import draft_paths

    outputs = prepared.settings.outputs
    names = [source.name for source in listing.essays]
    targets = {
        name: outputs / target for name, target in zip(names, draft_paths(names), strict=True)
    }
    with (
        Ledger.open(prepared.settings.ledger_path) as ledger,
        Told(targets, as_json=as_json) as told,
    ):
        result = run_gently(_batch(listing.essays, prepared, options, ledger, told))
    if prepared.settings.model is None:
        printing.note("written offline, from the essays alone; --model NAME lets a model write")
        tell_idle(flags)
    return exit_code(result)


async def _batch(
    essays: tuple[EssaySource, ...],
    prepared: Prepared,
    options: BatchOptions,
    ledger: Ledger,
    told: Told,
) -> BatchResult:
    from scriptgen.batch import arun_batch
    from scriptgen.cli.means import opened_means

    async with opened_means(prepared, ledger) as means:
        return await arun_batch(
            essays, means, outputs=prepared.settings.outputs, options=options, progress=told
        )
