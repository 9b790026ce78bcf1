"""Contradictions that an essay holds, and what looks like one and is none."""

from __future__ import annotations

import pytest
from reading_essays import brief_of

CAST = "“Wait,” says Amara, and she shuts the door. “No,” says Tobias, and he sits down.\n\n"


def flagged(text: str) -> list[tuple[str, ...]]:
    return [tuple(span.text for span in flag.evidence) for flag in brief_of(CAST + text).flags]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (
            "Amara’s right boot catches on the sill. She limps on, and her left boot is missing.",
            ("right boot", "left boot"),
        ),
        (
            "Amara sets down three plates. Tobias waits. Then she wipes the four plates.",
            ("three plates", "four plates"),
        ),
        (
            "Amara shakes the snow off her red coat. She hangs her green coat on a nail.",
            ("red coat", "green coat"),
        ),
        (
            "Amara kisses her two sons.\n\nAt the gate Amara counts her three sons.",
            ("two sons", "three sons"),
        ),
    ],
)
def test_what_cannot_be_both_is_flagged_and_not_mended(
    text: str, evidence: tuple[str, ...]
) -> None:
    assert flagged(text) == [evidence]


@pytest.mark.parametrize(
    "text",
    [
        "Amara hides it in her left hand. She opens her right hand.",
        "Amara sprains her left ankle. Her left ankle swells.",
        "Amara sprains her left ankle. Her right eye is swollen.",
        "Amara sprains her left ankle.\n\nHer right foot slips.",
        "Amara’s left shoe catches. Tobias’s right shoe slips.",
        "Amara sets down three plates. She adds another. Then she wipes the four plates.",
        "Amara sets down three plates. She breaks one. Then she wipes the two plates.",
        "Amara sets down three plates. “The four plates,” says Tobias.",
        "Amara takes off her red coat.\n\nAmara puts on her green coat.",
        "Amara takes off her red coat. Tobias takes off his green coat.",
        "Amara’s left shoe catches. His right shoe slips.",
        "Amara kisses her two sons. Tobias kisses his three sons.",
    ],
)
def test_what_can_be_both_is_not_flagged(text: str) -> None:
    assert flagged(text) == []
