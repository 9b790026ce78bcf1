"""Descriptions, naming, and the characters they make."""

from __future__ import annotations

import pytest
from reading_essays import ENGLISH, brief_of, document, names, person

from scriptgen.brief import Status
from scriptgen.parser.descriptions import find_descriptions


def described(text: str) -> list[str]:
    doc = document(text)
    found = find_descriptions(doc, ENGLISH, bytearray(len(text) + 1))
    return [text[d.start : d.end] for d in found]


@pytest.mark.parametrize(
    "text",
    [
        "She cooks for hours.",
        "He moves like a sailor.",
        "Every man lies.",
        "The witness table is empty.",
        "Sailors sing.",
        "the audience laughs",
    ],
)
def test_words_for_nobody_in_particular_describe_nobody(text: str) -> None:
    assert described(text) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The man in the grey vest sits.", "The man in the grey vest"),
        ("Her younger brother waits.", "Her younger brother"),
        ("A tired, wet clerk comes in.", "A tired, wet clerk"),
        ("The postmistress’s daughter sings.", "The postmistress’s daughter"),
    ],
)
def test_a_description_reaches_from_its_determiner_to_what_tells_who(
    text: str, phrase: str
) -> None:
    assert phrase in described(text)


def test_a_name_beside_a_description_is_the_same_person() -> None:
    brief = brief_of("Bryony Tolley, the postmistress’s daughter, steps in. Bryony Tolley coughs.")
    aliases = [a.text for a in person(brief, "Bryony Tolley").aliases]
    assert "the postmistress’s daughter" in aliases


def test_a_name_that_the_critic_gives_is_assumed() -> None:
    brief = brief_of(
        "The man in the grey vest, let’s call him Osei, sits down. Osei opens a ledger."
    )
    osei = person(brief, "Osei")
    assert osei.status is Status.ASSUMED
    assert [a.text for a in osei.aliases] == ["The man in the grey vest"]


def test_a_name_that_the_drama_gives_belongs_to_whoever_was_described() -> None:
    brief = brief_of(
        "A wet girl comes in from the rain. Her name is Yumi. Yumi shakes her umbrella."
    )
    yumi = person(brief, "Yumi")
    assert yumi.status is Status.GIVEN
    assert [a.text for a in yumi.aliases] == ["A wet girl"]


def test_the_next_of_several_in_a_row_is_no_apposition() -> None:
    brief = brief_of(
        "Tomasz Lis, the cook and Wanda Rees wait. Tomasz Lis nods. Wanda Rees smiles."
    )
    assert [a.text for a in person(brief, "Tomasz Lis").aliases] == []


def test_somebody_unnamed_who_speaks_is_a_character() -> None:
    brief = brief_of("A clerk leans over the desk. “Next,” says the clerk.")
    (clerk,) = brief.characters
    assert (clerk.status, clerk.cue) == (Status.UNNAMED, "CLERK")


def test_somebody_unnamed_who_is_met_once_is_none() -> None:
    assert names(brief_of("A clerk leans over the desk. Rain falls on the glass.")) == []


def test_the_same_cue_is_never_given_twice() -> None:
    brief = brief_of(
        "“Move,” says a guard. Far off a dog barks. “Why?” asks another guard. “Go,” says a guard."
    )
    cues = [c.cue for c in brief.characters]
    assert len(cues) == len(set(cues)) > 1
    assert cues[1].endswith("#2")


def test_what_somebody_wears_is_noted_once() -> None:
    brief = brief_of(
        "Amara, in a yellow oilskin, climbs the ladder. Amara stares. Amara’s oilskin drips."
    )
    assert [w.text for w in person(brief, "Amara").wardrobe] == ["a yellow oilskin"]


def test_a_title_alone_means_the_one_who_bears_it() -> None:
    brief = brief_of(
        "Judge Adeyemi sits down. The lawyers rise. At last Judge nods, and everyone leaves."
    )
    evidence = [e.text for e in person(brief, "Judge Adeyemi").evidence]
    assert evidence == ["Judge Adeyemi", "Judge"]


def test_two_names_given_in_one_breath_are_one_person() -> None:
    brief = brief_of(
        "Priya Raman nods. A boy waits. Everyone has been calling him Temp, Dougie Mbeki has been "
        "calling him Kevin. “Yes,” says Temp. “Sure,” says Kevin. Temp nods. Kevin stares."
    )
    assert sum("Temp" in c.name or "Kevin" in c.name for c in brief.characters) == 1


def test_that_man_points_back_to_the_man_before() -> None:
    brief = brief_of(
        "A man in a red hat leans on the rail. The rain stops. That man, let’s call him Bao, "
        "whistles. Bao grins. “So,” says Bao."
    )
    assert person(brief, "Bao").evidence[0].text == "A man"


def test_a_mother_of_one_surname_is_the_named_one() -> None:
    brief = brief_of(
        "Farida Haddad peels a pear. She wipes the knife. Omar Haddad enters and he sits. "
        "Omar Haddad looks at his mother. “Eat,” says his mother."
    )
    speaker = brief.lines[0].speaker
    assert speaker == person(brief, "Farida Haddad").id


def test_a_critic_who_names_in_the_first_person_is_heeded() -> None:
    brief = brief_of(
        "The woman with the umbrella (I’m calling her Madam Ruiz) coughs. Madam Ruiz grins."
    )
    assert [c.status for c in brief.characters] == [Status.ASSUMED]


def test_a_passer_by_who_speaks_once_is_no_character() -> None:
    brief = brief_of("Ruth waits by the door. “Low tide,” says a woman. Ruth sits down.")
    assert names(brief) == ["Ruth"]


def test_a_title_that_is_used_as_a_name_is_one() -> None:
    brief = brief_of(
        "The ward is dark. Matron comes down the row with a torch. “Who is awake?” asks Matron. "
        "Sade Bello lifts a hand. “Go back to bed,” says Matron. Sade laughs."
    )
    matron = person(brief, "Matron")
    assert [line.speaker for line in brief.lines] == [matron.id, matron.id]


def test_the_title_of_an_actor_is_nobody() -> None:
    brief = brief_of(
        "Justice Ada Obi (Bertram Sowande) feeds papers into the fire. “Close the door,” she says. "
        "Mr. Sowande does nothing here, and does it superbly: a hand half raised."
    )
    assert [each.name for each in brief.characters] == ["Ada Obi"]
