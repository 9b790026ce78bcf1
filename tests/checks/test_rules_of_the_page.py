"""The rules about the page alone: first what must not fire, then what must."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.brief import Cue, CueKind, SceneBrief
from scriptgen.catalog import language_pack
from scriptgen.checks import check_screenplay
from scriptgen.language import LanguagePack
from scriptgen.reader import essay_from_text
from scriptgen.report import Report, Severity
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Element,
    Heading,
    Note,
    Parenthetical,
    Screenplay,
    Speech,
    Transition,
)
from scriptgen.values import Span

if TYPE_CHECKING:
    from scriptgen.checks import Writer

HEADING = Heading(text="INT. BAKERY - NIGHT")
KNEADS = Action(text="He kneads the dough.")


def report_of(*elements: Element, writer: Writer = "model", code: str = "en") -> Report:
    page = Screenplay(elements=elements)
    return check_screenplay(page, None, pack=language_pack(code), writer=writer)


def codes(*elements: Element, writer: Writer = "model", code: str = "en") -> list[str]:
    return [each.code for each in report_of(*elements, writer=writer, code=code).findings]


def told(text: str) -> list[str]:
    return codes(HEADING, Action(text=text))


def speech(cue: str, *said: str, extension: str | None = None) -> Dialogue:
    return Dialogue(cue=cue, extension=extension, parts=tuple(Speech(text=text) for text in said))


@pytest.mark.parametrize(
    "text",
    [
        "She doesn't answer. Nobody moves.",
        "He shuts the oven with his hip, a tray on each hand, and smiles sadly at the clock.",
        "A sign on the door: CLOSED FOREVER?",
        "On the slate, in chalk: \u201cWho remembers him?\u201d",
        'She reads aloud. "He has always hated bread." She puts the card in the drawer.',
        "The wooden frame of the mirror has split.",
        "The photographer lowers the camera.",
        "The audience stamps its feet.",
        "Flour hangs between them.",
        "The weight of the sack bends him double.",
        "Something moves in the flour.",
        "The loaf he dropped lies under the table.",
        "Startled, she lets the cup go. It rolls.",
        "He knows where the key hangs.",
        "The dough is heavy with water.",
        "She tells him that she has always known.",
        "It is the end of the row.",
        "The twins could be nine.",
        "He looks furious.",
        "They put the trays on the floor.",
        "The oven left on, they run.",
    ],
)
def test_what_can_be_seen_and_heard_raises_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The audience is left to wonder.", "W_COMMENTARY"),
        ("The loaf is a symbol of their marriage.", "W_COMMENTARY"),
        ("Of course it is burnt.", "W_ASIDE"),
        ("He could still say no.", "W_ASIDE"),
        ("Tamsin, a woman who has lost worse, sweeps it up.", "W_ASIDE"),
        ("It is not a question. He holds out the broom.", "W_ASIDE"),
        ("The slow dread of a man understanding his bill.", "W_ASIDE"),
        ("The weight of unspoken words hangs in the shop.", "W_ASIDE"),
        ("He does not help her with the sack.", "W_NEGATIVE"),
        ("She is devastated.", "W_FEELING"),
        ("A wave of shame goes through him.", "W_FEELING"),
        ("Filled with regret, he sits.", "W_FEELING"),
        ("He remembers the old oven.", "W_UNFILMABLE"),
        ("She has waited nine years for this order.", "W_UNFILMABLE"),
        ("His pupils shrink.", "W_UNFILMABLE"),
        ("CLOSE ON the crust.", "W_CAMERA"),
        ("We follow her into the yard.", "W_CAMERA"),
        ("He opened the oven.", "W_TENSE"),
        ("Nadia wiped the counter.", "W_TENSE"),
        ("Is it burnt?", "W_QUESTION"),
    ],
)
def test_what_only_a_reader_is_told_is_a_warning(text: str, code: str) -> None:
    report = report_of(HEADING, Action(text=text))
    found = [(each.code, each.severity, each.element) for each in report.findings]
    assert found == [(code, Severity.WARNING, 1)]
    assert (report.findings[0].evidence or "-") in text


def test_a_sentence_is_told_of_once() -> None:
    assert told("Of course she remembers, and she is devastated.") == ["W_ASIDE"]


def test_in_a_person_s_page_these_are_information() -> None:
    report = report_of(HEADING, Action(text="We see a loaf. She is devastated."), writer="person")
    assert {each.severity for each in report.findings} == {Severity.INFO}


def test_a_language_without_a_pack_is_passed_over_in_silence() -> None:
    page = (Heading(text="INT. BAKERY"), Action(text="Of course she was devastated?"))
    assert codes(*page, code="fi") == []


def test_somebody_may_be_called_hope() -> None:
    page = (HEADING, Action(text="A wave of Hope rocks the boat."), speech("HOPE", "Ahoy."))
    assert "W_FEELING" not in codes(*page)


def test_where_the_essay_speaks_of_the_camera_it_may_be_directed_so_often() -> None:
    cue = Cue(kind=CueKind.CAMERA, span=Span(start=0, end=1, text="A"))
    brief = SceneBrief(essay_id="0" * 64, language="en", cues=(cue,))
    page = Screenplay(elements=(HEADING, Action(text="CLOSE ON a key. We see a loaf.")))
    report = check_screenplay(page, brief, pack=language_pack("en"))
    assert [(each.code, each.evidence) for each in report.findings] == [
        ("W_CAMERA", "We see a loaf.")
    ]


def test_a_paragraph_of_four_lines_is_no_long_one() -> None:
    line = "word " * 12
    assert told(line.strip()) == []
    assert told((line * 4).strip()) == []
    assert told((line * 5).strip()) == ["W_LONG_ACTION"]
    assert told("\n".join([line.strip()] * 9)) == []


def test_a_cue_twice_in_a_row_is_a_warning() -> None:
    first, second = speech("OTTO", "Bread."), speech("OTTO", "Rolls.", extension="CONT'D")
    assert codes(HEADING, first, Action(text="He points."), second) == []
    assert codes(HEADING, first, speech("OTTO", "Rolls.", extension="V.O.")) == []
    assert codes(HEADING, first, speech("ADA", "Rolls.")) == []
    assert codes(HEADING, first, second) == ["W_CUE_TWICE"]
    assert codes(HEADING, first, Note(text="why"), second, writer="person") == ["W_CUE_TWICE"]


def test_a_parenthetical_of_a_few_words_is_free_and_a_paragraph_in_one_is_not() -> None:
    short = Dialogue(cue="ADA", parts=(Parenthetical(text="to the baker"), Speech(text="No.")))
    long = "crossing to the oven, opening it, and taking out the last of the burnt loaves"
    wordy = Dialogue(cue="ADA", parts=(Parenthetical(text=long), Speech(text="No.")))
    assert codes(HEADING, short) == []
    assert codes(HEADING, wordy) == ["W_PARENTHETICAL"]


@pytest.mark.parametrize(
    "text",
    [
        "INT. BAKERY - NIGHT",
        "EXT. YARD BEHIND THE BAKERY - LATER",
        "INT./EXT. VAN (MOVING) - CONTINUOUS",
        "INT. OVEN ROOM - NIGHT (1973)",
        "EXT. MILL - WINTER, 1911",
        "INT. HALL - THAT SAME EVENING",
        "INT. MEMORY CARE WARD - DAY",
        "EXT. DARK FOREST - NIGHT",
        "INT. SPACE STATION - DAY",
        "EXT. WORLD'S END PUB - DUSK",
    ],
)
def test_a_heading_that_a_crew_can_work_with_is_free(text: str) -> None:
    assert codes(Heading(text=text), KNEADS) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("INT. BAKERY", "W_HEADING"),
        ("INT. BAKERY - KITCHEN", "W_HEADING"),
        ("THE BAKERY - NIGHT", "W_HEADING"),
        ("INT. SOMEWHERE - NIGHT", "W_HEADING_PLACE"),
        ("INT. BAKERY - TIME UNKNOWN", "W_HEADING_PLACE"),
        ("EXT. MEMORY - DAY", "W_HEADING_PLACE"),
        ("INT. A DARK PLACE - NIGHT", "W_HEADING_PLACE"),
        ("INT. ADA'S MIND - DAY", "W_HEADING_PLACE"),
        ("EXT. UNSPECIFIED STREET - DAY", "W_HEADING_PLACE"),
    ],
)
def test_a_heading_without_a_part_or_without_a_world_is_told_of(text: str, code: str) -> None:
    assert codes(Heading(text=text), KNEADS) == [code]


def test_the_offline_writer_may_leave_out_what_the_essay_does_not_give() -> None:
    assert codes(Heading(text="INT./EXT. UNNAMED PLACE"), KNEADS, writer="offline") == []


def test_a_fade_after_the_last_picture_is_free_and_a_title_or_another_scene_is_not() -> None:
    page: tuple[Element, ...] = (HEADING, *[KNEADS] * 9)
    fade = Transition(text="FADE OUT.")
    assert codes(*page, fade) == []
    assert codes(fade, *page) == []
    assert codes(*page, Centered(text="THE END")) == ["W_ENDING"]
    assert codes(*page, Centered(text="THE END"), writer="person") == []
    assert codes(*page, fade, Heading(text="EXT. YARD - DAY"), KNEADS) == ["W_ENDING"]


def test_a_note_that_a_model_left_is_a_warning_and_a_person_s_is_not() -> None:
    assert codes(HEADING, KNEADS, Note(text="Which oven?")) == []
    assert codes(HEADING, KNEADS, Note(text="b07")) == ["W_LEFTOVER"]
    assert codes(HEADING, Action(text="He bows. [insert name]")) == ["W_LEFTOVER"]
    assert codes(HEADING, KNEADS, Note(text="b07"), writer="person") == []
    assert codes(HEADING, KNEADS, Note(text="b07"), writer="offline") == []


def test_a_speaker_who_is_first_met_in_small_letters_is_information() -> None:
    said = speech("TALL BAKER", "Bread.")
    assert codes(HEADING, Action(text="A TALL BAKER bows."), said) == []
    report = report_of(HEADING, Action(text="A tall baker bows."), said)
    assert [(each.code, each.severity) for each in report.findings] == [
        ("W_FIRST_NAME", Severity.INFO)
    ]


def test_without_a_pack_only_the_form_is_looked_at() -> None:
    page = Screenplay(elements=(HEADING, Action(text="She is devastated.")))
    assert check_screenplay(page, None).findings == ()
    stand_in = LanguagePack(code="fi", name="fi", known=False)
    assert check_screenplay(page, None, pack=stand_in).findings == ()


def test_an_age_is_a_warning_where_the_essay_gives_none_such() -> None:
    pack = language_pack("en")
    page = Screenplay(
        elements=(
            HEADING,
            Action(
                text="OTTO (50s, a burn on one arm) kneads. ADA (9) counts. He has a watch (19)."
            ),
        )
    )

    def told(text: str, **options: Any) -> list[str | None]:
        essay = essay_from_text(text)
        brief = SceneBrief(essay_id=essay.id, language="en")
        report = check_screenplay(page, brief, essay=essay, pack=pack, **options)
        return [each.evidence for each in report.findings if each.code == "W_AGE"]

    assert told("Otto is in his fifties, Ada is nine.") == []
    assert told("Otto, 50, and Ada, aged 9, bake.") == []
    assert told("Otto and Ada, who is nine, bake.") == ["(50s, a burn on one arm)"]
    assert told("Otto and Ada bake.", fidelity="free") == []
    assert told("Otto and Ada bake.", writer="person") == []
