"""A draft by a model: asked for, read, checked, and where it fails the checks revised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.drafting.answering import without_orders
from scriptgen.drafting.reply_page import reply_page
from scriptgen.drafting.weighing import faults, is_sent_back, why_not_kept
from scriptgen.errors import ProviderError, ReplyError
from scriptgen.fountain import write_fountain
from scriptgen.prompting import draft_prompt, rehearse_revision, revise_prompt
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.drafting.asking import Asked, Asker
    from scriptgen.drafting.means import Means
    from scriptgen.drafting.path import Parsed
    from scriptgen.drafting.weighing import Page
    from scriptgen.essay import Essay
    from scriptgen.prompt import Prompt
    from scriptgen.screenplay import Screenplay

BEATS_PER_PAGE = 6
MOST_PAGES = 10


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
    asking = _Asking(asker, parsed, means)
    page = await asking.first()
    findings: tuple[Finding, ...] = ()
    for _ in range(means.options.revisions):
        if not is_sent_back(page.report):
            break
        try:
            revised = await asking.again(page)
        except (ProviderError, ReplyError) as error:
            if page.blocked:
                raise
            findings = (_not_revised(error.code, error.message),)
            break
        refused = why_not_kept(page, revised)
        if refused is not None:
            findings = (_not_revised("W_REVISION", refused),)
            break
        page = revised
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


def pages_for(brief: SceneBrief) -> int:
    """One page per six beats, at least 1 and at most 10."""
    return max(1, min(MOST_PAGES, round(len(brief.beats) / BEATS_PER_PAGE)))


def first_prompt(essay: Essay, brief: SceneBrief, means: Means) -> Prompt:
    """The prompt that asks for a page, to the letter as `write_with_model` sends it first.

    Raises `TemplateError`.
    """
    return _page_prompt(essay, without_orders(essay, brief), means)


def _page_prompt(essay: Essay, brief: SceneBrief, means: Means) -> Prompt:
    options = means.options
    return draft_prompt(
        means.template_set,
        options.template,
        essay=essay,
        brief=brief,
        fidelity=options.fidelity,
        pages=_pages(brief, means),
        fence_key=means.fence_key,
        parameters_override=options.parameters,
    )


def _pages(brief: SceneBrief, means: Means) -> int:
    return means.options.pages or pages_for(brief)


class _Asking:
    """The calls for one essay's page."""

    def __init__(self, asker: Asker, parsed: Parsed, means: Means) -> None:
        self.asker = asker
        self.parsed = parsed
        self.essay = parsed.essay
        self.brief = parsed.brief
        self.means = means
        self.pages = _pages(parsed.brief, means)

    async def first(self) -> Page:
        options = self.means.options

        def prompt() -> Prompt:
            if options.revisions:
                # A template that fails on this essay is to fail before anything is paid for.
                rehearse_revision(
                    self.means.template_set,
                    options.revise,
                    essay=self.essay,
                    brief=self.brief,
                    fidelity=options.fidelity,
                    pages=self.pages,
                    fence_key=self.means.fence_key,
                )
            return _page_prompt(self.essay, self.brief, self.means)

        return self._read(await self.asker.ask("draft", prompt))

    async def again(self, page: Page) -> Page:
        options = self.means.options

        def prompt() -> Prompt:
            return revise_prompt(
                self.means.template_set,
                options.revise,
                essay=self.essay,
                brief=self.brief,
                page=write_fountain(page.screenplay),
                screenplay=page.screenplay,
                findings=faults(page.report),
                fidelity=options.fidelity,
                pages=self.pages,
                fence_key=self.means.fence_key,
                parameters_override=options.parameters,
            )

        return self._read(await self.asker.ask("revise", prompt))

    def _read(self, asked: Asked) -> Page:
        return reply_page(
            asked.prompt,
            asked.reply,
            self.parsed,
            fidelity=self.means.options.fidelity,
            pages=self.pages,
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
