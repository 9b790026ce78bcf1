"""What can be seen while a batch runs: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol, Self

from scriptgen.cli import printing

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console


class Progress(Protocol):
    """Something that shows how far a batch is."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the screen as it should stay."""

    def finished(self, name: str, told: str, *, path: str | None, failed: bool) -> None:
        """The essay ``name`` is finished, ``told`` says how.

        ``path``: of its draft, for standard output; ``None`` where there is nothing to print.
        """


class PlainLines:
    """One line per finished essay on standard error."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def finished(self, name: str, told: str, *, path: str | None, failed: bool) -> None:
        del failed
        self._done += 1
        if path is not None:
            printing.out(path)
        printing.note(f"[{self._done}/{self._total}] {name}: {told}")


class Bar:
    """A bar at the foot of the terminal, the finished essays above it."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._console: Console = Console(
            stderr=True, highlight=False, no_color=not printing.colourful(sys.stderr)
        )
        self._bar = Progress(
            TextColumn("drafting"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[failures]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("drafting", total=total, failures="")
        self._failures = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def finished(self, name: str, told: str, *, path: str | None, failed: bool) -> None:
        if path is not None and not printing.is_terminal(sys.stdout):
            printing.out(path)
            path = None
        # Where both streams are this terminal, one line through the bar's console says it all.
        line = printing.cleaned(f"{path or name}: {told}")
        self._console.print(line, markup=False, soft_wrap=True)
        self._failures += failed
        failures = f"{self._failures} failed" if self._failures else ""
        self._bar.update(self._task, advance=1, failures=failures)


def progress(total: int) -> Progress:
    """The kind of progress that suits standard error."""
    if printing.is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb":
        return Bar(total)
    return PlainLines(total)
