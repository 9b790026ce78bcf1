"""The program as a user has it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

import scriptgen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(scriptgen.__file__).parent.parent
KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "SYSTEMROOT", "TMPDIR")

ESSAY = """\
The Lamp Room

Mara Vance stands at the window of the lamp room with a lantern in her hand. It is night. \
Old Teodor climbs the iron stairs and stops in the doorway. "You should have told me," he says. \
Mara turns around and puts the lantern on the table. "I did tell you," Mara says. \
The director never lets us rest, and the series is better for it. \
Teodor takes off his wet coat and sits down. What will she do with the letter?
"""


class Running:
    """The program while it runs, both streams into pipes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout
        assert process.stderr
        self.out, self.err = process.stdout, process.stderr
        self.send, self.wait = process.send_signal, process.wait


class Program:
    """Runs ``scriptgen`` in ``cwd`` with none of the caller's settings or keys."""

    def __init__(self, cwd: Path) -> None:
        self.cwd = cwd
        self.env = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.env |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "COLUMNS": "100"}

    def command(self, *args: str) -> list[str]:
        return [sys.executable, "-m", "scriptgen", *args]

    @contextmanager
    def started(self, *args: str) -> Iterator[Running]:
        """The program as it runs; it is ended if the test ends first."""
        with subprocess.Popen(
            self.command(*args),
            cwd=self.cwd,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            try:
                yield Running(process)
            finally:
                process.kill()

    def __call__(
        self,
        *args: str,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        stdout: int | IO[bytes] = subprocess.PIPE,
        stderr: int | IO[bytes] = subprocess.PIPE,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*args),
            cwd=self.cwd,
            env={**self.env, **(env or {})},
            input=stdin,
            stdout=stdout,
            stderr=stderr,
            encoding="utf-8",
            check=False,
            timeout=120,
        )


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in an empty folder."""
    return Program(tmp_path)


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    """A small essay in that folder."""
    path = tmp_path / "essay.txt"
    path.write_text(ESSAY, encoding="utf-8")
    return path
