"""The clock of the machine, and one for tests that never waits."""

from __future__ import annotations

import asyncio
import time


class SystemClock:
    """The machine's time; satisfies `scriptgen.ports.Clock`."""

    def now(self) -> float:
        """Seconds since the epoch, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class FakeClock:
    """Time that only `sleep` moves. ``slept`` lists what was asked for, in seconds."""

    def __init__(self, epoch: float = 1_700_000_000.0) -> None:
        self._epoch = epoch
        self._elapsed = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Seconds since the epoch, UTC."""
        return self._epoch + self._elapsed

    def monotonic(self) -> float:
        """Seconds slept so far."""
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        """Note the wait, move time on by it, and let other tasks run once."""
        self.slept.append(seconds)
        self._elapsed += seconds
        await asyncio.sleep(0)
