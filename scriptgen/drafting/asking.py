"""Asking the model: what the ledger already has is not paid for again."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from scriptgen.errors import ProviderError, ReplyError
from scriptgen.ledger import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from scriptgen.drafting.means import Means
    from scriptgen.ports import Model
    from scriptgen.prompt import Prompt, Reply

SUCCESS = 200


async def ask(model: Model, prompt: Prompt, means: Means, stage: Callable[[State], None]) -> Reply:
    """One usable reply: the stored one to this very call, or the model's.

    ``stage`` hears ``CALLING`` before a call is made and ``GOT`` once the reply is durable. A
    stored reply has no ``attempts``. Raises as `scriptgen.ports.Model.reply`.
    """
    reply = None if means.options.fresh else stored_reply(model, prompt, means)
    if reply is None:
        stage(State.CALLING)
        reply = await model.reply(prompt)
    stage(State.GOT)
    return reply


def stored_reply(model: Model, prompt: Prompt, means: Means) -> Reply | None:
    """The usable reply that the ledger has to this call, ``None`` without one."""
    if means.ledger is None:
        return None
    from scriptgen.llm import read_body
    from scriptgen.prompting import call_key

    key = call_key(prompt, model=model.name, origin=means.origin, repeat=means.options.repeat)
    body = means.ledger.raw_reply(key)
    if body is None:
        return None
    try:
        reply = read_body(SUCCESS, body)
    except (ProviderError, ReplyError):
        return None
    return reply.model_copy(update={"attempts": 0})


def held(work_key: str, means: Means) -> AbstractContextManager[None]:
    """A lease on the work, so that no other process pays for it at the same time.

    Raises `OutputError` ``E_LOCKED`` while one does.
    """
    return means.ledger.lease(work_key, of="this essay") if means.ledger else nullcontext()
