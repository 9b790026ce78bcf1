"""What a model says that a page plays: kept where code can verify it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scriptgen.brief import LineKind
from scriptgen.catalog import language_pack
from scriptgen.essay import Essay
from scriptgen.parser import parse
from scriptgen.screenplay import Action, Dialogue, Heading, Screenplay, Speech
from scriptgen.tracing import (
    Annotation,
    Proposal,
    Proposed,
    Unproved,
    annotated,
    asked_about,
    proposals_in,
    restamped,
    trace_screenplay,
)

ESSAY = Essay(
    text="""\
In a bakery before dawn, Ines Moro kneads dough while the radio murmurs. Her father Abel counts \
coins into a tin. "We close on Friday," he says, and she drops the tray. She tells him that she \
has known it for a month.

At noon on the quay Ines sells the last loaf to a sailor in a torn jersey. She tears the ticket \
in half and laughs.
""",
    id="e",
    raw_sha256="0",
    source="bakery.txt",
    language="en",
)
PACK = language_pack("en")
BRIEF = parse(ESSAY, PACK)
PAGE = Screenplay(
    elements=(
        Heading(text="INT. BAKERY - DAWN"),
        Action(text="Ines kneads dough. A mouse watches from the flour sacks."),
        Dialogue(cue="ABEL", parts=(Speech(text="We close on Friday."),)),
        Dialogue(cue="INES", parts=(Speech(text="A month ago I saw the letter."),)),
        Action(text="The ticket comes apart between her fingers."),
    )
)
TRACE = trace_screenplay(PAGE, BRIEF, ESSAY, PACK)
KNEADS, MOUSE, LINE, ANSWER, SLIP = 2, 3, 4, 5, 6


def beat(words: str) -> str:
    return next(each.id for each in BRIEF.beats if words in each.text)


def line(kind: LineKind) -> str:
    return next(each.id for each in BRIEF.lines if each.kind is kind)


def said(*made: tuple[int, list[str]]) -> Annotation:
    proposals = [Proposal(piece=piece, sources=tuple(sources)) for piece, sources in made]
    return annotated(TRACE, proposals, PAGE, BRIEF, ESSAY, PACK)


def test_lines_and_headings_are_settled_and_the_rest_is_asked_about() -> None:
    asked = [piece.text for piece, ask in asked_about(PAGE, BRIEF, ESSAY, PACK) if ask]
    assert asked == [
        "Ines kneads dough.",
        "A mouse watches from the flour sacks.",
        "A month ago I saw the letter.",
        "The ticket comes apart between her fingers.",
    ]


def test_a_source_is_kept_that_shares_people_or_words_with_its_piece() -> None:
    found = said((SLIP, [beat("tears the ticket")]), (KNEADS, [beat("kneads dough")]))
    assert found.trace.pieces[SLIP - 1].sources == (beat("tears the ticket"),)
    assert not found.trace.pieces[SLIP - 1].invented
    assert (found.claims, found.taken) == (2, 2)


def test_a_source_is_dropped_that_shares_nothing_with_its_piece() -> None:
    found = said((MOUSE, [beat("counts")]))
    assert found.trace == TRACE
    assert found.dropped == {Unproved.NOT_BORNE_OUT: 1}


def test_a_speech_is_no_line_that_it_does_not_say() -> None:
    found = said((ANSWER, [line(LineKind.SPOKEN)]))
    assert found.trace == TRACE
    assert found.dropped == {Unproved.NOT_THE_LINE: 1}


def test_a_speech_stays_written_for_this_draft_whatever_it_plays() -> None:
    found = said((ANSWER, [line(LineKind.REPORTED)]))
    piece = found.trace.pieces[ANSWER - 1]
    assert piece.sources == (line(LineKind.REPORTED),)
    assert piece.invented


def test_what_is_called_invented_becomes_so_but_not_against_a_sure_source() -> None:
    assert TRACE.pieces[KNEADS - 1].sources
    found = said((KNEADS, []), (MOUSE, []))
    assert found.trace.pieces[KNEADS - 1] == TRACE.pieces[KNEADS - 1]
    assert found.trace.pieces[MOUSE - 1].invented
    assert found.dropped == {Unproved.SURE: 1}


def test_of_a_piece_named_twice_the_first_counts() -> None:
    found = said((MOUSE, []), (MOUSE, [beat("kneads dough")]))
    assert found.trace.pieces[MOUSE - 1].sources == ()
    assert found.dropped == {Unproved.UNKNOWN: 1}


@pytest.mark.parametrize(
    ("piece", "source"),
    [(0, "b01"), (99, "b01"), (-1, "b01"), (LINE, "d01"), (1, "b01"), (SLIP, "b99"), (SLIP, "p01")],
)
def test_a_piece_or_a_source_that_is_not_to_be_chosen_is_dropped(piece: int, source: str) -> None:
    found = said((piece, [source]))
    assert found.trace == TRACE
    assert found.dropped == {Unproved.UNKNOWN: 1}


def test_a_reply_is_read_entry_by_entry() -> None:
    proposed = Proposed(
        pieces=(
            {"piece": 2, "sources": [" b01 ", "b01", "d01"]},
            {"piece": True, "sources": []},
            {"piece": 3, "sources": "b01"},
            {"piece": 3, "sources": [4]},
            {"sources": []},
            "invented",
        )
    )
    first, *rest = proposals_in(proposed)
    assert first == Proposal(piece=2, sources=("b01", "d01"))
    assert rest == [None] * 5
    found = annotated(TRACE, rest, PAGE, BRIEF, ESSAY, PACK)
    assert found.dropped == {Unproved.UNKNOWN: 5}


def test_elements_lose_their_old_sources_for_the_new_ones() -> None:
    before = restamped(PAGE, TRACE)
    after = restamped(before, said((SLIP, [beat("tears the ticket")])).trace)
    assert after.elements[4].sources == (beat("tears the ticket"),)
    assert after.elements[:4] == before.elements[:4]


KNOWN = [
    *(each.id for each in BRIEF.beats),
    *(each.id for each in BRIEF.lines),
    *(each.id for each in BRIEF.places),
]
NAMES = [*KNOWN, "", "b77", "<b01>"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.none()
        | st.builds(
            Proposal,
            piece=st.integers(-2, 9),
            sources=st.lists(st.sampled_from(NAMES), max_size=4).map(tuple),
        ),
        max_size=8,
    )
)
def test_no_proposals_give_a_source_that_is_none_or_change_what_is_settled(
    proposals: list[Proposal | None],
) -> None:
    found = annotated(TRACE, proposals, PAGE, BRIEF, ESSAY, PACK)
    assert 0 <= found.taken <= found.claims
    assert len(found.trace.pieces) == len(TRACE.pieces)
    for number, (new, old) in enumerate(zip(found.trace.pieces, TRACE.pieces, strict=True), 1):
        assert (new.element, new.start, new.end) == (old.element, old.start, old.end)
        assert set(new.sources) <= set(KNOWN) | set(old.sources)
        if number in (1, LINE):
            assert new == old
