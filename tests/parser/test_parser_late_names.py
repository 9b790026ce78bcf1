"""Names that come late, and whose childhood is shown."""

from __future__ import annotations

import pytest
from reading_essays import brief_of, names, person


def aliases(text: str, name: str) -> list[str]:
    return [alias.text for alias in person(brief_of(text), name).aliases]


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        (
            "On the pier stands a young woman with a parasol. This is Odile Brask. Odile waves.",
            "Odile Brask",
            "a young woman with a parasol",
        ),
        (
            (
                "A night nurse folds a sheet. The nurse hums. Then the lamp goes out, and "
                "Nurse Brask lights a candle. “Sleep,” says Nurse Brask."
            ),
            "Nurse Brask",
            "A night nurse",
        ),
        (
            (
                "The baker yawns. “Who is there?” asks the baker. Mrs Brask, for that is the "
                "baker, lifts her lamp."
            ),
            "Mrs Brask",
            "The baker",
        ),
        (
            (
                "The baker is a stout man in clogs. “Bread,” says the baker. The baker laughs. "
                "The stout man shuts the oven."
            ),
            "The baker",
            "a stout man in clogs",
        ),
        (
            (
                "A girl in a red scarf climbs the stairs. She hums. She stops at the door. "
                "At last Odile pulls off her scarf. “Late,” says Odile."
            ),
            "Odile",
            "A girl in a red scarf",
        ),
        (
            (
                "Odile Brask counts her coins. She sighs. Odile shuts the drawer.\n\n"
                "Ten years earlier, the same shop. A girl with a satchel reaches for the bell."
            ),
            "Odile Brask",
            "A girl with a satchel",
        ),
    ],
)
def test_somebody_described_is_whoever_is_named_later(text: str, name: str, alias: str) -> None:
    assert alias in aliases(text, name)


def test_whoever_is_answered_is_not_who_was_on_stage() -> None:
    text = (
        "A woman in a cape sweeps the stage. She hums. She looks up. “You are late,” she says. "
        "“I know,” says Odile. The woman in the cape goes on sweeping. Odile bows."
    )
    assert "A woman in a cape" not in aliases(text, "Odile")


def test_a_child_of_the_same_time_is_somebody_else() -> None:
    text = (
        "Odile Brask counts the coins. She sighs. “Shop!” calls a girl with a satchel. "
        "Odile shuts the drawer. “Closed,” says the girl."
    )
    assert len(names(brief_of(text))) > 1


def test_old_and_uncle_before_one_name_are_one_man() -> None:
    text = "Uncle Brask sweeps the yard. “Rain,” says Uncle Brask. Old Brask looks up and nods."
    assert names(brief_of(text)) == ["Uncle Brask"]


def test_kin_of_one_surname_are_named_by_it() -> None:
    text = (
        "Odile Brask counts the coins. Henrik Brask limps in. He nods at his sister. "
        "Odile shuts the drawer."
    )
    assert "his sister" in aliases(text, "Odile Brask")


def test_words_that_fit_anybody_are_no_alias() -> None:
    text = (
        "A man yawns on the quay. His name is Otto Brask. Otto Brask ties a rope and whistles. "
        "“Fog,” says Otto."
    )
    assert aliases(text, "Otto Brask") == ["Otto"]
