"""Running a batch: a few essays at a time, the rest not even read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from scriptgen.batch.progress import Silent
from scriptgen.batch.result import BatchResult, Failure, Item
from scriptgen.batch.tally import Tally
from scriptgen.batch.turns import Desk, Turns
from scriptgen.drafting import draft_file, work_key
from scriptgen.drafting.publishing import Done
from scriptgen.errors import OutputError, ReplyError, ScriptgenError
from scriptgen.ledger import Spent, account
from scriptgen.outputs import draft_paths, preflight, sweep
from scriptgen.reader import MAX_BYTES
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scriptgen.batch.progress import Progress
    from scriptgen.drafting import Means, Outcome
    from scriptgen.essay import Essay
    from scriptgen.ledger import Account, Ledger
    from scriptgen.reader import EssaySource

RETRY = "--retry-failed asks the model again"
_LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch is run.

    ``jobs``: essays at a time; ``force``: put drafts in place of edited ones, which are moved
    aside first; ``retry_failed``: ask again for what failed for good; ``encoding``, ``language``,
    ``max_bytes``: how essays are read, see `scriptgen.reader.read_essay`.
    """

    jobs: int = 4
    force: bool = False
    retry_failed: bool = False
    encoding: str | None = None
    language: str | None = None
    max_bytes: int = MAX_BYTES


def run_batch(
    sources: Sequence[EssaySource],
    means: Means,
    *,
    outputs: Path,
    options: BatchOptions | None = None,
    progress: Progress | None = None,
) -> BatchResult:
    """As `arun_batch`, for code outside an event loop; closes the model."""

    async def once() -> BatchResult:
        try:
            return await arun_batch(
                sources, means, outputs=outputs, options=options, progress=progress
            )
        finally:
            # Its sockets belong to this loop, which ends here.
            if means.model is not None:
                await means.model.close()

    return asyncio.run(once())


async def arun_batch(
    sources: Sequence[EssaySource],
    means: Means,
    *,
    outputs: Path,
    options: BatchOptions | None = None,
    progress: Progress | None = None,
) -> BatchResult:
    """A draft below ``outputs`` for each of the ``sources``, made with ``means``.

    What is done from before is skipped without parsing, what failed for good is reported and not
    tried again, and two essays with one text are paid for once. One bad essay never stops a batch.
    It stops starting new ones, and leaves the rest to the next run, when no call can succeed (key,
    quota, cap), when the disk is full or the ledger fails, and when the model's server is given up
    (`scriptgen.llm.lane`).

    Raises ``ValueError`` for means without a ledger, and before anything is spent `TemplateError`,
    and `OutputError` where the outputs cannot be written or another batch works on them. When it
    is cancelled, what is finished is kept and ``progress`` gets the summary.
    """
    if means.ledger is None:
        raise ValueError("a batch needs a ledger")
    _ = means.inputs  # A template that does not load is no essay's fault.
    with means.ledger.lease(f"batch {means.ledger.place(outputs)}", of="these outputs"):
        preflight(outputs)
        sweep(outputs)
        batch = _Batch(means, means.ledger, outputs, options or BatchOptions())
        return await batch.run(sources, progress or Silent())


