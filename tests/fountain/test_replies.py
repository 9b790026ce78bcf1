"""Reading what models write."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from fountain_strategies import texts
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scriptgen.fountain import read_fountain, read_page, read_reply, write_fountain
from scriptgen.fountain.characters import normal
from scriptgen.fountain.looks import is_voiced
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Note,
    Parenthetical,
    Section,
    Speech,
    TitleField,
    Transition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.screenplay import Element

KITCHEN = Heading(text="INT. KITCHEN - NIGHT")
TEA = Action(text="She pours tea.")


def said(cue: str, *words: str, direction: str | None = None, **more: Any) -> Dialogue:
    parts: list[Speech | Parenthetical] = [Speech(text=text) for text in words]
    if direction:
        parts.insert(0, Parenthetical(text=direction))
    return Dialogue(cue=cue, parts=tuple(parts), **more)


def script(*lines: str) -> str:
    return "INT. KITCHEN - NIGHT\n\nShe pours tea.\n\n" + "\n".join(lines)


def test_where_a_voice_comes_from_is_told_from_how_it_is_used() -> None:
    asides = ("V.O.", "on the phone", "电话中", "provoked", "low")
    assert [aside for aside in asides if is_voiced(aside)] == ["V.O.", "on the phone", "电话中"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["MARY", "Hi."], said("MARY", "Hi.")),
        (["MARY:", "Hi."], said("MARY", "Hi.")),
        (["MARY", "", "Hi."], said("MARY", "Hi.")),
        (["MARY:", "", "Hi."], said("MARY", "Hi.")),
        (["MARY", "", "(softly)", "", "Hi."], said("MARY", "Hi.", direction="softly")),
        (["**MARY**", "Hi."], said("MARY", "Hi.")),
        (["**MARY** (V.O.)", "Hi."], said("MARY", "Hi.", extension="V.O.")),
        (["MARY (hissing)", "Hi."], said("MARY", "Hi.", direction="hissing")),
        (["MARY (provoked)", "Hi."], said("MARY", "Hi.", direction="provoked")),
        (["MARY (v.o.) (low)", "Hi."], said("MARY", "Hi.", direction="low", extension="v.o.")),
        (["MARY (on the phone)", "Hi."], said("MARY", "Hi.", extension="on the phone")),
        (["MARY (looking off camera)", "Hi."], said("MARY", "Hi.", direction="looking off camera")),
        (
            ["MARY (speaking into phone)", "Hi."],
            said("MARY", "Hi.", extension="speaking into phone"),
        ),
        (["**MARY:** Hi."], said("MARY", "Hi.")),
        (["**Mary:** Hi."], said("MARY", "Hi.")),
        (["MARY: Hi."], said("MARY", "Hi.")),
        (["MARY: (softly) Hi."], said("MARY", "Hi.", direction="softly")),
        (["MARY (softly): Hi."], said("MARY", "Hi.", direction="softly")),
        (["MARY (V.O.): Hi."], said("MARY", "Hi.", extension="V.O.")),
        (["MARY", "(sighs) Fine."], said("MARY", "Fine.", direction="sighs")),
        (["MARY（画外音）", "你好。"], said("MARY", "你好。", extension="画外音")),
        (["MARY", "（轻声）你好。"], said("MARY", "你好。", direction="轻声")),
        (["李伟：我不走。"], said("李伟", "我不走。")),
        (["李伟（低声）：我不走。"], said("李伟", "我不走。", direction="低声")),
        (["李伟（画外音）", "你好。"], said("李伟", "你好。", extension="画外音")),
        (["@McAvoy", "Hi."], said("McAvoy", "Hi.")),
        (["**CUT TO:**"], Transition(text="CUT TO:")),
        (["CUT TO BLACK."], Transition(text="CUT TO BLACK.")),
        (["**Scene 2**"], Section(text="Scene 2", level=2)),
        (["## Scene 2"], Section(text="Scene 2", level=2)),
        (["**EXT. YARD - DAY**"], Heading(text="EXT. YARD - DAY")),
        (["### EXT. YARD - DAY"], Heading(text="EXT. YARD - DAY")),
        (["**2. EXT. YARD - DAY**"], Heading(text="EXT. YARD - DAY", number="2")),
        (["SCENE 2: EXT. YARD - DAY"], Heading(text="EXT. YARD - DAY", number="2")),
        (["内景 咖啡馆 日"], Heading(text="内景 咖啡馆 日")),
        (["LATER", "", "...", "---"], Action(text="LATER")),
        (["[[b01 d02]]"], Note(text="b01 d02")),
        (["MARY", "Ten.", "  ", "Hit?"], said("MARY", "Ten.\n\nHit?")),
        (["Mary (softly): Hi."], said("MARY", "Hi.", direction="softly")),
        (["ＭＡＲＹ（Ｖ．Ｏ．）", "Hi."], said("MARY", "Hi.", extension="V.O.")),
        (["ＥＸＴ．　ＹＡＲＤ　－　ＤＡＹ"], Heading(text="EXT. YARD - DAY")),
        (["第一场 外景 院子 日"], Heading(text="第一场 外景 院子 日")),
        (["2  EXT. YARD - DAY  2"], Heading(text="EXT. YARD - DAY", number="2")),
        (["2 EXT. YARD - DAY 2"], Heading(text="EXT. YARD - DAY", number="2")),
        (["2. **EXT. YARD - DAY**"], Heading(text="EXT. YARD - DAY", number="2")),
        (["### 2. **EXT. YARD**"], Heading(text="EXT. YARD", number="2")),
        (["**MARY** *(laughing)*", "Hi."], said("MARY", "Hi.", direction="laughing")),
        (["MARY _(V.O.)_", "Hi."], said("MARY", "Hi.", extension="V.O.")),
        (["**MARY:** *(angry)* Hi."], said("MARY", "Hi.", direction="angry")),
        (["MARY: *(angry)* Hi."], said("MARY", "Hi.", direction="angry")),
        (["MARY", "*(softly)*", "Hi."], said("MARY", "Hi.", direction="softly")),
        (["**MARY**", "", "*(softly)*", "", "Hi."], said("MARY", "Hi.", direction="softly")),
        (["MARY *(softly)*: Hi."], said("MARY", "Hi.", direction="softly")),
        (["MARY (V.O.) (CONT'D):", "Hi."], said("MARY", "Hi.", extension="V.O., CONT'D")),
        (["MARY: (O.S.) Hi."], said("MARY", "Hi.", extension="O.S.")),
        (["MARY", "I *(really)* know."], said("MARY", "I *(really)* know.")),
        (["MARY", "Then", "**BOOM**", "again."], said("MARY", "Then\n**BOOM**\nagain.")),
        (["2. EXT. LOT 2"], Heading(text="EXT. LOT 2", number="2")),
    ],
)  # fmt: skip
def test_what_models_write_is_mended(lines: list[str], expected: Element) -> None:
    reading = read_reply(script(*lines))
    assert reading.screenplay.elements[:3] == (KITCHEN, TEA, expected)
    assert reading.chatter == ""
    assert {finding.code for finding in reading.findings} <= {"W_MENDED"}


def test_a_direction_that_ends_a_speech_stays_apart_from_the_action() -> None:
    reading = read_reply(script("MARY", "(nods)", "", "She sits."))
    assert reading.screenplay.elements[2:] == (
        Dialogue(cue="MARY", parts=(Parenthetical(text="nods"),)),
        Action(text="She sits."),
    )


def test_speakers_on_lines_in_a_row_are_parted() -> None:
    reading = read_reply(script("MARY: Hi.", "JOHN: Hello."))
    assert reading.screenplay.elements[2:] == (said("MARY", "Hi."), said("JOHN", "Hello."))


@pytest.mark.parametrize(
    "lines",
    [
        ["Mary: Hi.", "John: Hello.", "Mary: Yes.", "John: No."],
        ["**MARY**", "Hi.", "**JOHN**", "Hello.", "**MARY**", "Yes.", "**JOHN**", "No."],
    ],
)
def test_speakers_without_blanks_between_are_heard(lines: list[str]) -> None:
    reading = read_reply(script(*lines))
    assert reading.screenplay.elements[2:] == (
        *(said("MARY", "Hi."), said("JOHN", "Hello."), said("MARY", "Yes."), said("JOHN", "No.")),
    )


@pytest.mark.parametrize(
    "reply",
    [
        "**INT. KITCHEN - NIGHT**\nShe pours tea.\n**MARY**\nHi.",
        "INT. KITCHEN - NIGHT\nShe pours tea.\nMARY\nHi.\n\nJOHN\nHello.",
        "1. **INT. KITCHEN - NIGHT**\n\nShe pours tea.\n\nMARY\nHi.",
    ],
)
def test_a_scene_without_blanks_or_with_a_number_before_the_bold_is_read(reply: str) -> None:
    reading = read_reply(reply)
    assert [each.type for each in reading.screenplay.elements[:3]] == [
        *("heading", "action", "dialogue")
    ]
    assert reading.screenplay.elements[1:3] == (TEA, said("MARY", "Hi."))
    assert reading.chatter == ""
    assert reading.findings


@pytest.mark.parametrize(
    "reply",
    [
        "INT. KITCHEN - NIGHT\nThe sign says\nCLOSED\nin red.\n\nMARY\nHi.",
        "INT. KITCHEN - NIGHT\n\nThe sign says\n**NO**\nin red.\n\n**MARY**\nI\n**AM**\nhere.",
    ],
)
def test_capitals_in_the_middle_of_a_sentence_are_no_cue(reply: str) -> None:
    cues = [each.cue for each in read_reply(reply).screenplay.elements if each.type == "dialogue"]
    assert cues == ["MARY"]


def test_each_direction_at_the_head_of_a_speech_is_parted() -> None:
    reading = read_reply(script("MARY", "(sighs) (beat) Fine."))
    assert reading.screenplay.elements[2:] == (
        Dialogue(
            cue="MARY",
            parts=(
                Parenthetical(text="sighs"),
                Parenthetical(text="beat"),
                Speech(text="Fine."),
            ),
        ),
    )


def test_a_name_in_small_letters_speaks_if_it_stands_before_a_colon_twice() -> None:
    reading = read_reply(script("Mary: Hi.", "", "Weather: rain.", "", "Mary: Go."))
    assert reading.screenplay.elements[2:] == (
        said("MARY", "Hi."),
        Action(text="Weather: rain."),
        said("MARY", "Go."),
    )


def test_a_chinese_name_over_words_speaks_if_it_stands_elsewhere_too() -> None:
    reading = read_reply(script("李伟推开门。", "", "李伟", "你好。", "", "夜", "很黑。"))
    assert reading.screenplay.elements[2:] == (
        Action(text="李伟推开门。"),
        said("李伟", "你好。"),
        Action(text="夜\n很黑。"),
    )


@pytest.mark.parametrize("mark", ["[[ open", "/* open", "shut ]]", "shut */"])
def test_a_mark_without_its_other_end_is_text_and_reported(mark: str) -> None:
    for read in (read_reply, read_page):
        reading = read(script(f"She says {mark}", "", "She goes."))
        assert len(reading.screenplay.elements) == 4
        assert [f.evidence for f in reading.findings] == [f"She says {mark}"]


def test_a_draft_is_read_strictly_and_its_boneyard_is_told() -> None:
    page = "Title: T\n\nINT. A - DAY\n\nRADIO: Storm.\n\n---\n\n/* cut\n\nthis */\n\nMARY\nHi.\n"
    reading = read_page(page)
    assert reading.screenplay == read_fountain(page)
    assert reading.chatter == " cut\n\nthis "
    assert [f.code for f in reading.findings] == ["W_CHATTER"]


@pytest.mark.parametrize(
    "text",
    [
        "```\nINT. A - DAY\n\nHe sits.\n```\nHope it helps!",
        "### 1. INT. A - DAY\nHe sits.\n\n**2. EXT. B - DAY**\n",
        "INT. A - DAY\n\nMARY: Hi.\n\nJOHN: Hi.",
    ],
)
def test_a_draft_that_was_pasted_from_a_model_is_read_as_its_reply(text: str) -> None:
    assert read_page(text) == read_reply(text)
    assert read_page(text).findings


def test_a_capital_line_of_action_stays_action() -> None:
    reading = read_reply(script("MARY", "Hi.", "", "BOOM", "", "The door falls."))
    assert reading.screenplay.elements[3:] == (
        Action(text="BOOM"),
        Action(text="The door falls."),
    )


@pytest.mark.parametrize(
    "shot",
    [
        *("CLOSE", "EXTREME CLOSE UP", "CLOSE ON THE KEY", "ON MARY", "ABOVE", "UNDER THE DESK"),
        *("FREEZE FRAME", "FREEZE FRAME ON MARY", "MATCH CUT"),
    ],
)
def test_a_shot_over_what_it_shows_is_no_speaker(shot: str) -> None:
    reading = read_reply(script("MARY", "Hi.", "", shot, "A thumb on the brass."))
    assert reading.screenplay.elements[3:] == (
        Action(text=shot),
        Action(text="A thumb on the brass."),
    )


def test_a_cue_below_a_direction_by_itself_speaks() -> None:
    reading = read_reply(script("MARY", "Hi.", "", "(beat)", "THE PORTER", "No room."))
    spoken = [each.cue for each in reading.screenplay.elements if isinstance(each, Dialogue)]
    assert spoken == ["MARY", "THE PORTER"]


@pytest.mark.parametrize("told", ["(three weeks later)", "(Bang!)", "(A long silence.)"])
def test_capitals_below_what_is_told_in_parentheses_are_no_speaker(told: str) -> None:
    reading = read_reply(script("MARY", "Hi.", "", told, "BERLIN", "Rain falls."))
    spoken = [each.cue for each in reading.screenplay.elements if isinstance(each, Dialogue)]
    assert spoken == ["MARY"]


def test_a_frozen_picture_says_nothing() -> None:
    told = "FREEZE FRAME: the two women, white with light."
    assert read_reply(script("MARY", "Hi.", "", told)).screenplay.elements[3:] == (
        Action(text=told),
    )


@pytest.mark.parametrize("cue", ["CLOSET MAN", "ON THE RADIO", "WIDOW", "ANGELA", "INSPECTOR"])
def test_a_speaker_whose_name_is_like_a_shot_speaks(cue: str) -> None:
    reading = read_reply(script("MARY", "Hi.", "", cue, "Nobody home."))
    last = reading.screenplay.elements[-1]
    assert isinstance(last, Dialogue)
    assert last.cue == cue


def test_a_speech_that_goes_on_needs_no_direction_that_says_so() -> None:
    reading = read_reply(
        script("MARY", "Hi.", "", "She sits.", "", "MARY", "(CONT'D)", "You there.")
    )
    last = reading.screenplay.elements[-1]
    assert isinstance(last, Dialogue)
    assert [part.text for part in last.parts] == ["You there."]


def test_talk_around_a_fenced_script_is_chatter_word_for_word() -> None:
    reading = read_reply(
        "Sure! Here is the scene:\n\n```fountain\nTitle: Tea\n\n"
        + script("MARY", "Hi.")
        + "\n```\n\nWant me to *change* anything?"
    )
    assert reading.screenplay.title_page == (TitleField(key="Title", lines=("Tea",)),)
    assert reading.screenplay.elements == (KITCHEN, TEA, said("MARY", "Hi."))
    assert reading.chatter == "Sure! Here is the scene:\n\nWant me to *change* anything?"
    assert [f.code for f in reading.findings] == ["W_MENDED", "W_CHATTER"]
    assert reading.findings[-1].evidence == reading.chatter


@pytest.mark.parametrize(
    "after",
    [
        "Let me know if you'd like changes!",
        "I hope this helps.",
        "Hope this helps!",
        "**Adaptation notes:**\n\n- The dog is cut.",
        "I can revise the pacing if you like.",
        "THIS SCRIPT KEEPS TO THE ESSAY",
        "---\n\n**Notes**\n\nThe dog is cut.\n\nThe cat is older.",
        "---\n\nThe draft keeps to the essay.",
        "**Note:** nothing was invented.",
        "希望你喜欢。",
    ],
)
def test_talk_after_the_script_is_chatter(after: str) -> None:
    reading = read_reply("Here it comes:\n\n" + script("MARY", "Hi.", "", after))
    assert reading.screenplay.elements == (KITCHEN, TEA, said("MARY", "Hi."))
    assert reading.chatter == "Here it comes:\n\n" + after.removeprefix("---\n\n")


@pytest.mark.parametrize(
    "after",
    [
        ["If you listen, a clock ticks.", "", "She leaves."],
        ["Here are the boxes, all of them open."],
        ["Here are the notes, all of them torn."],
        ["Please stay, says the sign."],
        ["I have no mouth, says the wall."],
        ["---", "", "Rain falls."],
        ["THE END", "", "Rain falls."],
        ["FADE OUT.", "", "Rain falls."],
        ["如果你仔细听，钟在走。"],
    ],
)
def test_story_after_the_last_speech_is_not_chatter(after: list[str]) -> None:
    reading = read_reply(script("MARY", "Hi.", "", *after))
    assert reading.chatter == ""
    assert reading.screenplay.elements[-1] == Action(text=after[-1])


def test_talk_does_not_take_the_story_after_it_along() -> None:
    talk = ["Let me know if it works:", "", "- the tea", "- the cup"]
    reading = read_reply(script("MARY", "Hi.", "", *talk, "", "She leaves."))
    assert reading.chatter == "\n".join(talk)
    assert reading.screenplay.elements[-1] == Action(text="She leaves.")


def test_a_title_card_before_the_first_heading_is_script() -> None:
    reading = read_reply("/*\nTREATMENT\n*/\n\n> THE FLOOD <\n\n" + script("MARY", "Hi."))
    assert reading.chatter == "TREATMENT"
    assert reading.screenplay.elements[0] == Centered(text="THE FLOOD")


def test_a_black_screen_before_the_first_heading_is_script() -> None:
    reading = read_reply("Here it comes:\n\nBLACK SCREEN. Rain.\n\n" + script())
    assert reading.chatter == "Here it comes:"
    assert reading.screenplay.elements == (Action(text="BLACK SCREEN. Rain."), KITCHEN, TEA)


def test_the_report_has_all_of_a_long_chatter() -> None:
    talk = "Here is what I thought about. " * 40
    reading = read_reply(f"{talk}\n\n" + script("MARY", "Hi."))
    assert reading.findings[-1].evidence == reading.chatter == talk.rstrip()


def test_a_script_in_a_quotation_is_read() -> None:
    lines = script("MARY", "Hi.", "", "> THE END <").split("\n")
    reading = read_reply("Here it is:\n\n" + "\n".join(f"> {line}".rstrip() for line in lines))
    assert reading.screenplay.elements == (
        *(KITCHEN, TEA, said("MARY", "Hi."), Centered(text="THE END")),
    )
    assert reading.chatter == "Here it is:"
    assert [f.code for f in reading.findings] == ["W_MENDED", "W_CHATTER"]


def test_a_treatment_in_a_boneyard_is_kept_apart_and_no_finding() -> None:
    reading = read_reply("/*\nTREATMENT\n\nTwo of them.\n*/\n\n" + script("MARY", "Hi."))
    assert reading.screenplay.elements == (KITCHEN, TEA, said("MARY", "Hi."))
    assert "Two of them." in reading.chatter
    assert reading.findings == ()


def test_what_follows_the_end_is_chatter() -> None:
    reading = read_reply(script("THE END", "", "Thank you for reading."))
    assert reading.screenplay.elements == (KITCHEN, TEA, Action(text="THE END"))
    assert reading.chatter == "Thank you for reading."


def test_a_treatment_at_the_top_is_chatter() -> None:
    reading = read_reply("/*\nBeats: INT. first.\n*/\n\n" + script("MARY", "Hi."))
    assert reading.screenplay.elements == (KITCHEN, TEA, said("MARY", "Hi."))
    assert reading.chatter == "Beats: INT. first."


def test_a_bold_title_page_is_read() -> None:
    reading = read_reply("**Title:** Tea\n**Author:** A. Writer\n\n" + script())
    assert reading.screenplay.title_page == (
        TitleField(key="Title", lines=("Tea",)),
        TitleField(key="Author", lines=("A. Writer",)),
    )


def test_a_reply_without_any_script_is_all_action() -> None:
    reading = read_reply("I cannot help with that.\n\nSorry.")
    assert reading.screenplay.elements == (
        Action(text="I cannot help with that."),
        Action(text="Sorry."),
    )
    assert reading.chatter == ""


def test_a_kind_of_mending_is_one_finding_with_its_count() -> None:
    reading = read_reply(script("MARY: Hi.", "", "JOHN: Hi."))
    assert [(f.code, f.count, f.evidence) for f in reading.findings] == [
        ("W_MENDED", 2, "MARY: Hi.")
    ]


def test_an_empty_reply_is_an_empty_screenplay() -> None:
    assert read_reply("").screenplay.elements == ()
    assert read_reply("```\n```").screenplay.elements == ()


USUAL = (
    *("", "", "", "INT. KITCHEN - NIGHT", "**EXT. YARD - DAY**", "She pours tea.", "MARY", "MARY:"),
    *("MARY: Hi.", "(softly)", "（轻声）好。", "Hi there.", "```", "---", "Sure, here:", "THE END"),
    *("FADE OUT.", "CUT TO:", "**Mary:** Yo.", "李伟：走。", "/* beats */", "[[a note]]", "> x <"),
    *("Title: Tea", "**Author:** me", "Let me know!", "~la", "= s", "===", "@Bo ^", "## Act", "!x"),
)


def letters(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", normal(text))
    return Counter(filter(str.isalnum, plain.upper().casefold()))


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(USUAL), texts()), max_size=14).map("\n".join))
@example("李\n\n李(0\nINT. KITCHEN - NIGHT")
def test_no_letter_of_a_reply_is_lost(reply: str) -> None:
    for reading in (read_reply(reply), read_page(reply)):
        kept = " ".join(_strings(reading.screenplay.model_dump())) + " " + reading.chatter
        assert letters(reply) - letters(kept) == Counter()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


@pytest.mark.parametrize(
    "text",
    [
        *("/*" * 50_000, "[[\n" * 30_000, "```\n" * 30_000, "MARY\n\n" * 20_000, "A: " * 40_000),
        *("word " * 2_000, "李伟\n。\n\n" * 5_000, "\x00\x1b[31m\u202e" * 9_000, "*a _b " * 9_000),
    ],
    ids=["boneyards", "notes", "fences", "cues", "labels", "long", "names", "controls", "marks"],
)
def test_a_hostile_reply_is_read_to_its_end(text: str) -> None:
    read_reply(text)
    write_fountain(read_page(text).screenplay)


@pytest.mark.parametrize("line", ["SUDDENLY", "INSERT - THE LETTER", "A SIGN: KEEP OUT"])
def test_a_line_of_capitals_in_a_draft_without_speeches_is_action(line: str) -> None:
    screenplay = read_page(f"INT. HALL - DAY\n\n{line}\n\nThe door opens.\n").screenplay
    assert [element.type for element in screenplay.elements] == ["heading", "action", "action"]
