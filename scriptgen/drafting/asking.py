"""Asking the model: what the ledger already has is not paid for again, and every call is noted."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from scriptgen.drafting.aside import aside
from scriptgen.errors import ProviderError, ReplyError
from scriptgen.ledger import State, account
from scriptgen.prompt import Usage
from scriptgen.run import CallMade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from scriptgen.drafting.means import Means
    from scriptgen.ledger import Account, StoredReply
    from scriptgen.ports import Model
    from scriptgen.prompt import Prompt, Reply
    from scriptgen.run import Purpose

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

INSTANT = 0.001
"""Seconds by which a call that was given the rest of a run's time may end before it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt and the usable reply to it."""

    prompt: Prompt
    reply: Reply


class Asker(Protocol):
    """Where the replies that a draft is made of come from: a model, or the record of a run."""

    @property
    def model(self) -> str:
        """The model's name, as the user gave it."""

    @property
    def in_parts(self) -> bool:
        """Whether the page is asked for part by part; raises `TemplateError`."""

    async def ask(self, purpose: Purpose, make: Callable[[], Prompt]) -> Asked:
        """The reply to the prompt that ``make`` gives; from the record, ``make`` is not called.

        Raises as ``make`` and `scriptgen.ports.Model.reply`.
        """

    async def meanwhile(
        self, work: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs
    ) -> _Made:
        """What ``work`` gives, done where it holds up no other reply; raises what it raises."""


class LiveAsker:
    """An `Asker` with a model behind it, that takes from the ledger what is there.

    Its time, `DraftOptions.run_deadline`, begins when it is made. ``stage`` hears ``CALLING``
    before a call is made and ``GOT`` once the reply is durable. ``calls`` are those made so far, a
    failed one last; ``prompts`` are theirs, by call key.
    """

    def __init__(self, model: Model, means: Means, stage: Callable[[State], None]) -> None:
        self._model = model
        self._means = means
        self._stage = stage
        self._ends = means.clock.monotonic() + means.options.run_deadline
        self.calls: list[CallMade] = []
        self.prompts: dict[str, Prompt] = {}

    @property
    def model(self) -> str:
        """The model's name, as the user gave it."""
        return self._model.name

    @property
    def in_parts(self) -> bool:
        """Whether the template of the draft asks part by part; raises `TemplateError`."""
        return self._means.in_parts

    async def ask(self, purpose: Purpose, make: Callable[[], Prompt]) -> Asked:
        """The stored reply to this very call, which has no ``attempts``, or else the model's.

        Raises also `ProviderError` ``E_DEADLINE`` where the time of the run is over.
        """
        from scriptgen.prompting import call_key

        prompt, means = make(), self._means
        key = call_key(prompt, model=self.model, origin=means.origin, repeat=means.options.repeat)
        self.prompts[key] = prompt
        call = CallMade(
            purpose=purpose,
            call_key=key,
            template=prompt.template,
            template_hash=prompt.template_hash,
            fence=prompt.fence,
            parameters=prompt.parameters,
        )
        reply = None if means.options.fresh else stored_reply(key, prompt, means)
        if reply is None:
            reply = await self._call(prompt, call)
        else:
            self.calls.append(_answered(call, reply))
        self._stage(State.GOT)
        return Asked(prompt, reply)

    async def meanwhile(
        self, work: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs
    ) -> _Made:
        """What ``work`` gives, done beside the event loop."""
        return await aside(work, *given, **named)

    async def _call(self, prompt: Prompt, call: CallMade) -> Reply:
        self._stage(State.CALLING)
        ledger, clock = self._means.ledger, self._means.clock
        before, started = ledger.last_reply() if ledger else 0, clock.monotonic()
        try:
            with account() as spent:
                reply = await self._in_time(prompt)
        except (ProviderError, ReplyError) as error:
            lost = ledger.replies_to(call.call_key, after=before) if ledger else []
            ended = {
                **_costs(spent),
                "requests": max(len(lost), spent.calls),
                "usage": usage_of(lost),
                "seconds": round(clock.monotonic() - started, 3),
                "error": error.code,
            }
            self.calls.append(call.model_copy(update=ended))
            raise
        call = _answered(call, reply).model_copy(update=_costs(spent))
        if reply.attempts > 1 and ledger is not None:
            # What could not be used was paid for all the same.
            came = ledger.replies_to(call.call_key, after=before)
            lost = [each for each in came if each.id != reply.raw_id]
            call = call.model_copy(update={"usage": call.usage + usage_of(lost)})
        self.calls.append(call)
        return reply

    def _left(self) -> float:
        return self._ends - self._means.clock.monotonic()

    async def _in_time(self, prompt: Prompt) -> Reply:
        from scriptgen.llm.run_time import bounded

        left = self._left()
        if left > 0:
            try:
                with bounded(left):
                    return await self._model.reply(prompt)
            except ProviderError as error:
                if error.code != "E_DEADLINE" or self._left() > INSTANT:
                    raise
        raise ProviderError(
            "E_DEADLINE",
            f"the draft took longer than {self._means.options.run_deadline:g} seconds",
            hint="give it more time with the setting run_deadline",
        )


def stored_reply(key: str, prompt: Prompt, means: Means) -> Reply | None:
    """The usable reply that the ledger has to ``prompt``'s call ``key``, ``None`` without one."""
    from scriptgen.llm.length import check_length

    stored = means.ledger.reply_to(key) if means.ledger else None
    if stored is None:
        return None
    try:
        reply = read_stored(stored, prompt)
        check_length(reply.text, prompt.parameters)
    except (ProviderError, ReplyError):
        return None
    return reply


def read_stored(stored: StoredReply, prompt: Prompt | None) -> Reply:
    """The stored reply to ``prompt`` as it was read when it came, but with no ``attempts``.

    ``prompt``: ``None`` where it was not kept. Raises as it did then.
    """
    from scriptgen.llm import read_body

    reply = read_body(stored.status, stored.body, tool=prompt.tool if prompt else None)
    return reply.model_copy(update={"attempts": 0, "raw_id": stored.id})


def held(work_key: str, means: Means) -> AbstractContextManager[None]:
    """A lease on the work, so that no other process pays for it at the same time.

    Raises `OutputError` ``E_LOCKED`` while one does.
    """
    if means.ledger is None or means.model is None:
        return nullcontext()
    return means.ledger.lease(work_key, of="this essay")


def usage_of(replies: Iterable[StoredReply]) -> Usage:
    """The tokens that stored replies count, whatever else is in them."""
    from scriptgen.llm.reply_shape import read_usage

    return sum((read_usage(each.body) or Usage() for each in replies), Usage())


def _costs(spent: Account) -> dict[str, float | int | None]:
    return {"cost": spent.cost, "estimated": spent.estimated}


def _answered(call: CallMade, reply: Reply) -> CallMade:
    return call.model_copy(
        update={
            "raw_id": reply.raw_id,
            "requests": reply.attempts,
            "usage": reply.usage,
            "seconds": round(reply.seconds, 3),
            "finish_reason": reply.finish_reason,
            "model": reply.model,
            "fingerprint": reply.fingerprint,
            "dropped": reply.dropped,
            "rung": reply.rung,
        }
    )