class _Batch:
    def __init__(self, means: Means, ledger: Ledger, outputs: Path, options: BatchOptions) -> None:
        self._means = means
        self._again = replace(means, options=means.options.model_copy(update={"fresh": True}))
        self._known = replace(means, options=means.options.model_copy(update={"fresh": False}))
        self._ledger = ledger
        self._outputs = outputs
        self._options = options
        self._turns = Turns()
        self._desk = Desk()
        self._tally = Tally()
        self._at_work = 0
        self._put_back: list[tuple[EssaySource, str]] = []
        self._runs_before = ledger.last_run()
        self._replies_before = ledger.last_reply()

    async def run(self, sources: Sequence[EssaySource], progress: Progress) -> BatchResult:
        started = monotonic()
        targets = draft_paths([source.name for source in sources])
        rest = iter(zip(sources, targets, strict=True))
        ended = False
        with account() as spent:
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(min(self._options.jobs, len(sources))):
                        group.create_task(self._work(rest, progress))
                ended = True
            except BaseExceptionGroup as group:
                raise group.exceptions[0] from None
            finally:
                seconds = monotonic() - started
                result = self._result(len(sources), seconds, spent, interrupted=not ended)
                progress.summary(result)
        return result

    async def _work(self, rest: Iterator[tuple[EssaySource, str]], progress: Progress) -> None:
        self._at_work += 1
        try:
            while self._tally.stopped is None:
                following = self._put_back.pop() if self._put_back else next(rest, None)
                if following is None:
                    return
                source, target = following
                progress.started(source.name)
                item = await self._item(source, target)
                if item is None:
                    self._put_back.append(following)
                    return
                self._tally.count(item)
                progress.finished(item)
        finally:
            self._at_work -= 1

    async def _item(self, source: EssaySource, target: str) -> Item | None:
        """What became of one essay; ``None``: a cap leaves room for fewer at a time."""
        try:
            await self._desk.turn()
            essay = self._load(source)
            outcome = await self._draft(source, essay, target)
        except ScriptgenError as error:
            if error.code == "E_BUDGET" and self._at_work > 1:
                # Calls under way count as the most they may take; once they have ended there may
                # be room, and whoever is left alone knows that there is none.
                return None
            failure = _failure(source.name, error)
            if self._tally.stops(error):
                self._tally.stop(failure, error)
                return Item(name=source.name, state="todo", failure=failure)
            return Item(name=source.name, state="failed", failure=failure)
        except Exception as error:  # noqa: BLE001 - one bad essay never stops a batch
            failure = _unforeseen(source, error)
            return Item(name=source.name, state="failed", failure=failure)
        if isinstance(outcome, Failure):
            return Item(name=source.name, state="failed", failure=outcome)
        return Item(
            name=source.name,
            state="done" if outcome.done is Done.WRITTEN else "skipped",
            run=outcome.run,
            restored=outcome.restored,
            edited=outcome.edited,
        )

    async def _draft(self, source: EssaySource, essay: Essay, target: str) -> Outcome | Failure:
        key = work_key(essay, self._means)
        async with self._turns.of(key):
            means, twin = self._means, False
            if means.options.fresh:
                twin = self._ledger.run_of(key, after=self._runs_before) is not None
                means = self._known if twin else means
            elif failed := self._ledger.failure_of(key):
                if not self._options.retry_failed:
                    return _failed_before(source.name, failed.reason, failed.message)
                means = self._again
            return await draft_file(
                essay,
                means,
                root=self._outputs,
                target=target,
                force=self._options.force,
                anew=twin,
                recheck=lambda: self._recheck(source, essay),
            )

    def _load(self, source: EssaySource) -> Essay:
        return source.load(
            encoding=self._options.encoding,
            language=self._options.language,
            max_bytes=self._options.max_bytes,
        )

    def _recheck(self, source: EssaySource, essay: Essay) -> Finding | None:
        if not source.changed_since(essay, max_bytes=self._options.max_bytes):
            return None
        return Finding(
            code="W_SOURCE_CHANGED",
            severity=Severity.WARNING,
            message="the essay changed on disk after it was read; the draft is of what was read",
        )

    def _result(
        self, total: int, seconds: float, spent: Account, *, interrupted: bool
    ) -> BatchResult:
        try:
            stored = self._ledger.spent(after=self._replies_before)
        except OutputError:  # The summary is given all the same; the failure has been told.
            stored = Spent()
        # Where there is a budget its tokens are those of the cost, of the caps and of the ledger.
        counted = spent if spent.calls else stored
        return self._tally.result(total).model_copy(
            update={
                "requests": max(self._tally.requests, stored.replies, spent.calls),
                "prompt_tokens": counted.prompt_tokens,
                "completion_tokens": counted.completion_tokens,
                "cost": spent.cost,
                "currency": spent.currency,
                "estimated": spent.estimated,
                "seconds": round(seconds, 3),
                "interrupted": interrupted,
            }
        )


def _failure(name: str, error: ScriptgenError) -> Failure:
    return Failure(
        name=name,
        code=error.code,
        message=error.message,
        where=error.where,
        hint=_hint(error),
        exit_code=error.exit_code,
    )


def _hint(error: ScriptgenError) -> str | None:
    """What to do about it in a batch, where another flag asks again than in a single draft."""
    if not isinstance(error, ReplyError) or "max_tokens" in (error.hint or ""):
        return error.hint
    return f"the reply is kept; {RETRY}"


def _failed_before(name: str, reason: str | None, message: str | None) -> Failure:
    code = reason or "E_INTERNAL"
    return Failure(
        name=name,
        code=code,
        message=f"failed before: {message or code}",
        hint=RETRY,
        exit_code=4 if code == "E_TOO_LONG" else 5,
    )


def _unforeseen(source: EssaySource, error: Exception) -> Failure:
    return Failure(
        name=source.name,
        code="E_INTERNAL",
        message=f"scriptgen itself failed: {type(error).__name__}: {error}"[:_LONGEST_MESSAGE],
        where=source.where,
        hint="run `scriptgen draft` on this essay with --debug to see where",
    )
