"""The rules about what happens: first what must not fire, then what must."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.brief import Beat, Certainty, SceneBrief
from scriptgen.catalog import language_pack
from scriptgen.checks import check_screenplay
from scriptgen.checks.copying import Wording, stretches
from scriptgen.checks.moment_order import displaced
from scriptgen.checks.moments import has_deed
from scriptgen.checks.subject import words
from scriptgen.drafting import parse_essay
from scriptgen.fountain import read_fountain
from scriptgen.reader.essays import essay_from_text
from scriptgen.report import Finding, Report, Severity
from scriptgen.screenplay import Heading, Screenplay
from scriptgen.trace import Trace, Traced
from scriptgen.tracing import trace_screenplay
from scriptgen.values import Span
from scriptgen.wording import runs

if TYPE_CHECKING:
    from scriptgen.essay import Essay

ESSAY = """The fourth hour of “Salt Lane” opens at dawn in a bakery kitchen. Marta kneads a grey \
loaf at the long table while her brother Pavel sleeps on a sack of flour. She wraps the loaf in a \
red scarf and hides it under the loose floorboard. “Nobody eats before the bell,” she says. I have \
rarely seen such patience rewarded by a script this careless, and you will not either.

At night, in the harbour office, the clerk Dorn counts brass coins into a cigar box. Pavel climbs \
through the window, drops his lantern and steals the box. Dorn fires a flare through the skylight. \
A dog barks in the yard. Who warned Dorn about the window?

The next morning Marta finds the red scarf on the pier. She cuts it in two with a fish knife and \
throws one half to the gulls. We are told that their father gambled the bakery away.
"""

PAGE = """INT. BAKERY KITCHEN - DAWN

MARTA leans on the heel of her hand and works a grey loaf on the long table.

On a sack of flour in the corner, PAVEL sleeps.

She winds a red scarf around the loaf, lifts a loose floorboard and lays it in the dark below.

MARTA
Nobody eats before the bell.

INT. HARBOUR OFFICE - NIGHT

DORN counts coins of brass into a cigar box, one by one.

Pavel comes in through the window. His lantern falls. He grabs the box and runs.

Dorn raises a pistol to the skylight. A flare goes up. In the yard a dog barks.

EXT. PIER - MORNING

A red scarf on the planks. Marta finds it.

Her fish knife cuts it in two. One half goes to the gulls.

