from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from scriptgen.exports.segments import segments


@dataclass(frozen=True)
class Piece:
    start: int
    end: int


TEXTS = st.text(max_size=60)
PIECES = st.lists(st.builds(Piece, st.integers(-5, 70), st.integers(-5, 70)), max_size=25)
CUTS = st.lists(st.integers(-5, 70), max_size=8)


def test_a_name_in_a_line_in_a_beat_is_under_all_three() -> None:
    beat, line, name = Piece(0, 20), Piece(5, 15), Piece(8, 10)
    assert [(s.start, s.end, s.over) for s in segments(22, [beat, line, name])] == [
        (0, 5, (beat,)),
        (5, 8, (beat, line)),
        (8, 10, (beat, line, name)),
        (10, 15, (beat, line)),
        (15, 20, (beat,)),
        (20, 22, ()),
    ]


def test_ranges_that_overlap_without_nesting_share_the_middle() -> None:
    one, two = Piece(0, 4), Piece(2, 6)
    assert [s.over for s in segments(6, [one, two])] == [(one,), (one, two), (two,)]


@given(TEXTS, PIECES, CUTS)
def test_the_segments_together_are_the_text(
    text: str, pieces: list[Piece], cuts: list[int]
) -> None:
    found = segments(len(text), pieces, cuts)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert all(s.start < s.end for s in found)


@given(TEXTS, PIECES, CUTS)
def test_each_character_is_under_just_the_ranges_that_hold_it(
    text: str, pieces: list[Piece], cuts: list[int]
) -> None:
    for segment in segments(len(text), pieces, cuts):
        for at in range(segment.start, segment.end):
            holding = [one for one in pieces if one.start <= at < one.end]
            assert list(segment.over) == holding


@given(TEXTS, PIECES, CUTS)
def test_no_segment_crosses_a_cut(text: str, pieces: list[Piece], cuts: list[int]) -> None:
    for segment in segments(len(text), pieces, cuts):
        assert not any(segment.start < cut < segment.end for cut in cuts)
