"""From settings to what a draft is made with."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scriptgen.cli.options import current_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from scriptgen.cli.live_page import LivePage
    from scriptgen.config import Settings
    from scriptgen.drafting import DraftOptions, Means
    from scriptgen.ledger import Ledger
    from scriptgen.llm import CallPolicy
    from scriptgen.ports import Model
    from scriptgen.prompting import TemplateSet


@dataclass(frozen=True, slots=True)
class Prepared:
    """Settings with the template's header in them, and what follows from them.

    ``templates``: ``None`` where no template is used.
    """

    settings: Settings
    options: DraftOptions
    templates: TemplateSet | None


def prepare(
    flags: Mapping[str, object], *, fresh: bool = False, with_template: bool = False
) -> Prepared:
    """Settle the settings, reading the template where a model or the user asks for one.

    Raises `SetupError` and `TemplateError`.
    """
    from scriptgen.config.settings import DEFAULT, PARAMETERS, TEMPLATE
    from scriptgen.drafting import DraftOptions
    from scriptgen.prompt import Parameters

    settings = current_settings(flags)
    templates, name = None, settings.template
    if with_template or settings.model or settings.source("template") != DEFAULT:
        from scriptgen.catalog import open_template
        from scriptgen.prompting import load

        templates, name = open_template(settings.template, settings.prompts)
        header = load(templates, name).parameters.model_dump(exclude_none=True)
        settings = current_settings(flags, template_header=header)
    # What the header says stays with the template, so that a revision keeps its own header.
    ours = {key: getattr(settings, key) for key in PARAMETERS if settings.source(key) != TEMPLATE}
    options = DraftOptions(
        fidelity=settings.fidelity,
        pages=settings.pages,
        revisions=settings.revisions,
        trace=settings.trace,
        outline=settings.outline,
        enrich=settings.enrich,
        annotate=settings.annotate,
        template=name,
        parameters=Parameters(**ours),
        fresh=fresh,
        run_deadline=settings.run_deadline,
        settings=settings.used(),
    )
    return Prepared(settings, options, templates)


@asynccontextmanager
async def opened_means(
    prepared: Prepared, ledger: Ledger | None, *, page: LivePage | None = None
) -> AsyncIterator[Means]:
    """All but the essays: the model that was named (closed at the end), or the offline writer.

    ``page``: where its replies are shown as they come, ``None`` shows nothing. Raises `SetupError`.
    """
    from scriptgen.cli.live_page import Watched
    from scriptgen.cli.patience import Patient
    from scriptgen.drafting import Means, open_writer
    from scriptgen.drafting.forecasting import require_bounds

    settings = prepared.settings
    offline = Means(prepared.options, ledger=ledger, templates=prepared.templates)
    if settings.model is None:
        yield offline
        return
    require_bounds(offline, settings.caps, settings.context)
    writer = open_writer(
        settings.model,
        environ=settings.environ,
        base_url=settings.base_url,
        api_key_env=settings.bound_key_env,
        base_url_from_file=settings.base_url_from_file,
        ledger=ledger,
        price=settings.price,
        caps=settings.caps,
        context_tokens=settings.context,
        policy=call_policy(settings),
        tap=page,
    )
    model: Model = Patient(writer.model)
    if page is not None:
        model = Watched(model, page, prepared.options.revise)
    try:
        yield replace(offline, model=model, origin=writer.origin)
    finally:
        await writer.model.close()


def call_policy(settings: Settings) -> CallPolicy:
    """How long and how often a call may try."""
    from scriptgen.llm import CallPolicy

    usual = CallPolicy()
    return CallPolicy(
        attempts=settings.attempts,
        deadline=settings.deadline,
        total=max(usual.total, settings.deadline),
    )
