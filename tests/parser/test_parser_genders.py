"""Who is he and who is she."""

from __future__ import annotations

from reading_essays import brief_of, said


def test_an_object_does_not_point_back_at_the_subject_of_its_clause() -> None:
    brief = brief_of(
        "Pryce takes her for a guest. Pryce bows, and he opens the door for Mrs Oakes. "
        "“Your coat, madam,” he says."
    )
    assert said(brief)[0][1] == "Pryce"


def test_a_pronoun_that_means_somebody_known_tells_nothing_of_the_others() -> None:
    brief = brief_of(
        "Mrs Oakes folds the letter from Sandor, and she sighs. Sandor comes in. Sandor pulls off "
        "his cap. Mrs Oakes waits. “You are wet,” she says. “It rains,” he says."
    )
    assert [speaker for _, speaker in said(brief)] == ["Mrs Oakes", "Sandor"]


def test_a_given_name_tells_where_no_pronoun_does() -> None:
    brief = brief_of(
        "Martha stands at the stove beside Thomas. Thomas stares at Martha. “It burns,” he says. "
        "“Then eat,” she says."
    )
    assert [speaker for _, speaker in said(brief)] == ["Thomas", "Martha"]


def test_a_title_behind_a_name_tells_he_from_she() -> None:
    brief = brief_of(
        "Selim Bey stands at the stove beside Rukiye Hanım. Selim Bey stares at Rukiye Hanım. "
        "“You are late,” she says. “The road was shut,” he says."
    )
    assert [speaker for _, speaker in said(brief)] == ["Rukiye Hanım", "Selim Bey"]
