"""``scriptgen stats``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.findings import tell_findings
from scriptgen.cli.options import current_settings, setting_options
from scriptgen.cli.program import Command

if TYPE_CHECKING:
    from scriptgen.stats import Stats

STDOUT = "-"


@click.command(
    cls=Command,
    examples=[
        ("scriptgen stats draft.fountain", "pages, scenes, places, people, longest speeches"),
        ("scriptgen stats draft.fountain --json | jq .characters", "the same as JSON"),
        ("scriptgen stats draft.fdx --csv > draft.csv", "for a spreadsheet"),
        ("scriptgen stats draft.fountain --chart who.svg", "who is in which scene, as a picture"),
    ],
)
@click.argument("draft", metavar="DRAFT")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--csv", "as_csv", is_flag=True, help="One table; the first column says of what.")
@click.option("--chart", metavar="FILE|-", help="Write who is in which scene as an SVG picture.")
@click.option("--force", is_flag=True, help="Replace a picture that was edited; it is backed up.")
@setting_options("paper", "encoding")
def command(
    draft: str, *, as_json: bool, as_csv: bool, chart: str | None, force: bool, **flags: object
) -> None:
    """Count what a draft is made of.

    DRAFT is a Fountain or .fdx file, or - for standard input. Pages are those of the exports; a
    page is about a minute. Somebody is in a scene who speaks in it or whom its action names. With
    --chart the path of the picture is printed, and the figures only if --json or --csv asks for
    them.
    """
    from scriptgen.exporting import ExportOptions, figures, read_draft
    from scriptgen.layout import PAPERS
    from scriptgen.stats import chart as drawn
    from scriptgen.stats import csv_table

    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both", click.get_current_context())
    if force and chart in (None, STDOUT):
        told = "--force is for a picture in a file: --chart FILE"
        raise click.UsageError(told, click.get_current_context())
    settings = current_settings(flags)
    read = read_draft(draft, encoding=settings.encoding)
    tell_findings(draft, read.findings)
    stats = figures(read.screenplay, ExportOptions(paper=PAPERS[settings.paper]))
    if chart == STDOUT:
        printing.out_exact(drawn(stats))
    elif chart is not None:
        _write(drawn(stats), Path(chart), force=force)
    if as_json:
        printing.out_json(stats.model_dump(mode="json"))
    elif as_csv:
        printing.out_exact(csv_table(stats))
    elif chart is None:
        _show(stats)


def _show(stats: Stats) -> None:
    from scriptgen.cli.stats_sheet import sheet

    for row in sheet(stats):
        printing.out_pieces(row)


def _write(picture: str, target: Path, *, force: bool) -> None:
    from scriptgen.errors import InputError
    from scriptgen.outputs import publish, sealed, sealed_sha256

    if target.is_dir():
        raise InputError(
            "E_USAGE",
            "is a folder, and one picture is one file",
            where=printing.shown_name(str(target)),
            hint=f"--chart {printing.shown_name(str(target / 'scenes.svg'))}",
        )
    done = publish(
        target.parent,
        target.name,
        sealed(picture),
        written_sha256=sealed_sha256(target),
        force=force,
    )
    printing.out(str(target.with_name(done.path.name)))
    if done.backup:
        printing.note(
            f"the picture that stood there is now {printing.shown_name(str(done.backup))}"
        )
    elif done.kept:
        printing.note(f"{printing.shown_name(str(target))} is not as it was written; it was kept")
