"""What an export can be told, and the page it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.layout import ENGLISH, LETTER

if TYPE_CHECKING:
    from scriptgen.layout import Continuations, Layout, Paper
    from scriptgen.report import Finding
    from scriptgen.screenplay import Screenplay


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a draft is to be exported; a format heeds what it can.

    ``outline``: keep sections and synopses; ``trace``: say in notes which beats and lines each
    part comes from, and what is invented; a paged format prints these notes; ``numbers``: give
    every scene a number; ``notes``: print the notes on the pages; ``paper``: of the pages;
    ``words``: what stands where a page parts a speech; ``strict_fonts``: a character that no
    font has is an error; ``fallback_fonts``: paths of font files that are asked first for
    characters that Courier Prime lacks.
    """

    outline: bool = False
    trace: bool = False
    numbers: bool = False
    notes: bool = False
    paper: Paper = LETTER
    words: Continuations = ENGLISH
    strict_fonts: bool = False
    fallback_fonts: tuple[str, ...] = ()


class Export(NamedTuple):
    """The bytes of an exported draft, and what there is to say about them."""

    data: bytes
    findings: tuple[Finding, ...] = ()


def printed(screenplay: Screenplay) -> tuple[Screenplay, tuple[Finding, ...]]:
    """The screenplay as a page can hold it, and what was changed for that.

    One without a title page gets none.
    """
    from scriptgen.fountain import printable_with_findings

    page, findings = printable_with_findings(screenplay)
    if not screenplay.title_page:
        page = page.model_copy(update={"title_page": ()})
        findings = tuple(found for found in findings if "got a title" not in found.message)
    return page, tuple(findings)


def paginated(screenplay: Screenplay, options: ExportOptions) -> Layout:
    """The pages of a printed screenplay, the same for PDF, HTML and every count of pages."""
    from scriptgen.layout import paginate

    return paginate(
        screenplay,
        options.paper,
        numbers=options.numbers,
        notes=options.notes,
        words=options.words,
    )


def continuations(language: str | None) -> Continuations:
    """(MORE) and (CONT'D) as the pack of a language has them, else in English."""
    from scriptgen.catalog import language_pack
    from scriptgen.layout import Continuations

    words = language_pack(language).maps.get("page", {}) if language else {}
    return Continuations(
        more=words.get("more", ENGLISH.more), continued=words.get("continued", ENGLISH.continued)
    )
