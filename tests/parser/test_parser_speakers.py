"""Who speaks."""

from __future__ import annotations

from reading_essays import brief_of, said

INTRO = "Inés Prado waits at the counter with Duarte Pires. "


def test_nobody_is_made_to_speak_where_nobody_is_near() -> None:
    (line,) = brief_of("The lights go out. “Stay where you are.” A door slams.").lines
    assert (line.speaker, line.candidates) == (None, ())


def test_a_name_beside_the_verb_speaks() -> None:
    brief = brief_of(INTRO + "“Is it ready?” asks Inés. “Friday,” says Duarte.")
    assert said(brief) == [("Is it ready?", "Inés Prado"), ("Friday,", "Duarte Pires")]


def test_a_pronoun_beside_the_verb_is_whoever_acts() -> None:
    brief = brief_of("Wanda Rees shuts her ledger. “We are closed,” she says. Wanda Rees leaves.")
    assert said(brief) == [("We are closed,", "Wanda Rees")]


def test_a_line_goes_on_with_the_same_speaker_across_the_tag() -> None:
    brief = brief_of(INTRO + "“Take the bread,” Duarte says, “before it is cold.”")
    assert [speaker for _, speaker in said(brief)] == ["Duarte Pires", "Duarte Pires"]


def test_two_who_talk_take_turns() -> None:
    brief = brief_of(
        INTRO + "“Is it ready?” asks Inés.\n\n“No.”\n\n“When?”\n\n“Friday,” says Duarte."
    )
    assert [speaker for _, speaker in said(brief)] == [
        "Inés Prado",
        "Duarte Pires",
        "Inés Prado",
        "Duarte Pires",
    ]


def test_whoever_acts_before_an_untagged_line_speaks_it() -> None:
    brief = brief_of(INTRO + "Duarte Pires wipes the slate. “Nothing today, and nothing Friday.”")
    assert said(brief)[0][1] == "Duarte Pires"


def test_who_says_a_name_of_their_own_is_that_person() -> None:
    brief = brief_of(
        "Priya Raman stands by the till. Duarte Pires stares. “I’m Priya. Nobody asked, did they?”"
    )
    assert said(brief)[0][1] == "Priya Raman"


def test_a_description_speaks_as_well_as_a_name() -> None:
    brief = brief_of("The cook in the paper hat leans out. “Two soups,” says the cook.")
    assert said(brief) == [("Two soups,", brief.characters[0].name)]


def test_a_face_that_says_something_lends_its_owner() -> None:
    brief = brief_of(INTRO + "Duarte Pires nods. Duarte’s face says: “I have sold it already.”")
    assert said(brief) == [("I have sold it already.", "Duarte Pires")]


def test_nobody_speaks_a_line_that_calls_them() -> None:
    brief = brief_of(INTRO + "Inés lifts the lid. “Leave it, Inés, it is hot.”")
    assert said(brief)[0][1] != "Inés Prado"


def test_who_answers_is_not_who_asked() -> None:
    brief = brief_of(
        "Wanda Rees stands by the door in her coat. Ines Amery, her apron folded, nods to Wanda. "
        "“Is it locked?” asks Ines Amery. “It is,” she answers."
    )
    assert said(brief)[1] == ("It is,", "Wanda Rees")


def test_the_other_of_two_is_not_who_spoke() -> None:
    brief = brief_of(INTRO + "“My dear,” says Duarte. “Yes,” says the other, “what is it?”")
    assert [speaker for _, speaker in said(brief)] == ["Duarte Pires", "Inés Prado", "Inés Prado"]


def test_speech_told_before_a_line_ends_that_turn() -> None:
    brief = brief_of(
        INTRO + "Duarte Pires yawns. Inés asks Duarte where the bread is. “Gone by noon.”"
    )
    assert said(brief)[-1][1] == "Duarte Pires"


def test_a_voice_that_leads_to_a_line_is_its_owners() -> None:
    brief = brief_of(
        INTRO
        + "Duarte Pires is gone. Inés listens. Now comes the voice of Duarte: “We are closed.”"
    )
    assert said(brief)[0][1] == "Duarte Pires"


def test_somebody_unknown_beside_the_verb_is_nobody_known() -> None:
    brief = brief_of(INTRO + "Duarte nods. “We are closed,” says a voice from the yard.")
    assert said(brief)[0][1] is None


def test_a_noun_that_speaks_is_a_person() -> None:
    brief = brief_of("A small dresser waits. “Two minutes,” says the dresser through her pins.")
    assert said(brief)[0][1] is not None


def test_who_does_not_reply_did_not_speak() -> None:
    brief = brief_of(
        INTRO + "“Since noon,” says Duarte. Rain ticks on the awning. “You could have told me.” "
        "Duarte doesn’t reply."
    )
    assert said(brief)[1] == ("You could have told me.", "Inés Prado")


def test_who_answers_a_question_did_not_ask_it() -> None:
    brief = brief_of(
        "Ruth Amery counts the cups. Wanda Rees nods to Ruth Amery. “Which way is it?” "
        "It’s Wanda who answers. “Left,” she says."
    )
    assert said(brief)[0][1] != "Wanda Rees"


def test_a_mother_is_whose_son_it_was() -> None:
    brief = brief_of(
        "Wanda Rees scolds her son Otto Rees. Ruth Amery laughs at Wanda Rees. Otto Rees yawns. "
        "“Go to bed,” says his mother."
    )
    assert said(brief) == [("Go to bed,", "Wanda Rees")]


def test_any_verb_before_a_name_behind_a_line_tells_who_speaks() -> None:
    brief = brief_of(INTRO + "Duarte nods. Inés waits. “Shut the door!” bawls Duarte.")
    assert said(brief) == [("Shut the door!", "Duarte Pires")]


def test_who_says_nothing_behind_a_line_did_not_speak_it() -> None:
    brief = brief_of(
        "Duarte Pires waits at the door. Olga Brandt comes in. “You are late,” she says. "
        "“Where is the key?” Duarte says nothing."
    )
    assert said(brief)[1] == ("Where is the key?", "Olga Brandt")


def test_who_answers_before_a_line_speaks_it() -> None:
    brief = brief_of(
        "Duarte Pires asks for the key. Olga Brandt wipes her hands before she answers. "
        "“You had it last.”"
    )
    assert said(brief) == [("You had it last.", "Olga Brandt")]
