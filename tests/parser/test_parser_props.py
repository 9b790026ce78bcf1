"""Props: which things an essay shows, what they are called, and which return."""

from __future__ import annotations

import pytest
from reading_essays import brief_of


def props(text: str, *, title: str | None = None) -> list[str]:
    return [prop.name for prop in brief_of(text, title=title).props]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amara lifts the lantern.", "lantern"),
        ("Amara picks up the kettle.", "kettle"),
        ("Amara takes off her gloves.", "gloves"),
        ("Then the letter is folded and put away.", "letter"),
        ("Amara opens the crate with a crowbar.", "crowbar"),
        ("Amara waits, a wrench still in her fist.", "wrench"),
        ("Amara hands him the scissors.", "scissors"),
        ("She peels a tangerine.", "tangerine"),
        ("Amara pulls a ticket from her coat.", "ticket"),
        ("The jug tips over and Amara stares.", "jug"),
        ("Amara lifts a jar of salt.", "salt"),
        ("Amara waters a flower-pot.", "flower-pot"),
    ],
)
def test_what_hands_do_makes_a_prop(text: str, name: str) -> None:
    assert name in props(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amara drops the enamel cup.", "enamel cup"),
        ("Amara carries two bamboo baskets.", "bamboo baskets"),
        ("Amara drags a wait-and-see trunk.", "wait-and-see trunk"),
    ],
)
def test_a_compound_name_is_reported_whole(text: str, name: str) -> None:
    assert props(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Amara falls like a stone.",
        "Amara lifts her hand.",
        "Amara stands still and sits upright.",
        "Amara lifts the weight off her chest with a flick of the wrist.",
        "Amara falls off the table.",
    ],
)
def test_what_no_hand_uses_is_none(text: str) -> None:
    assert set(props(text)) <= {"weight"}


def test_a_thing_that_returns_needs_no_hand() -> None:
    assert props("Amara stands by the piano.\n\nLater Amara waits behind the piano.") == ["piano"]


def test_a_thing_that_only_stands_there_comes_last() -> None:
    assert props("Amara walks past a lamp. Amara lifts the jug.") == ["jug", "lamp"]


def test_a_silk_scarf_is_no_verb() -> None:
    assert props("Amara waits, a white silk scarf tied round her neck.") == ["silk scarf"]


def test_the_title_in_small_letters_is_the_thing() -> None:
    text = "“The Lantern” is short.\n\nAmara lifts the lantern. She puts down the jug."
    assert props(text, title="The Lantern") == ["lantern", "jug"]


def test_a_thing_in_the_title_is_a_prop_where_it_stands() -> None:
    assert props("Amara stands beside a lantern.", title="The Lantern") == ["lantern"]


def test_nobody_of_the_cast_is_a_prop() -> None:
    text = "A printer named Amara Odell folds a sheet. The printer drops the sheet."
    assert props(text) == ["sheet"]
