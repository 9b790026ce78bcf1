"""Not throwing away what was paid for when somebody wants to stop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scriptgen.cli import printing

if TYPE_CHECKING:
    from scriptgen.ports import Model
    from scriptgen.prompt import Prompt, Reply

GRACE = 30.0
"""Seconds that calls under way get to end once somebody wants to stop."""


class Patient:
    """A `scriptgen.ports.Model` whose calls under way end before a cancellation takes effect.

    Their replies are then in the ledger, and the next run need not ask again. A second
    cancellation, and `GRACE`, break them off.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._told = False

    @property
    def name(self) -> str:
        """The name of the model itself."""
        return self._model.name

    async def reply(self, prompt: Prompt) -> Reply:
        """One usable reply; raises as the model itself."""
        call = asyncio.ensure_future(self._model.reply(prompt))
        try:
            return await asyncio.shield(call)
        except asyncio.CancelledError:
            if not call.done():
                self._tell()
                await asyncio.wait({call}, timeout=GRACE)
            raise
        finally:
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)

    async def close(self) -> None:
        """Give back sockets; harmless when repeated."""
        await self._model.close()

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            printing.note(
                f"stopping; replies under way get {GRACE:.0f} seconds (Ctrl-C again breaks off)"
            )
