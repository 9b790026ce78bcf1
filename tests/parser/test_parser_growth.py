"""The work grows with the text and no faster, whatever the text is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from reading_essays import brief_of, spans
from shapes import SHAPES

if TYPE_CHECKING:
    from types import FrameType

SIZE = 6_000
MOST = 2.3
LONG = ("quotes", "dashes", "one word", "blanks", "digits")


def calls(text: str) -> int:
    """How many functions are called to read ``text``."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        brief_of(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_about_twice_the_work(shape: str) -> None:
    single, double = SHAPES[shape](SIZE), SHAPES[shape](2 * SIZE)
    brief_of(double)
    assert calls(double) <= MOST * calls(single)


@pytest.mark.parametrize("shape", LONG)
def test_a_line_of_two_megabytes_is_read_to_its_end(shape: str) -> None:
    text = SHAPES[shape](2_000_000)
    assert "\n" not in text
    assert all(text[s.start : s.end] == s.text for s in spans(brief_of(text)))
