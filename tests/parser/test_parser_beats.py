"""What can be filmed, what is the critic's talk, and questions."""

from __future__ import annotations

import pytest
from reading_essays import beats, brief_of

from scriptgen.brief import Certainty, CommentaryKind

WHO = "Then Amara Nwosu lifts the lid. "


@pytest.mark.parametrize(
    "text",
    [
        "This is not grief.",
        "It’s about exposure and shame.",
        "There’s no villain here.",
        "I screamed.",
        "The series has never been colder.",
        "What makes it unforgettable is restraint.",
        "Perhaps the writers ran out of ideas.",
        "The next episode won’t forgive her.",
    ],
)
def test_a_critics_sentence_is_no_beat(text: str) -> None:
    brief = brief_of(WHO + text)
    assert beats(brief) == ["Then Amara Nwosu lifts the lid."]
    assert text in [c.span.text for c in brief.commentary]


@pytest.mark.parametrize(
    ("text", "beat"),
    [
        ("She grips the rail like a sailor in a storm.", "She grips the rail"),
        ("She turns round as if the sea had spoken.", "She turns round"),
        ("She wears a cap squashed like a pie.", "She wears a cap"),
        ("She lifts the cup with an attitude that might as well be pride.", "She lifts the cup"),
        (
            "She lays the coins on the table as gently as a nurse.",
            "She lays the coins on the table",
        ),
        ("She comes all the way round the counter.", "She comes all the way round the counter."),
        ("She holds a rope as stiff as a board.", "She holds a rope"),
        ("She shuts the drawer so quietly that we are ashamed.", "She shuts the drawer so quietly"),
        ("She stirs a pot she has no wish to understand.", "She stirs a pot"),
        ("She lifts a face I could not have made.", "She lifts a face"),
        ("She carries a pot the size of a barn.", "She carries a pot"),
        ("She shakes because the script needs her to.", "She shakes"),
    ],
)
def test_comparisons_and_reasons_are_trimmed_away(text: str, beat: str) -> None:
    assert beat in beats(brief_of(WHO + text))


@pytest.mark.parametrize(
    ("text", "beat"),
    [
        (
            "Two porters halt, hats in hand, like a pair of bookends.",
            "Two porters halt, hats in hand",
        ),
        ("A steward, Nnamdi (Cal Ortega), is pouring the tea.", "is pouring the tea."),
    ],
)
def test_a_remark_beside_it_costs_no_deed(text: str, beat: str) -> None:
    assert beat in beats(brief_of(WHO + text))


def test_what_one_does_is_the_critics() -> None:
    found = " ".join(beats(brief_of(WHO + "She lifts a cup, and one shudders at the thought.")))
    assert "She lifts a cup" in found
    assert "shudders" not in found


def test_adjectives_in_a_row_stay_together() -> None:
    assert "She wears a deep, glossy burgundy coat." in beats(
        brief_of(WHO + "She wears a deep, glossy burgundy coat.")
    )


def test_a_question_stays_open_and_is_no_beat() -> None:
    brief = brief_of(WHO + "Who sent the box?")
    assert [q.text for q in brief.questions] == ["Who sent the box?"]
    assert beats(brief) == ["Then Amara Nwosu lifts the lid."]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("So where is our ship?", "So where is our ship?"),
        ("When?", "When?"),
        ("For whom?", "For whom?"),
        ("Did Ruth ever show her the letter?", "Did Ruth ever show her the letter?"),
        ("What I ask is this: who sent the box?", "who sent the box?"),
        ("Uncle, who sent the box?", "Uncle, who sent the box?"),
        ("She opens the door, and who has sent the box?", "and who has sent the box?"),
    ],
)
def test_a_question_is_the_clause_with_the_mark(text: str, question: str) -> None:
    assert [q.text for q in brief_of(WHO + text).questions] == [question]


def test_what_leads_to_a_question_may_be_a_beat() -> None:
    found = beats(brief_of(WHO + "She shuts the drawer and turns the key, and isn’t it cold?"))
    assert found[-1] == "She shuts the drawer and turns the key"


def test_a_gesture_behind_a_clause_of_time_needs_no_comma() -> None:
    text = "She grips the rail, and when she knows enough she shuts the drawer."
    assert beats(brief_of(WHO + text))[-1].endswith("she shuts the drawer.")


def test_a_gesture_that_hides_in_a_question_is_a_beat() -> None:
    brief = brief_of(WHO + "In Amara’s shaking hands as she closes it?")
    assert "Amara’s shaking hands as she closes it" in beats(brief)


@pytest.mark.parametrize(
    "text",
    ["Did you catch that?", "Isn’t that how it goes?", "Tedious?", "Can I say it?", "Isn’t it?"],
)
def test_a_question_to_the_reader_is_commentary(text: str) -> None:
    brief = brief_of(WHO + text)
    assert brief.questions == ()
    assert brief.commentary[-1].kind is CommentaryKind.QUESTION


@pytest.mark.parametrize("text", ["A brass ring?", "It was her ring, remember?"])
def test_a_guess_and_a_statement_with_a_tag_are_not_open(text: str) -> None:
    assert brief_of(WHO + text).questions == ()


def test_a_guess_that_is_denied_at_once_is_neither_open_nor_a_beat() -> None:
    brief = brief_of(WHO + "A ring? No. She takes out a brass key.")
    assert brief.questions == ()
    assert beats(brief)[1:] == ["She takes out a brass key."]


def test_an_and_that_led_to_a_remark_does_not_stay() -> None:
    text = "She lifts the lid and, as I never tire of saying, the show is better for it."
    assert beats(brief_of(WHO + text))[-1] == "She lifts the lid"


def test_a_quoted_question_is_not_the_essays() -> None:
    assert brief_of(WHO + "“Who sent it?”").questions == ()


def test_speculation_about_what_comes_is_future() -> None:
    brief = brief_of(WHO + "The next episode won’t show her leaving.")
    assert brief.commentary[-1].kind is CommentaryKind.FUTURE


def test_a_list_item_is_commentary() -> None:
    assert beats(brief_of(WHO + "\n\n- She wins.\n- She loses.")) == [
        "Then Amara Nwosu lifts the lid."
    ]


def test_what_is_summed_up_is_marked_so() -> None:
    brief = brief_of(WHO + "For years she walks to the harbour.")
    assert brief.beats[-1].certainty is Certainty.SUMMARISED


def test_a_beat_names_who_does_it_for_a_pronoun() -> None:
    brief = brief_of(WHO + "She puts the lid down.")
    assert [b.subject for b in brief.beats] == [brief.characters[0].id] * 2


def test_a_cut_in_the_middle_makes_a_second_beat_that_continues() -> None:
    brief = brief_of(
        WHO + "She lifts the knife—the bravest choice of the season—and cuts the rope."
    )
    assert [b.continues for b in brief.beats][-1]
    assert "bravest" not in " ".join(beats(brief))


def test_whom_a_relative_clause_tells_of_stays_with_what_they_do() -> None:
    found = beats(
        brief_of(WHO + "A man in braces, whom we last saw in episode two, is carrying a stove.")
    )
    assert found[1:] == ["A man in braces", "is carrying a stove."]
