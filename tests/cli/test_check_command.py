"""`scriptgen check`: any draft, with or without its essay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

PAGE = """\
INT. LAMP ROOM - NIGHT

MARA VANCE stands at the window with a lantern in her hand.

TEODOR
You should have told me.

MARA
I did tell you.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A draft that somebody wrote from the small essay."""
    path = tmp_path / "mine.fountain"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_that_stands_alone_is_judged_as_it_stands(program: Program, page: Path) -> None:
    done = program("check", page.name)
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 findings" in done.stderr
    assert "1 scene, 2 speeches" in done.stderr


def test_of_a_person_s_page_matters_of_taste_are_told_as_information(
    program: Program, page: Path
) -> None:
    page.write_text(PAGE.replace("stands at", "remembers"), encoding="utf-8")
    done = program("check", page.name)
    assert (done.returncode, done.stdout.split(": ")[1]) == (0, "info")
    assert "1 finding: W_UNFILMABLE" in done.stderr


def test_what_a_page_does_to_its_essay_is_said_and_an_error_is_exit_1(
    program: Program, page: Path, essay: Path
) -> None:
    page.write_text(PAGE.replace("I did tell you.", "Never."), encoding="utf-8")
    done = program("check", page.name, "--essay", essay.name)
    assert done.returncode == 1
    (line,) = [each for each in done.stdout.splitlines() if "I did tell you" in each]
    assert line.startswith("mine.fountain: error: ")
    assert "lines 1 of 2" in done.stderr
    assert program("check", page.name).returncode == 0


def test_a_final_draft_file_and_standard_input_are_drafts_too(
    program: Program, page: Path, essay: Path
) -> None:
    program("export", page.name, "--to", "fdx")
    done = program("check", "mine.fdx", "--essay", essay.name)
    assert (done.returncode, "lines 2 of 2" in done.stderr) == (0, True)
    piped = program("check", "-", "--essay", essay.name, stdin=PAGE)
    assert (piped.returncode, "lines 2 of 2" in piped.stderr) == (0, True)


def test_who_wrote_a_draft_is_read_off_its_title_page(
    program: Program, page: Path, essay: Path
) -> None:
    program("draft", essay.name)
    done = program("check", "outputs/essay.fountain", page.name, "outputs/essay.fountain", "--json")
    document = json.loads(done.stdout)
    assert document["schema_version"] == 1
    assert [each["writer"] for each in document["checks"]] == ["offline", "person"]
    held = program("check", "outputs/essay.fountain", "--essay", essay.name, "--json")
    (only,) = json.loads(held.stdout)["checks"]
    assert (held.returncode, only["fidelity"]) == (0, "strict")
    assert only["report"]["figures"]["lines_kept"] == 2


def test_files_that_cannot_be_read_are_exit_2(program: Program, page: Path, essay: Path) -> None:
    assert program("check", "gone.fountain").returncode == 2
    assert program("check", page.name, "--essay", "gone.txt").returncode == 2
    mixed = program("check", "gone.fountain", page.name)
    assert mixed.returncode == 1
    assert "0 findings" in mixed.stderr
    assert program("check", page.name, "a.fountain", "--essay", essay.name).returncode == 2
    assert program("check", "-", "--essay", "-", stdin=PAGE).returncode == 2
