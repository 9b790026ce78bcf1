"""A terminal of our own to run the program in, and to look at what it shows."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

GUARD = 60.0
_LOOK = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """Runs a command with standard error, and unless ``piped`` standard output, on a terminal.

    ``controlling``: Ctrl-C typed into it interrupts the command. Use it as a context manager.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        columns: int = 80,
        piped: bool = True,
        controlling: bool = True,
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

        def take() -> None:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={"TERM": "xterm-256color", **env},
            stdin=slave,
            stdout=subprocess.PIPE if piped else slave,
            stderr=slave,
            preexec_fn=take if controlling else None,  # noqa: PLW1509 - no threads share its locks
        )
        os.close(slave)
        self.shown = ""
        self._raw = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.hang_up()

    def wait_for(self, text: str) -> None:
        """Read on until ``text`` stands on the terminal."""
        while text not in self.plain:
            assert self._read(), f"{text!r} is not in {self.shown!r}"

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def hang_up(self) -> None:
        """Take the terminal away."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def end(self) -> tuple[int, bytes]:
        """Read to the end; gives the exit code and what came on a piped standard output."""
        while self._master >= 0 and self._read():
            pass
        out = self.process.stdout.read() if self.process.stdout else b""
        return self.process.wait(GUARD), out

    @property
    def plain(self) -> str:
        """What was shown, without looks, lines ending in a newline."""
        return _LOOK.sub("", self.shown).replace("\r\n", "\n")

    def _read(self) -> bool:
        if not select.select([self._master], [], [], GUARD)[0]:
            raise AssertionError(f"nothing more came after {self.shown!r}")
        data = b""
        with suppress(OSError):  # Linux: the other end is closed
            data = os.read(self._master, 65_536)
        self._raw += data
        self.shown = self._raw.decode(errors="replace")
        return bool(data)
