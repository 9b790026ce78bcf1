"""Pieces of sentences whose subject stands before them in the essay."""

from __future__ import annotations

import pytest
from brief_builder import Draft

from scriptgen.brief import IntExt, Status


@pytest.mark.parametrize(
    ("essay", "beat", "action"),
    [
        (
            "One is a woman in a raincoat, an affectation, who sits very upright.",
            "who sits very upright.",
            "A woman in a raincoat sits very upright.",
        ),
        (
            "The matchmaker, who has crept in, tries to cover it.",
            "who has crept in, tries to cover it.",
            "The matchmaker, who has crept in, tries to cover it.",
        ),
        (
            "Nobody sees but the clerk, whose hat lifts in the wind.",
            "whose hat lifts in the wind.",
            "The clerk’s hat lifts in the wind.",
        ),
        (
            "It is Bo, of all people, who turns round.",
            "of all people, who turns round.",
            "BO turns round.",
        ),
        (
            "He says little: the fall that broke his arm is years ago.",
            "that broke his arm is years ago.",
            "The fall that broke his arm is years ago.",
        ),
        (
            "The actress, who sits very upright, is good.",
            "who sits very upright",
            None,
        ),
    ],
)
def test_a_clause_gets_the_words_it_hangs_on(essay: str, beat: str, action: str | None) -> None:
    draft = Draft(essay)
    if "Bo" in essay:
        draft.person("Bo")
    draft.beat(beat)
    assert draft.page()[1:] == ([action] if action else [])


def test_a_deed_after_words_and_their_tag_is_the_speakers() -> None:
    draft = Draft('"Lock up," she says, and walks home with the lamp.')
    ann = draft.person("Ann", aliases=("she",))
    draft.line("Lock up,", ann)
    draft.beat("and walks home with the lamp.")
    assert draft.page()[1:] == ["ANN: Lock up.", "ANN walks home with the lamp."]


def test_a_deed_in_another_sentence_is_not_given_to_the_speaker() -> None:
    draft = Draft('"Lock up," she says. A dog walks home.')
    ann = draft.person("Ann", aliases=("she",))
    draft.line("Lock up,", ann)
    draft.beat("A dog walks home.")
    assert draft.page()[1:] == ["ANN: Lock up.", "A dog walks home."]


@pytest.mark.parametrize(
    ("essay", "beat", "action"),
    [
        (
            "The clerk, a large man, gets to his feet.",
            "gets to his feet.",
            "The CLERK gets to his feet.",
        ),
        (
            "An old man waits, we may suppose for years, and takes his hat off.",
            "and takes his hat off.",
            "An old man takes his hat off.",
        ),
        ("From the water, far off, comes a hand.", "comes a hand.", "A hand comes."),
        (
            "Behind her the machine, for no reason, coughs up a bar of soap.",
            "coughs up a bar of soap.",
            "The machine coughs up a bar of soap.",
        ),
        (
            "The nurse in charge, a broad person whose badge shines, walks down the bay.",
            "walks down the bay.",
            "The nurse in charge walks down the bay.",
        ),
        (
            "She hands it to a cook, the cup, which is hot, and takes her coat off.",
            "takes her coat off.",
            "[[Told, not shown: Takes her coat off.]]",
        ),
    ],
)
def test_a_deed_is_whose_sentence_it_ends(essay: str, beat: str, action: str) -> None:
    draft = Draft(essay)
    if "clerk" in essay:
        draft.person("The clerk", status=Status.UNNAMED)
    draft.beat(beat)
    assert draft.page()[1:] == [action]


def test_a_thing_without_a_verb_takes_what_goes_on_with_it() -> None:
    draft = Draft("Bo hums; the rope in his fist, I think, hangs over the side.")
    draft.beat("Bo hums; the rope in his fist", draft.person("Bo"))
    draft.beat("hangs over the side.", continues=True)
    assert draft.page()[1:] == ["BO hums; the rope in his fist hangs over the side."]


def test_a_place_before_a_deed_gets_its_subject() -> None:
    draft = Draft("Ann, they say, on the bridge, holds up one hand.")
    draft.beat("on the bridge, holds up one hand.", draft.person("Ann"))
    assert draft.page()[1:] == ["ANN, on the bridge, holds up one hand."]


def test_a_name_that_ends_a_sentence_takes_what_goes_on_with_it() -> None:
    draft = Draft("A lamp moves, and below, Ann, a wit, lifts one hand.")
    ann = draft.person("Ann")
    draft.beat("A lamp moves, and below, Ann", ann)
    draft.beat("lifts one hand.", ann, continues=True)
    assert draft.page()[1:] == ["A lamp moves, and below, ANN lifts one hand."]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("such a barn", "# INT. BARN"),
        ("his cabin", "# INT. CABIN"),
        ("the same kitchen", "# INT. KITCHEN"),
        ("little red", "# INT. UNNAMED PLACE"),
        ("drawing-room", "# INT. DRAWING-ROOM"),
        ("Hiscox Hall", "# INT. HISCOX HALL"),
    ],
)
def test_a_heading_names_a_place_that_can_be_found(name: str, heading: str) -> None:
    draft = Draft(f"In {name} a cat sits.")
    draft.scene("In", draft.place(name, IntExt.INT))
    draft.beat("a cat sits.")
    assert draft.page()[0] == heading


def test_upstairs_is_a_part_of_the_house_before() -> None:
    draft = Draft("In the hotel a cat sits. Upstairs a dog waits. Inside it is late.")
    draft.scene("In", draft.place("the hotel", IntExt.INT))
    draft.scene("Upstairs", draft.place("Upstairs", IntExt.INT))
    draft.scene("Inside", draft.place("Inside", IntExt.INT))
    for beat in ("a cat sits.", "a dog waits.", "it is late."):
        draft.beat(beat)
    headings = [line for line in draft.page() if line.startswith("#")]
    assert headings == ["# INT. HOTEL", "# INT. HOTEL, UPSTAIRS", "# INT. HOTEL, INSIDE"]


@pytest.mark.parametrize(
    ("essay", "beat", "action"),
    [
        (
            "It is only when the bell rings that Ann drops her spoon.",
            "when the bell rings that Ann drops her spoon.",
            "When the bell rings, ANN drops her spoon.",
        ),
        (
            "What Ann says next is lost under a horn.",
            "Ann says next is lost under a horn.",
            "What ANN says next is lost under a horn.",
        ),
        (
            "She says it so softly that two maids close their eyes.",
            "softly that two maids close their eyes.",
            "Two maids close their eyes.",
        ),
        (
            "We see her notice a loose screw.",
            "her notice a loose screw.",
            "ANN notices a loose screw.",
        ),
        ("His Majesty sits.", "His Majesty sits.", "His Majesty sits."),
    ],
)
def test_what_led_to_a_clause_is_there_or_is_not_missed(essay: str, beat: str, action: str) -> None:
    draft = Draft(essay)
    ann = draft.person("Ann")
    draft.beat(beat, ann if "Majesty" in essay else None)
    assert draft.page()[1:] == [action]
