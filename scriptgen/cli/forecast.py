"""How far a batch is, and what it would do; nothing is drafted or sent."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal, NamedTuple

from scriptgen.cli import printing
from scriptgen.cli.spent import (
    account_record,
    account_told,
    caps_told,
    forecast_record,
    forecast_told,
)
from scriptgen.errors import InputError

if TYPE_CHECKING:
    from scriptgen.batch import BatchOptions
    from scriptgen.cli.means import Prepared
    from scriptgen.drafting import Means
    from scriptgen.drafting.forecasting import Forecast
    from scriptgen.essay import Essay
    from scriptgen.ledger import Account
    from scriptgen.reader import EssaySource, Listing

SCHEMA_VERSION = 1

State = Literal["done", "failed", "todo"]


class Standing(NamedTuple):
    """Where one essay stands: ``failed`` would not be tried again, ``reason`` says why.

    ``characters``: of the essay, 0 where it cannot be read; ``tokens``: about how many it takes.
    """

    essay: str
    path: str
    state: State
    reason: str | None
    characters: int
    tokens: int


def print_status(
    listing: Listing, prepared: Prepared, options: BatchOptions, *, as_json: bool
) -> None:
    """How many essays are done, have failed and are to do."""
    looked = asyncio.run(_look(listing, prepared, options))
    standings, account = looked.standings, looked.account
    counts = Counter(standing.state for standing in standings)
    figures = {state: counts[state] for state in ("done", "failed", "todo")}
    if as_json:
        printing.out_json(
            {
                "schema_version": SCHEMA_VERSION,
                "total": len(standings),
                **figures,
                "spent": account_record(account),
            },
            one_per_line=True,
        )
        return
    for state, count in {**figures, "total": len(standings)}.items():
        printing.out(f"{state:<6} {count:>7}")
    printing.note(f"counted for {_writer(prepared)}")
    if account.calls:
        printing.note(f"spent so far: {account_told(account)}")
    if left := caps_told(prepared.settings.caps, account, prepared.settings.price):
        printing.note(left)
    for standing in standings:
        if standing.state == "failed":
            printing.note(f"failed: {standing.essay}: {standing.reason}")


def print_plan(
    listing: Listing, prepared: Prepared, options: BatchOptions, *, as_json: bool
) -> None:
    """Each essay that would be drafted with the path of its draft, and what that may take."""
    looked = asyncio.run(_look(listing, prepared, options, with_forecast=True))
    standings = looked.standings
    todo = [standing for standing in standings if standing.state == "todo"]
    for standing in todo:
        if as_json:
            printing.out_json(
                {"schema_version": SCHEMA_VERSION, **standing._asdict()}, one_per_line=True
            )
        else:
            printing.out(f"{standing.essay} -> {printing.shown_name(standing.path)}")
    would = f"{len(todo)} of {len(standings)} essays would be drafted"
    settings, forecast = prepared.settings, looked.forecast
    if settings.model is None or forecast is None:
        printing.note(f"{would}: written offline, nothing is spent")
        return
    if as_json:
        told = {"type": "forecast", **forecast_record(forecast, settings.price)}
        printing.out_json({"schema_version": SCHEMA_VERSION, **told}, one_per_line=True)
    printing.note(f"{would} by {printing.one_line(settings.model)}")
    printing.note(forecast_told(forecast, settings.price))
    if forecast.too_long:
        printing.note(f"{printing.counted(forecast.too_long, 'essay')} may be too long for it")
    if looked.account.calls:
        printing.note(f"spent so far: {account_told(looked.account)}")
    if left := caps_told(settings.caps, looked.account, settings.price):
        printing.note(left)


def _writer(prepared: Prepared) -> str:
    model = prepared.settings.model
    if model is None:
        return "drafts written offline; --model NAME counts those of a model"
    return f"drafts by {printing.one_line(model)} with the template {prepared.options.template}"


class Looked(NamedTuple):
    """Where the essays stand, what was spent so far, and what those to do may take.

    ``forecast``: ``None`` where none was asked for, or no model writes.
    """

    standings: list[Standing]
    account: Account
    forecast: Forecast | None = None


async def _look(
    listing: Listing, prepared: Prepared, options: BatchOptions, *, with_forecast: bool = False
) -> Looked:
    from scriptgen.cli.means import opened_means
    from scriptgen.ledger import Account, Ledger
    from scriptgen.outputs import draft_paths

    path = prepared.settings.ledger_path
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger.open(path, create=False)) if path.exists() else None
        async with opened_means(prepared, ledger) as means:
            targets = draft_paths([source.name for source in listing.essays])
            standings = [
                _standing(source, target, means, prepared, options)
                for source, target in zip(listing.essays, targets, strict=True)
            ]
            found = None
            if with_forecast and means.model is not None:
                found = _forecast(listing, standings, means, prepared, options)
            return Looked(standings, ledger.account() if ledger else Account(), found)


def _forecast(
    listing: Listing,
    standings: list[Standing],
    means: Means,
    prepared: Prepared,
    options: BatchOptions,
) -> Forecast:
    """What the drafts to do may take, from a few of their essays spread over all."""
    from scriptgen.drafting.forecasting import LOOKED_AT, forecast

    todo = [
        source
        for source, standing in zip(listing.essays, standings, strict=True)
        if standing.state == "todo"
    ]
    step = max(1, len(todo) // LOOKED_AT)
    looked_at = [_read(source, options) for source in todo[::step][:LOOKED_AT]]
    sizes = [standing.tokens for standing in standings if standing.state == "todo"]
    return forecast(looked_at, sizes, means, prepared.settings.context)


def _read(source: EssaySource, options: BatchOptions) -> Essay:
    return source.load(
        encoding=options.encoding, language=options.language, max_bytes=options.max_bytes
    )


def _standing(
    source: EssaySource, target: str, means: Means, prepared: Prepared, options: BatchOptions
) -> Standing:
    from scriptgen.drafting import standing_draft, work_key
    from scriptgen.prompting import text_tokens

    path = prepared.settings.outputs / target
    name = printing.shown_name(source.name)
    try:
        essay = _read(source, options)
    except InputError as error:
        reason = f"{printing.one_line(error.message)} [{error.code}]"
        return Standing(name, str(path), "failed", reason, 0, 0)

    def standing(state: State, reason: str | None = None) -> Standing:
        size = text_tokens(essay.text)
        return Standing(name, str(path), state, reason, len(essay.text), size)

    if means.ledger is None or means.options.fresh:
        return standing("todo")
    failure = means.ledger.failure_of(work_key(essay, means))
    if failure is not None:
        if options.retry_failed:
            return standing("todo")
        told = printing.one_line(failure.message or "")
        return standing("failed", f"{told} [{failure.reason}]")
    outputs = prepared.settings.outputs
    stands = standing_draft(essay, means, root=outputs, target=target, force=options.force)
    return standing("todo" if stands is None else "done")
