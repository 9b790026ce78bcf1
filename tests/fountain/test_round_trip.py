"""Writing and reading are each other's inverse on what the page can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fountain_strategies import drafts, screenplays, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scriptgen.fountain import (
    printable,
    printable_with_findings,
    printing,
    read_fountain,
    read_reply,
    write_fountain,
)
from scriptgen.screenplay import Action, Heading

if TYPE_CHECKING:
    from scriptgen.screenplay import Screenplay

MANY = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def without_trace(screenplay: Screenplay) -> Screenplay:
    return screenplay.model_copy(
        update={
            "elements": tuple(
                element.model_copy(update={"sources": (), "invented": False})
                for element in screenplay.elements
            )
        }
    )


@MANY
@given(screenplays())
def test_what_is_read_back_is_what_the_page_can_hold(screenplay: Screenplay) -> None:
    page = printable(screenplay)
    assert read_fountain(write_fountain(screenplay)) == without_trace(page)
    assert read_fountain(write_fountain(screenplay, trace=True)) == page


@MANY
@given(screenplays())
def test_what_the_page_can_hold_is_held_as_it_is(screenplay: Screenplay) -> None:
    page, _ = printable_with_findings(screenplay)
    again, findings = printable_with_findings(page)
    assert again == page
    assert findings == ()


@SOME
@given(drafts() | screenplays())
def test_what_proofreading_passes_over_it_would_leave_alone(screenplay: Screenplay) -> None:
    found = printable_with_findings(screenplay)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "is_usual", lambda _element, _before: False)
        assert printable_with_findings(screenplay) == found


@SOME
@given(drafts())
def test_a_draft_comes_back_and_a_lenient_reader_does_it_no_harm(screenplay: Screenplay) -> None:
    last = (Heading(text="EXT. SEA - DAWN"), Action(text="Waves."))
    screenplay = screenplay.model_copy(update={"elements": (*screenplay.elements, *last)})
    text = write_fountain(screenplay)
    assert read_fountain(text) == printable(screenplay)
    reading = read_reply(text)
    assert reading.screenplay == printable(screenplay)
    assert reading.chatter == ""
    assert reading.findings == ()


@SOME
@given(st.lists(texts(), max_size=8).map("\n".join))
def test_any_text_is_a_screenplay_that_can_be_written_again(text: str) -> None:
    once = printable(read_fountain(text))
    assert read_fountain(write_fountain(once, trace=True)) == once
    page = write_fountain(once)
    assert page.endswith("\n")
    assert page.encode("utf-8").decode("utf-8") == page
    assert not any(line != line.rstrip() for line in page.split("\n"))
