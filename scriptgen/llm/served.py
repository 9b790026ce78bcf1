"""A model behind a transport: what a real server and the scripted one have in common."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from scriptgen.errors import OutputError, ProviderError, ScriptgenError
from scriptgen.llm.intake import Intake
from scriptgen.llm.lane import lane_to
from scriptgen.llm.length import check_length
from scriptgen.llm.profile import CAP, CAP_NAMES, learn, profile_of
from scriptgen.llm.refusing import REFUSALS, faulted_value, refused_parameter
from scriptgen.llm.reply_shape import read_body, read_usage
from scriptgen.llm.retrying import AttemptFailed, Failure, persevere
from scriptgen.llm.rungs import refused as refused_rung
from scriptgen.prompt import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scriptgen.llm.keys import Secret
    from scriptgen.llm.policy import CallPolicy
    from scriptgen.llm.profile import Lesson, Sending
    from scriptgen.ports import Budget, Clock, Memory, ReplySink, Tap
    from scriptgen.prompt import Prompt, Reply

_PAID = range(200, 300)
_BEGUN = 200
"""The status of what came of a stream; that it is not whole shows by its missing end mark."""
_NOTHING = Usage(prompt_tokens=0, completion_tokens=0, total_tokens=0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, unread: HTTP status, headers by lower-case name, the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Unreached(Exception):  # noqa: N818 - a signal between transport and model
    """No whole answer came. ``sent``: the request may have got there, and may be billed."""

    def __init__(self, error: ProviderError, *, sent: bool) -> None:
        super().__init__(error.code)
        self.error = error
        self.sent = sent


class Transport(Protocol):
    """One request, one answer: no retries, no reading."""

    @property
    def origin(self) -> str:
        """Where it sends to, for the text of errors."""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What must not be quoted."""

    def open(self) -> object:
        """Get ready, outside any deadline; harmless when repeated."""

    async def send(self, prompt: Prompt, sending: Sending) -> Answer:
        """The answer, whatever its status; raises `Unreached`."""

    async def close(self) -> None:
        """Give back sockets; harmless when repeated."""


