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
        """Keep ``body`` durably; gives its id. Raises `LostReplyError` when it cannot."""


class Budget(Protocol):
    """What may still be spent."""

    def reserve(self, prompt: Prompt) -> str:
        """Set one request aside before it is made; gives the reservation's id.

        Raises `ProviderError`: ``E_BUDGET`` where a cap would be passed, ``E_TOO_LONG`` where the
        prompt and its reply do not fit the model's context.
        """

    def settle(self, reservation: str, usage: Usage | None) -> None:
        """Put the real figures of a made request in place of the reserved ones.

        ``usage``: ``None`` where nobody knows what was billed; what was reserved then stands.
        """


class Memory(Protocol):
    """What was learnt of a model behind an origin, kept from one run to the next."""

    def recall(self, origin: str, model: str) -> dict[str, str]:
        """What was learnt: topic to lesson; empty where nothing was."""

    def learn(self, origin: str, model: str, topic: str, lesson: str) -> None:
        """Keep one lesson, in place of an older one on its topic."""


class Tap(Protocol):
    """Somebody who watches a reply come in."""

    def begin(self) -> None:
        """A reply begins; what was shown of an earlier one is not to be used."""

    def more(self, text: str) -> None:
        """The next piece of its text."""

    def end(self) -> None:
        """It is over, well or not."""


class Clock(Protocol):
    """Time, so that tests can do without it."""

    def now(self) -> float:
        """Seconds since the epoch, UTC."""

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""
