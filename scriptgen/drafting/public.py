"""The doors of drafting: an essay in, a run out; its brief alone; the checks alone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from scriptgen.drafting.answering import without_orders
from scriptgen.drafting.asking import LiveAsker, held
from scriptgen.drafting.enriching import enriched
from scriptgen.drafting.means import Means, work_key
from scriptgen.drafting.options import DraftOptions
from scriptgen.drafting.path import draft_with, parse_with_pack
from scriptgen.drafting.title_page import credited_writer
from scriptgen.essay import Essay

if TYPE_CHECKING:
    import os
    from typing import Literal

    from scriptgen.brief import SceneBrief
    from scriptgen.drafting.enriching import EnrichedBrief
    from scriptgen.ledger import Ledger
    from scriptgen.ports import Model
    from scriptgen.prompting import TemplateSet
    from scriptgen.report import Report
    from scriptgen.run import Run
    from scriptgen.screenplay import Screenplay
    from scriptgen.trace import Trace


def draft(
    essay: Essay | str | os.PathLike[str],
    *,
    options: DraftOptions | None = None,
    model: Model | None = None,
    origin: str = "",
    ledger: Ledger | None = None,
    templates: TemplateSet | None = None,
) -> Run:
    """As `adraft`, for code outside an event loop; raises ``RuntimeError`` inside one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        raise RuntimeError(
            "scriptgen.draft cannot run inside an event loop; write: await scriptgen.adraft(...)"
        )

    async def once() -> Run:
        try:
            return await adraft(
                essay,
                options=options,
                model=model,
                origin=origin,
                ledger=ledger,
                templates=templates,
            )
        finally:
            # Its sockets belong to this loop, which ends here.
            if model is not None:
                await model.close()

    return asyncio.run(once())


async def adraft(
    essay: Essay | str | os.PathLike[str],
    *,
    options: DraftOptions | None = None,
    model: Model | None = None,
    origin: str = "",
    ledger: Ledger | None = None,
    templates: TemplateSet | None = None,
) -> Run:
    """One essay to one draft, in `Run.draft`; nothing is published.

    ``essay``: an essay or the path of one; ``model``: ``None`` for the offline writer, which
    needs no key and no network; ``origin``: of the model's server; ``ledger``: ``None`` keeps no
    record. With a ledger a draft that is on record is given back as it is, without parsing,
    unless ``options.fresh``. Raises `InputError`, `TemplateError`, `ProviderError`, `ReplyError`
    (also where the checks block the page) and `OutputError` (of the ledger).
    """
    if not isinstance(essay, Essay):
        from scriptgen.reader import read_essay

        essay = read_essay(essay)
    means = Means(options or DraftOptions(), model, origin, ledger, templates)
    return await draft_with(essay, means)


def parse_essay(essay: Essay) -> SceneBrief:
    """What an essay holds that can be filmed; an undetermined language is detected."""
    return parse_with_pack(essay).brief


async def enrich_essay(essay: Essay, means: Means) -> EnrichedBrief:
    """The brief of an essay, with what the model of ``means`` adds and the essay bears out.

    One call; a reply that cannot be used leaves the parser's brief, and a warning. Raises
    ``ValueError`` where ``means`` names no model, `ProviderError`, `TemplateError` and
    `OutputError` (of the ledger).
    """
    if means.model is None:
        raise ValueError("no model to ask")
    with held(work_key(essay, means), means):
        asker = LiveAsker(means.model, means, lambda _: None)
        return await enriched(asker, parse_with_pack(essay), means)


def check(
    screenplay: Screenplay,
    brief: SceneBrief | None = None,
    *,
    essay: Essay | None = None,
    fidelity: Literal["strict", "balanced", "free"] = "balanced",
    pages: int | None = None,
    writer: Literal["model", "offline", "person"] | None = None,
    language: str | None = None,
    trace: Trace | None = None,
) -> Report:
    """What there is to say about a draft: findings and figures. See `scriptgen.checks`.

    ``essay``: what the draft was made of; ``brief``: of it, ``None`` for the parser's. Without
    either the page is judged as it stands, and with a brief alone as far as a brief goes: where
    the page comes from in the essay is not looked for. ``fidelity``: how far the draft may go
    beyond the essay; ``pages``: the length that was asked for, ``None`` where none was;
    ``writer``: who wrote the draft, ``None`` for whom its title page names, or else a person;
    ``language``: of a page without an essay, ``None`` to find it out; ``trace``: of the page to
    its essay, ``None`` to find it.
    """
    from scriptgen.drafting.judging import judged, judged_alone, judged_by_brief

    by = writer or credited_writer(screenplay)
    if essay is not None:
        parsed = parse_with_pack(essay)
        parsed = replace(parsed, brief=without_orders(parsed.essay, brief or parsed.brief))
        return judged(screenplay, parsed, writer=by, fidelity=fidelity, trace=trace, pages=pages)
    if brief is not None:
        return judged_by_brief(screenplay, brief, writer=by, fidelity=fidelity, pages=pages)
    return judged_alone(screenplay, writer=by, language=language)
