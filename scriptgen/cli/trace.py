"""``scriptgen trace``."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from scriptgen.cli import printing
from scriptgen.cli.figures import figures_told
from scriptgen.cli.findings import tell_findings
from scriptgen.cli.options import current_settings, json_option, setting_options
from scriptgen.cli.page_file import page_target, put_page
from scriptgen.cli.program import Command
from scriptgen.report import Severity

if TYPE_CHECKING:
    from scriptgen.drafting import TracedDraft
    from scriptgen.report import Report

SCHEMA_VERSION = 1
STDIN = "-"


@click.command(
    cls=Command,
    examples=[
        ("scriptgen trace draft.fountain --essay essay.txt", "each line, and where it comes from"),
        (
            "scriptgen trace draft.fountain --essay essay.txt --html trace.html",
            "essay and page side by side",
        ),
        ("scriptgen trace mine.fdx --essay essay.txt --json", "the same for a program"),
    ],
)
@click.argument("draft", metavar="DRAFT")
@click.option("--essay", metavar="ESSAY", required=True, help="What the draft was made of.")
@click.option(
    "--html", "page", metavar="FILE|-", help="Write essay and page, side by side, as a page."
)
@click.option("--force", is_flag=True, help="Replace a page that would be kept; it is backed up.")
@setting_options("fidelity", "encoding", "language")
@json_option
def command(
    draft: str, *, essay: str, page: str | None, force: bool, as_json: bool, **flags: object
) -> None:
    """Show where each line of a draft comes from.

    DRAFT is a Fountain or .fdx file, whoever wrote or edited it, or - for standard input. Under
    each line of the page stand the beats and lines of the essay that it plays, or that it was
    invented. With --html it is a page that shows both, each line leading to its source and back,
    with what `check` finds at its line; the path of the page is printed. No model is asked.
    """
    from scriptgen.drafting import check, credited_writer, trace_draft
    from scriptgen.exporting import read_draft
    from scriptgen.reader import read_essay

    context = click.get_current_context()
    if page is not None and as_json:
        raise click.UsageError("--html and --json do not go together", context)
    if force and page in (None, STDIN):
        raise click.UsageError("--force is for a page in a file: --html FILE", context)
    if draft == STDIN == essay:
        raise click.UsageError("draft and essay cannot both stand on standard input", context)
    target = page_target(page, "trace.html") if page not in (None, STDIN) else None
    settings = current_settings(flags)
    source = read_essay(
        essay,
        encoding=settings.encoding,
        language=settings.language,
        max_bytes=settings.max_input_bytes,
    )
    read = read_draft(draft, encoding=settings.encoding)
    tell_findings(draft, (each for each in read.findings if each.severity is not Severity.INFO))
    writer = credited_writer(read.screenplay)
    strict = writer == "offline" and flags["fidelity"] is None
    found = trace_draft(read.screenplay, source)
    report = check(
        found.screenplay,
        found.brief,
        essay=found.essay,
        fidelity="strict" if strict else settings.fidelity,
        writer=writer,
        trace=found.trace,
    )
    if page is not None:
        from scriptgen.exports.trace_page import trace_page

        name = "standard input" if draft == STDIN else PurePath(draft).name
        told = trace_page(
            found.essay,
            found.brief,
            found.screenplay,
            found.trace,
            found.spans,
            report=report,
            draft=name,
            figures=figures_told(report.figures),
        )
        put_page(told, target, force=force)
    elif as_json:
        printing.out_json(_record(draft, found, report))
    else:
        from scriptgen.cli.trace_sheet import trace_sheet

        for row in trace_sheet(found, report):
            printing.out_pieces(row)


def _record(draft: str, found: TracedDraft, report: Report) -> dict[str, Any]:
    from scriptgen.exports.trace_page import sources_of, told_pieces

    sources = sources_of(found.trace, found.brief, found.spans)
    told = told_pieces(found.trace, found.screenplay, sources)
    counts = Counter(found.trace.origins(found.screenplay))
    return {
        "schema_version": SCHEMA_VERSION,
        "draft": draft,
        "essay": {"source": found.essay.source, "id": found.essay.id},
        "counts": {origin.value: number for origin, number in sorted(counts.items())},
        "pieces": [
            {
                "number": one.number,
                "element": index,
                "type": found.screenplay.elements[index].type,
                "start": one.piece.start,
                "end": one.piece.end,
                "text": one.text,
                "origin": one.origin.value,
                "sources": list(one.piece.sources),
            }
            for index, pieces in told.items()
            for one in pieces
        ],
        "sources": [
            {
                "id": source.id,
                "kind": source.kind,
                "spans": [span.model_dump(mode="json") for span in source.spans],
                "pieces": list(source.pieces),
            }
            for source in sources.values()
        ],
        "report": report.model_dump(mode="json"),
    }
