"""Hebrew and Arabic in the order and the forms in which they are seen."""

from __future__ import annotations

import pytest

from scriptgen.exports.pdf.arabic import shaped
from scriptgen.exports.pdf.bidi import direction, levels, mirror, visual_order
from scriptgen.exports.pdf.pieces import NO_FONT, pieces
from scriptgen.layout import Row, Run


def seen(text: str) -> str:
    found = levels(text, direction(text) or 0)
    return "".join(mirror(text[at]) if found[at] % 2 else text[at] for at in visual_order(found))


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("plain (English) 12.", "plain (English) 12."),
        ("אבג", "גבא"),
        ("she said אבג דהו twice", "she said והד גבא twice"),
        ("אבג 12 דהו", "והד 12 גבא"),
        ("אבג abc (12) דהו.", ".והד abc (12) גבא"),
        ("(אבג)", "(גבא)"),
        ("he (said אבג) ok", "he (said גבא) ok"),
        ("אבג, $12.50!", "!$12.50 ,גבא"),
        ("abc אבג 1,000 xyz", "abc 1,000 גבא xyz"),
    ],
)
def test_a_line_is_put_in_the_order_in_which_it_is_seen(read: str, shown: str) -> None:
    assert seen(read) == shown


def test_letters_join_by_their_place() -> None:
    assert shaped("سلم") == ["\ufeb3", "\ufee0", "\ufee2"]
    assert shaped("دار") == ["\ufea9", "\ufe8d", "\ufead"]


def test_lam_and_alef_are_one() -> None:
    assert shaped("لا") == ["\ufefb", ""]


def drawn(text: str, *, lacking: str = "") -> list[tuple[str, int]]:
    row = Row(0, 0, (Run(text),), "action")
    found = pieces(row, lambda each: NO_FONT if each in lacking else 0, direction(text))
    return [(piece.text, piece.width) for piece in found]


def test_lam_and_alef_take_the_cells_of_both() -> None:
    assert drawn("لا") == [("\ufefb", 2)]


def test_lam_and_alef_stay_two_where_no_font_has_them_in_one() -> None:
    assert "".join(text for text, _ in drawn("لا", lacking="\ufefb")) == "ال"


def test_a_mark_does_not_part_letters() -> None:
    assert shaped("بَت") == ["\ufe91", "\u064e", "\ufe96"]
