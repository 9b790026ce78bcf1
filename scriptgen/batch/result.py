"""What became of a batch, and the exit code that says so."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scriptgen.run import Run
from scriptgen.values import Value


class Failure(Value):
    """Why one essay has no draft: the code, words, hint and exit code of the error."""

    name: str
    code: str
    message: str
    where: str | None = None
    hint: str | None = None
    exit_code: int = 1


class Item(Value):
    """What became of one essay.

    ``done``: its draft was written; ``skipped``: it stood there from before; ``failed``: see
    ``failure``; ``todo``: the batch stopped before it was through. ``restored``: the draft was
    written from the record, so that its run cost nothing this time; ``edited``: it stood there and
    was edited since it was written.
    """

    name: str
    state: Literal["done", "skipped", "failed", "todo"]
    run: Run | None = None
    failure: Failure | None = None
    restored: bool = False
    edited: bool = False


class BatchResult(Value):
    """A batch in figures.

    ``total``: essays named; ``done``, ``skipped``, ``failed`` and ``todo`` add up to it;
    ``with_errors``: drafts, skipped ones too, with findings of severity error; ``with_findings``:
    with findings of severity warning or error; ``findings``: how many of these there are by code,
    ``figures``: those of the drafts together, counts added up and shares averaged, skipped drafts
    in both too; ``kept``: drafts that went beside one edited by
    hand; ``changed``: essays that changed on disk meanwhile; ``requests``: HTTP requests, failed
    ones counted where there is a budget, else of failed essays only those that were answered;
    ``prompt_tokens`` and ``completion_tokens``: as the servers counted them, those of failed essays
    too; ``cost``: of all requests in ``currency``, ``None`` where no price is configured and where
    nothing was asked; ``estimated``: requests whose tokens and cost are what was set aside for
    them, since the server did not say what they took (without a budget they count for nothing);
    ``seconds``: wall time; ``lost``: replies that came and could not be stored; ``stopped``: the
    error that ended the batch early; ``interrupted``: somebody else did.
    """

    total: int
    done: int = 0
    with_errors: int = 0
    with_findings: int = 0
    findings: dict[str, int] = Field(default_factory=dict)
    figures: dict[str, int | float] = Field(default_factory=dict)
    skipped: int = 0
    failed: tuple[Failure, ...] = ()
    todo: int = 0
    kept: int = 0
    changed: int = 0
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    currency: str | None = None
    estimated: int = 0
    seconds: float = 0.0
    lost: int = 0
    stopped: Failure | None = None
    interrupted: bool = False


INTERRUPTED = 130


def exit_code(result: BatchResult) -> int:
    """0 where every draft stands and has no error; 130 where somebody interrupted.

    Otherwise 1, unless nothing but one kind of failure kept the rest from being done: a stop, or
    the failure of every single essay; then the code of that kind.
    """
    if result.interrupted:
        return INTERRUPTED
    kinds = {failure.exit_code for failure in result.failed}
    if result.stopped is not None:
        kinds.add(result.stopped.exit_code)
    elif result.failed and len(result.failed) < result.total:
        return 1
    if not kinds:
        return 1 if result.with_errors else 0
    return kinds.pop() if len(kinds) == 1 else 1
