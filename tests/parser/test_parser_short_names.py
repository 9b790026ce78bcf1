"""Short, fond and longer forms of a name, and one surname for two."""

from __future__ import annotations

import pytest
from reading_essays import brief_of, names, person


def test_two_names_in_one_sentence_are_two_people_though_one_is_short_for_the_other() -> None:
    brief = brief_of("Elizabeth pours the wine. Liz glares. Liz takes Elizabeth by the sleeve.")
    assert sorted(names(brief)) == ["Elizabeth", "Liz"]


def test_a_short_form_that_could_be_two_peoples_is_nobodys() -> None:
    brief = brief_of("Valerie Ott sits. Valentina Wynn sits. Val knocks. Val bows and leaves.")
    assert len(names(brief)) == 3


def test_a_short_form_of_another_gender_is_another_person() -> None:
    brief = brief_of("Joseph lifts the crate. Joseph sings. Jo waits below. Jo yawns.")
    assert len(names(brief)) == 2


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("Elizabeth Harker locks the door. “Wait,” says Liz. Liz runs.", "Elizabeth Harker", "Liz"),
        ("Tony counts the notes. “Again,” says Anthony. Tony counts.", "Tony", "Anthony"),
        ("Nikolai Ostrov sits down. Kolya coughs. Kolya leaves.", "Nikolai Ostrov", "Kolya"),
        (
            "At noon Greg Tanner digs. Gregory Tanner rests on his spade.",
            "Greg Tanner",
            "Gregory Tanner",
        ),
        (
            "Pyotr Ilyich Sorin reads. Pyotr Ilyich sighs and folds the letter.",
            "Pyotr Ilyich Sorin",
            "Pyotr Ilyich",
        ),
        ("Elizabeth is also Liz. Liz laughs. Elizabeth opens a tin.", "Elizabeth", "Liz"),
    ],
)
def test_a_short_fond_or_shorter_form_is_the_same_person(text: str, full: str, short: str) -> None:
    brief = brief_of(text)
    assert len(names(brief)) == 1
    assert short in [full, *(a.text for a in person(brief, names(brief)[0]).aliases)]


def test_a_mister_of_a_womans_surname_is_somebody_else() -> None:
    brief = brief_of("Dorothy Kemp sits by the urn. Mr Kemp knocks. Dorothy lets Mr Kemp in.")
    assert sorted(names(brief)) == ["Dorothy Kemp", "Mr Kemp"]
