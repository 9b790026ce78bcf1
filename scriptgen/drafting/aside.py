"""Work that would hold the event loop, done beside it, while the loop goes on reading replies.

A page takes up to a second to be traced and checked. Replies that come in meanwhile would wait to
be stored, run into their deadline and be paid for again.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

# One thread: more would only share the one interpreter, and the caches of a pack are not locked.
_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scriptgen-pages")


async def aside(
    work: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs
) -> _Made:
    """What ``work`` gives, done in the worker thread; raises what it raises."""
    done = partial(copy_context().run, work, *given, **named)
    return await asyncio.get_running_loop().run_in_executor(_WORKER, done)
