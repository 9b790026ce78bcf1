from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.cli.brief_sheet import sheet
from scriptgen.cli.columns import columns, wrapped
from scriptgen.drafting import parse_essay
from scriptgen.reader import essay_from_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

STORY = (
    "The Lamp Room\n\n“Who is there?” somebody says. Mara Vance and Old Teodor stand in the "
    "kitchen at night. Mara puts the lantern on the table. “I did tell you,” Mara says softly."
)


def rows(width: int, monkeypatch: pytest.MonkeyPatch, text: str = STORY) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    essay = essay_from_text(text)
    return ["".join(piece for piece, _ in row) for row in sheet(essay, parse_essay(essay))]


@pytest.mark.parametrize("width", [32, 60, 100, 250])
def test_no_row_is_wider_than_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(columns, rows(width, monkeypatch))) <= min(width, 100)


def test_each_line_says_who_speaks_and_how(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "\n".join(rows(100, monkeypatch))
    assert "MARA (softly): “I did tell you,”" in told
    assert "% taken" in told


def test_colour_is_for_terminals_alone(program: Program, essay: Path) -> None:
    assert "\x1b" not in program("brief", essay.name, "--text").stdout


@given(st.text(alphabet="ab é渡輪한\u0301 ", max_size=80), st.integers(2, 20))
def test_wrapping_keeps_every_word_and_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert max(map(columns, lines)) <= width
