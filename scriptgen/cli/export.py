"""``scriptgen export``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.findings import tell_findings
from scriptgen.cli.options import current_settings, setting_options
from scriptgen.cli.program import Command
from scriptgen.exporting import FORMATS
from scriptgen.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.config import Settings
    from scriptgen.exporting import ExportOptions
    from scriptgen.outputs import Published
    from scriptgen.report import Finding
    from scriptgen.screenplay import Screenplay

STDOUT = "-"


@click.command(
    cls=Command,
    examples=[
        ("scriptgen export draft.fountain --to pdf", "pages, as draft.pdf beside it"),
        ("scriptgen export draft.fountain -o pages.pdf --numbers", "with a number for each scene"),
        ("scriptgen export draft.fountain --to fdx", "for Final Draft: draft.fdx"),
        ("scriptgen export revised.fdx --to fountain", "back from Final Draft"),
        ("scriptgen export draft.fountain --to html", "one file for a browser or a phone"),
        ("scriptgen export draft.fountain --to pdf --trace --essay e.txt", "what is from where"),
        ("scriptgen export draft.fountain --to fountain -o -", "a strict copy of any Fountain"),
    ],
)
@click.argument("draft", metavar="DRAFT")
@click.option(
    "--to",
    "to",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)} [by the suffix of -o].",
)
@click.option("-o", "--output", metavar="FILE|-", help="Where it goes [beside the draft].")
@click.option("--outline", is_flag=True, help="Keep sections and synopses.")
@click.option("--notes", is_flag=True, help="Print the notes, too.")
@click.option("--numbers", is_flag=True, help="Give every scene a number.")
@click.option(
    "--essay", metavar="ESSAY", help="With --trace: what the draft was made of, to trace it to."
)
@click.option("--force", is_flag=True, help="Replace a file that would be kept; it is backed up.")
@click.option(
    "--strict-fonts", is_flag=True, help="Exit 1 where a character of the pages has no font."
)
@setting_options("paper", "trace", "encoding", "language")
def command(
    draft: str,
    *,
    to: str | None,
    output: str | None,
    outline: bool,
    notes: bool,
    numbers: bool,
    essay: str | None,
    force: bool,
    strict_fonts: bool,
    **flags: object,
) -> int:
    """Put a draft into another format.

    DRAFT is a Fountain file, as this program wrote it or as somebody edited it, an .fdx file of
    Final Draft, or - for standard input. The export goes beside it, and its path is printed. A file
    that stands there already and is not as this program made it is kept; the new one goes beside
    it. A character that no font has becomes a box on the page of a PDF, and is named. Exit 1 where
    a finding is an error.

    With --trace notes name the beats and lines of the brief that each part comes from, and say what
    is invented: those that stand in the draft, and with --essay those that code finds for the rest.
    PDF and HTML print these notes.
    """
    from scriptgen.exporting import export, names_sources, read_draft, refuse_blank
    from scriptgen.exporting.files import beside, publish_export

    to = to or _by_suffix(output)
    settings = current_settings(flags)
    target = None if output == STDOUT else Path(output) if output else beside(draft, to)
    if force and target is None:
        raise click.UsageError("--force is for a file: -o FILE", click.get_current_context())
    if essay is not None and not settings.trace:
        raise click.UsageError("--essay is for --trace", click.get_current_context())
    read = read_draft(draft, encoding=settings.encoding)
    tell_findings(draft, read.findings)
    page = read.screenplay if essay is None else _traced(read.screenplay, essay, settings)
    if settings.trace and not names_sources(page):
        printing.note("nothing says where the parts come from: --essay ESSAY traces them to it")
    options = replace(
        _options(settings),
        outline=outline,
        notes=notes,
        numbers=numbers,
        strict_fonts=strict_fonts,
    )
    refuse_blank(read, to, options)
    made = export(page, to, options)
    tell_findings(draft, made.findings, with_evidence=True)
    if target is None:
        _print(made.data, to)
    else:
        _tell_place(publish_export(made.data, to, target, force=force), target)
    return _exit_code(made.findings)


def _traced(page: Screenplay, essay: str, settings: Settings) -> Screenplay:
    from scriptgen.drafting import trace_draft
    from scriptgen.reader import read_essay

    read = read_essay(essay, language=settings.language, max_bytes=settings.max_input_bytes)
    return trace_draft(page, read).stamped


def _by_suffix(output: str | None) -> str:
    """The format that the name of the output tells; raises ``click.UsageError``."""
    suffix = PurePath(output or "").suffix.lower()
    for name, format_ in FORMATS.items():
        if format_.suffix == suffix:
            return name
    raise click.UsageError("missing option --to", click.get_current_context())


def _options(settings: Settings) -> ExportOptions:
    """What the settings say of an export."""
    from scriptgen.exporting import ExportOptions, continuations
    from scriptgen.layout import PAPERS

    return ExportOptions(
        trace=settings.trace,
        paper=PAPERS[settings.paper],
        words=continuations(settings.language),
        fallback_fonts=settings.font_fallback,
    )


def _print(data: bytes, to: str) -> None:
    """Print an export; raises ``click.UsageError`` for bytes that no terminal can show."""
    if FORMATS[to].is_text:
        printing.out_exact(data.decode())
        return
    if printing.is_terminal(sys.stdout):
        told = f"{to} is not for a terminal: -o FILE"
        raise click.UsageError(told, click.get_current_context())
    printing.out_bytes(data)


def _tell_place(done: Published, target: Path) -> None:
    printing.out(str(target.with_name(done.path.name)))
    if done.backup:
        printing.note(f"the file that stood there is now {printing.shown_name(str(done.backup))}")
    elif done.kept:
        printing.note(f"{printing.shown_name(str(target))} is not as it was written; it was kept")


def _exit_code(findings: Iterable[Finding]) -> int:
    grave = (Severity.ERROR, Severity.BLOCK)
    return 1 if any(finding.severity in grave for finding in findings) else 0
