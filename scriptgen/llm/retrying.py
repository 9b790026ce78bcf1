"""Whether to try again: decided as a value, carried out by tenacity, and by nobody else.

Each call has its own retry object, since one that tasks share mixes up their counts. Only `Again`
is retried, so a cancelled task and Ctrl-C pass at once.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from scriptgen.errors import FatalProviderError, ProviderError, ScriptgenError, SetupError
from scriptgen.llm.retry_after import asked_wait

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from scriptgen.llm.policy import CallPolicy
    from scriptgen.llm.profile import Lesson
    from scriptgen.ports import Clock
    from scriptgen.prompt import Reply

RETRIED_STATUSES = frozenset({408, 409, 425, 429, *range(500, 600)})
MALFORMED = "E_PROTOCOL"
RETRIED_CODES = frozenset({"E_CONNECT", "E_DEADLINE", MALFORMED})
LONGEST_BACKOFF = 60.0
SPREAD = 0.1
"""Waits that a server asked for are stretched by up to this share, so that callers come apart."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that gave no reply: its error, and the HTTP status and headers it came with.

    ``status`` is ``None`` where no whole answer came; header names are in lower case; ``lesson``:
    what the server refuses by name, which a request without it need not fail of.
    """

    error: ScriptgenError
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again, after the seconds the server asked for; ``None``: after a backoff."""

    after: float | None


