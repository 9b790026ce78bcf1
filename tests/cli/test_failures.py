"""What is said when something fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.cli import run
from scriptgen.cli.options import current_settings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CANARY = "sk-canary-77aa-never-shown"


def test_a_failure_nobody_foresaw_says_so_and_hides_keys_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANY_TOKEN", f"{CANARY}-1")
    (tmp_path / ".env").write_text(f"MINE={CANARY}-2\nSCRIPTGEN_API_KEY_ENV=MINE\n")

    def fail(flags: dict[str, object]) -> None:
        current_settings(flags)
        raise ZeroDivisionError(f"with {CANARY}-1 and {CANARY}-2")

    monkeypatch.setattr("scriptgen.cli.runs.current_settings", fail)
    assert run(["runs", "list"]) == 1
    assert capsys.readouterr().err == (
        "error: scriptgen itself failed: ZeroDivisionError: with <ANY_TOKEN> and <MINE>\n"
        "hint: run it again with --debug to see where\n"
    )
    assert run(["runs", "list", "--debug"]) == 1
    shown = capsys.readouterr().err
    assert "Traceback" in shown
    assert CANARY not in shown


def test_an_interrupt_before_anything_runs_exits_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_flags: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scriptgen.cli.runs.current_settings", interrupt)
    assert run(["runs", "list"]) == 130
    assert "interrupted" in capsys.readouterr().err
