"""``scriptgen stats`` as a user has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scriptgen.exports.fdx import write_fdx
from scriptgen.fountain import read_fountain

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

DRAFT = """\
Title: The Lamp Room

INT. LAMP ROOM - NIGHT

MARA waits by the window.

MARA
Who is there?
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.fountain"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_tables_tell_what_a_draft_is_made_of(program: Program, draft: Path) -> None:
    done = program("stats", str(draft))
    assert done.returncode == 0
    assert "1 page, about 0.1 minutes; 1 scene, 1 place, 1 speaker" in done.stdout
    for table in ("SCENES", "PLACES", "PEOPLE", "LONGEST SPEECHES"):
        assert table in done.stdout


def test_fdx_has_the_same_figures(program: Program, draft: Path, tmp_path: Path) -> None:
    (tmp_path / "lamp.fdx").write_text(write_fdx(read_fountain(DRAFT)), encoding="utf-8")
    told = [
        json.loads(program("stats", name, "--json").stdout) for name in (str(draft), "lamp.fdx")
    ]
    assert told[0] == told[1]
    assert told[0]["characters"][0]["name"] == "MARA"


def test_pages_are_those_of_the_paper(program: Program, tmp_path: Path) -> None:
    (tmp_path / "long.fountain").write_text("INT. A - DAY\n\n" + "Dust.\n\n" * 56, encoding="utf-8")
    pages = [
        json.loads(program("stats", "long.fountain", "--json", "--paper", paper).stdout)["minutes"]
        for paper in ("letter", "a4")
    ]
    assert pages[0] > pages[1]


def test_csv_goes_to_standard_output(program: Program, draft: Path) -> None:
    done = program("stats", str(draft), "--csv")
    assert done.stdout.startswith("table,number,name,")
    assert "\ncharacter,,MARA," in done.stdout


def test_a_picture_is_written_and_its_path_printed(
    program: Program, draft: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        done = program("stats", str(draft), "--chart", "who.svg")
        assert (done.returncode, done.stdout) == (0, "who.svg\n")
    assert (tmp_path / "who.svg").read_text("utf-8").startswith("<svg ")
    assert [path.name for path in tmp_path.glob("*.svg")] == ["who.svg"]


def test_a_folder_is_no_picture(program: Program, draft: Path, tmp_path: Path) -> None:
    done = program("stats", str(draft), "--chart", str(tmp_path))
    assert done.returncode == 2
    assert "scenes.svg" in done.stderr


def test_an_empty_draft_is_refused_by_name(program: Program, tmp_path: Path) -> None:
    (tmp_path / "void.fountain").write_text("", encoding="utf-8")
    done = program("stats", "void.fountain")
    assert done.returncode == 2
    assert "void.fountain" in done.stderr


def test_figures_have_one_form_at_a_time(program: Program, tmp_path: Path) -> None:
    (tmp_path / "one.fountain").write_text("INT. A - DAY\n\nRain.\n", encoding="utf-8")
    done = program("stats", "one.fountain", "--json", "--csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--json or --csv" in done.stderr
