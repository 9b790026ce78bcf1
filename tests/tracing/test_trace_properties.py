"""What holds of every trace, whatever page and essay are."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from scriptgen.catalog import language_pack
from scriptgen.essay import Essay
from scriptgen.parser import parse
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Element,
    Heading,
    Lyrics,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    Transition,
)
from scriptgen.tracing import said, source_spans, stamped, trace_screenplay
from scriptgen.tracing.alignment import align
from scriptgen.tracing.chances import Chance
from scriptgen.tracing.neighbours import Played
from scriptgen.tracing.weights import STEPS

if TYPE_CHECKING:
    from types import FrameType

    from scriptgen.trace import Trace

ESSAY = """\
In a bakery before dawn, Ines Moro kneads dough while the radio murmurs. Her father Abel counts \
coins into a tin. *We close on Friday,* he says, and she drops the tray.

At noon on the quay Ines sells the last loaf to a sailor in a torn jersey. He whispers a thing the \
gulls drown. What does she still owe? She tears the ticket in half and laughs.
"""
MOST = 2.6
CLOSE = 1e-9
SCRAPS = [*"aeinst .!?…\n\"'*_", "Ines", " tears the ticket", " dough", "他走了。", "é", ". She "]
texts = st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join)
parts = st.lists(st.builds(Speech, text=texts) | st.builds(Parenthetical, text=texts), max_size=3)
elements = st.one_of(
    st.builds(Heading, text=texts),
    st.builds(Action, text=texts),
    st.builds(Dialogue, cue=texts, parts=parts.map(tuple)),
    st.builds(Transition, text=texts),
    st.builds(Centered, text=texts),
    st.builds(Lyrics, text=texts),
    st.builds(Section, text=texts),
    st.builds(Note, text=texts),
    st.builds(PageBreak),
)
pages = st.lists(elements, max_size=8).map(lambda each: Screenplay(elements=tuple(each)))
PRINTING = (Heading, Action, Dialogue, Transition, Centered, Lyrics)


def essay_of(text: str, language: str = "en") -> Essay:
    return Essay(text=text, id="e", raw_sha256="0", source="bakery.txt", language=language)


def traced(page: Screenplay, essay: Essay) -> Trace:
    pack = language_pack(essay.language)
    return trace_screenplay(page, parse(essay, pack), essay, pack)


def shown(element: Element) -> str:
    if isinstance(element, Dialogue):
        return said(element)
    return "" if isinstance(element, PageBreak) else element.text


@given(pages, st.sampled_from(["en", "es", "zh"]))
@settings(max_examples=60, deadline=None)
def test_all_that_prints_is_in_one_piece_and_nothing_else_is(
    page: Screenplay, language: str
) -> None:
    trace = traced(page, essay_of(ESSAY, language))
    seen: dict[int, str] = {}
    last = (-1, 0)
    for piece in trace.pieces:
        element = page.elements[piece.element]
        assert isinstance(element, PRINTING)
        assert 0 <= piece.start <= piece.end <= len(shown(element))
        assert (piece.element, piece.start) >= last
        last = (piece.element, piece.end)
        seen[piece.element] = seen.get(piece.element, "") + shown(element)[piece.start : piece.end]
    for index, element in enumerate(page.elements):
        if isinstance(element, PRINTING):
            assert "".join(seen.get(index, "").split()) == "".join(shown(element).split())


@given(pages)
@settings(max_examples=60, deadline=None)
def test_sources_stand_in_the_essay_in_its_order_and_nothing_lacks_source_and_mark(
    page: Screenplay,
) -> None:
    essay = essay_of(ESSAY)
    pack = language_pack("en")
    brief = parse(essay, pack)
    spans = source_spans(brief, essay)
    trace = trace_screenplay(page, brief, essay, pack)
    for piece in trace.pieces:
        starts = [spans[source][0].start for source in piece.sources]
        assert starts == sorted(starts)
        assert piece.sources or piece.invented
    assert trace == trace_screenplay(page, brief, essay, pack)
    for element in stamped(page, trace).elements:
        if isinstance(element, PRINTING) and shown(element).strip():
            assert element.sources or element.invented


def test_each_range_of_a_source_is_what_the_essay_says_there() -> None:
    essay = essay_of(ESSAY)
    spans = source_spans(parse(essay, language_pack("en")), essay)
    assert all(essay.text[s.start : s.end] == s.text for found in spans.values() for s in found)


def test_a_page_in_the_order_of_the_essay_is_traced_in_it() -> None:
    sentences = [
        "Ines kneads dough.",
        "Abel counts coins into a tin.",
        "She drops the tray.",
        "Ines sells a loaf to a sailor in a torn jersey.",
        "She tears the ticket in half.",
    ]
    page = Screenplay(elements=tuple(Action(text=text) for text in sentences))
    essay = essay_of(ESSAY)
    spans = source_spans(parse(essay, language_pack("en")), essay)
    starts = [spans[piece.sources[0]][0].start for piece in traced(page, essay).pieces]
    assert starts == sorted(set(starts))


def test_a_gesture_that_the_essay_tells_twice_is_traced_to_the_telling_that_is_its_turn() -> None:
    odds = [{0: 2.0}, {1: 2.0, 4: 2.0}, {2: 2.0}, {3: 2.0}, {1: 2.0, 4: 2.0}]
    assert align(odds, STEPS) == [0, 1, 2, 3, 4]


def test_what_speaks_against_every_moment_plays_none() -> None:
    assert align([{3: -1.0}, {}, {2: 3.0}], STEPS) == [None, None, 2]


@given(
    st.lists(st.dictionaries(st.integers(0, 20), st.floats(0.0, 1.0), max_size=6), max_size=6),
    st.integers(0, 20),
)
def test_what_pieces_play_stands_below_a_moment_at_it_or_above_it(
    rows: list[dict[int, float]], number: int
) -> None:
    played = Played([{at: Chance(x, x) for at, x in row.items()} for row in rows])
    there = sum(row.get(number, 0.0) for row in rows)
    whole = sum(value for row in rows for value in row.values())
    assert abs(played.below(number) + there + played.above(number) - whole) < CLOSE


def calls(page: Screenplay, essay: Essay) -> int:
    pack = language_pack("en")
    brief = parse(essay, pack)
    trace_screenplay(page, brief, essay, pack)
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        trace_screenplay(page, brief, essay, pack)
    finally:
        sys.setprofile(None)
    return count


def made_up(size: int) -> tuple[Screenplay, Essay]:
    """An essay and a page of so many sentences, of the same words in another order."""
    choice = random.Random(size)  # noqa: S311 - the same texts each time
    who = ["Ines", "Abel", "A sailor", "The baker", "A widow"]
    does = ["lifts", "drops", "carries", "burns", "folds", "hides", "paints", "breaks"]
    ends = ("an", "or", "elle", "ick", "oom")
    what = [a + b + c for a in "bdfgklmnprst" for b in ends for c in ("", "et", "ling", "wood")]

    def sentence() -> str:
        first, second = choice.choice(what), choice.choice(what)
        return f"{choice.choice(who)} {choice.choice(does)} the {first} and the {second}."

    text = "\n\n".join(" ".join(sentence() for _ in range(5)) for _ in range(size // 5))
    page = Screenplay(elements=tuple(Action(text=sentence()) for _ in range(size)))
    return page, essay_of(text)


def test_twice_the_page_and_twice_the_essay_are_about_twice_the_work() -> None:
    single, double = calls(*made_up(300)), calls(*made_up(600))
    assert double <= MOST * single
