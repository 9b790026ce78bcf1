"""Work beside the event loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from scriptgen.drafting.aside import aside

LONG = 20
"""Seconds after which what waits for the loop gives up."""


def test_the_loop_goes_on_while_something_is_done_aside() -> None:
    heard = threading.Event()

    async def both() -> bool:
        async def go_on() -> None:
            await asyncio.sleep(0)
            heard.set()

        waited, _ = await asyncio.gather(aside(heard.wait, LONG), go_on())
        return waited

    assert asyncio.run(both())


def test_what_is_raised_aside_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(aside(lambda: 1 // 0))
