"""``scriptgen brief``."""

from __future__ import annotations

import sys

import click

from scriptgen.cli import printing
from scriptgen.cli.findings import tell_findings
from scriptgen.cli.options import READING, current_settings, setting_options
from scriptgen.cli.program import Command


@click.command(
    cls=Command,
    examples=[
        ("scriptgen brief essay.txt", "people, places, scenes, beats and lines"),
        ("scriptgen brief essay.txt | jq .scenes", "the same as JSON"),
        ("scriptgen brief --schema", "the JSON Schema of it"),
    ],
)
@click.argument("essay", metavar="ESSAY", required=False)
@click.option(
    "--json/--text", "as_json", default=None, help="JSON, or a sheet to read [by terminal]."
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a brief and stop.")
@setting_options(*READING)
def command(essay: str | None, *, as_json: bool | None, schema: bool, **flags: object) -> None:
    """Show what the parser finds in an essay.

    On a terminal this is a sheet to read; into a pipe it is one JSON document, with the span of
    everything. ESSAY may be -, for standard input.
    """
    if schema:
        from scriptgen.brief import SceneBrief

        printing.out_json(SceneBrief.model_json_schema())
        return
    if essay is None:
        raise click.UsageError("missing argument ESSAY", click.get_current_context())
    from scriptgen.drafting import parse_essay
    from scriptgen.reader import read_essay

    settings = current_settings(flags)
    read = read_essay(
        essay,
        encoding=settings.encoding,
        language=settings.language,
        max_bytes=settings.max_input_bytes,
    )
    tell_findings(read.source, read.warnings)
    found = parse_essay(read)
    if as_json is None:
        as_json = not printing.is_terminal(sys.stdout)
    if as_json:
        printing.out_json(found.model_dump(mode="json"))
        return
    from scriptgen.cli.brief_sheet import sheet

    for line in sheet(found):
        printing.out(line)
