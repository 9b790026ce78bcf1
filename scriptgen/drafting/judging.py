"""A page before the checks: with all they can be given, and each finding in its scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks import check_screenplay
from scriptgen.report import Severity
from scriptgen.screenplay import Dialogue, Heading, Note, PageBreak, Section, Synopsis
from scriptgen.trace import Trace, Traced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.brief import SceneBrief
    from scriptgen.checks import Answer, Fidelity, Writer
    from scriptgen.drafting.path import Parsed
    from scriptgen.report import Finding, Report
    from scriptgen.screenplay import Element, Screenplay


def judged(
    screenplay: Screenplay,
    parsed: Parsed,
    *,
    writer: Writer,
    fidelity: Fidelity,
    trace: Trace | None = None,
    pages: int | None = None,
    answer: Answer | None = None,
) -> Report:
    """What the checks say of a page and its essay.

    ``trace``: where the page comes from, ``None`` to find it out; ``pages``: the length asked for.
    """
    report = check_screenplay(
        screenplay,
        parsed.brief,
        fidelity=fidelity,
        answer=answer,
        essay=parsed.essay,
        pack=parsed.pack,
        trace=trace or traced(screenplay, parsed),
        pages=pages,
        writer=writer,
    )
    if writer == "offline":
        report = report.model_copy(update={"findings": tuple(map(_of_offline, report.findings))})
    return _with_scenes(report, screenplay)


def judged_offline(screenplay: Screenplay, parsed: Parsed) -> Report:
    """What the checks say of a page as the offline writer leaves it, with the sources it names."""
    trace = own_trace(screenplay)
    return judged(screenplay, parsed, writer="offline", fidelity="strict", trace=trace)


def _of_offline(finding: Finding) -> Finding:
    """A moment that the offline writer has no sentence for is a warning: nobody can be asked."""
    if finding.code == "W_MOMENT_MISSING" and finding.severity is Severity.ERROR:
        return finding.model_copy(update={"severity": Severity.WARNING})
    return finding


def traced(screenplay: Screenplay, parsed: Parsed) -> Trace:
    """Where a page comes from in its essay, found by code."""
    from scriptgen.tracing import trace_screenplay

    return trace_screenplay(screenplay, parsed.brief, parsed.essay, parsed.pack)


def own_trace(screenplay: Screenplay) -> Trace:
    """The sources that the elements of a page name themselves, a piece for each that prints."""
    return Trace(
        pieces=tuple(
            Traced(
                element=index,
                start=0,
                end=len(_printed(element)),
                sources=element.sources,
                invented=element.invented,
            )
            for index, element in enumerate(screenplay.elements)
            if _printed(element)
        )
    )


def _printed(element: Element) -> str:
    if isinstance(element, Dialogue):
        from scriptgen.tracing import said

        return said(element)
    return "" if isinstance(element, Note | PageBreak | Section | Synopsis) else element.text


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
    return _with_scenes(report, screenplay)


def judged_alone(screenplay: Screenplay, *, writer: Writer, language: str | None = None) -> Report:
    """What the checks say of a page alone; ``language``: of it, ``None`` to find it out."""
    from scriptgen.catalog import language_pack

    pack = language_pack(language or language_of(screenplay))
    report = check_screenplay(screenplay, None, pack=pack, writer=writer)
    return _with_scenes(report, screenplay)


def language_of(screenplay: Screenplay) -> str:
    """The language that a page is in, ``und`` where it does not show."""
    from scriptgen.checks.subject import shown
    from scriptgen.parser import detect_language

    return detect_language("\n".join(map(shown, screenplay.elements)))


def in_scenes(findings: Iterable[Finding], screenplay: Screenplay) -> tuple[Finding, ...]:
    """The findings, each with the heading that its element stands under."""
    headings: list[str | None] = []
    for element in screenplay.elements:
        here = element.text if isinstance(element, Heading) else headings[-1] if headings else None
        headings.append(here)

    def placed(finding: Finding) -> Finding:
        at = finding.element
        scene = headings[at] if at is not None and at < len(headings) else None
        return finding.model_copy(update={"scene": scene}) if scene else finding

    return tuple(map(placed, findings))


def _with_scenes(report: Report, screenplay: Screenplay) -> Report:
    return report.model_copy(update={"findings": in_scenes(report.findings, screenplay)})
