"""What leads to a line, or away from it: its kind, and whose it is not."""

from __future__ import annotations

import pytest
from reading_essays import brief_of, said

from scriptgen.brief import LineKind

PEOPLE = (
    "Amara closes the shutter. Tobias stares at Amara. “Sit,” he says. “I will not,” she says. "
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Amara looks at Tobias, and it is all there in the look: *You knew.*", "imagined"),
        ("A whole summer falls into place behind his eyes: “I remember this.”", "imagined"),
        ("His smile is not a clerk’s. *You have come back,* it says.", "imagined"),
        ("And then, from below, a voice she has heard only once: *I am in the cellar.*", "spoken"),
        ("Her face says, plain as day, I could stay and he would never ask.", "imagined"),
        ("Amara bends down to him and murmurs a question.", "unheard"),
        ("He is pleading; there is a tram going by and it takes every word.", "unheard"),
    ],
)
def test_what_leads_to_words_tells_whether_they_are_heard(text: str, kind: str) -> None:
    assert brief_of(PEOPLE + text).lines[-1].kind is LineKind(kind)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Somebody behind him goes “Not again, Tobias,” and laughs.", "Not again, Tobias,"),
        (
            "The whole hall rises to bellow “O the tide / And the bell”.",
            "O the tide / And the bell",
        ),
        ("“It says, ‘Closed for good,’” she reports.", "It says, ‘Closed for good,’"),
        ("The voice that answers is so near that I jumped: “Then hurry up.”", "Then hurry up."),
    ],
)
def test_a_voice_leads_to_speech(text: str, line: str) -> None:
    assert said(brief_of(PEOPLE + text))[-1][0] == line


def test_what_the_critic_says_of_the_show_is_no_line() -> None:
    brief = brief_of(PEOPLE + "I called this one a bore in week one, and I take it back.")
    assert len(brief.lines) == len(brief_of(PEOPLE).lines)


def test_a_reply_takes_up_the_subject_of_the_question() -> None:
    brief = brief_of(
        PEOPLE + "Rain ticks on the awning.\n\nAmara waits beside Tobias. “Did he leave a note?” "
        "says Amara. “He left a debt.”"
    )
    assert [speaker for _, speaker in said(brief)][-2:] == ["Amara", "Tobias"]


def test_a_thing_alone_stands_for_somebody_who_speaks() -> None:
    brief = brief_of(PEOPLE + "“We are shut,” says the apron.")
    assert brief.lines[-1].kind is LineKind.SPOKEN
