"""Speeches side by side, and speeches that no page holds, at the end of a page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_rules import breaches, words_in, words_of

from scriptgen.layout import A4, LETTER, Paper, paginate
from scriptgen.screenplay import Action, Dialogue, Heading, Parenthetical, Screenplay, Speech


def said(cue: str, count: int, *, directed: bool = False, dual: bool = False) -> Dialogue:
    """A speech of ``count`` lines, each a sentence."""
    speech = Speech(text="\n".join(f"Line {at}." for at in range(count)))
    direction = (Parenthetical(text="quiet"),) if directed else ()
    return Dialogue(cue=cue, parts=(speech, *direction), dual=dual)


def pairs() -> st.SearchStrategy[tuple[Dialogue, Dialogue]]:
    count, flag = st.one_of(st.integers(1, 5), st.integers(40, 53)), st.booleans()
    return st.tuples(
        st.builds(lambda lines, end: said("ANN", lines, directed=end), count, flag),
        st.builds(lambda lines, end: said("BOB", lines, directed=end, dual=True), count, flag),
    )


@pytest.mark.parametrize("paper", [LETTER, A4], ids=lambda paper: paper.name)
@settings(max_examples=300, deadline=None)
@given(st.lists(pairs(), min_size=2, max_size=4))
def test_no_page_ends_on_a_cue_or_a_direction_of_a_pair(
    paper: Paper, made: list[tuple[Dialogue, Dialogue]]
) -> None:
    elements = [each for pair in made for each in pair]
    end = Action(text="Rain.")
    screenplay = Screenplay(elements=(Heading(text="INT. A - DAY"), *elements, end))
    layout = paginate(screenplay, paper)
    # A pair beside one of a page's length may have to leave a single line.
    found = breaches(screenplay, layout)
    assert [breach for breach in found if "parts off a single line" not in breach] == []
    assert words_in(layout) == words_of(screenplay)


def test_a_long_pair_that_ends_on_a_direction_is_torn_before_a_short_pair() -> None:
    elements = (
        Heading(text="INT. A - DAY"),
        said("ANN", 49, directed=True),
        said("BOB", 1, dual=True),
        said("ANN", 1),
        said("BOB", 1, dual=True),
    )
    first, second = paginate(Screenplay(elements=elements)).pages
    assert (first.rows[-1].text, second.rows[0].text) == ("(MORE)", "ANN (CONT'D)")
    assert [row.text for row in second.rows[-4:]] == ["ANN", "BOB", "Line 0.", "Line 0."]


@pytest.mark.parametrize("part", ["cue", "direction"])
def test_a_cue_or_direction_longer_than_a_page_is_torn_above_more(part: str) -> None:
    long = "a direction here and so on " * 150
    cue = long.upper() if part == "cue" else "ANN"
    parts = (Parenthetical(text=long),) if part == "direction" else ()
    speech = Dialogue(cue=cue, parts=(*parts, Speech(text="Yes.")))
    layout = paginate(Screenplay(elements=(speech,)))
    assert len(layout.pages) > 2
    for page in layout.pages[:-1]:
        assert page.rows[-1].kind == "more"
        assert page.rows[-1].line < LETTER.lines
    for page in layout.pages[1:]:
        assert page.rows[0].kind == "cue"
        assert "(CONT'D)" in page.rows[0].text
