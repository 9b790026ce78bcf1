"""The program as a user has it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import scriptgen

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class Program:
    """Runs ``scriptgen`` in ``cwd`` with none of the caller's settings or keys."""

    def __init__(self, cwd: Path) -> None:
        self.cwd = cwd
        self.env = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.env |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "COLUMNS": "100"}

    def command(self, *args: str) -> list[str]:
        return [sys.executable, "-m", "scriptgen", *args]

    @contextmanager
    def started(self, *args: str, **options) -> Iterator[subprocess.Popen]:
        """The program as it runs; it is ended if the test ends first."""
        with subprocess.Popen(
            self.command(*args), cwd=self.cwd, env=self.env, **options
        ) as running:
            try:
                yield running
            finally:
                running.kill()

    def __call__(self, *args: str, env=None, **options) -> subprocess.CompletedProcess[str]:
        options = {"capture_output": True, "text": True, "encoding": "utf-8"} | options
        return subprocess.run(
            self.command(*args),
            cwd=self.cwd,
            env=self.env | (env or {}),
            check=False,
            timeout=120,
            **options,
        )


@pytest.fixture
def program(tmp_path) -> Program:
    """The program in an empty folder."""
    return Program(tmp_path)


@pytest.fixture
def essay(tmp_path) -> Path:
    """A small essay in that folder."""
    path = tmp_path / "essay.txt"
    path.write_text(ESSAY, encoding="utf-8")
    return path
