"""A page before the checks: with all they can be given, and each finding in its scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks import check_screenplay
from scriptgen.screenplay import Heading

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.checks import Answer, Fidelity, Writer
    from scriptgen.drafting.path import Parsed
    from scriptgen.report import Finding, Report
    from scriptgen.screenplay import Screenplay


def judged(
    screenplay: Screenplay,
    parsed: Parsed,
    *,
    writer: Writer,
    fidelity: Fidelity,
    pages: int | None = None,
    answer: Answer | None = None,
) -> Report:
    """What the checks say of a page and its essay; ``pages``: the length asked for, if any."""
    report = check_screenplay(
        screenplay,
        parsed.brief,
        fidelity=fidelity,
        answer=answer,
        essay=parsed.essay,
        pack=parsed.pack,
        pages=pages,
        writer=writer,
    )
    return in_scenes(report, screenplay)


def judged_by_brief(
    screenplay: Screenplay,
    brief: SceneBrief,
    *,
    writer: Writer,
    fidelity: Fidelity,
    pages: int | None = None,
) -> Report:
    """What the checks say of a page and a brief whose essay is not at hand."""
    from scriptgen.catalog import language_pack

    pack = language_pack(brief.language)
    report = check_screenplay(
        screenplay, brief, fidelity=fidelity, pack=pack, pages=pages, writer=writer
    )
    return in_scenes(report, screenplay)


def judged_alone(screenplay: Screenplay, *, writer: Writer, language: str | None = None) -> Report:
    """What the checks say of a page alone; ``language``: of it, ``None`` to find it out."""
    from scriptgen.catalog import language_pack

    pack = language_pack(language or language_of(screenplay))
    return in_scenes(check_screenplay(screenplay, None, pack=pack, writer=writer), screenplay)


def language_of(screenplay: Screenplay) -> str:
    """The language that a page is in, ``und`` where it does not show."""
    from scriptgen.checks.subject import shown
    from scriptgen.parser import detect_language

    return detect_language("\n".join(map(shown, screenplay.elements)))


def in_scenes(report: Report, screenplay: Screenplay) -> Report:
    """The report, each finding with the heading that its element stands under."""
    headings: list[str | None] = []
    for element in screenplay.elements:
        here = element.text if isinstance(element, Heading) else headings[-1] if headings else None
        headings.append(here)

    def placed(finding: Finding) -> Finding:
        at = finding.element
        scene = headings[at] if at is not None and at < len(headings) else None
        return finding.model_copy(update={"scene": scene}) if scene else finding

    return report.model_copy(update={"findings": tuple(map(placed, report.findings))})
