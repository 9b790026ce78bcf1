"""A page in pieces becomes the same lines however it is cut, none wider than there is room."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from scriptgen.cli.columns import columns
from scriptgen.cli.page_flow import PageFlow

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGES = st.text(st.sampled_from("ab /*\n \t。「」干é\u0301.x"), max_size=80)


def flowed(pieces: Iterable[str], width: int) -> list[tuple[str, bool]]:
    flow = PageFlow(lambda: width)
    shown = [piece for text in pieces for piece in flow.more(text)]
    return [*shown, *flow.end()]


def text_of(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in pieces)


@given(PAGES, st.lists(st.integers(0, 80)), st.integers(8, 60))
@example("/* a */b", [1, 6], 20)
@example("1/2 and a/", [2], 20)
@example("\ta。。", [], 8)
@example("/*\n\ta。。", [], 8)
def test_any_cut_gives_the_same_lines(page: str, cuts: list[int], width: int) -> None:
    marks = sorted({0, len(page), *(min(cut, len(page)) for cut in cuts)})
    pieces = [page[a:b] for a, b in pairwise(marks)]
    whole = flowed([page], width)
    assert flowed(pieces, width) == whole
    assert all(columns(line) <= width for line in text_of(whole).splitlines())


@given(PAGES, st.integers(8, 60))
def test_nothing_but_blanks_and_margins_is_added_or_lost(page: str, width: int) -> None:
    shown = "".join(text_of(flowed([page], width)).replace("|", "").split())
    assert shown == "".join(page.split())


@given(PAGES)
def test_a_page_ends_at_the_end_of_a_line(page: str) -> None:
    shown = text_of(flowed([page], 30))
    assert not shown or shown.endswith("\n")


def test_a_word_is_shown_once_it_is_whole() -> None:
    flow = PageFlow(lambda: 30)
    assert text_of(flow.more("The lan")) == "The"
    assert text_of(flow.more("tern ")) == " lantern"
    assert text_of(flow.more("干草")) == " 干"


def test_a_boneyard_has_a_margin_and_is_marked_wherever_it_is_cut() -> None:
    pieces = flowed(["/", "*\nA plan\n\nof ", "it\n*", "/\nINT. BARN - DAY\n"], 12)
    assert text_of(pieces) == "| /*\n| A plan\n|\n| of it\n| */\nINT. BARN -\nDAY\n"
    assert "".join(text for text, aside in pieces if not aside) == "\nINT. BARN -\nDAY\n"


def test_a_mark_that_opens_and_closes_at_once_closes_nothing() -> None:
    pieces = flowed(["/*/ aside */ page"], 40)
    assert "".join(text for text, aside in pieces if aside) == "| /*/ aside */"


def test_no_line_of_wide_characters_begins_with_closing_punctuation() -> None:
    page = "玛拉站在窗前,手里提着一盏灯。铁楼梯在「脚步」下响着。"
    for width in range(6, 40):
        lines = text_of(flowed([page], width)).splitlines()
        assert all(columns(line) <= width for line in lines)
        assert not any(line[0] in ",。」" for line in lines)
        assert not any(line.endswith("「") for line in lines)


def test_the_width_is_asked_for_as_the_page_goes_on() -> None:
    widths = iter([40, 40, 10, 10, 10])
    flow = PageFlow(lambda: next(widths, 10))
    shown = text_of([*flow.more("one two three four five six"), *flow.end()])
    assert max(map(len, shown.splitlines()[1:])) <= 10


def test_what_follows_an_interruption_begins_a_line() -> None:
    flow = PageFlow(lambda: 20)
    assert text_of(flow.more("one two ")) == "one two"
    flow.interrupted()
    assert text_of(flow.more("three ")) == "three"
