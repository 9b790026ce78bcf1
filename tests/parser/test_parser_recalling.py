"""Descriptions that point back, and names that a pronoun or a call gives."""

from __future__ import annotations

import pytest
from reading_essays import brief_of, names, person


def aliases(text: str, name: str) -> list[str]:
    return [alias.text for alias in person(brief_of(text), name).aliases]


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        (
            (
                "A girl in a green coat climbs the stairs. Otto Brandt yawns. The girl in the coat "
                "knocks twice. “Open,” says the girl."
            ),
            "A girl in a green coat",
            "The girl in the coat",
        ),
        (
            (
                "Ilse Brandt kneels by the hearth with a poker in her fist. She rakes the coals. "
                "Otto Brandt yawns. The poker woman looks up. Ilse laughs."
            ),
            "Ilse Brandt",
            "The poker woman",
        ),
        (
            "Tomas Reyl limps in. He drops his satchel. The old man sits down by the fire.",
            "Tomas Reyl",
            "The old man",
        ),
        (
            "The clerk, a tall woman in a raincoat, stamps a form. “Next,” says the clerk.",
            "The clerk",
            "a tall woman in a raincoat",
        ),
    ],
)
def test_a_description_points_back_to_whoever_fits(text: str, name: str, alias: str) -> None:
    assert alias in aliases(text, name)


def test_old_is_not_said_of_somebody_young() -> None:
    text = (
        "Ferris Lund, a boy of nine, hums. He skips. A man in a cape lifts his lamp. "
        "The old man coughs. “Go,” says the old man. Ferris Lund runs."
    )
    assert "The old man" not in aliases(text, "Ferris Lund")


@pytest.mark.parametrize(
    "text",
    [
        "A girl in a yellow coat sits on the step. “Come in, Marit,” calls her father. Marit runs.",
        "A girl in a yellow coat sits on the step. She hums. Her name is Marit. Marit runs.",
        "A girl in a yellow coat sits on the step. She is called Marit. Marit runs.",
    ],
)
def test_a_name_goes_to_whom_a_call_or_a_pronoun_means(text: str) -> None:
    assert "A girl in a yellow coat" in aliases(text, "Marit")


def test_who_is_read_from_a_list_need_not_be_there() -> None:
    text = "A soldier in a wet cape waits by the door. “Lowe,” reads the sergeant. Lowe coughs."
    assert "A soldier in a wet cape" not in aliases(text, "Lowe")


def test_a_full_name_told_once_without_a_deed_is_an_actors() -> None:
    brief = brief_of("Ruth Amery lifts the lamp. Nobody but Gesine Holt could have been so still.")
    assert names(brief) == ["Ruth Amery"]


def test_where_the_surname_comes_first_a_lady_of_that_name_is_another() -> None:
    brief = brief_of("Madam Shu pours the tea. Shu Lian spills it. Madam Shu smiles at Shu Lian.")
    assert sorted(names(brief)) == ["Madam Shu", "Shu Lian"]
