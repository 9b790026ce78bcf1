"""Writing and reading are each other's inverse on what the page can hold."""

from __future__ import annotations

import pytest
from fountain_strategies import drafts, screenplays, texts
from hypothesis import HealthCheck, example, given, settings

from scriptgen.fountain import (
    printable,
    printable_with_findings,
    read_fountain,
    read_reply,
    write_fountain,
)
from scriptgen.screenplay import Action, Screenplay

MANY = settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def without_trace(screenplay):
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
def test_what_is_read_back_is_what_the_page_can_hold(screenplay):
    page = printable(screenplay)
    assert read_fountain(write_fountain(screenplay)) == without_trace(page)
    assert read_fountain(write_fountain(screenplay, trace=True)) == page


@MANY
@given(screenplays())
def test_what_the_page_can_hold_is_held_as_it_is(screenplay):
    page, _ = printable_with_findings(screenplay)
    again, findings = printable_with_findings(page)
    assert again == page
    assert findings == ()
