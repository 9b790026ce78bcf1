"""Reading Fountain 1.1 as others write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.fountain import read_fountain
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Lyrics,
    Note,
    PageBreak,
    Parenthetical,
    Section,
    Speech,
    Synopsis,
    TitleField,
    Transition,
)

if TYPE_CHECKING:
    from scriptgen.screenplay import Element


def elements(text: str) -> list[Element]:
    return list(read_fountain("Title: T\n\n" + text).elements)


def said(cue: str, *words: str, **more: Any) -> Dialogue:
    return Dialogue(cue=cue, parts=tuple(Speech(text=text) for text in words), **more)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INT. KITCHEN - DAY", [Heading(text="INT. KITCHEN - DAY")]),
        ("ext yard - day #12A#", [Heading(text="ext yard - day", number="12A")]),
        (".SNIPER SCOPE POV", [Heading(text="SNIPER SCOPE POV")]),
        ("...and then.", [Action(text="...and then.")]),
        ("Interior design is a career.", [Action(text="Interior design is a career.")]),
        ("One.\n  Two.\n\nThree.", [Action(text="One.\n  Two."), Action(text="Three.")]),
        ("!SCANNING...\n!Where?", [Action(text="SCANNING...\nWhere?")]),
        ("!SCANNING...\nWhere?", [Action(text="SCANNING...\nWhere?")]),
        ("BOOM", [Action(text="BOOM")]),
        ("MARY\nHi.", [said("MARY", "Hi.")]),
        ("MARY (on the phone)\nHi.", [said("MARY", "Hi.", extension="on the phone")]),
        ("MARY (V.O.) (CONT'D)\nHi.", [said("MARY", "Hi.", extension="V.O., CONT'D")]),
        ("@McAVOY\nHi.", [said("McAVOY", "Hi.")]),
        ("23\nHi.", [Action(text="23\nHi.")]),
        ("李伟\n你好。", [Action(text="李伟\n你好。")]),
        ("A\nOne.\n\nB ^\nTwo.", [said("A", "One."), said("B", "Two.", dual=True)]),
        ("B ^\nTwo.", [said("B", "Two.")]),
        ("MARY\nTen.\n  \nHit?", [said("MARY", "Ten.\n\nHit?")]),
        (
            "MARY\nFine.\n(beat)\nGo.",
            [
                Dialogue(
                    cue="MARY",
                    parts=(Speech(text="Fine."), Parenthetical(text="beat"), Speech(text="Go.")),
                )
            ],
        ),
        (
            "MARY\n~La la\n~la",
            [
                Dialogue(
                    cue="MARY", parts=(Parenthetical(text="singing"), Speech(text="La la\nla"))
                )
            ],
        ),
        ("~La la\n~la", [Lyrics(text="La la\nla")]),
        ("CUT TO:", [Transition(text="CUT TO:")]),
        ("> FADE OUT.", [Transition(text="FADE OUT.")]),
        ("> THE END <", [Centered(text="THE END")]),
        ("# Act\n## Scene\n= It begins.", [
            Section(text="Act"),
            Section(text="Scene", level=2),
            Synopsis(text="It begins."),
        ]),
        ("===", [PageBreak()]),
        ("==", [Action(text="==")]),
        ("[[A note\nof two lines.]]", [Note(text="A note\nof two lines.")]),
        ("[[One.\n  \nTwo.]]", [Note(text="One.\n\nTwo.")]),
        ("[[One.\n\nTwo.]]", [Action(text="[[One."), Action(text="Two.]]")]),
        ("He [[really?]] sits.", [Action(text="He sits."), Note(text="really?")]),
        ("MARY\nHi. [[how?]]", [said("MARY", "Hi."), Note(text="how?")]),
        ("He /* cut\n\nthis */sits.", [Action(text="He sits.")]),
        ("He types /* on it.", [Action(text=r"He types /\* on it.")]),
        ("He is *so* tired, 5 * 3.", [Action(text=r"He is *so* tired, 5 \* 3.")]),
        ("*one\ntwo*", [Action(text="\\*one\ntwo\\*")]),
        ("\tIndented.", [Action(text="    Indented.")]),
        ("He sits.\n\n[[b01 d02 invented]]", [
            Action(text="He sits.", sources=("b01", "d02"), invented=True)
        ]),
        ("[[b01]]", [Note(text="b01")]),
    ],
)  # fmt: skip
def test_each_element_of_the_specification_is_read(text: str, expected: list[Element]) -> None:
    assert elements(text) == expected


def test_a_title_page_is_read_with_its_lines() -> None:
    screenplay = read_fountain(
        "Title:\n    _**BIG**_\n\tFISH\nCredit: by\nAuthor: A. Writer\nDraft date: 1/2\n\nHe sits."
    )
    assert screenplay.title_page == (
        TitleField(key="Title", lines=("_**BIG**_", "FISH")),
        TitleField(key="Credit", lines=("by",)),
        TitleField(key="Author", lines=("A. Writer",)),
        TitleField(key="Draft date", lines=("1/2",)),
    )
    assert screenplay.elements == (Action(text="He sits."),)


def test_a_title_page_may_begin_with_a_key_of_its_own() -> None:
    screenplay = read_fountain("Format: Screenplay\nTitle: T\n\nHe sits.")
    assert screenplay.title_page == (
        TitleField(key="Format", lines=("Screenplay",)),
        TitleField(key="Title", lines=("T",)),
    )


@pytest.mark.parametrize("text", ["FADE IN:\n\nHe sits.", "Morning: bells.\n", "INT. A - 3:30\n"])
def test_a_first_line_with_a_colon_is_no_title_page(text: str) -> None:
    screenplay = read_fountain(text)
    assert screenplay.title_page == ()
    assert screenplay.elements


def test_line_ends_and_marks_of_byte_order_do_not_matter() -> None:
    plain = "Title: T\n\nINT. A - DAY\n\nMARY\nHi.\n"
    assert read_fountain("\ufeff" + plain.replace("\n", "\r\n")) == read_fountain(plain)
    assert read_fountain(plain.replace("\n", "\r")) == read_fountain(plain)


@pytest.mark.parametrize(
    "text",
    ["/*" * 50_000, "[[" * 50_000, "*a " * 30_000, "(" * 100_000, "MARY\n" + "(a) " * 25_000],
    ids=["boneyards", "notes", "stars", "parentheses", "asides"],
)
def test_open_marks_without_end_stay_text(text: str) -> None:
    kept = "".join(
        part.text
        for element in read_fountain(text).elements
        for part in (element.parts if isinstance(element, Dialogue) else (element,))
        if not isinstance(part, PageBreak)
    )
    assert kept.replace("\\", "").count("a") == text.count("a")
    assert kept
