"""The path of one essay: brief, page, checks, Fountain, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING

from scriptgen import __version__
from scriptgen.drafting.asking import held
from scriptgen.drafting.means import Means, work_key
from scriptgen.drafting.modelled import Written, write_with_model
from scriptgen.drafting.outline import outlined
from scriptgen.drafting.stages import stage_findings
from scriptgen.drafting.title_page import title_page
from scriptgen.fountain import printable_with_findings, write_fountain
from scriptgen.outputs import sha256_text
from scriptgen.prompt import Usage
from scriptgen.report import Report, Severity
from scriptgen.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.ledger import State
    from scriptgen.run import SettingUsed


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
    now, clock = datetime.now(UTC), monotonic()
    parsed = parse_with_pack(essay)
    if means.model is None:
        written = _offline(parsed)
    else:
        with held(key, means):
            written = await write_with_model(means.model, parsed.essay, parsed.brief, means, stage)
    text, report = _finished(parsed, written, means)
    run = Run(
        id=new_id(now),
        work_key=key,
        essay_id=essay.id,
        essay_source=storable(essay.source),
        writer=means.writer,
        model=means.model.name if means.model else None,
        base_url=means.origin or None,
        template=means.options.template if means.model else None,
        template_hash=means.template_hash if means.model else None,
        settings=tuple(_storable_setting(each) for each in means.options.settings),
        started=now.isoformat(timespec="milliseconds"),
        seconds=round(monotonic() - clock, 3),
        requests=written.requests,
        usage=written.usage,
        report=report,
        draft=text,
        draft_sha256=sha256_text(text),
        version=__version__,
    )
    if means.ledger is not None:
        means.ledger.add_run(run)
    return run


def recorded(essay: Essay, key: str, means: Means) -> Run | None:
    """The draft of this work that is on record, ``None`` without one or where it is to be fresh.

    What it says about the file it once stood in is left out. Where the record is of another essay
    file with the same text, this one gets a record of its own, in which nothing was spent.
    """
    if means.ledger is None or means.options.fresh:
        return None
    run = means.ledger.run_of(key)
    if run is None:
        return None
    run = run.model_copy(
        update={"path": None, "report": _without(run.report, "W_KEPT", "W_SOURCE_CHANGED")}
    )
    if run.essay_source == storable(essay.source):
        return run
    twin = run.model_copy(
        update={
            "id": new_id(datetime.now(UTC)),
            "essay_source": storable(essay.source),
            "seconds": 0.0,
            "requests": 0,
            "usage": Usage(),
            "cost": None if run.cost is None else 0.0,
        }
    )
    means.ledger.add_run(twin)
    return twin


def _without(report: Report, *codes: str) -> Report:
    """The report without the findings of these codes."""
    kept = tuple(finding for finding in report.findings if finding.code not in codes)
    return report.model_copy(update={"findings": kept})


def parse_with_pack(essay: Essay) -> Parsed:
    """The essay's language (detected where nobody has told it), its brief, and the pack used."""
    from scriptgen.catalog import language_pack
    from scriptgen.parser import detect_language, parse

    language = essay.language if essay.language != "und" else detect_language(essay.text)
    known = essay.model_copy(update={"language": language})
    pack = language_pack(language)
    return Parsed(known, parse(known, pack), pack)


def new_id(now: datetime) -> str:
    """An id that sorts by time and that nobody else has."""
    return f"{now:%Y%m%d-%H%M%S}-{token_hex(4)}"


def storable(name: str) -> str:
    """A file name as text that JSON and SQLite hold: bytes that are no text become escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _storable_setting(setting: SettingUsed) -> SettingUsed:
    value = storable(setting.value) if isinstance(setting.value, str) else setting.value
    return setting.model_copy(update={"value": value})


def _offline(parsed: Parsed) -> Written:
    from scriptgen.checks import check_screenplay
    from scriptgen.offline import write_draft

    draft = write_draft(parsed.brief, parsed.essay, parsed.pack)
    report = check_screenplay(draft.screenplay, parsed.brief, fidelity="strict")
    # A page without a scene is what an essay without one gives; `W_THIN_SOURCE` says so.
    findings = tuple(each for each in report.findings if each.severity is not Severity.BLOCK)
    return Written(
        screenplay=draft.screenplay,
        findings=(*draft.findings, *findings),
        figures=report.figures,
    )


def _finished(parsed: Parsed, written: Written, means: Means) -> tuple[str, Report]:
    fields, cut = title_page(
        parsed.essay, parsed.brief, model=means.model.name if means.model else None
    )
    draft = written.screenplay.model_copy(update={"title_page": fields})
    if means.options.outline:
        draft = outlined(draft, parsed.brief)
    screenplay, reworded = printable_with_findings(draft)
    noticed = {warning.code for warning in parsed.essay.warnings}
    findings = (
        *parsed.essay.warnings,
        *stage_findings(parsed.essay, parsed.brief, parsed.pack),
        *(() if "W_LONG_TITLE" in noticed else cut),
        *written.findings,
        *reworded,
    )
    text = write_fountain(screenplay, trace=means.options.trace)
    return text, Report(findings=findings, figures=written.figures)
