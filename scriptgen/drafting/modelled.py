"""A draft by a model: asked for, read, checked, and where it fails the checks revised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.drafting.answering import without_orders
from scriptgen.drafting.page_calls import PageCalls
from scriptgen.drafting.weighing import is_sent_back, why_not_kept
from scriptgen.errors import ProviderError, ReplyError
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from scriptgen.drafting.asking import Asker
    from scriptgen.drafting.means import Means
    from scriptgen.drafting.path import Parsed
    from scriptgen.drafting.weighing import Page
    from scriptgen.essay import Essay
    from scriptgen.screenplay import Screenplay


@dataclass(frozen=True, slots=True)
class Written:
    """A page as a writer leaves it, and what is to be said about it."""

    screenplay: Screenplay
    findings: tuple[Finding, ...]
    figures: dict[str, int | float]


async def write_with_model(asker: Asker, parsed: Parsed, means: Means) -> Written:
    """The model's page, as ``asker`` gets its replies.

    A page is read, its lines are put right, it is traced to the essay, its elements get their
    sources and marks, and it is checked. While what was found sends it back and revisions are left,
    the model is asked again; see `scriptgen.drafting.weighing` for when, and for what is kept.
    Raises `ReplyError` when what is left blocks the page, and as
    `scriptgen.drafting.asking.Asker.ask` for the first call.
    """
    parsed = replace(parsed, brief=without_orders(parsed.essay, parsed.brief))
    calls = PageCalls(asker, parsed, means)
    answered = await calls.first()
    findings: tuple[Finding, ...] = ()
    for _ in range(means.options.revisions):
        page = answered.page
        if not is_sent_back(page.report):
            break
        try:
            revised = await calls.again(answered)
        except (ProviderError, ReplyError) as error:
            if page.blocked:
                raise
            findings = (_not_revised(error.code, error.message),)
            break
        refused = why_not_kept(page, revised.page)
        if refused is not None:
            findings = (_not_revised("W_REVISION", refused),)
            break
        answered = revised
    page = answered.page
    _refuse_blocked(page, parsed.essay)
    return Written(
        screenplay=page.screenplay,
        findings=(*page.read, *page.report.findings, *findings),
        figures=page.report.figures,
    )


def _not_revised(code: str, why: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.INFO if code == "W_REVISION" else Severity.WARNING,
        message=f"the draft was not revised: {why}",
    )


def _refuse_blocked(page: Page, essay: Essay) -> None:
    blocking = [each for each in page.report.findings if each.severity is Severity.BLOCK]
    if blocking:
        # The rules go from the general to the particular.
        raise ReplyError(
            blocking[-1].code,
            f"nothing was published: {'; '.join(each.message for each in blocking)}",
            where=essay.source,
            hint="the reply is kept; ask again with --fresh, or with another model or template",
        )
