"""Marks that sit on a letter take no room."""

from __future__ import annotations

import pytest

from scriptgen.layout import paginate
from scriptgen.screenplay import Action, Screenplay

MARK = "\u0301"


@pytest.mark.parametrize("count", [1, 2_000, 50_000])
def test_marks_stay_on_their_letter_however_many_they_are(count: int) -> None:
    text = f"a{MARK * count} rain"
    (page,) = paginate(Screenplay(elements=(Action(text=text),))).pages
    assert [row.text for row in page.rows] == [text]


def test_a_line_of_marked_letters_holds_as_many_as_one_of_plain_ones() -> None:
    text = f"a{MARK * 20}" * 130
    (page,) = paginate(Screenplay(elements=(Action(text=text),))).pages
    assert [row.text.count("a") for row in page.rows] == [60, 60, 10]
    assert "".join(row.text for row in page.rows) == text
