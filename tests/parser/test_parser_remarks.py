"""Title, cues and themes, and what makes a motif."""

from __future__ import annotations

import pytest
from reading_essays import brief_of

from scriptgen.brief import CueKind


@pytest.mark.parametrize(
    "text",
    [
        "Amara pours tea.",
        "“Stop right there,” says Amara. “Never,” says Tobias.",
        "It is *so* cold.",
    ],
)
def test_no_title_is_made_up(text: str) -> None:
    assert brief_of(text).title is None


def test_a_title_is_told_by_capitals_context_and_return() -> None:
    title = brief_of(
        "The fourth episode of “Salt on the Stairs” opens in a kitchen. Amara pours tea. "
        "“Salt on the Stairs” has never been colder."
    ).title
    assert title is not None
    assert title.text == "Salt on the Stairs"
    assert title.span is not None


def test_the_front_matter_names_the_title() -> None:
    title = brief_of("Amara pours tea.", title="Salt").title
    assert title is not None
    assert (title.text, title.span) == ("Salt", None)


def test_a_first_heading_is_the_title_where_nothing_else_is() -> None:
    title = brief_of("# The Pear Tree\n\nAmara pours tea.").title
    assert title is not None
    assert title.text == "The Pear Tree"


def test_a_thing_in_hands_is_a_prop_and_returns_as_a_motif() -> None:
    brief = brief_of(
        "Amara takes the lantern. She lifts the lantern over the gate.\n\n"
        "Later Amara drops the lantern in the mud."
    )
    lantern = brief.props[0]
    assert (lantern.name, lantern.motif, len(lantern.evidence)) == ("lantern", True, 3)


@pytest.mark.parametrize("text", ["Amara waits.", "She wears a coat and closes her hand."])
def test_bodies_and_clothes_are_no_props(text: str) -> None:
    assert [p.name for p in brief_of(text).props if p.name in ("hand", "arm")] == []


def test_cues_are_sorted_by_craft() -> None:
    brief = brief_of(
        "The camera lingers on her hand. A cello plays. Her lantern throws a shadow. "
        "Silence follows."
    )
    assert [c.kind for c in brief.cues] == [
        CueKind.CAMERA,
        CueKind.MUSIC,
        CueKind.LIGHT,
        CueKind.SOUND,
    ]


def test_what_it_is_about_is_a_theme() -> None:
    brief = brief_of("It’s about grief and who may keep it. Amara shuts the door.")
    assert [t.text for t in brief.themes] == ["grief and who may keep it"]
