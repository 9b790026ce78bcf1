"""Spoken lines put right in the speech where they stand: first what must stay as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.brief import Character, Line, LineKind, SceneBrief, Status
from scriptgen.screenplay import (
    Action,
    Dialogue,
    Element,
    Heading,
    Lyrics,
    Parenthetical,
    Screenplay,
    Speech,
)
from scriptgen.spoken import matches
from scriptgen.values import Span
from scriptgen.verbatim import lines_kept, put_right
from scriptgen.wording import words

if TYPE_CHECKING:
    from scriptgen.verbatim import Righted

ESSAY = (
    "\u201cWho moved the ladder?\u201d Petra asks. \u201cNot me. It was there at noon,\u201d says "
    "Anselm. \u201cThen carry it back,\u201d she says, \u201cwhile it\u2019s light.\u201d "
    "\u201cNo,\u201d Anselm says. \u201cThe roof can wait for me.\u201d Her face says, "
    "\u201cPlease come down.\u201d"
)
TEXTS = (
    ("Who moved the ladder?", "c01", True),
    ("Not me. It was there at noon,", "c02", True),
    ("Then carry it back,", "c01", False),
    ("while it\u2019s light.", "c01", False),
    ("No,", "c02", True),
    ("The roof can wait for me.", "c02", False),
)


def _lines() -> tuple[Line, ...]:
    found = []
    for number, (text, speaker, tagged) in enumerate(TEXTS, 1):
        start = ESSAY.index(text)
        found.append(
            Line(
                id=f"d{number:02}",
                text=text,
                kind=LineKind.SPOKEN,
                span=Span.cut(ESSAY, start, start + len(text)),
                speaker=speaker,
                tagged=tagged,
            )
        )
    return tuple(found)


BRIEF = SceneBrief(
    essay_id="0" * 64,
    language="en",
    characters=(
        Character(id="c01", name="Petra", cue="PETRA", status=Status.GIVEN),
        Character(id="c02", name="Anselm Rook", cue="ANSELM", status=Status.GIVEN),
    ),
    lines=_lines(),
)
YARD = Heading(text="EXT. YARD - DAY")
STEPS = Action(text="She steps over a bucket.")


def speech(cue: str, *texts: str) -> Dialogue:
    """A speech; texts in parentheses are parentheticals."""
    return Dialogue(
        cue=cue,
        parts=tuple(
            Parenthetical(text=text[1:-1]) if text.startswith("(") else Speech(text=text)
            for text in texts
        ),
    )


ASKS = speech("PETRA", "Who moved the ladder?")
DENIES = speech("ANSELM", "Not me. It was there at noon.")
ORDERS = speech("PETRA", "Then carry it back, while it's light.")
REFUSES = speech("ANSELM", "No. The roof can wait for me.")
RIGHT = (YARD, ASKS, DENIES, STEPS, ORDERS, REFUSES)


def righted(*elements: Element) -> tuple[tuple[Element, ...], tuple[Righted, ...]]:
    page, changes = put_right(Screenplay(elements=elements), BRIEF, ESSAY)
    return page.elements, changes


def with_(old: Element, *new: Element) -> tuple[Element, ...]:
    return tuple(each for one in RIGHT for each in (new if one is old else (one,)))


def texts(element: Element) -> list[str]:
    return [part.text for part in element.parts] if isinstance(element, Dialogue) else []


def test_a_page_with_all_lines_right_stays_the_same_value() -> None:
    page = Screenplay(elements=RIGHT)
    same, changes = put_right(page, BRIEF, ESSAY)
    assert same is page
    assert changes == ()
    assert lines_kept(page, BRIEF, ESSAY) == len(TEXTS)


@pytest.mark.parametrize(
    "elements",
    [
        with_(ASKS, speech("PETRA", "Have you eaten?")),
        with_(ASKS, speech("PETRA", "I never liked that wall.")),
        with_(REFUSES, speech("ANSELM", "No."), STEPS, speech("ANSELM", "I said no.")),
        with_(ORDERS, speech("PETRA", "Come down, please.")),
    ],
)
def test_a_speech_that_merely_resembles_stays(elements: tuple[Element, ...]) -> None:
    assert righted(*elements) == (elements, ())


def test_of_two_speeches_that_might_be_the_line_neither_is_touched() -> None:
    elements = with_(
        ASKS, speech("PETRA", "Who took the ladder?"), STEPS, speech("PETRA", "Who has the ladder?")
    )
    assert righted(*elements) == (elements, ())


def test_what_is_put_right_already_elsewhere_is_left_alone() -> None:
    elements = (*RIGHT, YARD, speech("PETRA", "Who moves the ladder?"))
    assert righted(*elements) == (elements, ())


def test_split_over_action_and_a_parenthetical_a_line_is_kept() -> None:
    elements = with_(
        ORDERS, speech("PETRA", "Then", "(low)", "carry it back,"), STEPS, speech("PETRA", "while")
    )
    elements = (*elements[:-1], speech("PETRA", "it's light."), REFUSES)
    assert righted(*elements) == (elements, ())


@pytest.mark.parametrize(
    ("old", "strayed", "after"),
    [
        (ASKS, "Who has moved the ladder?", "Who moved the ladder?"),
        (ASKS, "Who moved that ladder, Anselm?", "Who moved the ladder, Anselm?"),
        (ASKS, "Tell me. Who moved our ladder? Well?", "Tell me. Who moved the ladder? Well?"),
        (ASKS, "So, who moved ladder?", "So, who moved the ladder?"),
        (ASKS, "Who *moved* a ladder?", "Who moved the ladder?"),
        (DENIES, "Not me. It was here at noon!", "Not me. It was there at noon."),
        (DENIES, "Not me, it had been there at noon", "Not me. It was there at noon."),
        (
            ORDERS,
            "Then carry it back while there's light.",
            "Then carry it back while it\u2019s light.",
        ),
        (
            ORDERS,
            "Then you carry it back, while it's light.",
            "Then carry it back, while it's light.",
        ),
        (REFUSES, "No. The roof can wait.", "No. The roof can wait for me."),
    ],
)
def test_a_line_that_strayed_gets_the_essays_words(old: Element, strayed: str, after: str) -> None:
    cue = old.cue if isinstance(old, Dialogue) else ""
    elements, changes = righted(*with_(old, speech(cue, strayed)))
    assert texts(elements[RIGHT.index(old)]) == [after]
    assert [each.element for each in changes] == [RIGHT.index(old)]
    assert matches(Screenplay(elements=elements), BRIEF, ESSAY).kept() == {
        line.id for line in BRIEF.lines
    }


def test_a_strayed_line_keeps_its_parentheticals_and_the_action_that_parts_it() -> None:
    first = speech("PETRA", "(low)", "Then please carry it back,", "(louder)", "while")
    elements, changes = righted(*with_(ORDERS, first, STEPS, speech("PETRA", "it is light.")))
    assert texts(elements[4]) == ["low", "Then carry it back,", "louder", "while"]
    assert texts(elements[6]) == ["it\u2019s light."]
    assert elements[5] == STEPS
    assert [line for each in changes for line in each.lines] == ["d03", "d04"]


def test_a_sung_line_outside_a_speech_is_put_right_too() -> None:
    elements, _ = righted(*with_(ASKS, Lyrics(text="Who moved that old ladder?")))
    assert elements[1] == Lyrics(text="Who moved the ladder?")


def test_a_line_in_a_wrong_mouth_goes_back_to_the_one_whom_the_essay_names() -> None:
    elements, changes = righted(*with_(ASKS, speech("ANSELM", "Who moved the ladder?"), STEPS))
    assert elements[1] == ASKS
    assert [(each.lines, each.before, each.after, each.moved) for each in changes] == [
        (("d01",), "ANSELM", "PETRA", True)
    ]


@pytest.mark.parametrize(
    "elements",
    [
        pytest.param(with_(ASKS, speech("ANSELM", "Who moved the ladder? Hm?")), id="more is said"),
        pytest.param(
            (YARD, speech("PETRA", "Well."), speech("ANSELM", "Who moved the ladder?"), *RIGHT[2:]),
            id="the cue would stand twice in a row",
        ),
        pytest.param(
            with_(ASKS, speech("A VOICE", "Who moved the ladder?")), id="it may be the speaker"
        ),
        pytest.param(
            with_(REFUSES, speech("ANSELM", "No."), speech("PETRA", "The roof can wait for me.")),
            id="no name beside it",
        ),
    ],
)
def test_a_line_stays_where_moving_it_is_not_safe(elements: tuple[Element, ...]) -> None:
    assert righted(*elements) == (elements, ())


SAYINGS = st.sampled_from(
    [text for text, _, _ in TEXTS]
    + [
        "Who moves the ladder",
        "Then carry it, while it is light!",
        "*No*. The roof can wait",
        "Not me. It was here. At noon?",
        "Come down.",
        "Well, who moved the ladders, then",
    ]
)
PARTS = st.lists(
    st.one_of(SAYINGS.map(lambda text: Speech(text=text)), st.just(Parenthetical(text="low"))),
    min_size=1,
    max_size=3,
).map(tuple)
PAGES = st.lists(
    st.one_of(
        st.builds(Dialogue, cue=st.sampled_from(["PETRA", "ANSELM", "A VOICE"]), parts=PARTS),
        st.just(STEPS),
        st.just(YARD),
    ),
    max_size=8,
).map(lambda elements: Screenplay(elements=tuple(elements)))


@given(PAGES)
def test_putting_right_twice_changes_nothing_more_and_loses_no_line(page: Screenplay) -> None:
    once, _ = put_right(page, BRIEF, ESSAY)
    assert put_right(once, BRIEF, ESSAY) == (once, ())
    before = matches(page, BRIEF, ESSAY).kept()
    assert before <= matches(once, BRIEF, ESSAY).kept()


@given(PAGES)
def test_nothing_outside_of_speeches_changes(page: Screenplay) -> None:
    once, changes = put_right(page, BRIEF, ESSAY)
    touched = {
        index
        for index, (one, other) in enumerate(zip(page.elements, once.elements, strict=True))
        if one != other
    }
    assert all(isinstance(page.elements[index], Dialogue) for index in touched)
    assert bool(touched) == bool(changes)
    for index in touched:
        one, other = page.elements[index], once.elements[index]
        if isinstance(one, Dialogue) and isinstance(other, Dialogue):
            kinds = [part.type for part in one.parts]
            assert [part.type for part in other.parts] == kinds
            assert all(words(part.text) for part in other.parts)
