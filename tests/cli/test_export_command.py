"""``scriptgen export`` as a user has it."""

from __future__ import annotations

import os
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


@pytest.mark.parametrize("text", ["[[only a note]]", "# One\n\n= Two", "==="])
@pytest.mark.parametrize("to", ["pdf", "html"])
def test_a_draft_of_which_nothing_is_printed_gives_no_pages(
    program: Program, draft: Path, text: str, to: str
) -> None:
    draft.write_text(text, encoding="utf-8")
    done = program("export", draft.name, "--to", to)
    assert (done.returncode, done.stdout) == (2, "")
    assert "E_EMPTY" in done.stderr
    assert not draft.with_suffix(f".{to}").exists()


def test_notes_alone_are_pages_where_notes_are_printed(program: Program, draft: Path) -> None:
    draft.write_text("[[only a note]]", encoding="utf-8")
    assert program("export", draft.name, "--to", "pdf", "--notes").returncode == 0


def test_a_draft_with_a_nul_is_to_be_saved_as_fountain(program: Program, draft: Path) -> None:
    draft.write_bytes(b"INT. A - DAY\n\nRain\0.\n")
    done = program("export", draft.name, "--to", "pdf")
    assert done.returncode == 2
    assert ".fountain" in done.stderr.partition("hint")[2]


def test_without_a_format_nothing_is_written(program: Program, draft: Path) -> None:
    done = program("export", draft.name)
    assert done.returncode == 2
    assert "--to" in done.stderr


def test_a_pdf_goes_beside_the_draft_and_a_newer_one_in_its_place(
    program: Program, draft: Path
) -> None:
    for text in (DRAFT, f"{DRAFT}\nThe end.\n"):
        draft.write_text(text, encoding="utf-8")
        done = program("export", draft.name, "--to", "pdf")
        assert (done.returncode, done.stdout, done.stderr) == (0, "lamp.pdf\n", "")
    assert draft.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")


def test_a_pdf_that_somebody_changed_is_kept(program: Program, draft: Path) -> None:
    draft.with_suffix(".pdf").write_bytes(b"%PDF-1.4 signed by somebody")
    done = program("export", draft.name, "--to", "pdf")
    assert done.stdout == "lamp.v2.pdf\n"
    assert draft.with_suffix(".pdf").read_bytes() == b"%PDF-1.4 signed by somebody"


@pytest.mark.parametrize("folder", [".", "..", "/"])
def test_a_folder_is_no_draft(program: Program, folder: str) -> None:
    done = program("export", folder, "--to", "pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert "E_NOT_REGULAR" in done.stderr


@pytest.mark.parametrize("device", ["/dev/stdout", "/dev/null"])
def test_a_device_is_no_place_for_an_export(program: Program, draft: Path, device: str) -> None:
    done = program("export", draft.name, "--to", "fountain", "-o", device)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is a device or a pipe" in done.stderr
    assert "-o -" in done.stderr


@pytest.mark.parametrize("aim", ["nowhere", "out.pdf", "lamp.fountain"])
def test_nothing_is_written_through_a_link(program: Program, draft: Path, aim: str) -> None:
    draft.with_name("out.pdf").symlink_to(aim)
    done = program("export", draft.name, "-o", "out.pdf", "--force")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is a link" in done.stderr
    assert draft.read_text(encoding="utf-8") == DRAFT
    assert sorted(each.name for each in draft.parent.iterdir()) == ["lamp.fountain", "out.pdf"]


def test_without_its_extra_a_pdf_is_refused_with_the_way_to_it(
    program: Program, draft: Path, tmp_path: Path
) -> None:
    hidden = tmp_path / "hidden" / "reportlab"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    path = os.pathsep.join((str(hidden.parent), program.env["PYTHONPATH"]))
    done = program("export", draft.name, "--to", "pdf", env={"PYTHONPATH": path})
    assert done.returncode == 3
    assert "E_EXTRA" in done.stderr
    assert "pip install 'scriptgen[pdf]'" in done.stderr
    assert not draft.with_suffix(".pdf").exists()


def test_a_character_without_a_font_fails_only_where_fonts_are_strict(
    program: Program, draft: Path
) -> None:
    draft.write_text("Rain \U0010fffd.\n", encoding="utf-8")
    done = program("export", draft.name, "--to", "pdf")
    assert (done.returncode, done.stderr.count("W_FONT")) == (0, 1)
    done = program("export", draft.name, "--to", "pdf", "--strict-fonts")
    assert (done.returncode, done.stderr.count("W_FONT")) == (1, 1)


def test_a_fallback_font_that_is_none_is_named(program: Program, draft: Path) -> None:
    draft.write_text("Rain \U0010fffd.\n", encoding="utf-8")
    settings = '[fonts]\nfallback = ["lamp.fountain"]\n'
    draft.with_name("scriptgen.toml").write_text(settings, encoding="utf-8")
    done = program("export", draft.name, "--to", "pdf")
    assert done.returncode == 3
    assert "lamp.fountain" in done.stderr


def test_a_page_tells_where_its_parts_come_from_and_what_is_invented(
    program: Program, essay: Path, draft: Path
) -> None:
    draft.write_text(
        "INT. LAMP ROOM - NIGHT\n\nMara Vance stands at the window of the lamp room.\n\n"
        "TEODOR\nYou should have told me.\n\nMARA\nThe boat is late again.\n\n[[mine]]\n",
        encoding="utf-8",
    )
    told = program("export", draft.name, "--to", "html", "--trace", "--essay", essay.name)
    assert told.returncode == 0
    html = (draft.parent / "lamp.html").read_text(encoding="utf-8")
    assert html.count("invented") == 1
    assert "d01" in html
    assert "mine" not in html
    bare = program("export", draft.name, "--to", "fountain", "-o", "-", "--trace")
    assert "--essay ESSAY" in bare.stderr
    assert program("export", draft.name, "--to", "html", "--essay", essay.name).returncode == 2
    made = program("draft", essay.name, "--trace", "-o", "own.fountain")
    assert made.returncode == 0
    own = program("export", "own.fountain", "--to", "html", "-o", "-", "--trace")
    assert "[[p01]]" in own.stdout
    assert "invented" not in own.stdout
