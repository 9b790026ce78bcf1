"""No page breaks a rule, and no word is lost: for screenplays made at random, and hostile ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fountain_strategies import screenplays
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from long_screenplays import long_screenplay
from page_rules import breaches, words_in, words_of

from scriptgen.fountain import printable
from scriptgen.layout import A4, LETTER, Paper, paginate

if TYPE_CHECKING:
    from scriptgen.screenplay import Screenplay

SMALL = Paper("small", 612.0, 792.0, 24, 60)


@pytest.mark.parametrize("paper", [LETTER, A4, SMALL], ids=lambda paper: paper.name)
@settings(max_examples=340, deadline=None)
@given(st.integers(0, 2**32))
def test_no_page_breaks_a_rule_and_no_word_is_lost(paper: Paper, number: int) -> None:
    screenplay = printable(long_screenplay(number))
    layout = paginate(screenplay, paper, notes=True)
    assert words_in(layout) == words_of(screenplay, notes=True)
    if paper is not SMALL:
        assert breaches(screenplay, layout) == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(screenplays())
def test_no_word_of_a_hostile_screenplay_is_lost(screenplay: Screenplay) -> None:
    screenplay = printable(screenplay)
    layout = paginate(screenplay, notes=True, numbers=True)
    shown = words_in(layout)
    for at, words in words_of(screenplay, notes=True).items():
        assert sorted(shown.get(at, "")) == sorted(words)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(screenplays())
def test_any_screenplay_is_laid_out_even_one_no_page_can_hold(screenplay: Screenplay) -> None:
    layout = paginate(screenplay, notes=True, numbers=True)
    assert [page.number for page in layout.pages] == list(range(1, len(layout.pages) + 1))
