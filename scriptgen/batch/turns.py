"""Whose turn it is: essays with one text wait for each other, and all share one processor."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Turns:
    """One at a time for each key; a key that nobody waits for takes no memory."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: Counter[str] = Counter()

    @asynccontextmanager
    async def of(self, key: str) -> AsyncIterator[None]:
        """Hold the turn of ``key`` while the block runs."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._users[key] += 1
        try:
            async with lock:
                yield
        finally:
            self._users[key] -= 1
            if not self._users[key]:
                del self._users[key], self._locks[key]


class Desk:
    """Work that never waits is done one piece at a time, and sockets are looked after in between.

    Without it as many essays as run at once would be parsed in one go of the event loop: their
    requests would leave together when the last one is through, and time set for a connection or a
    reply would be over before anybody had looked for it.
    """

    def __init__(self) -> None:
        self._free = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for one's turn, which lasts until the caller waits for something else."""
        async with self._free:
            await asyncio.sleep(0)
