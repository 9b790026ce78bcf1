"""The formats a draft can be exported to, each loaded when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.errors import InputError
from scriptgen.exporting.fdx import fdx_of
from scriptgen.exporting.fountain import fountain_of
from scriptgen.exporting.html import html_of
from scriptgen.exporting.options import Export, ExportOptions, printed
from scriptgen.exporting.pdf import pdf_of
from scriptgen.exporting.sources import with_source_notes
from scriptgen.outputs import MARKUP, PDF
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Note, PageBreak, Section, Synopsis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scriptgen.exporting.drafts import Draft
    from scriptgen.outputs import Seal
    from scriptgen.screenplay import Screenplay


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its files end, what makes one, and the seal they bear.

    ``make`` gets the screenplay as the page can hold it. ``seal``: ``None`` for what has no place
    for one; such a file is never replaced unasked. ``keeps_outline``: sections and synopses have
    a place in it. ``is_text``: UTF-8, which a terminal can show. ``is_paged``: it has pages, which
    may not all be blank.
    """

    suffix: str
    make: Callable[[Screenplay, ExportOptions], Export]
    seal: Seal | None = None
    keeps_outline: bool = True
    is_text: bool = True
    is_paged: bool = False


def export(screenplay: Screenplay, to: str, options: ExportOptions | None = None) -> Export:
    """A screenplay in the format ``to``, a key of `FORMATS`.

    Raises `InputError` (``E_USAGE``) for a format that is none, and `SetupError` (``E_EXTRA``)
    where an optional package is missing.
    """
    if to not in FORMATS:
        raise InputError(
            "E_USAGE", f"no format is called {to[:40]!r}", hint=f"one of {', '.join(FORMATS)}"
        )
    chosen = options or ExportOptions()
    page, changed = printed(screenplay)
    left_out: tuple[Finding, ...] = ()
    if not chosen.outline:
        page, left_out = _without_outline(page, told=FORMATS[to].keeps_outline)
    if chosen.trace and FORMATS[to].is_paged:
        page = with_source_notes(page, notes=chosen.notes)
        chosen = replace(chosen, notes=True)
    made = FORMATS[to].make(page, chosen)
    return Export(made.data, (*changed, *left_out, *made.findings))


def refuse_blank(draft: Draft, to: str, options: ExportOptions) -> None:
    """Raise `InputError` (``E_EMPTY``) for a draft of which nothing would stand on a page."""
    unprinted = (Section, Synopsis, PageBreak, *(() if options.notes else (Note,)))
    page = draft.screenplay
    blank = not page.title_page and all(isinstance(each, unprinted) for each in page.elements)
    if blank and to in FORMATS and FORMATS[to].is_paged:
        raise InputError(
            "E_EMPTY",
            "nothing to print is in it",
            where=draft.source,
            hint="name a draft with a scene",
        )


def _without_outline(page: Screenplay, *, told: bool) -> tuple[Screenplay, tuple[Finding, ...]]:
    outline = [each for each in page.elements if isinstance(each, Section | Synopsis)]
    if not outline:
        return page, ()
    kept = tuple(each for each in page.elements if not isinstance(each, Section | Synopsis))
    finding = Finding(
        code="W_OUTLINE",
        severity=Severity.INFO,
        message="sections and synopses were left out; --outline keeps them",
        evidence=outline[0].text,
        count=len(outline),
    )
    return page.model_copy(update={"elements": kept}), (finding,) if told else ()


FORMATS: Mapping[str, Format] = {
    "fountain": Format(".fountain", fountain_of),
    "fdx": Format(".fdx", fdx_of, seal=MARKUP),
    "html": Format(".html", html_of, seal=MARKUP, is_paged=True),
    "pdf": Format(".pdf", pdf_of, seal=PDF, keeps_outline=False, is_text=False, is_paged=True),
}
"""Name of a format, as ``--to`` takes it, to how it is made."""
