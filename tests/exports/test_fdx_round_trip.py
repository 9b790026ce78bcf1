"""Writing FDX and reading it back are each other's inverse on what FDX can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.dom import minidom

import pytest
from fountain_strategies import drafts, screenplays
from hypothesis import HealthCheck, given, settings

from scriptgen.exports.fdx import in_fdx, read_fdx, read_fdx_with_findings, write_fdx
from scriptgen.fountain import printable
from scriptgen.fountain.emphasis import plain, runs
from scriptgen.screenplay import (
    Action,
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    Synopsis,
    TitleField,
)

if TYPE_CHECKING:
    from scriptgen.screenplay import Element

MANY = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(screenplays())
def test_what_is_read_back_is_what_fdx_can_hold(screenplay: Screenplay) -> None:
    assert read_fdx(write_fdx(screenplay)) == in_fdx(screenplay)
    assert read_fdx(write_fdx(screenplay, trace=True)) == in_fdx(screenplay, trace=True)


@MANY
@given(screenplays())
def test_fdx_holds_what_the_page_holds_but_for_page_breaks_and_spelling(
    screenplay: Screenplay,
) -> None:
    page, held = printable(screenplay), in_fdx(screenplay, trace=True)
    assert [_seen(element) for element in _worded(held)] == [
        _seen(element) for element in _worded(page)
    ]
    assert [tuple(map(runs, field.lines)) for field in held.title_page] == [
        tuple(map(runs, field.lines)) for field in page.title_page if screenplay.title_page
    ]
    assert in_fdx(held, trace=True) == held


@SOME
@given(drafts())
def test_a_draft_loses_nothing_but_page_breaks_that_start_no_page(draft: Screenplay) -> None:
    reading = read_fdx_with_findings(write_fdx(draft))
    page = printable(draft)
    assert reading.findings == ()
    assert _worded(reading.screenplay) == _worded(page)
    assert reading.screenplay.title_page == in_fdx(draft).title_page


@SOME
@given(screenplays())
def test_every_file_is_xml_without_an_empty_paragraph(screenplay: Screenplay) -> None:
    file = write_fdx(screenplay, trace=True)
    tree = minidom.parseString(file.encode("utf-8"))  # noqa: S318 - our own file
    for paragraph in tree.getElementsByTagName("Paragraph"):
        texts = paragraph.getElementsByTagName("Text")
        assert texts
        assert all(text.firstChild for text in texts)


def _worded(screenplay: Screenplay) -> list[Element]:
    return [element for element in screenplay.elements if not isinstance(element, PageBreak)]


def _seen(element: Element) -> object:
    """An element with the looks of its characters in place of marks."""
    if isinstance(element, Dialogue):
        return (
            element.model_copy(update={"parts": ()}),
            [(part.type, runs(part.text)) for part in element.parts],
        )
    if isinstance(element, PageBreak):
        return element
    return element.model_copy(update={"text": ""}), runs(element.text)


def _play(*elements: Element) -> Screenplay:
    return Screenplay(title_page=(TitleField(key="Title", lines=("The Cup",)),), elements=elements)


def _said(cue: str, text: str, *, dual: bool = False) -> Dialogue:
    return Dialogue(cue=cue, parts=(Speech(text=text),), dual=dual)


def test_sources_and_what_is_invented_go_there_and_back() -> None:
    play = _play(
        Heading(text="INT. MILL - DAY", number="1", sources=("b01",)),
        Action(text="Sacks.", invented=True),
        _said("ADA", "Up?").model_copy(update={"sources": ("b02", "d01")}),
        _said("TOM", "Down!", dual=True).model_copy(update={"sources": ("d02",)}),
        Note(text="Where is the key?", sources=("b03",)),
        PageBreak(sources=("b04",)),
        Note(text="Later."),
        Section(text="Two", level=2),
        Synopsis(text="They part.", sources=("b05",)),
    )
    assert read_fdx(write_fdx(play, trace=True)) == play
    assert "b02" not in write_fdx(play)


def test_notes_never_stand_in_the_script() -> None:
    file = write_fdx(_play(Action(text="A door."), Note(text="Is it locked?")))
    content, rest = file.split("</Content>", 1)
    assert "locked" not in content
    assert '<ScriptNote Color="#000000000000" Id="1" Name="" Range="0,7" Type="">' in rest


def test_a_range_counts_utf_16_units_and_two_for_speeches_side_by_side() -> None:
    file = write_fdx(
        _play(
            Action(text="𝔘"),
            _said("ADA", "Up?"),
            _said("TOM", "Down!", dual=True),
            Action(text="Dust."),
            Note(text="Whose?"),
        )
    )
    assert 'Range="6,11"' in file


def test_a_page_break_is_a_property_of_the_paragraph_after_it() -> None:
    file = write_fdx(_play(Action(text="A."), PageBreak(), PageBreak(), Action(text="B.")))
    assert file.count('StartsNewPage="Yes"') == 1
    assert "StartsNewPage" not in write_fdx(_play(Action(text="A."), PageBreak()))


@pytest.mark.parametrize(
    ("text", "runs_written"),
    [
        ("It *is*.", '<Text>It </Text>\n      <Text Style="Italic">is</Text>'),
        ("_**Now**_", '<Text Style="Bold+Underline">Now</Text>'),
        (r"2 \* 3", "<Text>2 * 3</Text>"),
        ("a < b & c", "<Text>a &lt; b &amp; c</Text>"),
    ],
)
def test_emphasis_is_a_style_of_a_run(text: str, runs_written: str) -> None:
    assert runs_written in write_fdx(_play(Action(text=text)))


def test_a_direction_has_its_parentheses_in_the_same_run() -> None:
    aside = Dialogue(cue="ADA", parts=(Parenthetical(text="low"), Speech(text="No.")))
    assert "<Text>(low)</Text>" in write_fdx(_play(aside))


def test_title_fields_are_labelled_only_where_they_would_be_taken_for_others() -> None:
    fields = (
        TitleField(key="Title", lines=("The Cup: a Life",)),
        TitleField(key="Credit", lines=("Written by",)),
        TitleField(key="Author", lines=("A. Writer", "李伟")),
        TitleField(key="Source", lines=("Based on an essay",)),
        TitleField(key="Draft date", lines=("2026-01-02",)),
        TitleField(key="Notes", lines=("Written offline",)),
        TitleField(key="Contact", lines=("5 Mill Lane", "Oldtown")),
    )
    play = Screenplay(title_page=fields)
    file = write_fdx(play)
    assert read_fdx(file).title_page == fields
    assert "Notes: Written offline" in file
    assert [plain(field.key) for field in fields if f"{field.key}: " in file] == ["Notes"]
