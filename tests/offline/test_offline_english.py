"""English sentences made ready for the page."""

from __future__ import annotations

import pytest
from brief_builder import Draft

from scriptgen.catalog import language_pack
from scriptgen.offline.subjects import predicate
from scriptgen.offline.tense import in_present
from scriptgen.offline.words import grammar_of

PACK = language_pack("en")
GRAMMAR = grammar_of(PACK)
NAMES = {"Feng", "Wei", "Li", "Ann", "Bo"}


@pytest.mark.parametrize(
    ("past", "present"),
    [
        ("Uncle Feng stepped out from the dark.", "Uncle Feng steps out from the dark."),
        ("He didn’t speak at first.", "He doesn’t speak at first."),
        ("He only looked at the jade, then at her.", "He only looks at the jade, then at her."),
        ("His voice was low.", "His voice is low."),
        ("They were late.", "They are late."),
        ("I was late.", "I am late."),
        ("In the care of one she thought was dead.", "In the care of one she thinks is dead."),
        ("The lamps were lit.", "The lamps are lit."),
        ("She had opened the box.", "She has opened the box."),
        ("Ann fell and Bo ran.", "Ann falls and Bo runs."),
        ("When he finally did speak, she wept.", "When he finally does speak, she weeps."),
        ("She took the cup and left.", "She takes the cup and leaves."),
        ("Ann and Bo went home.", "Ann and Bo go home."),
        ("Nobody came.", "Nobody comes."),
        ("Sat down on the step and opened the tin.", "Sits down on the step and opens the tin."),
        ("Got off stiffly at the ford.", "Gets off stiffly at the ford."),
        ("Got off at the ford.", "Gets off at the ford."),
        ("Unfolded them.", "Unfolds them."),
        ("Ann had crossed the yard, picked it up.", "Ann has crossed the yard, picked it up."),
        ("Ann took the tin, crossed something out.", "Ann takes the tin, crosses something out."),
        ("Behind them stood two men.", "Behind them stand two men."),
        ("Then came the rain.", "Then comes the rain."),
        ("The man in grey—Uncle Feng—stepped out.", "The man in grey—Uncle Feng—steps out."),
    ],
)
def test_a_simple_past_is_turned_where_it_is_safe(past: str, present: str) -> None:
    assert GRAMMAR is not None
    turned = in_present(past, GRAMMAR, NAMES.__contains__)
    assert turned.text == present
    assert turned.safe


@pytest.mark.parametrize(
    "sentence",
    [
        "She holds the cup he gave her.",
        "Her arms crossed, she waits.",
        "Behind the tent, nice low shot.",
        "Left, right.",
        "Lit from below.",
        "Carried out on a door.",
        "His face lined with sorrow.",
        "Hands buried deep in her pockets.",
        "The pot is emptied.",
        "A photograph, scorched along one corner.",
        "Ann has opened the box.",
        "The garden where a child fell is still damp.",
    ],
)
def test_what_is_no_main_past_stays(sentence: str) -> None:
    assert GRAMMAR is not None
    assert in_present(sentence, GRAMMAR, NAMES.__contains__).text == sentence


@pytest.mark.parametrize(
    ("fragment", "sentence"),
    [
        ("stirring a pot", "stirs a pot"),
        ("slowly stirring a pot and humming", "slowly stirs a pot and hums"),
        ("dips a spoon into the pot, tastes", "dips a spoon into the pot, tastes"),
        ("then lifts a hand", "lifts a hand"),
        ("and doesn’t move", "doesn’t move"),
        ("steps back", "steps back"),
        ("hands buried in her pockets", None),
        ("eyes closed", None),
        ("lights off, nobody there", None),
        ("evening light on the floor", None),
        ("the ladle knocks once", None),
    ],
)
def test_a_clause_without_subject_gets_it_and_a_noun_phrase_does_not(
    fragment: str, sentence: str | None
) -> None:
    assert GRAMMAR is not None
    assert predicate(fragment, GRAMMAR, PACK) == sentence


@pytest.mark.parametrize(
    ("beat", "action"),
    [
        ("And then, Ann kneels—", "ANN kneels."),
        ("Meanwhile, Ann sleeps,", "ANN sleeps."),
        ("Then there’s Ann, arms crossed.", "ANN, arms crossed."),
        ("We see the breath leave their mouths.", "The breath leaves their mouths."),
        ("We see her eyes flicker.", "Her eyes flicker."),
        (
            "Through the glass we watch his mouth move and hear nothing but the kettle.",
            "Through the glass, his mouth moves. Nothing but the kettle.",
        ),
        ("He isn’t just carrying baskets—he’s shouldering a debt.", "He carries baskets."),
        ("When Ann sets it on the rim, balancing it.", "ANN sets it on the rim, balancing it."),
        ("The pot goes down the drain, and the camera follows it.", "The pot goes down the drain."),
        ("Ann (Ines Varga), the clerk, sits.", "ANN, the clerk, sits."),
        ("The camera lingers on his face as he gasps, pale.", "His face. He gasps, pale."),
        ("She blows it!! Indoors!!", "She blows it. Indoors."),
        ("He takes it AND SHE runs.", "He takes it and she runs."),
        (
            "He reads the words RING HER and he sits DOWN.",
            "He reads the words RING HER and he sits down.",
        ),
        ("Asked where she is heading she points at the sea.", "She points at the sea."),
    ],
)
def test_the_critic_is_taken_off_the_sentence(beat: str, action: str) -> None:
    draft = Draft(beat)
    if "Ann" in beat:
        draft.person("Ann")
    draft.beat(beat)
    assert draft.page()[1:] == [action]


