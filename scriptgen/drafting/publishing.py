"""From a run to a file, so that a crash in between loses nothing and doubles nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from scriptgen.drafting.means import OFFLINE, Means, work_key
from scriptgen.drafting.path import draft_with
from scriptgen.drafting.recording import storable
from scriptgen.drafting.title_page import credited_model
from scriptgen.errors import ProviderError, ReplyError
from scriptgen.ledger import State
from scriptgen.outputs import publish
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scriptgen.errors import ScriptgenError
    from scriptgen.essay import Essay
    from scriptgen.ledger import Ledger
    from scriptgen.run import Run


class Done(StrEnum):
    """What became of one essay: a draft was written, or stood there already."""

    WRITTEN = "written"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The run of a draft, the ``path`` it stands at, and whether it was written just now.

    ``backup``: where a draft that stood in the way was moved, ``None`` where none was;
    ``restored``: it was written from the record, so that its run cost nothing this time;
    ``edited``: it stood there and is no longer as it was written.
    """

    done: Done
    run: Run
    path: Path
    backup: Path | None = None
    restored: bool = False
    edited: bool = False


async def draft_file(
    essay: Essay,
    means: Means,
    *,
    root: Path,
    target: str,
    force: bool = False,
    anew: bool = False,
    recheck: Callable[[], Finding | None] = lambda: None,
) -> Outcome:
    """The draft of ``essay`` as the file ``target`` (relative, portable) below ``root``.

    What is done already is not done again, with a ledger: neither parsed nor paid for, and a
    draft that was edited since stays. So does, where the offline writer comes after it, one that
    a model wrote. ``force``: put the draft in place of such a one, which is moved aside first.
    ``anew``: publish the draft on record even where an older one stands. ``recheck``: asked once
    the draft is made, for one more finding.

    Raises as `scriptgen.drafting.adraft`, and `OutputError` where the file cannot be written; the
    ledger then says what became of the work.
    """
    ledger = means.ledger
    if ledger is None:
        return _published(await draft_with(essay, means), root, target, None, force=force)
    key = work_key(essay, means)
    place = ledger.place(root / target)
    if not anew:
        standing = standing_draft(essay, means, root=root, target=target, force=force)
        if standing is not None:
            return standing
    before = ledger.run_of(key)

    def stage(state: State) -> None:
        ledger.begin(key, place, source=essay.source, state=state)

    try:
        run = await draft_with(essay, means, stage)
    except (ProviderError, ReplyError) as error:
        ledger.give_up(
            key,
            place,
            source=essay.source,
            state=State.FAILED if lasting(error) else State.TODO,
            reason=error.code,
            message=error.message,
        )
        raise
    finding = recheck()
    if finding is not None:
        run = with_finding(run, finding)
    outcome = publish_run(run, root=root, target=target, ledger=ledger, force=force)
    return replace(outcome, restored=before is not None and before.id == run.id)


def standing_draft(
    essay: Essay, means: Means, *, root: Path, target: str, force: bool = False
) -> Outcome | None:
    """What `draft_file` gives where it has nothing to do, ``None`` where it has.

    Nothing is written. Raises `TemplateError`.
    """
    ledger = means.ledger
    if ledger is None or means.options.fresh:
        return None
    place = ledger.place(root / target)
    return _standing(ledger, work_key(essay, means), place, force=force)


def publish_run(
    run: Run, *, root: Path, target: str, ledger: Ledger, force: bool = False
) -> Outcome:
    """Put the draft of a recorded run at ``target`` below ``root``, and record where it stands.

    The hash is on record before the file is there, so that after a crash the file is known for
    ours. Raises `OutputError`.
    """
    place = ledger.place(root / target)
    ours = _ours(root / target, *ledger.hashes(place))
    model = _standing_model(root / target, ours) if run.writer == OFFLINE else None
    ledger.begin_file(run, place)
    outcome = _published(run, root, target, ours, model=model, force=force)
    ledger.finish(outcome.run, place, path=ledger.place(outcome.path))
    return outcome


def lasting(error: ScriptgenError) -> bool:
    """Whether the same work would fail in the same way again."""
    return isinstance(error, ReplyError) or error.code == "E_TOO_LONG"


def with_finding(run: Run, finding: Finding) -> Run:
    """The run with one more finding in its report."""
    report = run.report.model_copy(update={"findings": (*run.report.findings, finding)})
    return run.model_copy(update={"report": report})


def _standing(ledger: Ledger, key: str, place: str, *, force: bool) -> Outcome | None:
    """The draft of work that is done, unless it is gone, replaced, or to be put in place again."""
    work = ledger.work(key, place)
    if work is None or work.state is not State.DONE or work.path is None or work.run_id is None:
        return None
    path = ledger.locate(work.path)
    replaced = ledger.hashes(work.path)[0] != work.sha256
    edited = _hash(path) != work.sha256
    wanted = force and (work.path != place or edited)
    run = ledger.run(work.run_id)
    if replaced or wanted or run is None or not path.is_file():
        return None
    return Outcome(Done.SKIPPED, run, path, edited=edited)


def _published(
    run: Run,
    root: Path,
    target: str,
    ours: str | None,
    *,
    model: str | None = None,
    force: bool,
) -> Outcome:
    """``model``: who wrote what stands there, where that is not to be written over."""
    written = None if model else ours
    published = publish(root, target, run.draft, written_sha256=written, force=force)
    run = run.model_copy(update={"path": storable(str(published.path))})
    if published.kept:
        why, new = "was edited", "new"
        if model:
            why, new = f"was written by model {model} and is kept", "offline"
        kept = Finding(
            code="W_KEPT",
            severity=Severity.WARNING,
            message=f"{target} {why}; the {new} draft is {published.path.name} beside it",
        )
        run = with_finding(run, kept)
    return Outcome(Done.WRITTEN, run, published.path, published.backup)


def _ours(path: Path, written: str | None, writing: str | None) -> str | None:
    """The hash of what stands at ``path`` if it is ours, also where a crash came before "done"."""
    return writing if writing is not None and _hash(path) == writing else written


def _standing_model(path: Path, ours: str | None) -> str | None:
    """The model that wrote the draft at ``path``, if the file has the hash ``ours``."""
    try:
        raw = path.read_bytes() if ours is not None else b""
    except OSError:
        return None
    if hashlib.sha256(raw).hexdigest() != ours:
        return None
    return credited_model(raw.decode(errors="replace"))


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
