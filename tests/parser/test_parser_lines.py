"""Which set-apart words are lines, and of what kind."""

from __future__ import annotations

import pytest
from reading_essays import brief_of, said

from scriptgen.brief import LineKind

COUNTER = "Inés Prado waits at the counter with Duarte Pires. "
PEOPLE = "Amara closes the shutter. Tobias stares at Amara. "


@pytest.mark.parametrize(
    "text",
    [
        "Amara holds what her mother calls a “good” knife.",
        "The so-called “method” is a bluff.",
        "On the screen a message: “Line closed today.”",
        "(My brother, from the sofa: “I told you so.”)",
        "The show practically winks at you: “You are not ready.”",
        "It is *very* cold.",
    ],
)
def test_terms_signs_stress_and_the_audience_speak_no_line(text: str) -> None:
    assert said(brief_of(PEOPLE + text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "“I never wanted the house,” says her face.",
        "Her face says: “I never wanted the house.”",
        "You can almost hear the echo of a voice: “I never wanted the house.”",
        "“I never wanted the house.” She does not say it.",
        "“I never wanted the house,” she thinks.",
        "Her silence answers: “I never wanted the house.”",
    ],
)
def test_what_nobody_says_aloud_is_imagined(text: str) -> None:
    brief = brief_of(PEOPLE + "“Sit,” says Amara. “No,” says Tobias. " + text)
    assert [line.kind for line in brief.lines][-1] is LineKind.IMAGINED


@pytest.mark.parametrize(
    "text",
    [
        "“You are late,” says Tobias.",
        "Tobias says, “You are late.”",
        "Tobias, at the door: “You are late.”",
        "“You are late.” Tobias coughs.",
        "And Tobias goes, “You are late!”",
    ],
)
def test_a_line_is_heard_with_its_tag_or_without(text: str) -> None:
    assert said(brief_of(PEOPLE + text), LineKind.SPOKEN)[0][0].startswith("You are late")


def test_italics_are_lines_where_the_essay_uses_no_quotes() -> None:
    brief = brief_of("Amara turns. *You are late,* she says. Tobias nods. *The bus,* he says.")
    assert [text for text, _ in said(brief)] == ["You are late,", "The bus,"]


def test_how_a_line_is_said_is_kept() -> None:
    brief = brief_of(PEOPLE + "“The bus,” says Tobias quietly. “Go,” she whispers.")
    assert [line.delivery and line.delivery.text for line in brief.lines] == [
        "quietly",
        "whispers",
    ]


def test_verse_is_sung_by_whoever_acts_before_it() -> None:
    brief = brief_of(
        "Then Bryony Tolley steps to the rail and sings.\n\n> Low water, *low water,*\n\n"
        "“Hush,” says Bryony Tolley."
    )
    assert said(brief)[0] == ("low water,", "Bryony Tolley")


def test_speech_whose_words_are_not_told_is_unheard() -> None:
    brief = brief_of(PEOPLE + "Amara whispers something that we never get to know.")
    ((text, _),) = said(brief, LineKind.UNHEARD)
    assert text.startswith("whispers something")


def test_speech_told_without_quoting_is_reported() -> None:
    brief = brief_of(PEOPLE + "Amara asks Tobias whether the boat has left the harbour.")
    assert said(brief, LineKind.REPORTED) == [
        ("asks Tobias whether the boat has left the harbour", "Amara")
    ]


def test_a_quote_within_quotes_is_one_line() -> None:
    brief = brief_of(PEOPLE + "“He said ‘never,’ twice,” says Tobias.")
    assert said(brief) == [("He said ‘never,’ twice,", "Tobias")]


def test_what_a_thing_is_said_to_say_is_imagined() -> None:
    brief = brief_of(
        "Old Pavo stops in the doorway. *She has come home at last,* says the tremor in his hands. "
        "*Sit down,* says Pavo."
    )
    assert [line.kind.value for line in brief.lines] == ["imagined", "spoken"]


def test_a_thought_without_marks_is_a_line() -> None:
    brief = brief_of(
        COUNTER + "Duarte shrugs. His face is saying, I have sold it already, you know."
    )
    (line,) = brief.lines
    assert (line.text, line.kind.value) == ("I have sold it already, you know.", "imagined")