@pytest.mark.parametrize(
    ("text", "said", "page"),
    [
        ('He leans in and he goes, "Hot."', "Hot.", ["BO leans in.", "BO: Hot."]),
        ('"Hot," he says to nobody. He waits.', "Hot,", ["BO: Hot.", "BO waits."]),
        ('"Hot," asks the boy.', "Hot,", ["BO, the boy.", "BO: Hot."]),
        ('"Hot," he calls then, not loudly.', "Hot,", ["BO: Hot."]),
        ('"Hot," he says, and shakes her hand.', "Hot,", ["BO: Hot.", "BO shakes her hand."]),
        ('He’s like, "Hot."', "Hot.", ["BO: Hot."]),
        (
            '"Hot," Bo mutters, shoving the door open.',
            "Hot,",
            ["BO: Hot.", "BO shoves the door open."],
        ),
    ],
)
def test_who_said_it_is_taken_off_and_what_they_do_stays(
    text: str, said: str, page: list[str]
) -> None:
    draft = Draft(text + " Bo.")
    bo = draft.person("Bo", aliases=("the boy",) if "the boy" in text else ())
    draft.beat(text, bo)
    draft.line(said, bo)
    assert draft.page()[1:] == page


@pytest.mark.parametrize(
    ("essay", "beat", "action"),
    [
        (
            "It works because the guard is asleep.",
            "because the guard is asleep.",
            "The guard is asleep.",
        ),
        (
            "We cut to the quay, where the twins are waiting.",
            "where the twins are waiting.",
            "The twins are waiting.",
        ),
        (
            "It is odd, since Ann opens the gate.",
            "since Ann opens the gate.",
            "ANN opens the gate.",
        ),
        (
            "Because it rains, the dog stays in.",
            "Because it rains, the dog stays in.",
            "Because it rains, the dog stays in.",
        ),
        ("Nobody knocks or tears the letter up. A cup falls.", "A cup falls.", "A cup falls."),
        (
            "It is all for Ann, who has turned the key.",
            "who has turned the key.",
            "ANN has turned the key.",
        ),
        (
            "It is all for a clerk, who has turned the key, and Ann sits.",
            "who has turned the key, and Ann sits.",
            "A clerk has turned the key, and ANN sits.",
        ),
        (
            "The postman, who has brought nothing.",
            "The postman, who has brought nothing.",
            "The postman has brought nothing.",
        ),
        (
            "We see the postman, who has brought nothing.",
            "the postman, who has brought nothing.",
            "The postman has brought nothing.",
        ),
        (
            "She wears a coat so stiff with salt that it says it all.",
            "She wears a coat so stiff with salt",
            "She wears a coat stiff with salt.",
        ),
        ("She smiles like somebody we know.", "She smiles like somebody", "She smiles."),
    ],
)
def test_what_hung_on_a_clause_left_out_stands_alone(essay: str, beat: str, action: str) -> None:
    draft = Draft(essay)
    if "Ann" in essay:
        draft.person("Ann")
    draft.beat(beat)
    assert draft.page()[1:] == [action]


@pytest.mark.parametrize(
    ("beat", "action"),
    [
        ("tall and hoarse, holds up a lamp.", "BO holds up a lamp."),
        ("busy with the kettle.", "BO is busy with the kettle."),
        ("with a cup and one sleeve rolled up.", "BO, with a cup and one sleeve rolled up."),
        ("comes running up the hill.", "BO comes running up the hill."),
    ],
)
def test_somebody_whose_name_was_cut_off_gets_it_again(beat: str, action: str) -> None:
    draft = Draft(f"The star is Bo, they say, {beat}")
    bo = draft.person("Bo")
    draft.beat(beat, bo)
    assert draft.page()[1:] == [action]


def test_a_noun_takes_the_verb_that_a_remark_parted_from_it() -> None:
    draft = Draft("A girl in clogs, whom nobody has named so far, is carrying a goose.")
    draft.beat("A girl in clogs")
    draft.beat("is carrying a goose.", continues=True)
    assert draft.page()[1:] == ["A girl in clogs is carrying a goose."]


@pytest.mark.parametrize(
    ("text", "alias", "action"),
    [
        (
            "A clerk in rubber boots sneezes.",
            "A clerk in rubber",
            "BO, a clerk in rubber boots, sneezes.",
        ),
        (
            "A clerk in a cap and clogs, asleep.",
            "A clerk in a cap",
            "BO, a clerk in a cap and clogs, asleep.",
        ),
    ],
)
def test_a_description_ends_with_its_phrase(text: str, alias: str, action: str) -> None:
    draft = Draft(text)
    bo = draft.person("Bo", aliases=(alias,))
    draft.beat(text, bo)
    assert draft.page()[1:] == [action]