class ServedModel:
    """A `scriptgen.ports.Model`: asks the budget, sends, keeps the raw body, then reads it.

    Bodies with a status of 200-299 go to ``sink`` before anything reads them, and so does what came
    of a stream that broke off; other bodies are not kept. With a ``tap``, replies in text are asked
    for as a stream. Each attempt is reserved in ``budget`` and settled once: with the body's usage,
    with zeros where the server answered an error or was not reached, with ``None`` where nobody
    knows what is billed. One event loop at a time may use it.
    """

    def __init__(
        self,
        name: str,
        transport: Transport,
        *,
        sink: ReplySink | None,
        budget: Budget | None,
        clock: Clock,
        policy: CallPolicy,
        memory: Memory | None = None,
        tap: Tap | None = None,
    ) -> None:
        self._name = name
        self._transport = transport
        self._sink = sink
        self._budget = budget
        self._clock = clock
        self._policy = policy
        self._memory = memory
        self._tap = tap

    @property
    def name(self) -> str:
        """The model's name, as the user gave it."""
        return self._name

    async def reply(self, prompt: Prompt) -> Reply:
        """One usable reply.

        Raises `FatalProviderError` where no call can succeed, `ProviderError` when attempts or
        time are used up or a cap is reached, `ReplyError` for a reply that is truncated, refused,
        filtered or empty, `SetupError` for a redirect, `OutputError` when the sink cannot store.
        """

        async def attempt(seconds: float) -> Reply:
            return await self._attempt(prompt, seconds)

        return await persevere(
            attempt,
            policy=self._policy,
            clock=self._clock,
            lane=lane_to(self._transport.origin, self._clock),
            learn=self._learn,
        )

    async def close(self) -> None:
        """Give back sockets; harmless when repeated."""
        await self._transport.close()

    def _learn(self, lesson: Lesson) -> None:
        learn(self._transport.origin, self._name, lesson, self._memory)

    async def _attempt(self, prompt: Prompt, seconds: float) -> Reply:
        profile = profile_of(self._transport.origin, self._name, self._memory)
        sending = profile.sending(prompt, self._intake())
        reservation = self._budget.reserve(prompt) if self._budget else None
        usage: Usage | None = None
        started = self._clock.monotonic()
        try:
            answer = await self._send(prompt, sending, seconds)
            usage = read_usage(answer.body) if answer.status in _PAID else _NOTHING
            raw_id = self._keep(prompt, answer)
            reply = self._read(answer, prompt, sending)
        except BaseException as error:
            if isinstance(error, AttemptFailed) and error.unbilled:
                usage = _NOTHING
            # What went wrong first is what is told, above all where it is a reply that was lost.
            with suppress(OutputError):
                self._settle(reservation, usage)
            raise
        self._settle(reservation, usage)
        seconds = self._clock.monotonic() - started
        return reply.model_copy(
            update={
                "seconds": seconds,
                "raw_id": raw_id,
                "dropped": profile.dropped(prompt),
                "rung": sending.rung,
            }
        )

    def _settle(self, reservation: str | None, usage: Usage | None) -> None:
        if self._budget is not None and reservation is not None:
            self._budget.settle(reservation, usage)

    def _intake(self) -> Intake | None:
        return Intake(self._tap, self._transport.secrets) if self._tap else None

    async def _send(self, prompt: Prompt, sending: Sending, seconds: float) -> Answer:
        self._transport.open()
        try:
            with _watched(sending.intake):
                async with asyncio.timeout(seconds):
                    return await self._transport.send(prompt, sending)
        except asyncio.CancelledError:
            with suppress(OutputError):
                self._keep_begun(prompt, sending)
            raise
        except TimeoutError:
            error = ProviderError(
                "E_DEADLINE",
                f"no whole reply within {seconds:g} seconds",
                where=self._transport.origin,
            )
            sent = True
        except Unreached as unreached:
            error, sent = unreached.error, unreached.sent
        self._keep_begun(prompt, sending)
        raise AttemptFailed(Failure(error), maybe_billed=sent)

    def _keep(self, prompt: Prompt, answer: Answer) -> str | None:
        if self._sink is None or answer.status not in _PAID:
            return None
        return self._sink.store(prompt, self._name, answer.status, answer.body)

    def _keep_begun(self, prompt: Prompt, sending: Sending) -> None:
        """Store what has come of a stream that broke off: paid for, and never read as a reply."""
        begun = sending.intake.begun() if sending.intake else None
        if begun is not None:
            self._keep(prompt, Answer(_BEGUN, {}, begun))

    def _read(self, answer: Answer, prompt: Prompt, sending: Sending) -> Reply:
        where = self._transport.origin
        try:
            reply = read_body(
                answer.status,
                answer.body,
                where=where,
                request_id=answer.headers.get("x-request-id"),
                secrets=self._transport.secrets,
                tool=prompt.tool,
            )
            check_length(reply.text, prompt.parameters, where=where)
        except ScriptgenError as error:
            lesson = self._lesson(answer, sending)
            failure = Failure(
                _hinted(error, answer, sending), answer.status, answer.headers, lesson
            )
        else:
            return reply
        raise AttemptFailed(failure)

    def _lesson(self, answer: Answer, sending: Sending) -> Lesson | None:
        known = profile_of(self._transport.origin, self._name)
        if answer.status in REFUSALS and (
            name := refused_parameter(answer.body, sending.parameters)
        ):
            return known.refusal(name)
        if sending.rung and refused_rung(sending.rung, answer.status, answer.body):
            return known.stepping_down(sending.rung)
        return None


def _hinted(error: ScriptgenError, answer: Answer, sending: Sending) -> ScriptgenError:
    """The error, with what to type where a parameter's value is what the server complains of."""
    if error.code != "E_PROVIDER" or error.hint or answer.status not in REFUSALS:
        return error
    name = faulted_value(answer.body, sending.parameters)
    if name is None:
        return error
    ours = CAP if name in CAP_NAMES else name
    hint = f"give another value: --set {ours}=VALUE, or {ours} in the template's header"
    return type(error)(error.code, error.message, where=error.where, hint=hint)


@contextmanager
def _watched(intake: Intake | None) -> Iterator[None]:
    """A reply may come in while it lasts."""
    if intake is not None:
        intake.begin()
    try:
        yield
    finally:
        if intake is not None:
            intake.end()
