"""Whether to try again: decided as a value, carried out by tenacity, and by nobody else.

Each call has its own retry object, since one that tasks share mixes up their counts. Only `Again`
is retried, so a cancelled task and Ctrl-C pass at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from scriptgen.llm.lane import moment, spread
from scriptgen.llm.retry_after import asked_wait
from scriptgen.llm.run_time import run_time

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from scriptgen.llm.lane import Lane
    from scriptgen.llm.policy import CallPolicy
    from scriptgen.llm.profile import Lesson
    from scriptgen.ports import Clock
    from scriptgen.prompt import Reply

RETRIED_STATUSES = frozenset({408, 409, 425, 429, *range(500, 600)})
MALFORMED = "E_PROTOCOL"
RETRIED_CODES = frozenset({"E_CONNECT", "E_DEADLINE", MALFORMED})
LONGEST_BACKOFF = 60.0
SUCCESS = 200


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
    if failure.lesson is not None:
        return Adapt(failure.lesson)
    if isinstance(error, FatalProviderError | SetupError):
        return StopBatch(error.message)
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
        return GiveUp(f"the server asks to retry at {moment(now, after)}", after)
    return Retry(after)


class AttemptFailed(Exception):  # noqa: N818 - a signal between an attempt and its retrying
    """An attempt ended with ``failure``; ``maybe_billed``: nobody knows that it cost nothing."""

    def __init__(self, failure: Failure, *, maybe_billed: bool = True) -> None:
        super().__init__(failure.error.code)
        self.failure = failure
        self.maybe_billed = maybe_billed

    @property
    def unbilled(self) -> bool:
        """Whether the request did not get there, so that it cost nothing."""
        return self.failure.status is None and not self.maybe_billed


class Again(Exception):  # noqa: N818 - a signal to tenacity, never seen outside
    """The decision was `Retry`."""

    def __init__(self, error: ScriptgenError, after: float | None) -> None:
        super().__init__(error.code)
        self.error = error
        self.after = after


async def persevere(
    attempt: Callable[[float], Awaitable[Reply]],
    *,
    policy: CallPolicy,
    clock: Clock,
    lane: Lane,
    learn: Callable[[Lesson], None],
) -> Reply:
    """The first reply that ``attempt`` gives within ``policy``, with the requests it took.

    ``attempt`` gets the seconds it may take and raises `AttemptFailed`, which is decided upon
    here; anything else it raises passes through. ``learn`` gets what a server refuses, each lesson
    once, before the attempt that heeds it. Raises the last error when attempts or time are
    used up. Time counts from the first attempt, after a pause that others caused; that of a whole
    run, see `scriptgen.llm.run_time`, from its first call.
    """
    call = _Call(attempt, policy, clock, lane, learn)
    try:
        reply: Reply = await call.retrying()(call.once)
    except Again as again:
        final = _final(again.error, call.made)
    except ProviderError as error:
        final = error
    else:
        return reply.model_copy(update={"attempts": call.made})
    if final.code == "E_CONNECT" and not isinstance(final, FatalProviderError):
        lane.missed()
    raise final


class _Call:
    """One call's own count of attempts and time."""

    def __init__(
        self,
        attempt: Callable[[float], Awaitable[Reply]],
        policy: CallPolicy,
        clock: Clock,
        lane: Lane,
        learn: Callable[[Lesson], None],
    ) -> None:
        self._attempt = attempt
        self._policy = policy
        self._clock = clock
        self._lane = lane
        self._run = run_time()
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
        while True:
            reply = await self._request()
            if not isinstance(reply, Failure):
                return reply
            if reply.lesson in self._learnt:
                reply = replace(reply, lesson=None)
            decision = self._decide(reply)
            if not isinstance(decision, Adapt):
                raise self._conclusion(reply, decision)
            self._learnt.add(decision.lesson)
            self._learn(decision.lesson)

    async def _request(self) -> Reply | Failure:
        trying = await self._lane.enter(self._policy.longest_wait)
        try:
            seconds = self._seconds()
            self.made += 1
            reply = await self._attempt(seconds)
        except AttemptFailed as failed:
            self._lane.heard(failed.failure.status, trying=trying)
            return failed.failure
        else:
            self._lane.heard(SUCCESS, trying=trying)
            return reply
        finally:
            self._lane.leave(trying=trying)

    def _seconds(self) -> float:
        """How long the next attempt may take; raises the last error where time is over."""
        if self._started is None:
            self._started = self._clock.monotonic()
        left = self._left()
        if left > 0:
            return min(self._policy.deadline, left)
        if self._last is not None:
            raise _final(self._last, self.made)
        raise ProviderError("E_DEADLINE", f"the run's {self._run.seconds:g} seconds are over")

    def _left(self) -> float:
        since = self._started
        used = 0.0 if since is None else self._clock.monotonic() - since
        return min(self._policy.total - used, self._run.left(self._clock))

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
            self._lane.pause(after)
        if isinstance(decision, Retry):
            return Again(failure.error, after)
        return _final(
            failure.error, self.made, because=decision.because if after is not None else None
        )


_backoff = wait_random_exponential(multiplier=1, max=LONGEST_BACKOFF)


def _wait(state: RetryCallState) -> float:
    again = state.outcome.exception() if state.outcome else None
    if isinstance(again, Again) and again.after is not None:
        return spread(again.after)
    return _backoff(state)


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
