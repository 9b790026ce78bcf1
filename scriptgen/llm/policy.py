"""How long and how often a call may try."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scriptgen.errors import SetupError


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPolicy:
    """The limits of one call; times in seconds.

    ``attempts``: requests at most, the first one counted. ``deadline``: one attempt from its first
    byte to its last. ``total``: all attempts and the waits between them. ``longest_wait``: the
    longest ``Retry-After`` that is waited for; a longer one ends the call and names the time.
    ``malformed``: replies at most that come with a status of success, and so are paid for, and are
    no completion.
    Raises `SetupError` (``E_CONFIG``) for impossible values.
    """

    attempts: int = 4
    deadline: float = 120.0
    total: float = 600.0
    longest_wait: float = 120.0
    malformed: int = 3

    def __post_init__(self) -> None:
        for name in ("attempts", "malformed"):
            count = getattr(self, name)
            if count < 1:
                raise SetupError("E_CONFIG", f"{name} is {count}, and one is the least")
        for name in ("deadline", "total", "longest_wait"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value > 0):
                raise SetupError("E_CONFIG", f"{name} is {value}, and must be a number above 0")
