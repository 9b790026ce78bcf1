"""``scriptgen brief``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.findings import tell_findings
from scriptgen.cli.options import READING, current_settings, setting_options
from scriptgen.cli.page_file import page_target, put_page
from scriptgen.cli.program import Command
from scriptgen.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.brief import SceneBrief
    from scriptgen.cli.means import Prepared
    from scriptgen.drafting.enriching import EnrichedBrief
    from scriptgen.essay import Essay


@click.command(
    cls=Command,
    examples=[
        ("scriptgen brief essay.txt", "people, places, scenes, beats and lines"),
        ("scriptgen brief essay.txt | jq .scenes", "the same as JSON"),
        (
            "scriptgen brief essay.txt --html brief.html",
            "a page: what was taken, left out, and why",
        ),
        ("scriptgen brief essay.txt --enrich --model NAME", "with what a model finds beside"),
        ("scriptgen brief --schema", "the JSON Schema of it"),
    ],
)
@click.argument("essay", metavar="ESSAY", required=False)
@click.option(
    "--json/--text", "as_json", default=None, help="JSON, or a sheet to read [by terminal]."
)
@click.option(
    "--html", "page", metavar="FILE|-", help="Write the essay, marked up, and the sheet as a page."
)
@click.option("--force", is_flag=True, help="Replace a page that would be kept; it is backed up.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a brief and stop.")
@click.option("--enrich", is_flag=True, help="Ask a model what the parser missed; one call.")
@click.option("--fresh", is_flag=True, help="With --enrich: ask even if the reply is on record.")
@setting_options("model", "base_url", "api_key_env", "prompts", *READING)
def command(
    essay: str | None,
    *,
    as_json: bool | None,
    page: str | None,
    force: bool,
    schema: bool,
    enrich: bool,
    fresh: bool,
    **flags: object,
) -> None:
    """Show what the parser finds in an essay.

    On a terminal this is a sheet to read; into a pipe it is one JSON document, with the span of
    everything. With --html it is a page that shows the whole essay, what each piece of it became,
    and what was left out; the path of the page is printed. A page that was edited since it was
    written is kept, and the new one goes beside it. ESSAY may be -, for standard input.

    With --enrich a model is asked what the parser missed. It answers with claims and quotes; what
    the essay does not bear out word for word is dropped, and said so on standard error.
    """
    _refuse_what_does_not_fit(as_json=as_json, page=page, force=force, schema=schema)
    if fresh and not enrich:
        raise click.UsageError("--fresh is for --enrich", click.get_current_context())
    if schema:
        from scriptgen.brief import SceneBrief

        printing.out_json(SceneBrief.model_json_schema())
        return
    if essay is None:
        raise click.UsageError("missing argument ESSAY", click.get_current_context())
    from scriptgen.drafting import parse_essay
    from scriptgen.reader import read_essay

    target = page_target(page, "brief.html") if page not in (None, "-") else None
    prepared = _prepared(flags, fresh=fresh) if enrich else None
    settings = prepared.settings if prepared else current_settings(flags)
    read = read_essay(
        essay,
        encoding=settings.encoding,
        language=settings.language,
        max_bytes=settings.max_input_bytes,
    )
    tell_findings(read.source, read.warnings)
    found = _enriched(read, prepared) if prepared else parse_essay(read)
    if page is not None:
        from scriptgen.exports.brief_page import brief_page

        put_page(brief_page(read, found), target, force=force)
        return
    if as_json is None:
        as_json = not printing.is_terminal(sys.stdout)
    if as_json:
        printing.out_json(found.model_dump(mode="json"))
        return
    from scriptgen.cli.brief_sheet import sheet

    for row in sheet(read, found):
        printing.out_pieces(row)


def _prepared(flags: Mapping[str, object], *, fresh: bool) -> Prepared:
    """What a model is asked with; raises `SetupError` where none is named."""
    from scriptgen.cli.means import prepare

    prepared = prepare(flags, fresh=fresh)
    if prepared.settings.model is None:
        raise SetupError("E_CONFIG", "no model is named to ask", hint="add --model NAME")
    return prepared


def _enriched(essay: Essay, prepared: Prepared) -> SceneBrief:
    from scriptgen.cli.running import run_gently
    from scriptgen.ledger import Ledger

    async def ask(ledger: Ledger) -> EnrichedBrief:
        from scriptgen.cli.means import opened_means
        from scriptgen.drafting import enrich_essay

        async with opened_means(prepared, ledger) as means:
            return await enrich_essay(essay, means)

    with Ledger.open(prepared.settings.ledger_path) as ledger:
        found = run_gently(ask(ledger))
    tell_findings(essay.source, found.findings, with_evidence=True)
    return found.brief


def _refuse_what_does_not_fit(
    *, as_json: bool | None, page: str | None, force: bool, schema: bool
) -> None:
    context = click.get_current_context()
    if page is not None and (as_json is not None or schema):
        other = "--schema" if schema else "--json" if as_json else "--text"
        raise click.UsageError(f"--html and {other} do not go together", context)
    if force and page in (None, "-"):
        raise click.UsageError("--force is for a page in a file: --html FILE", context)
