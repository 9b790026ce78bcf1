"""Running a coroutine so that Ctrl-C and SIGTERM let it put its affairs in order."""

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
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run_gently(work: Coroutine[None, None, T]) -> T:
    """Run ``work`` to its end; a Ctrl-C or SIGTERM cancels it, a second one all it waits for.

    Raises ``KeyboardInterrupt`` or `Terminated` afterwards, as the first signal says.
    """
    asked: list[signal.Signals] = []
    try:
        return asyncio.run(_cancellable(work, asked))
    except asyncio.CancelledError:
        if not asked:
            raise
    raise KeyboardInterrupt if asked[0] is signal.SIGINT else Terminated


async def _cancellable(work: Coroutine[None, None, T], asked: list[signal.Signals]) -> T:
    task = asyncio.current_task()
    in_main_thread = threading.current_thread() is threading.main_thread()
    if task is None or not in_main_thread or sys.platform == "win32":
        return await work
    loop = asyncio.get_running_loop()

    def cancel(which: signal.Signals) -> None:
        asked.append(which)
        # A group of tasks passes on the first cancellation alone; the second is for everybody.
        for each in [task] if len(asked) == 1 else asyncio.all_tasks(loop):
            each.cancel()

    for which in SIGNALS:
        loop.add_signal_handler(which, cancel, which)
    try:
        return await work
    finally:
        for which in SIGNALS:
            loop.remove_signal_handler(which)
