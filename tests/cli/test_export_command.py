"""``scriptgen export`` as a user has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

DRAFT = """\
Title: The Lamp Room

# Act one

= They meet.

INT. LAMP ROOM - NIGHT

Mara waits by the window.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.fountain"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_a_strict_copy_goes_beside_a_draft_that_stands_there(program: Program, draft: Path) -> None:
    draft.write_text("INT. HALL - DAY\n\n**Knock.**\n", encoding="utf-8")
    done = program("export", "lamp.fountain", "--to", "fountain", "-o", "lamp.fountain")
    assert (done.returncode, done.stdout) == (0, "lamp.v2.fountain\n")
    assert "it was kept" in done.stderr


def test_the_format_is_known_by_the_suffix_of_the_output(program: Program, draft: Path) -> None:
    done = program("export", draft.name, "-o", "copy.fountain")
    assert (done.returncode, done.stdout) == (0, "copy.fountain\n")
    assert done.stderr.count("W_OUTLINE") == 1


def test_an_outline_is_kept_on_request(program: Program, draft: Path) -> None:
    done = program("export", draft.name, "--to", "fountain", "-o", "-", "--outline")
    assert done.stdout == DRAFT
    assert done.stderr == ""


def test_every_scene_gets_a_number_on_request(program: Program, draft: Path) -> None:
    done = program("export", draft.name, "--to", "fountain", "-o", "-", "--numbers")
    assert "INT. LAMP ROOM - NIGHT #1#\n" in done.stdout


def test_a_draft_comes_from_standard_input(program: Program) -> None:
    done = program("export", "-", "--to", "fountain", "-o", "-", stdin="Hello there.\n")
    assert "Hello there." in done.stdout


def test_standard_input_needs_an_output(program: Program) -> None:
    done = program("export", "-", "--to", "fountain", stdin="x")
    assert done.returncode == 2
    assert "-o FILE" in done.stderr


@pytest.mark.parametrize("text", ["", "\n \n", "/* all of it */"])
def test_a_draft_without_a_word_is_refused_by_name(
    program: Program, draft: Path, text: str
) -> None:
    draft.write_text(text, encoding="utf-8")
    done = program("export", draft.name, "--to", "fountain")
    assert done.returncode == 2
    assert "E_EMPTY" in done.stderr


def test_without_a_format_nothing_is_written(program: Program, draft: Path) -> None:
    done = program("export", draft.name)
    assert done.returncode == 2
    assert "--to" in done.stderr
