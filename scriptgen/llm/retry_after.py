"""How long a server asks to be left alone.

``Retry-After`` is seconds or an HTTP date (RFC 9110, section 10.2.3); ``retry-after-ms`` is what
OpenAI and Azure send beside it.
"""

from __future__ import annotations

import math
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait, above 0 and finite; ``None`` where the server asks for nothing usable.

    ``headers`` has lower-case names. A date counts from the server's own ``Date``; ``now``, in
    seconds since the epoch, stands in where that is missing.
    """
    wait = _number(headers.get("retry-after-ms"))
    if wait is not None:
        return wait / 1000
    wait = _number(headers.get("retry-after"))
    if wait is not None:
        return wait
    until = _date(headers.get("retry-after"))
    if until is None:
        return None
    since = _date(headers.get("date"))
    wait = until - (now if since is None else since)
    return wait if wait > 0 else None


def _number(text: str | None) -> float | None:
    try:
        value = float((text or "").replace("_", "?"))  # Python alone reads 1_0 as a number.
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None


def _date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text or "").timestamp()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
