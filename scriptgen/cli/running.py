"""Running a coroutine so that SIGTERM ends it as gently as Ctrl-C does."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

from scriptgen.cli.failures import Terminated

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


def run_gently(work: Coroutine[None, None, T]) -> T:
    """Run ``work`` to its end.

    The first Ctrl-C or SIGTERM cancels it, so that it may put its affairs in order; a second
    Ctrl-C breaks it off. Raises ``KeyboardInterrupt`` or `Terminated` afterwards.
    """
    return asyncio.run(_terminable(work))


async def _terminable(work: Coroutine[None, None, T]) -> T:
    task = asyncio.current_task()
    catchable = sys.platform != "win32" and threading.current_thread() is threading.main_thread()
    if task is None or not catchable:
        return await work
    asked = []

    def end() -> None:
        asked.append(signal.SIGTERM)
        task.cancel()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end)
    try:
        return await work
    except asyncio.CancelledError:
        if asked:
            raise Terminated from None
        raise
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
