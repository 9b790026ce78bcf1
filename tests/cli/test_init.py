"""A laid-out folder works at once, and nothing that was there is touched."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from scriptgen.catalog import packaged_templates_dir
from scriptgen.cli import run
from scriptgen.cli.init import ENVIRONMENT_FILE, SETTINGS_FILE
from scriptgen.config.settings import NAMES, Settings

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]


def test_init_prints_each_file_it_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "films"]) == 0
    made = capsys.readouterr().out.splitlines()
    assert sorted(made) == sorted(
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()
    )
    for name in ("scriptgen.toml", ".env.example", "seeds/README.md", "outputs/README.md"):
        assert str(Path("films", name)) in made
    for template in packaged_templates_dir().glob("*.jinja"):
        assert Path("films/prompts", template.name).read_bytes() == template.read_bytes()


def test_init_never_overwrites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("prompts").mkdir()
    Path("prompts/draft.jinja").write_text("mine")
    Path("scriptgen.toml").write_text("jobs = 2")
    assert run(["init", "."]) == 0
    assert Path("prompts/draft.jinja").read_text() == "mine"
    assert Path("scriptgen.toml").read_text() == "jobs = 2"
    shown = capsys.readouterr()
    assert "kept: scriptgen.toml" in shown.err
    assert "scriptgen.toml" not in shown.out
    assert run(["init", "."]) == 0
    assert capsys.readouterr().out == ""


def test_init_writes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "scriptgen.toml").symlink_to(tmp_path / "elsewhere")
    assert run(["init", str(tmp_path)]) == 0
    assert not (tmp_path / "elsewhere").exists()


def test_init_on_a_file_exits_6(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "outputs").write_text("a file")
    assert run(["init", str(tmp_path)]) == 6
    assert "is not a folder" in capsys.readouterr().err


def test_the_laid_out_settings_name_every_setting_with_a_value_that_holds() -> None:
    named = re.findall(r"^# (\w+) = ", SETTINGS_FILE, flags=re.MULTILINE)
    assert tuple(named) == NAMES
    uncommented = re.sub(r"^# (\w+ = )", r"\1", SETTINGS_FILE, flags=re.MULTILINE)
    values = tomllib.loads(uncommented)
    settings = Settings(**values)
    for name in ("template", "fidelity", "revisions", "jobs", "attempts", "deadline", "trace"):
        assert getattr(settings, name) == getattr(Settings(), name), name
    assert values["max_input_bytes"] == Settings().max_input_bytes
    assert Settings(outputs=values["outputs"]).ledger_path == settings.ledger_path


def test_the_example_environment_is_the_same_in_the_project_and_in_a_new_folder() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == ENVIRONMENT_FILE
