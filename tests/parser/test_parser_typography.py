"""Quotes, emphasis and dialogue dashes."""

from __future__ import annotations

import pytest

from scriptgen.parser.typography import MarkKind, cover, marks


def apart(text: str) -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.text(text)) for mark in marks(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Rosa's mother’s kitchen, and the boys' room",
        "a rock ’n’ roll tune in the ’90s",
        "2 * 3 * 4 and snake_case_name",
        "an unclosed “quote that never ends",
        'an unclosed "straight one',
        "* a list item\n* another",
        "5'10\" tall",
        "the end — and after it",
        "“”",
    ],
)
def test_what_is_no_pair_sets_nothing_apart(text: str) -> None:
    assert apart(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "inside"),
    [
        ("“Sit,” she says.", "quote", "Sit,"),
        ('"Sit," she says.', "quote", "Sit,"),
        ("‘It’s mine,’ she says.", "quote", "It’s mine,"),
        ("'It's mine,' she says.", "quote", "It's mine,"),
        ("«Sentaos», dice.", "quote", "Sentaos"),
        ("「座って」と言う。", "quote", "座って"),
        ("„Setz dich“, sagt sie.", "quote", "Setz dich"),
        ("and *Sit down,* she goes", "italic", "Sit down,"),
        ("and _Sit down,_ she goes", "italic", "Sit down,"),
        ("a **loud** bang", "italic", "loud"),
        ("— Siéntate.", "dash", "Siéntate."),
    ],
)
def test_each_pair_of_marks_sets_its_words_apart(text: str, kind: str, inside: str) -> None:
    assert apart(text) == [(kind, inside)]


def test_of_nested_marks_the_outermost_counts() -> None:
    assert apart("“He said ‘never,’ twice,” says Ada.") == [
        ("quote", "He said ‘never,’ twice,"),
    ]


def test_a_mark_left_open_spoils_its_own_paragraph_only() -> None:
    assert apart("“Never closed.\n\n“Sit,” she says.") == [("quote", "Sit,")]


def test_the_teller_between_dashes_is_not_part_of_the_speech() -> None:
    assert apart("—No abras —dice Lucía—. Hay alguien.") == [
        ("dash", "No abras"),
        ("dash", "Hay alguien."),
    ]


def test_an_escaped_star_is_no_emphasis() -> None:
    assert apart(r"\*not so\*") == []


def test_marks_come_in_order_and_never_overlap() -> None:
    text = "*One,* “two,” ‘three,’ and “four *five* six.”"
    found = marks(text)
    assert found[0].kind is MarkKind.ITALIC
    edges = [edge for m in found for edge in (m.outer_start, m.outer_end)]
    assert edges == sorted(edges)


def test_cover_has_a_byte_for_each_offset_and_one_more() -> None:
    assert list(cover("abcd", [(1, 3)])) == [0, 1, 1, 0, 0]
