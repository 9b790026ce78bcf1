"""Ctrl-C while the program waits for somebody to type an essay."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from scriptgen.cli import run
from scriptgen.reader import essays

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("args", [["draft", "-"], ["draft", "-", "-o", "-"], ["brief", "-"]])
def test_ctrl_c_while_standard_input_is_read_stops_at_once(
    args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []

    def reading(*, max_bytes: int) -> bytes:
        del max_bytes
        signal.raise_signal(signal.SIGINT)
        typed.append("more")
        return b"Mara waits."

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(essays, "read_stdin", reading)
    assert run(args) == 130
    assert typed == []
    assert list(tmp_path.iterdir()) == []
