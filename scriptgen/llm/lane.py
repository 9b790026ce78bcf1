"""The way to one origin, which all calls to it in this event loop share.

Two things close it for all of them: a pause that the server asked for, and a circuit breaker
(M. Nygard, "Release It!"). The circuit opens when five calls in a row have ended without reaching
the server. Nothing is then sent for a cool-down, after which one request tries; any answer closes
the circuit, and another failure begins a longer cool-down. Calls wait through this where the server
has answered before, since it may only be starting anew; after the last cool-down, or where it never
answered, they fail, and for good: no other call can do better.
"""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from scriptgen.errors import FatalProviderError

if TYPE_CHECKING:
    from scriptgen.ports import Clock

UNREACHED = 5
"""Calls in a row that end without reaching the server before the circuit opens."""

COOL_DOWNS = (15.0, 30.0, 60.0, 120.0)
"""Seconds without a request before each try to reach a server that had answered before."""

SPREAD = 0.1
"""Waits are stretched by up to this share, so that callers come apart."""

_GATEWAY_STATUSES = frozenset({502, 503, 504})


class Lane:
    """See the module. ``origin`` is for the text of errors."""

    def __init__(self, origin: str, clock: Clock) -> None:
        self._origin = origin
        self._clock = clock
        self._pause_ends = self._opens = clock.monotonic()
        self._unreached = 0
        self._tries: int | None = None
        self._answered = False
        self._trying: asyncio.Event | None = None

    def pause(self, seconds: float) -> None:
        """Let nothing be sent for at least ``seconds`` from now."""
        self._pause_ends = max(self._pause_ends, self._clock.monotonic() + seconds)

    async def enter(self, longest_wait: float) -> bool:
        """Wait until a request may be sent; tells whether it is one that tries an open circuit.

        Then `heard` is told what came of it, and `leave` in any case that it is over. Raises
        `FatalProviderError` where a pause is longer than ``longest_wait`` seconds and where the
        server is given up.
        """
        while True:
            pause = self._pause_ends - self._clock.monotonic()
            if pause > longest_wait:
                when = moment(self._clock.now(), pause)
                raise FatalProviderError(
                    "E_FATAL",
                    f"the server asked for no requests until {when}",
                    where=self._origin,
                    hint="run again then: finished work is kept",
                )
            if pause > 0:
                await self._clock.sleep(spread(pause))
            elif self._tries is None:
                return False
            elif (cooling := self._opens - self._clock.monotonic()) > 0:
                if not self._answered or self._tries >= len(COOL_DOWNS):
                    raise self._given_up()
                await self._clock.sleep(spread(cooling))
            elif self._trying is not None:
                await self._trying.wait()
            else:
                self._trying = asyncio.Event()
                return True

    def heard(self, status: int | None, *, trying: bool) -> None:
        """A request was answered with ``status``; ``None``: it was not."""
        # Where a gateway says that it has no server, the server may still be starting.
        if status is not None and status not in _GATEWAY_STATUSES:
            self._answered = True
            self._unreached = 0
            self._tries = None
        elif trying and self._tries is not None:
            self._cool_down(self._tries + 1)

    def leave(self, *, trying: bool) -> None:
        """A request is over; those who wait for what it finds may go on."""
        if trying and self._trying is not None:
            self._trying.set()
            self._trying = None

    def missed(self) -> None:
        """A call ended without reaching the server."""
        self._unreached += 1
        if self._unreached >= UNREACHED and self._tries is None:
            self._cool_down(0)

    def _cool_down(self, tries: int) -> None:
        self._tries = tries
        seconds = COOL_DOWNS[min(tries, len(COOL_DOWNS) - 1)]
        self._opens = self._clock.monotonic() + seconds

    def _given_up(self) -> FatalProviderError:
        tries = f", nor by {self._tries} tries after that" if self._tries else ""
        return FatalProviderError(
            "E_CONNECT",
            f"the server was not reached by {self._unreached} calls in a row{tries}",
            where=self._origin,
            hint=f"check that a server answers at {self._origin}, then run again:"
            " finished work is kept",
        )


_lanes: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Lane]] = WeakKeyDictionary()


def lane_to(origin: str, clock: Clock) -> Lane:
    """The one lane to ``origin`` of the running event loop; it keeps the first caller's clock."""
    lanes = _lanes.setdefault(asyncio.get_running_loop(), {})
    if origin not in lanes:
        lanes[origin] = Lane(origin, clock)
    return lanes[origin]


def spread(seconds: float) -> float:
    """A little more than ``seconds``."""
    return seconds * (1 + SPREAD * random.random())  # noqa: S311 - jitter, not a secret


def moment(now: float, seconds: float) -> str:
    """The time ``seconds`` after ``now`` (since the epoch), ISO 8601."""
    try:
        return datetime.fromtimestamp(now + seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return "no time this calendar knows"
