"""The cyclic garbage collector, at rest while something long is read."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_collection() -> Iterator[None]:
    """Let the collector rest: a reader keeps most of what it makes, and the rest is counted out.

    It looks through all that was made so far each time that has grown by a quarter, which would
    cost a long text a third of its time, or more, and finds nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
