"""What a model says that the final page plays, asked for and checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scriptgen.drafting.answering import without_orders
from scriptgen.drafting.judging import traced
from scriptgen.errors import ProviderError, ReplyError, TemplateError
from scriptgen.prompting import PagePiece, annotate_prompt, undo
from scriptgen.report import Finding, Severity
from scriptgen.tracing import (
    PROPOSALS_SCHEMA,
    TOLD,
    Proposed,
    Unproved,
    annotated,
    asked_about,
    proposals_in,
    restamped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.drafting.asking import Asker
    from scriptgen.drafting.means import Means
    from scriptgen.drafting.modelled import Written
    from scriptgen.drafting.path import Parsed
    from scriptgen.prompt import Prompt, Reply
    from scriptgen.screenplay import Screenplay
    from scriptgen.tracing import Annotation, Proposal


async def with_annotations(asker: Asker, parsed: Parsed, page: Written, means: Means) -> Written:
    """The page with its sources and marks as a model sees them, where code can verify that.

    Nothing else of the page changes: the checks go by what code alone has found. Whatever goes
    wrong with the call leaves the page as it was, with a warning (``W_ANNOTATE``).
    """
    parsed = replace(parsed, brief=without_orders(parsed.essay, parsed.brief))
    screenplay = page.screenplay
    try:
        asked = await asker.ask("annotate", lambda: annotating_prompt(screenplay, parsed, means))
        proposals, mended = _proposals(asked.reply)
    except (ProviderError, ReplyError, TemplateError) as error:
        lost = _finding(f"the page was not annotated: {error.message}", Severity.WARNING)
        return replace(page, findings=(*page.findings, lost))
    found = annotated(
        traced(screenplay, parsed),
        proposals,
        screenplay,
        parsed.brief,
        parsed.essay,
        parsed.pack,
    )
    slips = f"slips in the JSON of {asker.model} were mended"
    return replace(
        page,
        screenplay=restamped(screenplay, found.trace),
        findings=(
            *page.findings,
            *_findings(found, asker.model),
            *([_finding(slips, Severity.WARNING)] if mended else ()),
        ),
        figures={**page.figures, "sources_claimed": found.claims, "sources_taken": found.taken},
    )


def annotating_prompt(screenplay: Screenplay, parsed: Parsed, means: Means) -> Prompt:
    """The prompt that asks what the pieces of a page play; raises `TemplateError`."""
    options = means.options
    pieces = asked_about(screenplay, parsed.brief, parsed.essay, parsed.pack)
    return annotate_prompt(
        means.template_set,
        options.annotation,
        essay=parsed.essay,
        brief=parsed.brief,
        pieces=[
            PagePiece(number if asked else None, piece.cue, piece.text)
            for number, (piece, asked) in enumerate(pieces, start=1)
        ],
        fence_key=means.fence_key,
        json_schema=PROPOSALS_SCHEMA,
        parameters_override=options.parameters,
    )


def _proposals(reply: Reply) -> tuple[list[Proposal | None], bool]:
    """What a reply proposes, and whether slips in its JSON were mended.

    Raises `ReplyError` where it holds nothing to be read.
    """
    from scriptgen.llm import read_json

    answer = read_json(reply.model_copy(update={"text": undo(reply.text)}), Proposed)
    return proposals_in(answer.value), answer.repaired


def _findings(found: Annotation, model: str) -> Iterator[Finding]:
    """How much was taken, and for each reason how much was dropped."""
    told = f"{found.taken} of {found.claims} sources and inventions of {model} were taken"
    yield _finding(told, Severity.INFO)
    for reason in Unproved:
        count = found.dropped[reason]
        if count:
            yield _finding(f"dropped ({reason.value}): {TOLD[reason]}", Severity.INFO, count)


def _finding(message: str, severity: Severity, count: int = 1) -> Finding:
    return Finding(code="W_ANNOTATE", severity=severity, message=message, count=count)
