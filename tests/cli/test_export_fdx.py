"""``scriptgen export`` to FDX and from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scriptgen.exports.fdx import read_fdx
from scriptgen.screenplay import Heading, Note, Synopsis

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

DRAFT = """\
Title: The Lamp Room

INT. LAMP ROOM - NIGHT

= They meet.

Mara waits by the window.

[[b01]]

[[Whose lamp?]]

EXT. QUAY - DAY

Gulls.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.fountain"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_a_draft_goes_to_final_draft_and_comes_back(
    program: Program, draft: Path, tmp_path: Path
) -> None:
    done = program("export", str(draft), "--to", "fdx", "--outline", "--trace")
    assert done.returncode == 0
    back = program("export", "lamp.fdx", "--outline", "--trace", "-o", "back.fountain")
    assert back.returncode == 0, back.stderr
    assert (tmp_path / "back.fountain").read_text(encoding="utf-8") == DRAFT


def test_numbers_are_given_on_request(program: Program, draft: Path, tmp_path: Path) -> None:
    assert program("export", str(draft), "-o", "lamp.fdx", "--numbers").returncode == 0
    elements = read_fdx((tmp_path / "lamp.fdx").read_bytes()).elements
    assert [each.number for each in elements if isinstance(each, Heading)] == ["1", "2"]
    assert not any(isinstance(each, Synopsis) for each in elements)
    assert [each.text for each in elements if isinstance(each, Note)] == ["Whose lamp?"]


def test_an_export_is_replaced_until_somebody_edits_it(
    program: Program, draft: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert program("export", str(draft), "--to", "fdx").returncode == 0
    assert [path.name for path in tmp_path.glob("*.fdx")] == ["lamp.fdx"]
    target = tmp_path / "lamp.fdx"
    target.write_text(target.read_text("utf-8").replace("Mara", "Mia"), encoding="utf-8")
    assert program("export", str(draft), "--to", "fdx").returncode == 0
    assert "Mia" in target.read_text("utf-8")
    assert (tmp_path / "lamp.v2.fdx").exists()


@pytest.mark.parametrize("text", ["", "INT. HALL - DAY", "<!DOCTYPE FinalDraft []><FinalDraft/>"])
def test_a_file_that_is_no_fdx_is_refused_with_its_name(
    program: Program, tmp_path: Path, text: str
) -> None:
    (tmp_path / "odd.fdx").write_text(text, encoding="utf-8")
    done = program("export", "odd.fdx", "--to", "fountain")
    assert done.returncode == 2
    assert "odd.fdx" in done.stderr
    assert "hint:" in done.stderr
