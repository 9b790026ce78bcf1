"""Rules about what is said and who is there: first what must not fire, then what must."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from scriptgen.brief import Beat, Character, Line, LineKind, SceneBrief, Status
from scriptgen.catalog import language_pack
from scriptgen.checks import check_screenplay
from scriptgen.checks.known import known
from scriptgen.essay import Essay, Meta
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Element,
    Heading,
    Parenthetical,
    Screenplay,
    Speech,
)
from scriptgen.trace import Trace, Traced
from scriptgen.values import Span

TEXT = (
    "Eleanor Voss, the ferry pilot, ties the Margit to the pier on Elisabeth Street while two "
    "dockhands watch. \u201cNobody rows tonight, Ilse,\u201d Eleanor says. Ilse Brandt looks at "
    "her hands, and her look says, \u201cYou never could leave the water alone.\u201d She asks "
    "whether the rope will hold. Then she murmurs a few words into the pilot\u2019s ear, and a "
    "horn swallows every one of them. Later she whispers something that makes Eleanor laugh. "
    "\u201cHold it yourself,\u201d Ilse says."
)
PACK = language_pack("en")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.cut(TEXT, start, start + len(words))


def line(number: int, text: str, kind: LineKind, speaker: str, **more: Any) -> Line:
    return Line(id=f"d{number:02}", text=text, kind=kind, span=span(text), speaker=speaker, **more)


DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
ESSAY = Essay(text=TEXT, id=DIGEST, raw_sha256=DIGEST, source="t", meta=Meta())
ASKED = span("She asks whether the rope will hold")
BRIEF = SceneBrief(
    essay_id=DIGEST,
    language="en",
    characters=(
        Character(id="c01", name="Eleanor Voss", cue="ELEANOR VOSS", status=Status.GIVEN),
        Character(id="c02", name="Ilse Brandt", cue="ILSE BRANDT", status=Status.GIVEN),
    ),
    beats=(Beat(id="b01", text=ASKED.text, span=ASKED, characters=("c02",)),),
    lines=(
        line(1, "Nobody rows tonight, Ilse,", LineKind.SPOKEN, "c01", tagged=True),
        line(2, "You never could leave the water alone.", LineKind.IMAGINED, "c02"),
        line(3, "asks whether the rope will hold", LineKind.REPORTED, "c02", beat="b01"),
        line(4, "murmurs a few words into the pilot\u2019s ear", LineKind.UNHEARD, "c02"),
        line(5, "whispers something", LineKind.UNHEARD, "c02"),
        line(6, "Hold it yourself,", LineKind.SPOKEN, "c02", tagged=True),
    ),
)
PIER = Heading(text="EXT. PIER - NIGHT")
TIED = Action(text="ELEANOR VOSS ties up the boat.")


def speech(cue: str, text: str, how: str | None = None, extension: str | None = None) -> Dialogue:
    said = (Speech(text=text),)
    parts = (Parenthetical(text=how), *said) if how else said
    return Dialogue(cue=cue, extension=extension, parts=parts)


FORBIDS = speech("ELEANOR", "Nobody rows tonight, Ilse.")
RETORTS = speech("ILSE", "Hold it yourself.")
PAGE: tuple[Element, ...] = (PIER, TIED, FORBIDS, RETORTS)
OURS = (
    "W_LINE_MISSING",
    "W_LINE_ALTERED",
    "W_LINE_GIVEN_AWAY",
    "W_LINE_SPOKEN",
    "W_LINE_MUTED",
    "W_SPEECH_WRITTEN",
    "W_CUE_UNKNOWN",
    "W_NAME_INVENTED",
)


def raised(*elements: Element, **options: Any) -> list[Finding]:
    options = {"essay": ESSAY, "pack": PACK, **options}
    report = check_screenplay(Screenplay(elements=elements), BRIEF, **options)
    return [finding for finding in report.findings if finding.code in OURS]


def codes(*elements: Element, **options: Any) -> list[str]:
    return [finding.code for finding in raised(*elements, **options)]


def told(finding: Finding) -> tuple[str, Severity, int | None]:
    return finding.code, finding.severity, finding.element


# --- lines --------------------------------------------------------------------------------------


def test_a_page_with_its_lines_raises_nothing() -> None:
    assert codes(*PAGE) == []


def test_a_line_split_by_action_is_kept_and_over_two_people_is_not() -> None:
    first, rest = speech("ELEANOR", "Nobody rows"), "tonight, Ilse."
    assert codes(PIER, first, TIED, speech("ELEANOR", rest), RETORTS) == []
    assert codes(PIER, first, speech("ILSE", rest), TIED, RETORTS) == ["W_LINE_ALTERED"]


def test_a_line_that_anothers_word_breaks_is_kept_where_its_speaker_goes_on() -> None:
    head, tail = (
        speech("ELEANOR", "Come here. Nobody rows"),
        speech("ELEANOR", "Tonight, Ilse. No."),
    )
    breaks = speech("ILSE", "I do.")
    assert codes(PIER, head, breaks, TIED, tail, RETORTS) == []
    assert codes(PIER, head, breaks, speech("FIRST DOCKHAND", "Aye."), tail, RETORTS) == [
        "W_LINE_ALTERED"
    ]
    assert codes(PIER, head, breaks, speech("ELEANOR", "Now. Tonight, Ilse."), RETORTS) == [
        "W_LINE_ALTERED"
    ]


WRITING = (
    Action(text="Eleanor\u2019s screen lights up: \u201cHold it yourself\u201d."),
    Action(text="On the slate, in chalk: hold it yourself"),
    Action(text="HOLD IT YOURSELF, says nobody; the sign hangs there."),
    Centered(text="Hold it yourself"),
)


@pytest.mark.parametrize("element", WRITING)
def test_what_stands_there_as_writing_is_not_missing(element: Element) -> None:
    assert "W_LINE_MISSING" not in codes(PIER, FORBIDS, element)


@pytest.mark.parametrize(
    "element",
    [
        Action(text="Hold it yourself."),
        Action(text="She wants to hold it yourself and can not."),
        Action(text="Ilse says, \u201cHold it yourself.\u201d"),
        Action(text="The dockhands\u2019 hold it yourself is over."),
        Action(text="The dockhands' hold it yourself is over."),
    ],
)
def test_what_the_action_says_in_somebodys_place_is_missing(element: Element) -> None:
    assert codes(PIER, FORBIDS, element) == ["W_LINE_MISSING"]


def test_a_name_in_capitals_is_no_writing() -> None:
    words = span("Eleanor")
    called = Line(id="d01", text="Eleanor", kind=LineKind.SPOKEN, span=words, speaker="c02")
    brief = BRIEF.model_copy(update={"lines": (called,), "beats": ()})
    page = Screenplay(elements=(PIER, TIED))
    report = check_screenplay(page, brief, essay=ESSAY, pack=PACK)
    assert [each.code for each in report.findings if each.code in OURS] == ["W_LINE_MISSING"]


def italics(text: str, *, tagged: bool) -> list[str]:
    start = text.index("Nobody")
    words = Span.cut(text, start, start + len("Nobody rows tonight"))
    spoken = Line(
        id="d01", text=words.text, kind=LineKind.SPOKEN, span=words, speaker="c01", tagged=tagged
    )
    brief = BRIEF.model_copy(update={"lines": (spoken,), "beats": ()})
    essay = ESSAY.model_copy(update={"text": text})
    report = check_screenplay(Screenplay(elements=(PIER, TIED)), brief, essay=essay, pack=PACK)
    return [each.code for each in report.findings if each.code in OURS]


def test_words_in_italics_that_no_name_stands_beside_may_be_thought() -> None:
    lost = ["W_LINE_MISSING"]
    assert italics("Her eyes tell him: *Nobody rows tonight*, and he stops.", tagged=False) == []
    assert italics("*Nobody rows tonight*, Eleanor says.", tagged=True) == lost
    assert italics("Then, \u201c*Nobody rows tonight*\u201d, and he stops.", tagged=False) == lost
    assert italics("Then, \u201cNobody rows tonight\u201d, and he stops.", tagged=False) == lost


def test_a_lost_line_is_told_with_the_line_it_follows() -> None:
    (finding,) = raised(*PAGE[:3])
    assert told(finding) == ("W_LINE_MISSING", Severity.ERROR, None)
    assert finding.evidence == "Hold it yourself."
    assert "ILSE BRANDT says this line" in finding.message
    assert "Nobody rows tonight, Ilse." in finding.message


def test_an_altered_line_is_told_with_the_right_words() -> None:
    (finding,) = raised(PIER, speech("ELEANOR", "Nobody's rowing tonight, Ilse!"), RETORTS)
    assert told(finding) == ("W_LINE_ALTERED", Severity.ERROR, 1)
    assert finding.evidence == "Nobody's rowing tonight, Ilse"
    assert "\u201cNobody rows tonight, Ilse.\u201d" in finding.message


def test_a_line_in_another_mouth_is_told_where_a_name_beside_it_says_whose_it_is() -> None:
    (finding,) = raised(PIER, FORBIDS, TIED, speech("ELEANOR VOSS", "Hold it yourself."))
    assert told(finding) == ("W_LINE_GIVEN_AWAY", Severity.ERROR, 3)
    assert "give it to ILSE BRANDT" in finding.message


@pytest.mark.parametrize("cue", ["ILSE", "MISS BRANDT", "A VOICE", "ILSE BRANDT"])
def test_a_cue_that_may_be_the_speaker_is_in_no_wrong_mouth(cue: str) -> None:
    found = codes(PIER, FORBIDS, TIED, speech(cue, "Hold it yourself."))
    assert "W_LINE_GIVEN_AWAY" not in found


# --- what nobody hears --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "element",
    [
        Action(text="Her look stays on the water."),
        speech("ILSE", "You never could sit still."),
        speech("ILSE", "Leave the rope alone."),
        Action(text="A sign on the pier: LEAVE THE WATER TO THE FERRY."),
        speech("ILSE", "They laughed at me.", how="whispering"),
        speech("ELEANOR", "Say that again.", how="murmuring"),
    ],
)
def test_other_words_may_be_spoken_and_a_whisper_may_be_heard(element: Element) -> None:
    assert codes(*PAGE, TIED, element) == []


@pytest.mark.parametrize(
    "element",
    [
        speech("ILSE", "You never could leave the water alone."),
        speech("ILSE", "You never could leave that water alone.", extension="V.O."),
        speech("ELEANOR", "Ilse. I never could leave the water alone."),
        Action(
            text="On the back of the ticket: \u201cYou never could leave the water alone.\u201d"
        ),
        Action(text="The screen lights up: You never could leave the water alone."),
        Action(text="*You never could leave the water alone.*"),
        Centered(text="You never could leave the water alone"),
    ],
)
def test_an_imagined_line_is_neither_said_nor_written_out(element: Element) -> None:
    (finding,) = raised(*PAGE, TIED, element)
    assert told(finding) == ("W_LINE_SPOKEN", Severity.ERROR, 5)


def test_words_that_a_horn_swallows_are_not_said() -> None:
    murmured = speech("ILSE", "The rope is cut.", how="murmuring")
    leaning = Action(text="Ilse leans to the pilot's ear and murmurs.")
    (finding,) = raised(*PAGE, TIED, murmured)
    assert told(finding) == ("W_LINE_SPOKEN", Severity.ERROR, 5)
    assert codes(*PAGE, leaning, speech("ILSE", "The rope is cut.")) == ["W_LINE_SPOKEN"]


# --- what is told -------------------------------------------------------------------------------


def traced(*pieces: tuple[int, str]) -> Trace:
    return Trace(
        pieces=tuple(
            Traced(element=element, start=0, end=1, sources=(source,)) for element, source in pieces
        )
    )


ASKS = Action(text="Ilse tugs at the rope and looks up.")


def test_speech_that_is_told_of_is_muted_where_nobody_speaks_near_it() -> None:
    still = [Action(text=f"Wave {number}.") for number in range(5)]
    page: tuple[Element, ...] = (*PAGE, *still, ASKS)
    muted = {"trace": traced((9, "b01"))}
    (finding,) = raised(*page, **muted)
    assert told(finding) == ("W_LINE_MUTED", Severity.WARNING, 9)
    assert codes(*page, speech("ILSE", "Will it take the swell?"), **muted) == []
    assert codes(*page, speech("GIRL ON THE PIER", "Will it?"), fidelity="free", **muted) == []
    assert codes(*page, trace=traced((3, "b01"))) == []
    assert codes(*page, trace=traced((9, "b01"), (9, "d03"))) == []
    assert codes(*page, fidelity="strict", **muted) == []
    assert codes(*page) == []


def test_what_nobody_says_is_told_once_in_a_strict_draft() -> None:
    heard = speech("ILSE", "You never could leave the water alone.")
    assert codes(*PAGE, heard, fidelity="strict") == ["W_LINE_SPOKEN"]


def test_a_strict_draft_writes_no_words() -> None:
    more = speech("ILSE", "Will it take the swell?")
    (finding,) = raised(*PAGE, TIED, more, fidelity="strict")
    assert told(finding) == ("W_SPEECH_WRITTEN", Severity.WARNING, 5)
    assert codes(*PAGE, TIED, more) == []
    assert codes(*PAGE, fidelity="strict") == []


# --- who is there -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cue",
    [
        *("ELEANOR", "MRS. VOSS", "ILSE'S VOICE", "FIRST DOCKHAND", "ELLIE"),
        *("VOICE", "A VOICE", "BY THE ROPE", "MARGIT"),
    ],
)
def test_people_of_the_essay_may_speak(cue: str) -> None:
    assert codes(*PAGE, TIED, speech(cue, "Mind the step.")) == []


@pytest.mark.parametrize("cue", ["CUSTOMS OFFICER", "OLD FISHERMAN", "RADIO", "NURSE 2"])
def test_a_stranger_without_a_name_is_told_and_in_a_strict_draft_warned_of(cue: str) -> None:
    page: tuple[Element, ...] = (
        *PAGE,
        TIED,
        speech(cue, "Mind the step."),
        speech("ILSE", "Will it hold?"),
    )
    (finding,) = raised(*page)
    assert told(finding) == ("W_CUE_UNKNOWN", Severity.INFO, 5)
    strict = [each for each in raised(*page, fidelity="strict") if each.code == "W_CUE_UNKNOWN"]
    assert [each.severity for each in strict] == [Severity.WARNING]
    assert codes(*page, fidelity="free") == []


def test_whom_the_essay_has_beside_the_line_is_no_stranger() -> None:
    said = speech("LAUGH", "Hold it yourself.")
    beside = said.model_copy(update={"sources": ("d06",)})
    elsewhere = said.model_copy(update={"sources": ("d01",)})
    assert "W_CUE_UNKNOWN" not in codes(*PAGE, TIED, beside, fidelity="strict")
    assert "W_CUE_UNKNOWN" in codes(*PAGE, TIED, elsewhere, fidelity="strict")
    assert "W_CUE_UNKNOWN" in codes(*PAGE, TIED, said, fidelity="strict")


@pytest.mark.parametrize(
    "text",
    [
        "Will Eleanor throw the rope? Mark the pole, Ellie.",
        "Rose light on the water. May be dawn, may be a fire.",
        "Grace in every move. She hums. Hope is a small boat.",
        "The lamps of Florence Street go out along Victoria Bridge.",
        "A THUD. The hull SHUDDERS. BANG.",
        "It is Sunday. In June the French come here in Fords.",
        "On the stern, in white: \u201cROSALIND\u201d.",
        "The Rosalind swings at anchor, and her Casio ticks.",
        "Quiet. The Giorgio swings at anchor.",
        "He parks beside St. Bernard's Church. The bell is quiet.",
        "The film on the wall is *Giorgio and the Sea*.",
        "She turns the leaves. Faster. Grace, finger, stop.",
        "ILSE'S HAND. Eleanor\u2019s rope. The Brandts\u2019 lamp.",
        "DAD'S OLD CHAIR. A MUG: WORLD'S BEST CAPTAIN.",
    ],
)
def test_what_is_capitalised_is_not_always_somebody(text: str) -> None:
    assert codes(PIER, Action(text=text), FORBIDS, RETORTS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jesus, the rope.",
        "Yes, sir. Sorry, Mum.",
        "Good God, Ellie.",
        "Rose? No. White.",
        "Up. Lean on me.",
    ],
)
def test_an_oath_or_a_title_names_nobody(text: str) -> None:
    assert codes(*PAGE, TIED, speech("ILSE", text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GIORGIO, a porter in a leather apron, waits.", "Giorgio"),
        ("At the rail, Benedikt lowers his paper.", "Benedikt"),
        ("Benedikt lowers his paper.", "Benedikt"),
        ("Mrs. Oldcastle counts the coins.", "Oldcastle"),
        ("She hands the rope to Rose.", "Rose"),
        ("It is St. Benedikt. Benedikt waits.", "Benedikt"),
        ("CAPTAIN HARROWAY (50s) comes down the ladder.", "Harroway"),
    ],
)
def test_a_name_that_the_essay_does_not_have_is_invented(text: str, name: str) -> None:
    (finding,) = raised(PIER, Action(text=text), FORBIDS, RETORTS)
    assert told(finding) == ("W_NAME_INVENTED", Severity.ERROR, 1)
    assert finding.evidence == name
    assert codes(PIER, Action(text=text), FORBIDS, RETORTS, fidelity="free") == []


def test_a_strange_name_that_is_introduced_and_returns_is_one() -> None:
    page: tuple[Element, ...] = (
        PIER,
        Action(text="ZORVATH, in oilskins."),
        Action(text="Zorvath nods. Zorvath goes."),
    )
    assert codes(*page, FORBIDS, RETORTS) == ["W_NAME_INVENTED"]
    assert codes(PIER, Action(text="A Zorvath ticks."), FORBIDS, RETORTS) == []


@pytest.mark.parametrize("cue", ["HECTOR", "ROSE", "MRS. DALLOW", "DETECTIVE HARROWAY"])
def test_a_name_over_a_speech_is_told_once_with_all_its_uses(cue: str) -> None:
    (finding,) = raised(*PAGE, TIED, speech(cue, "Wait."), TIED, speech(cue, "Wait here."))
    assert told(finding) == ("W_NAME_INVENTED", Severity.ERROR, 5)
    assert finding.count == 2


def test_somebody_who_is_only_spoken_of_has_a_name_too() -> None:
    found = codes(*PAGE, TIED, speech("ILSE", "You sound like Giorgio."))
    assert found == ["W_NAME_INVENTED"]


def test_a_name_with_a_hyphen_is_known_by_its_parts() -> None:
    text = "Han Eun-ji folds the map. Eun-ji says nothing."
    essay = Essay(text=text, id="0" * 64, raw_sha256="0" * 64, source="essay")
    knows = known(SceneBrief(essay_id="0" * 64, language="en"), essay, language_pack("en"))
    assert knows is not None
    assert knows.has("Eun-ji")
    assert knows.has("EUN-JI\u2019s")
    assert not knows.has("Eun-soo")