PAVEL
Father lost it at cards. The whole bakery.
"""

TOLD = "their father gambled the bakery away"


def essay() -> Essay:
    return essay_from_text(ESSAY, source="salt_lane.txt", language="en")


def with_told(brief: SceneBrief) -> SceneBrief:
    start = ESSAY.index(TOLD)
    beat = Beat(
        id="b90",
        text=TOLD,
        span=Span.cut(ESSAY, start, start + len(TOLD)),
        certainty=Certainty.REPORTED,
    )
    return brief.model_copy(update={"beats": (*brief.beats, beat)})


def checked(page: str | Screenplay, **options: object) -> Report:
    screenplay = read_fountain(page) if isinstance(page, str) else page
    told, pack = essay(), language_pack("en")
    brief = with_told(parse_essay(told))
    trace = trace_screenplay(screenplay, brief, told, pack)
    return check_screenplay(
        screenplay,
        brief,
        essay=told,
        pack=pack,
        trace=trace,
        **options,  # type: ignore[arg-type]
    )


def of(report: Report, code: str) -> list[Finding]:
    return [each for each in report.findings if each.code == code]


STORY = {
    "W_EVENT_NEW",
    "W_OTHER_PLACE",
    "W_OTHER_TIME",
    "W_LEAKED",
    "W_LENGTH",
    "W_MOMENT_MISSING",
    "W_MOMENT_ORDER",
    "W_PASTED",
    "W_QUESTION_ANSWERED",
    "W_TOLD_LOST",
}


@pytest.mark.parametrize("fidelity", ["strict", "balanced", "free"])
def test_a_page_that_plays_its_essay_in_its_own_words_raises_nothing(fidelity: str) -> None:
    report = checked(PAGE, fidelity=fidelity, pages=1)
    assert [each for each in report.findings if each.code in STORY] == []


def test_its_figures_tell_what_is_played_beside_what_is_copied() -> None:
    figures = checked(PAGE).figures
    assert figures["moments_played"] == figures["moments"]
    assert figures["moments_in_order"] == 1.0
    assert figures["copied"] < 0.1
    assert figures["leaked"] == 0.0
    assert figures["elements_unmarked"] == 0
    assert 0.3 <= figures["pages"] <= 1.0


def test_a_moment_that_no_piece_plays_is_missing() -> None:
    page = PAGE.replace("Her fish knife cuts it in two. One half goes to the gulls.\n\n", "")
    missing = of(checked(page), "W_MOMENT_MISSING")
    assert ["fish knife" in (each.evidence or "") for each in missing] == [True]


def test_a_heading_that_tells_of_a_place_plays_no_moment() -> None:
    lost = "Her fish knife cuts it in two. One half goes to the gulls.\n\n"
    page = read_fountain(PAGE.replace(lost, ""))
    told, pack = essay(), language_pack("en")
    brief = parse_essay(told)
    trace = trace_screenplay(page, brief, told, pack)
    beats = tuple(beat.id for beat in brief.beats)
    boast = tuple(
        piece.model_copy(update={"sources": beats})
        if isinstance(page.elements[piece.element], Heading)
        else piece
        for piece in trace.pieces
    )
    played = [
        check_screenplay(page, brief, essay=told, pack=pack, trace=each).figures["moments_played"]
        for each in (trace, trace.model_copy(update={"pieces": boast}))
    ]
    assert played[0] == played[1]


def test_a_moment_is_sought_in_the_right_place() -> None:
    page = PAGE.replace("Her fish knife cuts it in two. One half goes to the gulls.\n\n", "")
    (missing,) = of(checked(page), "W_MOMENT_MISSING")
    assert missing.element is not None
    assert missing.element >= len(read_fountain(page).elements) - 3


@pytest.mark.parametrize(
    ("told", "event"),
    [
        ("She cuts the rope", True),
        ("They carried it home", True),
        ("every word dipped in honey", False),
        ("a mast painted with tar", False),
    ],
)
def test_what_is_done_to_something_is_no_event(told: str, *, event: bool) -> None:
    pack = language_pack("en")
    assert has_deed(told.lower().split(), frozenset(), pack, led=False) is event


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Ada brings the marble clock and an iron hammer", 1),
        ("A cold moon over the marble clock and an iron hammer", 0),
    ],
)
def test_what_only_describes_is_not_missed(text: str, times: int) -> None:
    told, pack = essay_from_text(text, source="clock.txt", language="en"), language_pack("en")
    beat = Beat(id="b01", text=text, span=Span.cut(text, 0, len(text)), subject="c01")
    brief = SceneBrief(essay_id=told.id, language="en", beats=(beat,))
    page = read_fountain(PAGE)
    trace = Trace(
        pieces=tuple(
            Traced(element=at, start=0, end=1, invented=True) for at in range(len(page.elements))
        )
    )
    report = check_screenplay(page, brief, essay=told, pack=pack, trace=trace)
    assert len(of(report, "W_MOMENT_MISSING")) == times


def test_what_is_only_told_may_not_vanish() -> None:
    page = PAGE.partition("\nPAVEL\nFather")[0]
    (lost,) = of(checked(page), "W_TOLD_LOST")
    assert "gambled" in (lost.evidence or "")


def test_events_out_of_their_order_are_named() -> None:
    kitchen, _, rest = PAGE.partition("\nINT. HARBOUR")
    office, _, pier = rest.partition("EXT. PIER")
    page = f"INT. HARBOUR{office}{kitchen}\nEXT. PIER{pier}"
    report = checked(page)
    (found,) = of(report, "W_MOMENT_ORDER")
    assert found.count > 1
    assert report.figures["moments_in_order"] < 1.0


INVADED = PAGE.replace(
    "A red scarf on the planks.",
    "A policeman handcuffs the bishop beside a burning tractor and shoots his parrot.\n\n"
    "A red scarf on the planks.",
)


@pytest.mark.parametrize(
    ("fidelity", "severity"), [("strict", Severity.ERROR), ("balanced", Severity.WARNING)]
)
def test_an_event_far_from_the_essay_is_new(fidelity: str, severity: Severity) -> None:
    (new,) = of(checked(INVADED, fidelity=fidelity), "W_EVENT_NEW")
    assert new.severity is severity
    assert "tractor" in (new.evidence or "")


def test_who_speaks_on_the_page_makes_no_event_of_what_he_does() -> None:
    page = "\nA BISHOP opens a tin of paint.\n\nBISHOP\nSo.\n\nThe bishop, a bishop, paints.\n"
    assert of(checked(PAGE + page), "W_EVENT_NEW") == []


@pytest.mark.parametrize("cue", ["POLICEMAN ON THE TRACTOR", "THE WIDOW", "FIRST BURNING MAN"])
def test_a_cue_bears_out_nothing_but_its_people(cue: str) -> None:
    (new,) = of(checked(f"{INVADED}\n{cue}\nSo.\n"), "W_EVENT_NEW")
    assert "tractor" in (new.evidence or "")


def test_what_a_cue_opens_with_is_nobody_who_does_something() -> None:
    listed = "\nA parachute, a submarine, the rings of a guillotine.\n"
    assert of(checked(f"{PAGE}\nTHE WIDOW\nSo.\n{listed}"), "W_EVENT_NEW") == []


def test_a_free_draft_may_invent_and_an_invention_is_counted() -> None:
    report = checked(INVADED, fidelity="free")
    assert of(report, "W_EVENT_NEW") == []
    assert report.figures["invented_actions"] >= 1


@pytest.mark.parametrize(
    ("given", "written", "code"),
    [
        ("INT. HARBOUR OFFICE - NIGHT", "INT. HARBOUR OFFICE - DAY", "W_OTHER_TIME"),
        ("INT. BAKERY KITCHEN - DAWN", "EXT. BAKERY KITCHEN - DAWN", "W_OTHER_PLACE"),
        ("INT. HARBOUR OFFICE - NIGHT", "INT. SPACESHIP - NIGHT", "W_OTHER_PLACE"),
    ],
)
def test_a_heading_against_the_essay_is_named(given: str, written: str, code: str) -> None:
    (found,) = of(checked(PAGE.replace(given, written)), code)
    assert found.evidence == written


@pytest.mark.parametrize(
    "heading",
    ["INT. BAKERY, KITCHEN - EARLY MORNING", "INT./EXT. BAKERY KITCHEN - DAWN", "INT. BAKERY"],
)
def test_a_heading_in_other_words_is_none(heading: str) -> None:
    report = checked(PAGE.replace("INT. BAKERY KITCHEN - DAWN", heading))
    assert of(report, "W_OTHER_TIME") == of(report, "W_OTHER_PLACE") == []


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("My brother warned Dorn about the window.", 1),
        ("Who warned Dorn about the window?", 0),
        ("Perhaps Marta warned Dorn about the window.", 0),
        ("The window is loose. Mind the glass.", 0),
        ("They warned Dorn about the window.", 0),
    ],
)
def test_an_open_question_stays_open(said: str, times: int) -> None:
    assert len(of(checked(f"{PAGE}\nMARTA\n{said}\n"), "W_QUESTION_ANSWERED")) == times


PASTED = (
    "Pavel climbs through the window, drops his lantern and steals the box. Dorn fires a flare."
)


def test_a_sentence_of_the_essay_is_pasted_unless_the_draft_is_made_of_them() -> None:
    page = PAGE.replace("Pavel comes in through the window.", PASTED)
    (found,) = of(checked(page), "W_PASTED")
    assert (found.evidence or "").startswith("pavel climbs through")
    assert of(checked(page, writer="offline"), "W_PASTED") == []
    assert checked(page).figures["copied"] > checked(PAGE).figures["copied"]


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("She wraps the loaf in a red scarf.", Severity.INFO),
        ("PAVEL, at last, sleeps on a sack of flour, drops his lantern.", None),
        ("The clerk DORN counts brass coins, one by one, into a cigar box.", Severity.INFO),
        ("Dorn fires a flare.", None),
        ("A dog barks in the yard of the office, then two.", None),
        ("In the harbour there is a clerk, and he counts what is in the box.", None),
    ],
)
def test_a_sentence_that_is_nearly_the_essays_is_a_copy(
    sentence: str, severity: Severity | None
) -> None:
    found = of(checked(f"{PAGE}\n{sentence}\n"), "W_PASTED")
    assert [each.severity for each in found] == ([severity] if severity else [])
    assert all("page nearly as it is" in each.message for each in found)


def test_a_copied_sentence_is_whole_though_its_first_words_stand_in_many_places() -> None:
    last = "One of the lamps above the harbour flickers twice and goes out."
    told = essay_from_text("He saw one of the boats. " * 25 + last, source="t", language="en")
    said = words(last)
    assert Wording(told, parse_essay(told)).held(said) == len(said)


def test_a_spoken_line_told_in_the_action_is_no_copy() -> None:
    said = "Nobody eats before the bell, nobody eats before the bell."
    assert of(checked(f"{PAGE}\n{said}\n"), "W_PASTED") == []


def test_spoken_lines_are_not_pasted() -> None:
    assert checked("INT. KITCHEN - DAWN\n\nMARTA\nNobody eats before the bell.\n").figures[
        "copied"
    ] == pytest.approx(0.0)


def test_the_critics_words_leak() -> None:
    talk = "I have rarely seen such patience rewarded by a script this careless."
    report = checked(f"{PAGE}\n{talk}\n")
    (found,) = of(report, "W_LEAKED")
    assert (found.evidence or "").startswith("i have rarely seen")
    assert report.figures["leaked"] > 0


@pytest.mark.parametrize(
    "talk",
    [
        "Such patience rewarded by a script, they knead on.",
        "A grey loaf, as if it had insulted her.",
        "You will not either.",
    ],
)
def test_what_may_be_filmed_of_a_critics_sentence_is_no_leak(talk: str) -> None:
    assert of(checked(f"{PAGE}\n{talk}\n"), "W_LEAKED") == []


@pytest.mark.parametrize(("asked", "times"), [(None, 0), (1, 0), (8, 1)])
def test_the_length_is_about_what_was_asked_for(asked: int | None, times: int) -> None:
    assert len(of(checked(PAGE, pages=asked), "W_LENGTH")) == times


def test_without_a_trace_or_an_essay_there_is_nothing_to_say() -> None:
    page = read_fountain(PAGE)
    brief = parse_essay(essay())
    report = check_screenplay(page, brief)
    assert [each for each in report.findings if each.code in STORY] == []
    assert "moments" not in report.figures
    assert "copied" not in report.figures
    empty = SceneBrief(essay_id="0" * 64, language="en")
    assert check_screenplay(Screenplay(elements=(Heading(text="INT. ROOM"),)), empty)


@given(st.lists(st.integers(0, 30), unique=True, max_size=12))
def test_what_is_not_displaced_rises_and_nothing_that_rises_is_displaced(places: list[int]) -> None:
    out = displaced(places)
    kept = [place for at, place in enumerate(places) if at not in out]
    assert kept == sorted(kept)
    if places == sorted(places):
        assert out == []
    if len(places) > 1 and places == sorted(places, reverse=True):
        assert len(kept) == 1


@given(
    st.lists(st.sampled_from("abc"), max_size=14),
    st.lists(st.sampled_from("abc"), max_size=14),
    st.integers(1, 4),
)
def test_stretches_hold_all_known_runs_and_no_others(
    said: list[str], other: list[str], length: int
) -> None:
    known = set(runs(other, length))
    covered = set()
    for start, end in stretches(said, known, length):
        assert end - start >= length
        covered |= set(range(start, end - length + 1))
    assert covered == {at for at, run in enumerate(runs(said, length)) if run in known}


def test_a_long_sentence_of_an_essay_that_says_one_thing_over_and_over_is_found_once() -> None:
    said = "the man walks to the door and " * 300
    told = essay_from_text(f"A review. {said}he stops.", source="door.txt", language="en")
    wording = Wording(told, parse_essay(told))
    assert wording.held(words("He sees the man walks to the door and the man walks to it")) == 11
    assert wording.held(words(said)) == 2100
