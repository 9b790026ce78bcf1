"""How far a batch is, and what it would do; nothing is drafted or sent."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal, NamedTuple

from scriptgen.cli import printing
from scriptgen.errors import InputError

if TYPE_CHECKING:
    from scriptgen.batch import BatchOptions
    from scriptgen.cli.means import Prepared
    from scriptgen.drafting import Means
    from scriptgen.reader import EssaySource, Listing

SCHEMA_VERSION = 1

State = Literal["done", "failed", "todo"]


class Standing(NamedTuple):
    """Where one essay stands: ``failed`` would not be tried again, ``reason`` says why.

    ``characters``: of the essay, 0 where it cannot be read.
    """

    essay: str
    path: str
    state: State
    reason: str | None
    characters: int


def print_status(
    listing: Listing, prepared: Prepared, options: BatchOptions, *, as_json: bool
) -> None:
    """How many essays are done, have failed and are to do."""
    standings = asyncio.run(_standings(listing, prepared, options))
    counts = Counter(standing.state for standing in standings)
    figures = {state: counts[state] for state in ("done", "failed", "todo")}
    if as_json:
        printing.out_json(
            {"schema_version": SCHEMA_VERSION, "total": len(standings), **figures},
            one_per_line=True,
        )
        return
    for state, count in {**figures, "total": len(standings)}.items():
        printing.out(f"{state:<6} {count:>7}")
    printing.note(f"counted for {_writer(prepared)}")
    for standing in standings:
        if standing.state == "failed":
            printing.note(f"failed: {standing.essay}: {standing.reason}")


def print_plan(
    listing: Listing, prepared: Prepared, options: BatchOptions, *, as_json: bool
) -> None:
    """Each essay that would be drafted with the path of its draft, and what that may take."""
    standings = asyncio.run(_standings(listing, prepared, options))
    todo = [standing for standing in standings if standing.state == "todo"]
    for standing in todo:
        if as_json:
            printing.out_json(
                {"schema_version": SCHEMA_VERSION, **standing._asdict()}, one_per_line=True
            )
        else:
            printing.out(f"{standing.essay} -> {printing.shown_name(standing.path)}")
    settings = prepared.settings
    cost = "written offline, nothing is spent"
    if settings.model is not None:
        most = len(todo) * (1 + settings.revisions)
        characters = sum(standing.characters for standing in todo)
        cost = (
            f"{len(todo)} to {most} replies of {printing.one_line(settings.model)}, each to an"
            f" essay and its instructions ({characters:,} characters of essays)"
        )
    printing.note(f"{len(todo)} of {len(standings)} essays would be drafted: {cost}")


def _writer(prepared: Prepared) -> str:
    model = prepared.settings.model
    if model is None:
        return "drafts written offline; --model NAME counts those of a model"
    return f"drafts by {printing.one_line(model)} with the template {prepared.options.template}"


async def _standings(listing: Listing, prepared: Prepared, options: BatchOptions) -> list[Standing]:
    from scriptgen.cli.means import opened_means
    from scriptgen.ledger import Ledger
    from scriptgen.outputs import draft_paths

    path = prepared.settings.ledger_path
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger.open(path, create=False)) if path.exists() else None
        async with opened_means(prepared, ledger) as means:
            targets = draft_paths([source.name for source in listing.essays])
            return [
                _standing(source, target, means, prepared, options)
                for source, target in zip(listing.essays, targets, strict=True)
            ]


def _standing(
    source: EssaySource, target: str, means: Means, prepared: Prepared, options: BatchOptions
) -> Standing:
    from scriptgen.drafting import standing_draft, work_key

    path = prepared.settings.outputs / target
    name = printing.shown_name(source.name)
    try:
        essay = source.load(
            encoding=options.encoding, language=options.language, max_bytes=options.max_bytes
        )
    except InputError as error:
        reason = f"{printing.one_line(error.message)} [{error.code}]"
        return Standing(name, str(path), "failed", reason, 0)

    def standing(state: State, reason: str | None = None) -> Standing:
        return Standing(name, str(path), state, reason, len(essay.text))

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
