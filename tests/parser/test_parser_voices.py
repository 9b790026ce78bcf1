"""Whose a voice turns out to be, and who answers a call."""

from __future__ import annotations

from reading_essays import brief_of, said

INTRO = "Duarte Pires counts the loaves. Inés Prado waits at the counter. "


def test_a_voice_is_the_owner_s_who_is_set_off_behind_it() -> None:
    brief = brief_of(INTRO + "The lights go out. “Nobody moves,” says a voice outside, Duarte’s.")
    assert said(brief) == [("Nobody moves,", "Duarte Pires")]


def test_a_voice_is_that_of_whoever_appears() -> None:
    brief = brief_of(INTRO + "“Too late,” says a voice behind her, and there stands Duarte.")
    assert said(brief) == [("Too late,", "Duarte Pires")]


def test_a_line_is_theirs_whom_the_next_words_point_at() -> None:
    brief = brief_of(
        INTRO + "The radio crackles, and then comes a man, out of breath: “Open the gate.” "
        "That’s Duarte."
    )
    assert said(brief) == [("Open the gate.", "Duarte Pires")]


def test_whoever_is_called_by_name_answers() -> None:
    brief = brief_of(
        INTRO + "Olga Brandt comes in. Rui Sá smokes. "
        "“You have a key, Olga?” whispers Duarte. “No.”"
    )
    assert said(brief)[1] == ("No.", "Olga Brandt")


def test_a_title_before_a_name_calls_nobody_else() -> None:
    brief = brief_of(
        "Mr. Lund buttons his coat. Mr. Osei waits. Lund strolls up. “Who sent you, Mr. Osei?”"
    )
    assert said(brief) == [("Who sent you, Mr. Osei?", brief.characters[0].name)]


def test_whoever_says_something_in_another_s_voice_says_it() -> None:
    brief = brief_of(
        "Olga Brandt shuts the ledger. She nods, and she says, in the voice of a much younger "
        "woman, “I remember the boat.”"
    )
    assert said(brief) == [("I remember the boat.", "Olga Brandt")]


def test_what_somebody_wears_or_holds_may_speak_for_them() -> None:
    brief = brief_of(
        "Olga Brandt ties on a striped apron. Duarte Pires watches from the stove. "
        "“We’re closed,” says the apron."
    )
    assert said(brief) == [("We’re closed,", "Olga Brandt")]
