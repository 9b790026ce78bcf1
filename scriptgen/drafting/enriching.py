"""What a model adds to the parser's brief, asked for and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scriptgen.enrichment import CLAIMS_SCHEMA, TOLD, Claimed, Reason, claims_in, enrich
from scriptgen.errors import ReplyError
from scriptgen.prompting import brief_prompt, undo
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.drafting.asking import Asker
    from scriptgen.drafting.means import Means
    from scriptgen.drafting.path import Parsed
    from scriptgen.enrichment import Claim, Enrichment
    from scriptgen.prompt import Prompt, Reply

_EVIDENCE = 200


@dataclass(frozen=True, slots=True)
class EnrichedBrief:
    """A brief with what a model added, what is to be said about that, and figures of it."""

    brief: SceneBrief
    findings: tuple[Finding, ...] = ()
    figures: dict[str, int | float] = field(default_factory=dict)


async def enriched(asker: Asker, parsed: Parsed, means: Means) -> EnrichedBrief:
    """The brief of an essay with the claims of the model that the essay bears out.

    A reply that cannot be used leaves the brief as it was, with a warning (``W_ENRICH``). Raises
    `ProviderError` and `TemplateError`.
    """
    try:
        asked = await asker.ask("brief", lambda: enriching_prompt(parsed, means))
        claims, mended = _claims(asked.reply)
    except ReplyError as error:
        lost = _finding(f"the brief was not enriched: {error.message}", Severity.WARNING)
        return EnrichedBrief(parsed.brief, (lost,))
    found = enrich(parsed.brief, parsed.essay, parsed.pack, claims, model=asker.model)
    said = f"slips in the JSON of {asker.model} were mended"
    return EnrichedBrief(
        found.brief,
        (
            *_findings(found, len(claims), asker.model),
            *([_finding(said, Severity.WARNING)] if mended else ()),
        ),
        {"claims": len(claims), "claims_taken": len(claims) - len(found.dropped)},
    )


def enriching_prompt(parsed: Parsed, means: Means) -> Prompt:
    """The prompt that asks for claims; raises `TemplateError`."""
    options = means.options
    return brief_prompt(
        means.template_set,
        options.brief,
        essay=parsed.essay,
        brief=parsed.brief,
        fence_key=means.fence_key,
        json_schema=CLAIMS_SCHEMA,
        parameters_override=options.parameters,
    )


def _claims(reply: Reply) -> tuple[list[Claim | None], bool]:
    """The claims in a reply, and whether slips in its JSON were mended.

    Raises `ReplyError` where it holds none to be read.
    """
    from scriptgen.llm import read_json

    answer = read_json(reply.model_copy(update={"text": undo(reply.text)}), Claimed)
    return claims_in(answer.value), answer.repaired


def _findings(found: Enrichment, claims: int, model: str) -> Iterator[Finding]:
    """How many claims were taken, and for each reason how many were dropped, with the first."""
    taken = claims - len(found.dropped)
    yield _finding(f"{taken} of {claims} claims of {model} were taken", Severity.INFO)
    for reason in Reason:
        dropped = [each for each in found.dropped if each.reason is reason]
        if not dropped:
            continue
        claim = dropped[0].claim
        yield Finding(
            code="W_ENRICH",
            severity=Severity.INFO if reason is Reason.KNOWN else Severity.WARNING,
            message=f"claims dropped ({reason.value}): {TOLD[reason]}",
            evidence=f"{claim.field.value}: {claim.quote[:_EVIDENCE]}" if claim else None,
            count=len(dropped),
        )


def _finding(message: str, severity: Severity) -> Finding:
    return Finding(code="W_ENRICH", severity=severity, message=message)
