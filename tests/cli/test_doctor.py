"""The doctor looks at everything, sends nothing, and exits 3 where something is wrong."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from scriptgen.cli import run
from scriptgen.ledger import Ledger

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


def test_what_was_learnt_of_servers_is_told_and_forgotten_on_demand(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with Ledger.open(tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3") as ledger:
        ledger.learn("http://h", "m", "temperature", "refused")
        ledger.learn("http://h", "m", "max_tokens", "max_completion_tokens")
        ledger.learn("http://h", "m", "rung", "json_object")
    assert run(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "m at http://h gets no temperature, which it refuses" in said
    assert "m at http://h gets max_tokens as max_completion_tokens" in said
    assert "m at http://h gets JSON by way of json_object" in said
    assert said.count("doctor --forget") == 1
    assert run(["doctor", "--forget"]) == 0
    assert "3 forgotten" in capsys.readouterr().out
    assert states(capsys)[1].get("learnt") is None


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


BAD_KEYS = ("sk-canary-51c9\n", "sk-canary-51c9-clé", "sk canary-51c9")


@pytest.mark.parametrize("key", BAD_KEYS)
@pytest.mark.parametrize("args", [(), ("--model", "m")])
def test_a_key_that_cannot_be_sent_exits_3_and_is_not_shown(
    key: str,
    args: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    code, looks = states(capsys, *args)
    assert (code, looks["key"]) == (3, "failed")
    assert run(["doctor", *args]) == 3
    shown = capsys.readouterr().out
    assert "hint: set OPENAI_API_KEY anew, to the key alone" in shown
    assert "canary" not in shown
    assert run(["config", "show"]) == 0
    shown = capsys.readouterr().out
    assert "OPENAI_API_KEY (set, and not usable)" in shown
    assert "canary" not in shown


@pytest.mark.parametrize("there", [False, True])
def test_a_ledger_in_a_folder_that_cannot_be_written_is_not_fine(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    there: bool,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    if there:
        Ledger.open(closed / ".scriptgen" / "ledger.sqlite3").close()
    allowed = os.access

    def access(path: Path | str, mode: int) -> bool:
        closing = mode & os.W_OK and "closed" in str(path)
        return not closing and allowed(path, mode)

    monkeypatch.setattr(os, "access", access)
    code, looks = states(capsys, "-o", "closed")
    assert (code, looks["outputs"], looks["ledger"]) == (3, "failed", "failed")


@pytest.mark.parametrize("url", ["127.0.0.1:11434/v1", "me:sk-canary@host/v1", "ftp://host/v1"])
def test_a_base_url_without_its_scheme_says_that_it_is_missing(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--model", "m", "--base-url", url]) == 3
    shown = capsys.readouterr().out
    assert "the base URL does not begin with http:// or https://" in shown
    assert "canary" not in shown


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
    run(["doctor", "--base-url", url.replace("//", "//me:sk-canary@"), "--online"])
    shown = capsys.readouterr().out
    assert f"server: {url.removeprefix('http://').removesuffix('/v1')} cannot be reached" in shown
    assert "canary" not in shown


def test_the_sheet_says_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--model", "m"]) == 3
    shown = capsys.readouterr().out
    assert "failed key: " in shown
    assert "hint: export OPENAI_API_KEY=" in shown
