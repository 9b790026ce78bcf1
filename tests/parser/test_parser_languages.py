"""Languages: told from the text, and read without a pack."""

from __future__ import annotations

import pytest
from reading_essays import beats, brief_of, names, person, said

from scriptgen.parser import detect_language

SPANISH = (
    "—No abras —dice Lucía—. Hay alguien.\n\n—¿Quién? —pregunta Mateo.\n\n—Nadie.\n\n"
    "Lucía cierra la puerta. Y Lucía mira a Mateo. Luego Mateo se sienta."
)


@pytest.mark.parametrize("text", ["", "xyzzy", "1 2 3 4 5 6", "Ada Bo Cy Dov Ed Flo Gus"])
def test_too_little_to_go_by_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The man in the coat is at the door and it is not his.", "en"),
        ("La mujer que vive en la casa no es de los que se van.", "es"),
        ("Der Mann ist nicht mit der Frau in das Haus gegangen und sie auch nicht.", "de"),
        ("Elle est dans la maison avec les enfants et il ne vient pas.", "fr"),
        ("彼は歩いています。", "ja"),
        ("他走在路上。", "zh"),
        ("그는 걷는다.", "ko"),
        ("Он идёт по дороге.", "ru"),
    ],
)
def test_a_language_is_told_by_its_script_or_its_small_words(text: str, code: str) -> None:
    assert detect_language(text) == code


def test_without_a_pack_dashes_are_speech() -> None:
    assert said(brief_of(SPANISH, language="es")) == [
        ("No abras", "Lucía"),
        ("Hay alguien.", "Lucía"),
        ("¿Quién?", "Mateo"),
        ("Nadie.", "Lucía"),
    ]


def test_without_a_pack_names_are_what_is_capital_within_a_sentence() -> None:
    assert names(brief_of(SPANISH, language="es")) == ["Lucía", "Mateo"]


def test_without_a_pack_a_beat_is_what_somebody_named_opens() -> None:
    assert "Luego Mateo se sienta" in beats(brief_of(SPANISH, language="es"))


def test_without_a_pack_small_words_between_commas_describe_whom_they_follow() -> None:
    brief = brief_of(
        "Todos miran a Lucía, la cocinera, y callan. Hoy Lucía parte el pan, y la cocinera ríe. "
        "Nadie quiere a Lucía, la cocinera, aquí.",
        language="es",
    )
    assert [a.text for a in person(brief, "Lucía").aliases] == ["la cocinera"]


def test_without_a_pack_nothing_is_placed_timed_or_worn() -> None:
    brief = brief_of(SPANISH, language="es")
    assert (brief.places, brief.props, brief.cues, brief.themes, brief.flags) == ((),) * 5
