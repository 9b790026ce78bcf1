"""What the tests of a model have in common: a prompt, a sink, a budget, and asking once."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

from scriptgen.errors import ProviderError, ScriptgenError
from scriptgen.llm import CallPolicy, FakeClock, open_model
from scriptgen.prompt import Message, Parameters, Prompt, Reply, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fault_server import FaultServer

    from scriptgen.ports import Budget, Clock, Memory, Model, ReplySink, Tap

PROMPT = Prompt(
    messages=(
        Message(role="system", content="You write Fountain."),
        Message(role="user", content="A lamp goes out."),
    ),
    parameters=Parameters(temperature=0.5, max_tokens=900),
    template="draft",
    template_hash="0" * 64,
)
IMPATIENT = CallPolicy(deadline=0.4)


@dataclasses.dataclass
class Kept:
    """A sink that remembers; ``events`` may be shared with a budget to see the order."""

    bodies: list[bytes] = dataclasses.field(default_factory=list)
    statuses: list[int] = dataclasses.field(default_factory=list)
    events: list[str] = dataclasses.field(default_factory=list)
    prompt: Prompt = PROMPT

    def store(self, prompt: Prompt, model: str, status: int, body: bytes) -> str:
        assert prompt == self.prompt
        assert model
        self.bodies.append(body)
        self.statuses.append(status)
        self.events.append("store")
        return f"raw-{len(self.bodies)}"


@dataclasses.dataclass
class Purse:
    """A budget of so many calls."""

    calls: int = 1000
    settled: list[Usage | None] = dataclasses.field(default_factory=list)
    events: list[str] = dataclasses.field(default_factory=list)
    prompt: Prompt = PROMPT

    def reserve(self, prompt: Prompt) -> str:
        assert prompt == self.prompt
        if not self.calls:
            raise ProviderError("E_BUDGET", "the cap on calls is reached")
        self.calls -= 1
        self.events.append("reserve")
        return str(self.calls)

    def settle(self, reservation: str, usage: Usage | None) -> None:
        assert reservation
        self.settled.append(usage)
        self.events.append("settle")


@dataclasses.dataclass
class AnyPrompt:
    """A sink and a budget that only count, whatever the prompt."""

    reserved: int = 0
    settled: int = 0
    stored: int = 0

    def reserve(self, _: Prompt) -> str:
        self.reserved += 1
        return str(self.reserved)

    def settle(self, *_: object) -> None:
        self.settled += 1

    def store(self, *_: object) -> str:
        self.stored += 1
        return str(self.stored)


def model_at(
    server: FaultServer,
    *,
    key: str | None = None,
    environ: Mapping[str, str] | None = None,
    sink: ReplySink | None = None,
    budget: Budget | None = None,
    clock: Clock | None = None,
    policy: CallPolicy | None = None,
    tap: Tap | None = None,
    memory: Memory | None = None,
) -> Model:
    """A model at ``server``, with a key only where one is given."""
    return open_model(
        "loopback-1",
        base_url=server.base_url,
        api_key_env="CANARY_KEY" if key else None,
        environ={**(environ or {}), **({"CANARY_KEY": key} if key else {})},
        sink=sink,
        budget=budget,
        clock=clock or FakeClock(),
        policy=policy or CallPolicy(),
        tap=tap,
        memory=memory,
    )


async def ask_and_close(model: Model, prompt: Prompt = PROMPT) -> Reply:
    try:
        return await model.reply(prompt)
    finally:
        await model.close()


def ask(model: Model, prompt: Prompt = PROMPT) -> Reply:
    """One reply, then everything closed."""
    return asyncio.run(ask_and_close(model, prompt))


def fail(model: Model, prompt: Prompt = PROMPT) -> ScriptgenError:
    """The error that asking ends in."""
    try:
        reply = ask(model, prompt)
    except ScriptgenError as error:
        return error
    raise AssertionError(f"no error but {reply!r}")
