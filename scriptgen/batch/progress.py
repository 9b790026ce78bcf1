"""Who wants to hear how a batch goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scriptgen.batch.result import BatchResult, Item


class Progress(Protocol):
    """Hears how a batch goes; the calls come from the event loop and must not block it."""

    def started(self, name: str) -> None:
        """Work on an essay begins."""

    def finished(self, item: Item) -> None:
        """Work on an essay has ended, one way or another."""

    def summary(self, result: BatchResult) -> None:
        """The batch has ended; said once, after an interruption too."""


class Silent:
    """A `Progress` that says nothing."""

    def started(self, name: str) -> None:
        """Nothing."""

    def finished(self, item: Item) -> None:
        """Nothing."""

    def summary(self, result: BatchResult) -> None:
        """Nothing."""
