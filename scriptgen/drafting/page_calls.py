"""The calls for one essay's page: the page at first, whole or part by part, and revisions of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from scriptgen.drafting.answering import as_written, without_orders
from scriptgen.drafting.joining import introduced, joined, part_page, summary_in, tail
from scriptgen.drafting.parts import EssayPart, parts_of, whole
from scriptgen.drafting.reply_page import reply_page
from scriptgen.drafting.weighing import faults
from scriptgen.fountain import read_reply, write_fountain
from scriptgen.prompting import Part, draft_prompt, rehearse_revision, revise_prompt
from scriptgen.report import Severity
from scriptgen.wording import within, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.drafting.asking import Asked, Asker
    from scriptgen.drafting.means import Means
    from scriptgen.drafting.path import Parsed
    from scriptgen.drafting.weighing import Page
    from scriptgen.essay import Essay
    from scriptgen.prompt import Prompt
    from scriptgen.report import Finding
    from scriptgen.screenplay import Screenplay

BEATS_PER_PAGE = 6
MOST_PAGES = 10


@dataclass(frozen=True, slots=True)
class Asking:
    """One request for a page: the ``part`` of the essay it is about, and the ``pages`` asked for.

    ``number``: which part, from 1.
    """

    number: int
    part: EssayPart
    pages: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A page, and the replies it was made of, one for each part."""

    page: Page
    replies: tuple[Asked, ...]


def pages_for(brief: SceneBrief) -> int:
    """One page per six beats, at least 1 and at most 10."""
    return max(1, min(MOST_PAGES, round(len(brief.beats) / BEATS_PER_PAGE)))


def first_prompt(essay: Essay, brief: SceneBrief, means: Means) -> Prompt:
    """The prompt that asks for a page, or for its first part, to the letter as it is sent first.

    Raises `TemplateError`.
    """
    asked = askings_of(essay, brief, means)
    return _page_prompt(essay, asked[0], means, Part(of=len(asked)))


def askings_of(essay: Essay, brief: SceneBrief, means: Means) -> tuple[Asking, ...]:
    """What a live model is asked for the first page of an essay; raises `TemplateError`."""
    return askings(essay, without_orders(essay, brief), means, in_parts=means.in_parts)


def askings(essay: Essay, brief: SceneBrief, means: Means, *, in_parts: bool) -> tuple[Asking, ...]:
    """What is asked for a page, in order: one request, or one for each part.

    The pages that were set are shared out by length, and each part gets one at least.
    """
    parts = parts_of(essay, brief) if in_parts else (whole(essay, brief),)
    wanted = means.options.pages

    def pages(part: EssayPart) -> int:
        if wanted is None:
            return pages_for(part.brief)
        share = (part.end - part.start) / len(essay.text) if len(parts) > 1 else 1
        return max(1, round(wanted * share))

    return tuple(Asking(number, part, pages(part)) for number, part in enumerate(parts, 1))


class PageCalls:
    """Asks for the page of one essay and for revisions of it.

    ``parsed``: with a brief in which nothing speaks to a model.
    """

    def __init__(self, asker: Asker, parsed: Parsed, means: Means) -> None:
        self._asker = asker
        self._parsed = parsed
        self._means = means
        self._askings = askings(parsed.essay, parsed.brief, means, in_parts=asker.in_parts)
        self._pages = sum(each.pages for each in self._askings)

    async def first(self) -> Answered:
        """The page, asked for part by part where the template says so.

        Raises as `scriptgen.drafting.asking.Asker.ask`.
        """
        replies: list[Asked] = []
        written: list[Screenplay] = []
        so_far: str | None = None
        for asking in self._askings:
            made = partial(self._first_prompt, asking, joined(written)[0], so_far)
            replies.append(await self._asker.ask("draft", made))
            text = as_written(replies[-1].reply.text, self._parsed.essay)
            written.append(read_reply(text).screenplay)
            so_far = summary_in(text) or so_far
        return await self._asker.meanwhile(self._answered, replies)

    async def again(self, answered: Answered) -> Answered:
        """The page with its faults mended: all of it, or the parts that have a fault.

        Raises as `scriptgen.drafting.asking.Asker.ask`.
        """
        page, replies = answered.page, list(answered.replies)
        if len(self._askings) == 1:
            made = partial(self._revision, self._askings[0], page.screenplay, faults(page.report))
            reply = await self._asker.ask("revise", made)
            return await self._asker.meanwhile(self._answered, [reply])
        for at, part, found in self._faulty(page):
            made = partial(self._revision, self._askings[at], part, found)
            replies[at] = await self._asker.ask("revise", made)
        return await self._asker.meanwhile(self._answered, replies)

    def _first_prompt(self, asking: Asking, written: Screenplay, so_far: str | None) -> Prompt:
        options, essay, brief = self._means.options, self._parsed.essay, self._parsed.brief
        if options.revisions and asking.number == 1:
            # A template that fails on this essay is to fail before anything is paid for.
            rehearse_revision(
                self._means.template_set,
                options.revise,
                essay=essay,
                brief=brief,
                fidelity=options.fidelity,
                pages=asking.pages,
                fence_key=self._means.fence_key,
            )
        part = Part(
            number=asking.number,
            of=len(self._askings),
            so_far=so_far,
            introduced=introduced(written, brief),
            last_lines=tail(written),
        )
        return _page_prompt(essay, asking, self._means, part)

    def _revision(self, asking: Asking, page: Screenplay, found: Sequence[Finding]) -> Prompt:
        options = self._means.options
        return revise_prompt(
            self._means.template_set,
            options.revise,
            essay=self._parsed.essay,
            brief=asking.part.brief,
            page=write_fountain(page),
            screenplay=page,
            findings=found,
            fidelity=options.fidelity,
            pages=asking.pages,
            fence_key=self._means.fence_key,
            parameters_override=options.parameters,
            passage=asking.part.range,
        )

    def _faulty(self, page: Page) -> Iterator[tuple[int, Screenplay, list[Finding]]]:
        """Each part with a fault: its index, its page, and the findings as of that page."""
        ends = [*page.starts[1:], len(page.screenplay.elements)]
        for at, (start, end) in enumerate(zip(page.starts, ends, strict=True)):
            part, begins = part_page(page.screenplay, start, end)
            found = [
                each.model_copy(update={"element": each.element - start + begins})
                if each.element is not None
                else each
                for each in faults(page.report)
                if self._is_in(each, at, start, end)
            ]
            if found:
                yield at, part, found

    def _is_in(self, finding: Finding, at: int, start: int, end: int) -> bool:
        """Whether a finding is about a part; about the essay's words in it, where on no element."""
        if finding.element is not None:
            return start <= finding.element < end
        if finding.severity is Severity.BLOCK:
            return True
        passage = self._parsed.essay.text[slice(*self._askings[at].part.range)]
        return within(words(finding.evidence or ""), words(passage))

    def _answered(self, replies: Sequence[Asked]) -> Answered:
        page = reply_page(
            replies,
            self._parsed,
            fidelity=self._means.options.fidelity,
            pages=self._pages,
        )
        return Answered(page, tuple(replies))


def _page_prompt(essay: Essay, asking: Asking, means: Means, part: Part) -> Prompt:
    options = means.options
    return draft_prompt(
        means.template_set,
        options.template,
        essay=essay,
        brief=asking.part.brief,
        fidelity=options.fidelity,
        pages=asking.pages,
        fence_key=means.fence_key,
        parameters_override=options.parameters,
        part=part,
        passage=asking.part.range,
    )
