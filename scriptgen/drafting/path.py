"""The path of one essay: brief, page, checks, Fountain, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.drafting.annotating import with_annotations
from scriptgen.drafting.asking import LiveAsker, held
from scriptgen.drafting.enriching import enriched
from scriptgen.drafting.judging import in_scenes, judged_offline
from scriptgen.drafting.means import Means, work_key
from scriptgen.drafting.modelled import Written, write_with_model
from scriptgen.drafting.outline import outlined
from scriptgen.drafting.recording import Recording, recorded
from scriptgen.drafting.stages import stage_findings
from scriptgen.drafting.title_page import title_page
from scriptgen.errors import ProviderError, ReplyError
from scriptgen.fountain import printable_with_findings, write_fountain
from scriptgen.ledger import account
from scriptgen.report import Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.drafting.asking import Asker
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.ledger import State
    from scriptgen.report import Finding
    from scriptgen.run import Run
    from scriptgen.screenplay import Screenplay


@dataclass(frozen=True, slots=True)
class Parsed:
    """An essay whose language is known, its brief, and the pack that made it."""

    essay: Essay
    brief: SceneBrief
    pack: LanguagePack


async def draft_with(
    essay: Essay, means: Means, stage: Callable[[State], None] = lambda _: None
) -> Run:
    """As `scriptgen.drafting.adraft`, with the means at hand.

    ``stage`` hears ``CALLING`` before money is spent and ``GOT`` once a reply is durable.
    """
    key = work_key(essay, means)
    known = recorded(essay, key, means)
    if known is not None:
        return known
    asker = LiveAsker(means.model, means, stage) if means.model else None
    recording = Recording(key, essay, means, asker)
    with held(key, means), account() as spent:
        try:
            draft, report = await written(essay, means, asker)
        except (ProviderError, ReplyError) as error:
            recording.failed(error)
            raise
        return recording.done(draft, report, spent)


async def written(essay: Essay, means: Means, asker: Asker | None) -> tuple[str, Report]:
    """The draft of an essay as Fountain text, and its report.

    ``asker``: gets the replies of the model; ``None`` for the offline writer. Raises as
    `scriptgen.drafting.modelled.write_with_model`.
    """
    if asker is None:
        parsed = parse_with_pack(essay)
        return _finished(parsed, _offline(parsed), means, model=None)
    parsed = await asker.meanwhile(parse_with_pack, essay)
    findings: tuple[Finding, ...] = ()
    figures: dict[str, int | float] = {}
    if means.options.enrich:
        found = await enriched(asker, parsed, means)
        parsed = replace(parsed, brief=found.brief)
        findings, figures = found.findings, found.figures
    page = await write_with_model(asker, parsed, means)
    if means.options.annotate:
        page = await with_annotations(asker, parsed, page, means)
    page = replace(page, findings=(*findings, *page.findings), figures={**page.figures, **figures})
    return _finished(parsed, page, means, model=asker.model)


def parse_with_pack(essay: Essay) -> Parsed:
    """The essay's language (detected where nobody has told it), its brief, and the pack used."""
    from scriptgen.catalog import language_pack
    from scriptgen.parser import detect_language, parse

    language = essay.language if essay.language != "und" else detect_language(essay.text)
    known = essay.model_copy(update={"language": language})
    pack = language_pack(language)
    return Parsed(known, parse(known, pack), pack)


def _offline(parsed: Parsed) -> Written:
    from scriptgen.offline import write_draft

    draft = write_draft(parsed.brief, parsed.essay, parsed.pack)
    report = judged_offline(draft.screenplay, parsed)
    # A page without a scene is what an essay without one gives; `W_THIN_SOURCE` says so.
    findings = tuple(each for each in report.findings if each.severity is not Severity.BLOCK)
    return Written(
        screenplay=draft.screenplay,
        findings=(*in_scenes(draft.findings, draft.screenplay), *findings),
        figures=report.figures,
    )


def _finished(
    parsed: Parsed, page: Written, means: Means, *, model: str | None
) -> tuple[str, Report]:
    fields, cut = title_page(parsed.essay, parsed.brief, model=model)
    draft = page.screenplay.model_copy(update={"title_page": fields})
    found = page.findings
    if means.options.outline:
        whole = outlined(draft, parsed.brief)
        found = tuple(_moved(found, draft, whole))
        draft = whole
    screenplay, reworded = printable_with_findings(draft)
    noticed = {warning.code for warning in parsed.essay.warnings}
    findings = (
        *parsed.essay.warnings,
        *stage_findings(parsed.essay, parsed.brief, parsed.pack),
        *(() if "W_LONG_TITLE" in noticed else cut),
        *found,
        *reworded,
    )
    tells = means.options.trace or (model is not None and means.options.annotate)
    text = write_fountain(screenplay, trace=tells)
    return text, Report(findings=findings, figures=page.figures)


def _moved(findings: Iterable[Finding], before: Screenplay, after: Screenplay) -> Iterator[Finding]:
    """The findings, each about its element where that stands once others were put in between."""
    places = {id(element): at for at, element in enumerate(after.elements)}
    for finding in findings:
        at = finding.element
        if at is not None and at < len(before.elements):
            yield finding.model_copy(update={"element": places[id(before.elements[at])]})
        else:
            yield finding
