"""The drama's title, as essays give it away."""

from __future__ import annotations

import pytest
from reading_essays import brief_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            (
                "Hollow Quay has always done its best work at night. Ruth Amery lifts a lamp.\n\n"
                "Ruth Amery sits down.\n\nNobody mourns like this, and Hollow Quay knows it."
            ),
            "Hollow Quay",
        ),
        (
            (
                "I was tired when Sleep Well, Small Birds opened on a lamp. Ruth sits down.\n\n"
                "Ruth says what Sleep Well, Small Birds never answers."
            ),
            "Sleep Well, Small Birds",
        ),
        (
            (
                "I like *El pan de noviembre*, as all do. Ruth Amery lifts a lamp.\n\n"
                "She sits down. *El pan de noviembre* is back on Monday."
            ),
            "El pan de noviembre",
        ),
        ("Week two of ‘Juniper’, and Ruth Amery lifts a lamp.", "Juniper"),
        ("I have seen *Juniper* twice, and Ruth Amery lifts a lamp.", "Juniper"),
        ("There is one bridge in The Paper Mill, and Ruth Amery crosses it.", "The Paper Mill"),
    ],
)
def test_a_title_is_told_by_where_it_stands(text: str, title: str) -> None:
    found = brief_of(text).title
    assert found is not None
    assert found.text == title


def test_what_somebody_says_is_no_title() -> None:
    assert brief_of("“Market,” says Ruth Amery. “Market,” says Otto Brandt.").title is None
