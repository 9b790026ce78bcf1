"""A draft by a model: asked for, read, checked, and where it fails the checks revised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.checks import check_screenplay
from scriptgen.drafting.answering import answer_to, as_written, without_orders
from scriptgen.errors import ProviderError, ReplyError
from scriptgen.fountain import read_reply, write_fountain
from scriptgen.prompting import draft_prompt, rehearse_revision, revise_prompt
from scriptgen.report import Finding, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.drafting.asking import Asked, Asker
    from scriptgen.drafting.means import Means
    from scriptgen.essay import Essay
    from scriptgen.prompt import Prompt, Reply
    from scriptgen.screenplay import Screenplay

BEATS_PER_PAGE = 6
MOST_PAGES = 10
GRAVE = (Severity.ERROR, Severity.BLOCK)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what the reader and the checks say about it."""

    screenplay: Screenplay
    read: tuple[Finding, ...]
    report: Report

    @property
    def weight(self) -> tuple[int, int]:
        """Findings of severity block, and of block or error."""
        grave = [each.severity for each in self.report.findings if each.severity in GRAVE]
        return grave.count(Severity.BLOCK), len(grave)


@dataclass(frozen=True, slots=True)
class Written:
    """A page as a writer leaves it, and what is to be said about it."""

    screenplay: Screenplay
    findings: tuple[Finding, ...]
    figures: dict[str, int | float]


async def write_with_model(asker: Asker, essay: Essay, brief: SceneBrief, means: Means) -> Written:
    """The model's page, as ``asker`` gets its replies.

    While findings of severity error or block are left, and revisions too, the model is asked
    again; a revision is kept only if it has fewer. Raises `ReplyError` when what is left blocks
    the page, and as `scriptgen.drafting.asking.Asker.ask` for the first call.
    """
    asking = _Asking(asker, essay, without_orders(essay, brief), means)
    page = await asking.first()
    findings: tuple[Finding, ...] = ()
    for _ in range(means.options.revisions):
        if page.weight == (0, 0):
            break
        try:
            revised = await asking.again(page)
        except (ProviderError, ReplyError) as error:
            if page.weight[0]:
                raise
            findings = (
                Finding(
                    code=error.code,
                    severity=Severity.WARNING,
                    message=f"the draft was not revised: {error.message}",
                ),
            )
            break
        if revised.weight >= page.weight:
            break
        page = revised
    _refuse_blocked(page, essay)
    return Written(
        screenplay=page.screenplay,
        findings=(*page.read, *page.report.findings, *findings),
        figures=page.report.figures,
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

    def __init__(self, asker: Asker, essay: Essay, brief: SceneBrief, means: Means) -> None:
        self.asker = asker
        self.essay = essay
        self.brief = brief
        self.means = means
        self.pages = _pages(brief, means)

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
                findings=[each for each in page.report.findings if each.severity in GRAVE],
                fidelity=options.fidelity,
                pages=self.pages,
                fence_key=self.means.fence_key,
                parameters_override=options.parameters,
            )

        return self._read(await self.asker.ask("revise", prompt))

    def _read(self, asked: Asked) -> Page:
        prompt, reply = asked.prompt, asked.reply
        text = as_written(reply.text, self.essay)
        reading = read_reply(text)
        answer = answer_to(prompt, text, self.essay, self.brief, reading.screenplay)
        report = check_screenplay(
            reading.screenplay, self.brief, fidelity=self.means.options.fidelity, answer=answer
        )
        said = (*_replaced(reply), *_dropped(reply), *reading.findings)
        return Page(reading.screenplay, said, report)


def _replaced(reply: Reply) -> Iterator[Finding]:
    if reply.replaced:
        yield Finding(
            code="W_REWORDED",
            severity=Severity.WARNING,
            message="characters that no file can hold were replaced in the reply",
            count=reply.replaced,
        )


def _dropped(reply: Reply) -> Iterator[Finding]:
    for name in reply.dropped:
        yield Finding(
            code="W_PARAMETER",
            severity=Severity.INFO,
            message=f"{name} was not sent: the server refuses it for this model",
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
