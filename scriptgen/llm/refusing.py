"""Which parameter of a request a server refuses: read from its error, never guessed.

OpenAI names it in ``error.param``; others only in their message. A 400 that names no parameter
that was sent teaches nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

REFUSALS = frozenset({400, 422})


def refused_parameter(body: bytes, sent: Collection[str]) -> str | None:
    """The name among ``sent`` that the error in ``body`` refuses, ``None`` where it names none."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    error = document.get("error") if isinstance(document, dict) else None
    param = error.get("param") if isinstance(error, dict) else None
    return param if isinstance(param, str) and param in sent else None
