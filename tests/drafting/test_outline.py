"""Sections and synopses of a draft, from its brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen import draft, read_fountain
from scriptgen.brief import Beat, Certainty, Line, LineKind, Place, Scene, SceneBrief
from scriptgen.drafting import DraftOptions
from scriptgen.drafting.outline import LONGEST_SYNOPSIS, outlined
from scriptgen.llm.scripted import ScriptedModel
from scriptgen.screenplay import (
    Action,
    Dialogue,
    Heading,
    Screenplay,
    Section,
    Speech,
    Synopsis,
)
from scriptgen.values import Span

if TYPE_CHECKING:
    from scriptgen.essay import Essay
    from tests.drafting.conftest import Parser

TELLINGS = (
    ("b01", "Mara waits by the window", Certainty.SHOWN),
    ("b02", "she is said to be brave", Certainty.REPORTED),
    ("b03", "the boat comes in.", Certainty.SHOWN),
    ("b04", "Mara waits again.", Certainty.SHOWN),
)
SPAN = Span(start=0, end=1, text="x")


def brief(long: str = "") -> SceneBrief:
    return SceneBrief(
        essay_id="0",
        language="en",
        places=(
            Place(id="p01", name="lamp room"),
            Place(id="p02", name="the quay"),
        ),
        scenes=(
            Scene(id="s01", start=0, place="p01", beats=("b01", "b02"), told=1, story=1),
            Scene(id="s02", start=5, place="p02", beats=("b03",), told=2, story=2),
            Scene(id="s03", start=9, place="p02", beats=("b04",), told=3, story=3),
        ),
        beats=tuple(
            Beat(id=name, text=text + long, span=SPAN, certainty=certainty)
            for name, text, certainty in TELLINGS
        ),
        lines=(Line(id="d01", text="Here.", kind=LineKind.SPOKEN, span=SPAN, beat="b03"),),
    )


def play(*elements: Heading | Action | Dialogue) -> Screenplay:
    return Screenplay(elements=elements)


LAMP = Heading(text="INT. LAMP ROOM - NIGHT")
QUAY = Heading(text="EXT. THE QUAY - DAY")


def test_each_place_has_a_section_and_each_scene_a_synopsis() -> None:
    waits = Action(text="Mara waits.", sources=("b01",))
    says = Dialogue(cue="MARA", parts=(Speech(text="Here."),), sources=("d01",))
    again = Action(text="Mara waits again.", sources=("b04",))
    boat = Action(text="The boat comes in.", sources=("b03",))
    later = Heading(text="EXT. THE QUAY - LATER")
    draft = outlined(play(LAMP, waits, QUAY, says, boat, later, again), brief())
    assert draft.elements == (
        Section(text="Lamp room"),
        LAMP,
        Synopsis(text="Mara waits by the window.", sources=("b01",)),
        waits,
        Section(text="The quay"),
        QUAY,
        Synopsis(text="The boat comes in.", sources=("b03",)),
        says,
        boat,
        later,
        Synopsis(text="Mara waits again.", sources=("b04",)),
        again,
    )


def test_a_page_without_sources_is_told_by_the_places_in_its_headings() -> None:
    draft = outlined(play(LAMP, Action(text="She waits."), QUAY, Heading(text="INT. BUS")), brief())
    assert [each.type for each in draft.elements] == [
        *("section", "heading", "synopsis", "action"),
        *("section", "heading", "synopsis", "heading"),
    ]


def test_what_is_only_told_is_in_no_synopsis() -> None:
    waits = Action(text="She is brave.", sources=("b02",))
    assert [each.type for each in outlined(play(LAMP, waits), brief()).elements] == [
        *("section", "heading", "action")
    ]


def test_a_long_synopsis_ends_at_a_word() -> None:
    waits = Action(text="Mara waits.", sources=("b01",))
    synopsis = outlined(play(LAMP, waits), brief(" for a boat" * 40)).elements[2]
    assert isinstance(synopsis, Synopsis)
    assert len(synopsis.text) <= LONGEST_SYNOPSIS + 1
    assert synopsis.text.endswith(("a…", "boat…", "for…"))


def test_a_finding_is_about_the_same_element_behind_an_outline(
    parser: Parser, essay: Essay
) -> None:
    page = (
        "INT. KITCHEN - DAY\n\nAnna Reyes folds the letter.\n\nANNA\nLeave it there.\n\n"
        "HECTOR\nWhere?\n"
    )
    for outline in (False, True):
        run = draft(
            essay,
            options=DraftOptions(outline=outline, revisions=0),
            model=ScriptedModel([page]),
        )
        (stranger,) = [f for f in run.report.findings if f.code == "W_CUE_UNKNOWN"]
        assert stranger.element is not None
        assert stranger.scene == "INT. KITCHEN - DAY"
        told = read_fountain(run.draft).elements[stranger.element]
        assert isinstance(told, Dialogue)
        assert told.cue == "HECTOR"
    assert parser.asked == 2
