"""Names of people, and names that are none."""

from __future__ import annotations

import pytest
from reading_essays import brief_of, names, person


@pytest.mark.parametrize(
    "text",
    [
        "Monday brings rain. On Tuesday the rain stops.",
        "Slowly the door opens. Nobody comes in.",
        "The train goes to Gdynia. In Gdynia it snows.",
        "EXIT glows over the door. EXIT flickers.",
        "Directed by Paul Renner, the film is cold. The director, Paul Renner, holds the shot.",
    ],
)
def test_a_capital_alone_makes_nobody(text: str) -> None:
    assert names(brief_of(text)) == []


def test_an_actor_in_brackets_and_the_crew_stay_out() -> None:
    brief = brief_of(
        "Ruth Adeyemi (Clara Voss), the judge, sits down. Ruth Adeyemi opens a file. "
        "Voss is superb. The director, Paul Renner, holds the shot."
    )
    assert names(brief) == ["Ruth Adeyemi"]


def test_a_name_with_a_particle_is_one_name() -> None:
    brief = brief_of("At dusk Joost van der Meer opens the door. Joost van der Meer bows.")
    assert names(brief) == ["Joost van der Meer"]


def test_full_name_first_name_and_surname_are_one_person() -> None:
    brief = brief_of(
        "Farida Haddad reads the chart. Farida frowns. “Wait,” says Haddad. Farida waits."
    )
    farida = person(brief, "Farida Haddad")
    assert [a.text for a in farida.aliases] == ["Farida", "Haddad"]
    assert farida.cue == "FARIDA"


def test_a_fond_short_form_is_the_same_person() -> None:
    brief = brief_of("Douglas Mbeki fixes the radio. “Try it,” says Dougie. Dougie nods.")
    assert names(brief) == ["Douglas Mbeki"]


def test_two_of_one_surname_are_told_apart_by_their_titles() -> None:
    brief = brief_of(
        "Mrs. Okafor folds the sheet. Mr. Okafor waits at the gate. "
        "“Come in,” says Mrs. Okafor. Mr. Okafor shakes his head."
    )
    assert sorted(names(brief)) == ["Mr. Okafor", "Mrs. Okafor"]


def test_the_honorific_is_kept_where_the_essay_keeps_it() -> None:
    brief = brief_of("Uncle Ikenna sits down. Uncle Ikenna sighs. “No,” says Uncle Ikenna.")
    assert person(brief, "Uncle Ikenna").cue == "UNCLE IKENNA"


def test_a_shouted_name_is_a_use_of_it() -> None:
    brief = brief_of("Wanda Lis looks up. WANDA is on her badge. Wanda turns it over.")
    wanda = person(brief, "Wanda Lis")
    assert "WANDA" in [a.text for a in wanda.aliases]


def test_a_first_word_that_only_opens_the_sentence_is_no_part_of_the_name() -> None:
    brief = brief_of("Poor Tomasz shivers. Tomasz closes the hatch. Then Tomasz waits.")
    assert names(brief) == ["Tomasz"]


def test_a_very_long_name_is_cut_at_a_hyphen() -> None:
    name = "-".join(["Anabella"] * 50)
    brief = brief_of(f"{name} opens the door. {name} stares.")
    (character,) = brief.characters
    assert len(character.name) <= 120
    assert len(character.cue) <= 40
    assert character.cue.endswith("ANABELLA")
    assert character.evidence[0].text == name


@pytest.mark.parametrize(
    "text",
    [
        "Ruth waits by the door. Odile Varga does nothing at all, for once. Ruth sits down.",
        "Ruth waits by the door. Odile Varga has a face like a clock. Ruth sits down.",
        "Ruth crosses the yard, with Odile Varga wading every foot of it. Ruth sits down.",
        "Ruth waits. Odile Varga, directing, cuts away. Varga gives us her hands. Ruth sits.",
        "Ruth boards the Stella Norte. The engine of the Stella Norte coughs. Ruth sits down.",
    ],
)
def test_a_name_of_craft_or_of_a_ship_is_nobody(text: str) -> None:
    assert names(brief_of(text)) == ["Ruth"]


def test_a_verb_that_opens_the_sentence_is_no_part_of_a_name_that_is_met_elsewhere() -> None:
    brief = brief_of("Then Farida Haddad nods. Watch Farida Haddad read it. Farida Haddad sits.")
    assert names(brief) == ["Farida Haddad"]


def test_a_name_told_in_an_aside_is_that_of_whoever_is_described() -> None:
    brief = brief_of(
        "“How many?” asks the cook, whose name, it says on her apron, is Wanda Sobol. Wanda nods."
    )
    assert names(brief) == ["Wanda Sobol"]


def test_a_way_and_a_verb_before_a_name_bring_somebody_on() -> None:
    brief = brief_of("The door opens and in floats Edda Varga with a basket. The lamp goes out.")
    assert names(brief) == ["Edda Varga"]
