"""What changes on the way to the page, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.fountain import printable, printable_with_findings, read_fountain, write_fountain
from scriptgen.report import Severity
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Note,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    TitleField,
    Transition,
)

if TYPE_CHECKING:
    from scriptgen.screenplay import Element

TITLE = (TitleField(key="Title", lines=("T",)),)


def play(*elements: Element) -> Screenplay:
    return Screenplay(title_page=TITLE, elements=elements)


def said(*parts: Speech | Parenthetical, cue: str = "MARY", **more: Any) -> Dialogue:
    return Dialogue(cue=cue, parts=parts, **more)


@pytest.mark.parametrize(
    ("element", "becomes"),
    [
        (said(Speech(text="@mary is my handle.")), said(Speech(text='"@mary" is my handle.'))),
        (
            said(Speech(text="(sighs) Fine.")),
            said(Parenthetical(text="sighs"), Speech(text="Fine.")),
        ),
        (said(Speech(text="(Not a word.)")), said(Speech(text='"(Not a word.)"'))),
        (said(Speech(text="One.\n#2")), said(Speech(text="One. #2"))),
        (said(Speech(text="Ext\n@home")), said(Speech(text='"Ext" @home'))),
        (said(Speech(text="Int\n(beat) yes")), said(Speech(text='"Int" (beat) yes'))),
        (said(Speech(text="INT\next a")), said(Speech(text='"INT" ext a'))),
        (said(Speech(text="I/E\n～")), said(Speech(text='"I/E" ～'))),
        (said(Speech(text="Yes.\nEST\n#1")), said(Speech(text="Yes. EST #1"))),
        (said(Speech(text="Mail it TO:")), said(Speech(text="Mail it to:"))),
        (said(Speech(text="Hi."), cue="MARY:"), said(Speech(text="Hi."))),
        (said(Speech(text="Hi."), cue="*MARY*"), said(Speech(text="Hi."))),
        (said(Speech(text="Hi."), cue="MARY (V.O.)"), said(Speech(text="Hi."), extension="V.O.")),
        (said(Speech(text="Hi."), cue=""), said(Speech(text="Hi."), cue="UNKNOWN")),
        (said(), Action(text="MARY")),
        (said(Speech(text="Hi."), dual=True), said(Speech(text="Hi."))),
        (Action(text="!Achtung, says the sign."), Action(text='"!Achtung", says the sign.')),
        (Action(text="The sign: WELCOME TO:"), Action(text="The sign: WELCOME to:")),
        (Action(text="[[A1]]"), Action(text="[ [A1] ]")),
        (Action(text="*yes*/*no*"), Action(text="*yes* / *no*")),
        (Note(text="See [1]."), Note(text="See (1).")),
        (Note(text="b01 d02"), Note(text="Note: b01 d02")),
        (Heading(text="INT. FLAT #4 - DAY"), Heading(text="INT. FLAT NO. 4 - DAY")),
        (Heading(text="INT. A", number="1" * 39), Heading(text="INT. A", number="1" * 38)),
        (Heading(text="ÉCOLE - JOUR"), Heading(text="SCENE: ÉCOLE - JOUR")),
        (Heading(text="INT. A - DAY", number="#1 b"), Heading(text="INT. A - DAY", number="1B")),
        (Transition(text="TO:"), Transition(text="CUT TO:")),
        (Transition(text="~ rain"), Transition(text='"~" RAIN')),
        (Centered(text="~40"), Centered(text='"~40"')),
        (Section(text="The *end*"), Section(text="The end")),
        (Transition(text="SMASH-CUT TO:"), Transition(text="SMASH CUT TO:")),
        (Transition(text="É TO:"), Transition(text="É TO")),
        (Transition(text="INT. TO:"), Transition(text="INT. TO")),
        (Transition(text="CUT 李 TO:"), Transition(text="CUT 李 TO")),
        (Transition(text="2 TO:"), Transition(text="2 TO")),
        (Action(text="x", sources=("not an id", "b01")), Action(text="x", sources=("b01",))),
    ],
)
def test_a_change_of_words_is_a_finding_with_the_words_it_changed(
    element: Element, becomes: Element
) -> None:
    page, findings = printable_with_findings(play(Action(text="Before."), element))
    assert page.elements == (Action(text="Before."), becomes)
    assert {finding.code for finding in findings} <= {"W_REWORDED"}
    if element != said(Speech(text="One.\n#2")) and element.type != "dialogue":
        assert findings
    assert all(finding.element == 1 and finding.evidence for finding in findings)


@pytest.mark.parametrize(
    ("element", "becomes"),
    [
        (Action(text=" He\u00a0stops.\u200b  "), Action(text=" He stops.")),
        (Action(text="5 * 3"), Action(text=r"5 \* 3")),
        (Action(text=r"a *a\\*"), Action(text=r"a \*a\\\*")),
        (Action(text="*one\ntwo*"), Action(text="*one*\n*two*")),
        (Heading(text="int. kitchen - night"), Heading(text="INT. KITCHEN - NIGHT")),
        (Heading(text="内景 咖啡馆 - 日"), Heading(text="INT. 咖啡馆 - 日")),
        (Transition(text="Fade out."), Transition(text="FADE OUT.")),
        (said(Speech(text="One.\r\n\r\nTwo.")), said(Speech(text="One.\nTwo."))),
        (said(Parenthetical(text="(beat)")), said(Parenthetical(text="beat"))),
        (
            said(Speech(text="Hi."), extension="V.O., CONT’D"),
            said(Speech(text="Hi."), extension="V.O., CONT'D"),
        ),
    ],
)
def test_a_change_of_form_alone_is_no_finding(element: Element, becomes: Element) -> None:
    page, findings = printable_with_findings(play(element))
    assert page.elements == (becomes,)
    assert findings == ()


def test_an_empty_element_is_left_out_without_a_word() -> None:
    page, findings = printable_with_findings(
        play(Action(text=" \n\u200b"), Note(text=""), Heading(text="  "), said(cue=""))
    )
    assert page.elements == ()
    assert findings == ()


@pytest.mark.parametrize(
    ("element", "printed", "evidence"),
    [
        (said(cue="BOB", extension="V.O."), (Action(text="BOB"),), "BOB (V.O.)"),
        (said(cue="", extension="on phone"), (), "(on phone)"),
        (Heading(text=" ", number="7"), (), "7"),
    ],
)
def test_words_that_no_element_keeps_are_named(
    element: Element, printed: tuple[Element, ...], evidence: str
) -> None:
    page, findings = printable_with_findings(play(element))
    assert page.elements == printed
    assert [(f.evidence, f.element) for f in findings] == [(evidence, 0 if printed else None)]


@pytest.mark.parametrize("cue", ["INT", "EXT", "EST"])
def test_a_cue_that_would_open_a_heading_is_forced(cue: str) -> None:
    screenplay = play(
        said(Speech(text="Hi."), cue=cue, extension="V.O."),
        said(Speech(text="Ho."), cue=cue, dual=True),
    )
    page = write_fountain(screenplay)
    assert f"@{cue} (V.O.)\n" in page
    assert f"@{cue} ^\n" in page
    assert read_fountain(page) == screenplay


def test_paragraphs_in_one_action_become_actions_with_the_same_sources() -> None:
    page = printable(play(Action(text="One.\n\nTwo.", sources=("b01",), invented=True)))
    assert page.elements == (
        Action(text="One.", sources=("b01",), invented=True),
        Action(text="Two.", sources=("b01",), invented=True),
    )


def test_a_title_page_is_always_written() -> None:
    page, findings = printable_with_findings(Screenplay())
    assert page.title_page == (TitleField(key="Title", lines=("Untitled",)),)
    assert [finding.severity for finding in findings] == [Severity.INFO]
    assert write_fountain(Screenplay()) == "Title: Untitled\n"


def test_long_evidence_is_shortened() -> None:
    _, findings = printable_with_findings(play(Action(text="[[" + "x" * 5000)))
    assert len(findings[0].evidence or "") < 300


def test_sources_are_written_only_when_they_are_asked_for() -> None:
    screenplay = play(Action(text="He sits.", sources=("b01",), invented=True))
    assert "[[" not in write_fountain(screenplay)
    assert write_fountain(screenplay, trace=True).endswith("He sits.\n\n[[b01 invented]]\n")


def test_an_escape_that_no_parser_needs_is_not_written() -> None:
    text = r"5 \* 3, C:\\new, a\_b, a \\"
    page = write_fountain(play(Action(text=text)))
    assert page.endswith("\n\n5 * 3, C:\\new, a_b, a \\\n")
    assert read_fountain(page).elements == (Action(text=text),)


def test_what_follows_a_closing_direction_is_forced() -> None:
    screenplay = play(
        said(Speech(text="Hi."), Parenthetical(text="nods")), Action(text="She sits.")
    )
    assert write_fountain(screenplay).endswith("Hi.\n(nods)\n\n!She sits.\n")
