"""The seams: where drafting meets the world, one small Protocol each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scriptgen.prompt import Prompt, Reply, Usage


class Model(Protocol):
    """Something that answers a prompt."""

    @property
    def name(self) -> str:
        """The model's name, as the user gave it."""

    async def reply(self, prompt: Prompt) -> Reply:
        """One usable reply; raises `ProviderError` or `ReplyError`."""

    async def close(self) -> None:
        """Give back sockets; harmless when repeated."""


class ReplySink(Protocol):
    """Where raw replies are made durable before anything reads them."""

    def store(self, prompt: Prompt, model: str, status: int, body: bytes) -> str:
        """Keep ``body`` durably; gives its id. Raises `OutputError` when it cannot."""


class Budget(Protocol):
    """What may still be spent."""

    def reserve(self, prompt: Prompt) -> None:
        """Set one call aside before it is made; raises `ProviderError` (``E_BUDGET``) at a cap."""

    def settle(self, prompt: Prompt, usage: Usage | None) -> None:
        """Put the real figures of a made call in place of the reserved ones."""


class Clock(Protocol):
    """Time, so that tests can do without it."""

    def now(self) -> float:
        """Seconds since the epoch, UTC."""

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""
