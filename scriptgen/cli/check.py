"""``scriptgen check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from scriptgen.cli import printing
from scriptgen.cli.failures import explain
from scriptgen.cli.figures import figures_told
from scriptgen.cli.findings import finding_told, grouped, tell_findings
from scriptgen.cli.options import current_settings, json_option, setting_options
from scriptgen.cli.program import Command
from scriptgen.errors import ScriptgenError
from scriptgen.report import Severity

if TYPE_CHECKING:
    from scriptgen.checks import Fidelity, Writer
    from scriptgen.config import Settings
    from scriptgen.essay import Essay
    from scriptgen.report import Report

SCHEMA_VERSION = 1
STDIN = "-"
GRAVE = (Severity.ERROR, Severity.BLOCK)


class Checked(NamedTuple):
    """One draft and what was found in it, or why it could not be read."""

    draft: str
    code: int
    writer: Writer | None = None
    fidelity: Fidelity | None = None
    report: Report | None = None
    error: ScriptgenError | None = None


@click.command(
    cls=Command,
    examples=[
        ("scriptgen check draft.fountain", "the page as it stands"),
        ("scriptgen check draft.fountain --essay essay.txt", "and what it does to its essay"),
        ("scriptgen check mine.fdx --essay essay.txt --fidelity strict", "to the letter"),
        ("scriptgen check outputs/*.fountain --json", "several drafts, for a program"),
        ("scriptgen check - < draft.fountain", "a draft from standard input"),
    ],
)
@click.argument("drafts", metavar="DRAFT...", nargs=-1, required=True)
@click.option("--essay", metavar="ESSAY", help="What the draft was made of: a file, or -.")
@setting_options("fidelity", "pages", "encoding", "language")
@json_option
def command(drafts: tuple[str, ...], *, essay: str | None, as_json: bool, **flags: object) -> int:
    """Say what is wrong with drafts, whoever wrote them.

    DRAFT is a Fountain or .fdx file, or - for standard input. Without an essay the page is judged
    as it stands; with one also what it does to the essay: lines that are missing or altered,
    moments that are lost, things nobody gave it. A draft whose title page does not say that
    scriptgen wrote it is taken for a person's; one that was made offline is held to strict unless
    --fidelity says otherwise. Nothing is written and no model is asked. Exit 1 where a finding is
    an error, 2 where a file cannot be read.
    """
    from scriptgen.reader import read_essay

    wanted = list(dict.fromkeys(drafts))
    if essay is not None and len(wanted) > 1:
        raise click.UsageError(
            f"{len(wanted)} drafts are not of one essay", click.get_current_context()
        )
    if essay == STDIN and STDIN in wanted:
        raise click.UsageError(
            "draft and essay cannot both stand on standard input", click.get_current_context()
        )
    settings = current_settings(flags)
    source = None
    if essay is not None:
        source = read_essay(
            essay,
            encoding=settings.encoding,
            language=settings.language,
            max_bytes=settings.max_input_bytes,
        )
    asked = flags["fidelity"] is not None
    found = [_checked(each, source, settings, asked=asked) for each in wanted]
    if as_json:
        printing.out_json(
            {"schema_version": SCHEMA_VERSION, "checks": [_record(each, essay) for each in found]}
        )
    else:
        for each in found:
            _show(each)
    codes = [each.code for each in found]
    return codes[0] if len(set(codes)) == 1 else 1


def _checked(draft: str, essay: Essay | None, settings: Settings, *, asked: bool) -> Checked:
    """``asked``: whether the fidelity was asked for, and is not only what a file says."""
    from scriptgen.drafting import check, credited_writer
    from scriptgen.exporting import read_draft

    try:
        read = read_draft(draft, encoding=settings.encoding)
    except ScriptgenError as error:
        explain(error)
        return Checked(draft, error.exit_code, error=error)
    tell_findings(draft, (each for each in read.findings if each.severity is not Severity.INFO))
    writer = credited_writer(read.screenplay)
    fidelity = "strict" if writer == "offline" and not asked else settings.fidelity
    report = check(
        read.screenplay,
        essay=essay,
        fidelity=fidelity,
        pages=settings.pages,
        writer=writer,
        language=settings.language,
    )
    code = 1 if any(each.severity in GRAVE for each in report.findings) else 0
    return Checked(draft, code, writer, fidelity if essay else None, report)


def _show(checked: Checked) -> None:
    """The findings in the order of the page, those about the whole first, and the figures.

    To a person information is told, too: what of taste is a warning to a model is no more than
    that to a writer, and worth knowing.
    """
    report = checked.report
    if report is None:
        return
    name = "standard input" if checked.draft == STDIN else printing.shown_name(checked.draft)
    found = report.findings if checked.writer == "person" else report.telling()
    telling = sorted(found, key=lambda each: -1 if each.element is None else each.element)
    for finding in telling:
        printing.out(f"{name}: {finding.severity.value}: {finding_told(finding)}")
    counts = grouped(telling)
    told = f"{printing.counted(len(telling), 'finding')}{': ' if counts else ''}{counts}"
    printing.note(f"{name}: {told}")
    figures = figures_told(report.figures)
    if figures:
        printing.note(figures)


def _record(checked: Checked, essay: str | None) -> dict[str, Any]:
    error, report = checked.error, checked.report
    return {
        "draft": checked.draft,
        "essay": essay,
        "writer": checked.writer,
        "fidelity": checked.fidelity,
        "error": {"code": error.code, "message": str(error), "hint": error.hint} if error else None,
        "report": report.model_dump(mode="json") if report else None,
    }
