"""The first he or she of a scene, and where a scene is that the brief has no place for."""

from __future__ import annotations

import pytest
from brief_builder import Draft

from scriptgen.brief import IntExt, LineKind


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("At noon he mends a net.", "At noon he mends a net."),
        ("The little one has her mouth full.", "The little one has her mouth full."),
        ("His Majesty sits.", "His Majesty sits."),
        ("A sailor mends her net.", "A sailor mends her net."),
        ("On Fanö she mends a net.", "On Fanö she mends a net."),
        ("They mend her net.", "They mend her net."),
        ("At noon she mends a net.", "At noon Ann mends a net."),
        ("Beside her a stove ticks.", "Beside Ann a stove ticks."),
        ("Rain drips on her hat.", "Rain drips on Ann’s hat."),
        ("The rain hits her hard.", "The rain hits her hard."),
        ("In one corner she mends a net.", "In one corner Ann mends a net."),
        ("A stove ticks. At noon she mends a net.", "A stove ticks. At noon Ann mends a net."),
    ],
)
def test_the_first_pronoun_of_a_scene_is_a_name_where_it_can_mean_one_alone(
    told: str, shown: str
) -> None:
    draft = Draft(f"Ann and Bo wave. {told}")
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.scene("Ann", draft.place("the pier"))
    draft.scene(told, draft.place("the shed"))
    draft.beat("Ann and Bo wave.", present=(ann, bo))
    draft.beat(told, present=(ann,))
    assert " ".join(draft.page()[3:]) == shown


def test_a_pronoun_that_can_mean_two_stays() -> None:
    draft = Draft("Ann and Eve wave. At noon she mends a net.")
    people = draft.person("Ann"), draft.person("Eve")
    draft.scene("Ann", draft.place("the pier"))
    draft.scene("At noon", draft.place("the shed"))
    draft.beat("Ann and Eve wave.", present=people)
    draft.beat("At noon she mends a net.", present=people)
    assert draft.page()[-1] == "At noon she mends a net."


def test_a_pronoun_after_somebody_has_spoken_or_is_named_stays() -> None:
    draft = Draft("“Row,” says Bo. Beside her a stove ticks. Bo looks. Beside her Bo sits.")
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.line("Row,", bo, kind=LineKind.SPOKEN)
    draft.beat("Beside her a stove ticks.", present=(ann,))
    assert draft.page()[1:] == ["BO: Row.", "Beside her a stove ticks."]


@pytest.mark.parametrize(
    ("opening", "heading"),
    [
        ("Then a short, wordless passage.", "# INT. OLD MILL - NIGHT"),
        ("Then the left of the two.", "# INT. OLD MILL - NIGHT"),
        ("We go on in the chapel itself.", "# INT. CHAPEL - NIGHT"),
        ("We go on in the meadow.", "# EXT. MEADOW - NIGHT"),
        ("We go on in his arms.", "# INT. OLD MILL - NIGHT"),
    ],
)
def test_a_scene_in_no_place_is_where_its_words_say_or_the_one_before_was(
    opening: str, heading: str
) -> None:
    draft = Draft(f"Ann waits. {opening} Ann sleeps.")
    ann = draft.person("Ann")
    draft.scene("Ann", draft.place("the old mill", IntExt.INT))
    draft.scene(opening, draft.place("short"), time="NIGHT", opening=opening)
    draft.beat("Ann waits.", ann)
    draft.beat("Ann sleeps.", ann)
    assert [line for line in draft.page() if line.startswith("#")] == ["# INT. OLD MILL", heading]


@pytest.mark.parametrize(
    ("told", "heading"),
    [
        ("Ann is lying on her bedroom floor.", "# INT. BEDROOM"),
        ("Ann sits in the meadow.", "# EXT. MEADOW"),
        ("Ann sits in a chair.", "# INT./EXT. UNNAMED PLACE"),
        ("Rain drums on the roof.", "# INT./EXT. UNNAMED PLACE"),
        ("Ann sits in silence.", "# INT./EXT. UNNAMED PLACE"),
        ("Ann thinks of the chapel.", "# INT./EXT. UNNAMED PLACE"),
    ],
)
def test_a_first_scene_without_a_place_is_where_somebody_is_said_to_be(
    told: str, heading: str
) -> None:
    draft = Draft(told)
    if "Ann" in told:
        draft.person("Ann")
    draft.scene(told)
    draft.beat(told)
    assert draft.page()[0] == heading


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("lifts the lid, and she holds up a ladle", "ANN lifts the lid, and she holds up a ladle."),
        ("he lifts the lid and she takes it", "Bo lifts the lid and she takes it."),
    ],
)
def test_who_opens_a_sentence_by_name_is_not_named_in_it_again(told: str, shown: str) -> None:
    draft = Draft(f"A bell rings. Slowly {told}. Ann and Bo wave.")
    ann, bo = draft.person("Ann"), draft.person("Bo")
    draft.beat(told, bo if told.startswith("he") else ann)
    assert draft.page()[1].casefold() == shown.casefold()


def test_a_name_that_comes_last_stands_before_its_verb() -> None:
    draft = Draft("Along the quay, stepping over the nets, comes Ann Lund with a lamp.")
    draft.beat("comes Ann Lund with a lamp", draft.person("Ann Lund"))
    assert draft.page()[1] == "ANN LUND comes with a lamp."