@dataclass(frozen=True, slots=True)
class Adapt:
    """Send another request at once, made with what was learnt. It counts as no attempt."""

    lesson: Lesson


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Another attempt at this call would be no use. ``after``: seconds until it may be."""

    because: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class StopBatch:
    """No call to this server can succeed as things are."""

    because: str


Decision = Retry | Adapt | GiveUp | StopBatch


def decide(
    failure: Failure, *, now: float, longest_wait: float, empty_before: bool, malformed_enough: bool
) -> Decision:
    """What to do about ``failure``.

    ``now``: seconds since the epoch; ``longest_wait``: seconds, as `CallPolicy.longest_wait`;
    ``empty_before``: whether this call has had an empty reply already; ``malformed_enough``:
    whether one that is malformed now is the last that may be paid for.
    """
    error = failure.error
    if isinstance(error, FatalProviderError | SetupError):
        return StopBatch(error.message)
    if failure.lesson is not None:
        return Adapt(failure.lesson)
    if error.code == "E_EMPTY_REPLY":
        if empty_before:
            return GiveUp("the reply was empty twice")
    elif error.code == MALFORMED and malformed_enough:
        return GiveUp("too many replies were malformed, and each is paid for")
    elif error.code not in RETRIED_CODES and (
        error.code != "E_PROVIDER" or failure.status not in RETRIED_STATUSES
    ):
        return GiveUp("the same request would get the same answer")
    if failure.headers.get("x-should-retry", "").strip().lower() == "false":
        return GiveUp("the server says not to retry")
    after = asked_wait(failure.headers, now)
    if after is not None and after > longest_wait:
        return GiveUp(f"the server asks to retry at {_when(now, after)}", after)
    return Retry(after)


class AttemptFailed(Exception):  # noqa: N818 - a signal between an attempt and its retrying
    """An attempt ended with ``failure``; ``maybe_billed``: nobody knows that it cost nothing."""

    def __init__(self, failure: Failure, *, maybe_billed: bool = True) -> None:
        super().__init__(failure.error.code)
        self.failure = failure
        self.maybe_billed = maybe_billed


class Again(Exception):  # noqa: N818 - a signal to tenacity, never seen outside
    """The decision was `Retry`."""

    def __init__(self, error: ScriptgenError, after: float | None) -> None:
        super().__init__(error.code)
        self.error = error
        self.after = after


class Pause:
    """A wait asked for by a server that all calls of one model keep."""

    def __init__(self, clock: Clock, longest_wait: float) -> None:
        self._clock = clock
        self._longest_wait = longest_wait
        self._until = clock.monotonic()

    def ask(self, seconds: float) -> None:
        """Make the pause last at least ``seconds`` from now."""
        self._until = max(self._until, self._clock.monotonic() + seconds)

    async def over(self) -> None:
        """Wait for its end; raises `FatalProviderError` where that is too far off to wait for."""
        while (left := self._until - self._clock.monotonic()) > 0:
            if left > self._longest_wait:
                when = _when(self._clock.now(), left)
                raise FatalProviderError(
                    "E_FATAL",
                    f"the server asked for no requests until {when}",
                    hint="run again then: finished work is kept",
                )
            await self._clock.sleep(_spread(left))


async def persevere(
    attempt: Callable[[float], Awaitable[Reply]],
    *,
    policy: CallPolicy,
    clock: Clock,
    pause: Pause,
    learn: Callable[[Lesson], None],
) -> Reply:
    """The first reply that ``attempt`` gives within ``policy``, with the requests it took.

    ``attempt`` gets the seconds it may take and raises `AttemptFailed`, which is decided upon
    here; anything else it raises passes through. ``learn`` gets what a server refuses, each lesson
    once, before the attempt that heeds it. Raises the last error when attempts or time are
    used up. Time counts from the first attempt, after a pause that others caused.
    """
    call = _Call(attempt, policy, clock, pause, learn)
    try:
        reply: Reply = await call.retrying()(call.once)
    except Again as again:
        final = _final(again.error, call.made)
    else:
        return reply.model_copy(update={"attempts": call.made})
    raise final


class _Call:
    """One call's own count of attempts and time."""

    def __init__(
        self,
        attempt: Callable[[float], Awaitable[Reply]],
        policy: CallPolicy,
        clock: Clock,
        pause: Pause,
        learn: Callable[[Lesson], None],
    ) -> None:
        self._attempt = attempt
        self._policy = policy
        self._clock = clock
        self._pause = pause
        self._learn = learn
        self._learnt: set[Lesson] = set()
        self._started: float | None = None
        self._empty_before = False
        self._malformed = 0
        self._last: ScriptgenError | None = None
        self.made = 0

    def retrying(self) -> AsyncRetrying:
        enough = stop_after_attempt(self._policy.attempts)
        return AsyncRetrying(
            sleep=self._clock.sleep,
            retry=retry_if_exception_type(Again),
            wait=_wait,
            # tenacity's own delay rules read the machine's clock instead of ours.
            stop=lambda state: enough(state) or state.upcoming_sleep >= self._left(),
            reraise=True,
        )

    async def once(self) -> Reply:
        await self._pause.over()
        if self._started is None:
            self._started = self._clock.monotonic()
        while True:
            left = self._left()
            if self._last is not None and left <= 0:
                raise _final(self._last, self.made)
            self.made += 1
            try:
                return await self._attempt(min(self._policy.deadline, left))
            except AttemptFailed as failed:
                failure = failed.failure
            if failure.lesson in self._learnt:
                failure = replace(failure, lesson=None)
            decision = self._decide(failure)
            if not isinstance(decision, Adapt):
                break
            self._learnt.add(decision.lesson)
            self._learn(decision.lesson)
        raise self._conclusion(failure, decision)

    def _left(self) -> float:
        now = self._clock.monotonic()
        return self._policy.total - (now - (now if self._started is None else self._started))

    def _decide(self, failure: Failure) -> Decision:
        self._malformed += failure.error.code == MALFORMED
        decision = decide(
            failure,
            now=self._clock.now(),
            longest_wait=self._policy.longest_wait,
            empty_before=self._empty_before,
            malformed_enough=self._malformed >= self._policy.malformed,
        )
        self._last = failure.error
        self._empty_before = self._empty_before or failure.error.code == "E_EMPTY_REPLY"
        return decision

    def _conclusion(self, failure: Failure, decision: Retry | GiveUp | StopBatch) -> Exception:
        after = None if isinstance(decision, StopBatch) else decision.after
        if after is not None:
            self._pause.ask(after)
        if isinstance(decision, Retry):
            return Again(failure.error, after)
        return _final(
            failure.error, self.made, because=decision.because if after is not None else None
        )


_backoff = wait_random_exponential(multiplier=1, max=LONGEST_BACKOFF)


def _wait(state: RetryCallState) -> float:
    again = state.outcome.exception() if state.outcome else None
    if isinstance(again, Again) and again.after is not None:
        return _spread(again.after)
    return _backoff(state)


def _spread(seconds: float) -> float:
    return seconds * (1 + SPREAD * random.random())  # noqa: S311 - jitter, not a secret


def _final(error: ScriptgenError, made: int, *, because: str | None = None) -> ScriptgenError:
    notes = [because] if because else []
    if made > 1:
        notes.append(f"{made} attempts")
    if not notes:
        return error
    message = f"{error.message} ({', '.join(notes)})"
    hint = error.hint
    if hint is None and isinstance(error, ProviderError):
        hint = "run again later: finished work is kept"
    return type(error)(error.code, message, where=error.where, hint=hint)


def _when(now: float, seconds: float) -> str:
    try:
        return datetime.fromtimestamp(now + seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return "no time this calendar knows"
