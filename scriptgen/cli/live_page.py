"""The page on the terminal while a model writes it.

It goes to standard error, line by line and for good: nothing is drawn over, so any terminal will
do, what was shown can be scrolled back to, and a Ctrl-C leaves nothing to clean up. It is what the
model says, before anything was read or checked; the draft is what is published afterwards.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from scriptgen.cli import printing
from scriptgen.cli.page_flow import PageFlow

if TYPE_CHECKING:
    from scriptgen.config import Settings
    from scriptgen.ports import Model
    from scriptgen.prompt import Prompt, Reply

DIM = "2"
WIDEST = 80
"""Columns; longer lines are hard to read."""

USUAL = 80


def live_page(settings: Settings) -> LivePage | None:
    """A page where a model writes and somebody may be looking, and wants to."""
    if settings.model is None or not settings.live or not printing.is_terminal(sys.stderr):
        return None
    return LivePage(settings.model)


class LivePage:
    """A `scriptgen.ports.Tap` that shows what the model ``name`` writes."""

    def __init__(self, name: str) -> None:
        self._name = printing.one_line(name)
        self._flow = PageFlow(_width)
        self._seen = False

    def asked(self, what: str) -> None:
        """A call is made in which the model does ``what``."""
        self._seen = False
        self._head(f"{self._name} {what}")

    def answered(self) -> None:
        """The call came to a good end."""
        if self._seen:
            self._head("end")

    def begin(self) -> None:
        """A reply begins; what was shown of an earlier one is not to be used."""
        if self._seen:
            self._head("broken off; anew from the beginning")
        self._flow = PageFlow(_width)
        self._seen = False

    def more(self, text: str) -> None:
        """The next piece of its text."""
        self._seen = True
        if not printing.line_is_open():
            self._flow.interrupted()
        printing.flow(self._flow.more(printing.cleaned(text)), DIM)

    def end(self) -> None:
        """It is over, well or not."""
        printing.flow(self._flow.end(), DIM)

    def _head(self, text: str) -> None:
        printing.flow([(f"-- {text} --\n", True)], DIM)


class Watched:
    """A `scriptgen.ports.Model` whose replies are shown on ``page``.

    ``revise``: the name of the template that revises.
    """

    def __init__(self, model: Model, page: LivePage, revise: str) -> None:
        self._model = model
        self._page = page
        self._revise = revise

    @property
    def name(self) -> str:
        """The name of the model itself."""
        return self._model.name

    async def reply(self, prompt: Prompt) -> Reply:
        """One usable reply; raises as the model itself."""
        if prompt.json_schema is not None:
            self._page.asked("reads the essay")
        else:
            self._page.asked("revises the page" if prompt.template == self._revise else "writes")
        reply = await self._model.reply(prompt)
        self._page.answered()
        return reply

    async def close(self) -> None:
        """Give back sockets; harmless when repeated."""
        await self._model.close()


def _width() -> int:
    """The columns of the terminal that may be written to, its last one left free."""
    try:
        there_are = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        there_are = 0
    return min(WIDEST, (there_are or USUAL) - 1)