def test_a_broken_line_goes_on_in_italics() -> None:
    brief = brief_of(COUNTER + "*Inés,* Duarte says—and at last he looks up—*you are late.*")
    assert [line.text for line in brief.lines] == ["Inés,", "you are late."]


def test_any_verb_behind_a_comma_tells_who_speaks() -> None:
    brief = brief_of(
        COUNTER
        + "“The bread,” Duarte begins, “is gone.” “And nobody,” Inés is complaining, “came!”"
    )
    assert [line.text for line in brief.lines] == ["The bread,", "is gone.", "And nobody,", "came!"]


def test_what_is_typed_or_printed_is_no_line() -> None:
    brief = brief_of(
        COUNTER + "On the screen, large enough for the back row: “Sold out. Come tomorrow.” "
        "The same pen had written, a line above, “One loaf, stale.”"
    )
    assert brief.lines == ()


def test_words_nobody_hears_are_told_once() -> None:
    brief = brief_of(
        COUNTER + "Duarte bends to her and murmurs something. We cannot hear a word of it."
    )
    assert [line.kind.value for line in brief.lines] == ["unheard"]


def test_a_tag_parts_a_line_that_a_dash_opens() -> None:
    brief = brief_of(
        COUNTER
        + "Inés Prado sighs.\n\n— You are late, says Inés. It is noon.\n\n— The bus, Duarte "
        "says, was late.\n\n— And whose fault is that?"
    )
    assert said(brief) == [
        ("You are late,", "Inés Prado"),
        ("It is noon.", "Inés Prado"),
        ("The bus,", "Duarte Pires"),
        ("was late.", "Duarte Pires"),
        ("And whose fault is that?", "Inés Prado"),
    ]


@pytest.mark.parametrize(
    ("tag", "delivery"),
    [
        ("says Amara over the phone", "over the phone"),
        ("Amara says without looking up", "without looking up"),
        ("says Amara miserably", "miserably"),
        ("says Amara to a small boy", None),
    ],
)
def test_the_way_a_line_comes_is_its_delivery(tag: str, delivery: str | None) -> None:
    (line,) = brief_of(f"{PEOPLE}“Come home,” {tag}.").lines
    assert (line.delivery.text if line.delivery else None) == delivery


def test_an_essay_may_end_with_who_speaks() -> None:
    assert said(brief_of(PEOPLE + "“You are late,” says Tobias"))[0] == ("You are late,", "Tobias")


@pytest.mark.parametrize(
    "text",
    [
        "Amara nods. “Who is it?” Tobias asks.\n\n— Amara",
        "Amara nods. “Come home,” says Amara",
        "Amara nods. “Come home,” it says",
        "Amara nods. “Come,” says the other “now”",
        "— Amara, says",
        "“No,” “No,” she says, “and",
        "His face is saying, I",
    ],
)
def test_an_essay_that_breaks_off_is_read_to_its_end(text: str) -> None:
    for end in range(len(text)):
        brief_of(text[: end + 1])


def test_quotes_beside_a_few_dashes_are_spoken() -> None:
    brief = brief_of(
        "Olga Brandt counts the plates.\n\n— How many?\n\n— Nine.\n\n“Nine is enough,” says Olga. "
        "“Sit down,” says Duarte Pires. “Eat.”"
    )
    assert {line.kind for line in brief.lines} == {LineKind.SPOKEN}


def test_a_letter_read_out_is_spoken() -> None:
    brief = brief_of(
        "Olga Brandt comes in with the letter. She unfolds it and reads it to him, one sentence of "
        "a letter: “Come home before the ice.”"
    )
    assert said(brief, LineKind.SPOKEN) == [("Come home before the ice.", "Olga Brandt")]


def test_a_whisper_whose_words_follow_is_heard() -> None:
    brief = brief_of("Olga Brandt leans in and says it straight into his ear. “I kept the key.”")
    assert said(brief) == [("I kept the key.", "Olga Brandt")]


def test_what_a_thing_is_thinking_is_imagined() -> None:
    brief = brief_of(
        "Olga Brandt straightens her hat, and the hat is thinking, oh, you poor old fool."
    )
    assert said(brief, LineKind.IMAGINED) == [("oh, you poor old fool.", "Olga Brandt")]
