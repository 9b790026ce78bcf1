"""The time of a whole run: a bound on all its calls together, and on the waits between them.

It goes by context instead of by argument, since a run asks through whatever `Model` it was given,
and it is the innermost that knows how to stop in time.
"""

from __future__ import annotations

import math
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.ports import Clock


class RunTime:
    """Seconds that begin with the first call; `math.inf` where nothing bounds them."""

    def __init__(self, seconds: float = math.inf) -> None:
        self.seconds = seconds
        self._began: float | None = None

    def left(self, clock: Clock) -> float:
        """Seconds left, below 0 where they are over."""
        now = clock.monotonic()
        if self._began is None:
            self._began = now
        return self.seconds - (now - self._began)


_current: ContextVar[RunTime | None] = ContextVar("run_time", default=None)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Let the calls that are made in this block take ``seconds`` at most, all together.

    They end in ``E_DEADLINE`` when it is over.
    """
    token = _current.set(RunTime(seconds))
    try:
        yield
    finally:
        _current.reset(token)


def run_time() -> RunTime:
    """What the running code is bounded by."""
    return _current.get() or RunTime()
