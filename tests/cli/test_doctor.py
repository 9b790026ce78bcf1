"""The doctor looks at everything, sends nothing, and exits 3 where something is wrong."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest

from scriptgen.cli import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SCRIPTGEN_MODEL"):
        monkeypatch.delenv(name, raising=False)


def states(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, dict[str, str]]:
    code = run(["doctor", "--json", *args])
    document = json.loads(capsys.readouterr().out)
    assert document["schema_version"] == 1
    return code, {look["what"]: look["state"] for look in document["looks"]}


def test_all_is_fine_in_an_empty_folder_without_a_key(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, looks = states(capsys)
    assert code == 0
    assert set(looks.values()) == {"fine"}
    assert set(looks) >= {
        "scriptgen",
        "libraries",
        "templates",
        "outputs",
        "ledger",
        "model",
        "key",
    }
    assert list(tmp_path.iterdir()) == []


def test_a_model_without_its_key_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    code, looks = states(capsys, "--model", "m")
    assert (code, looks["key"]) == (3, "failed")


def test_a_model_on_this_machine_needs_no_key(capsys: pytest.CaptureFixture[str]) -> None:
    code, looks = states(capsys, "--model", "m", "--base-url", "http://127.0.0.1:1/v1")
    assert (code, looks["key"]) == (0, "fine")


def test_a_folder_of_templates_that_is_not_there_exits_3(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, looks = states(capsys, "--prompts", "nowhere")
    assert (code, looks["templates"]) == (3, "failed")


def test_outputs_inside_a_file_exit_3(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, looks = states(capsys, "-o", "file/outputs")
    assert (code, looks["outputs"]) == (3, "failed")


def test_a_damaged_ledger_exits_3(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ledger = tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3"
    ledger.parent.mkdir(parents=True)
    ledger.write_bytes(b"not a database" * 100)
    code, looks = states(capsys)
    assert (code, looks["ledger"]) == (3, "failed")


def test_the_server_is_tried_only_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        _, looks = states(capsys, "--base-url", url)
        assert "server" not in looks
        code, looks = states(capsys, "--base-url", url, "--online")
        assert (code, looks["server"]) == (0, "fine")
    code, looks = states(capsys, "--base-url", url, "--online")
    assert (code, looks["server"]) == (3, "failed")


def test_the_sheet_says_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--model", "m"]) == 3
    shown = capsys.readouterr().out
    assert "failed key: " in shown
    assert "hint: export OPENAI_API_KEY=" in shown
