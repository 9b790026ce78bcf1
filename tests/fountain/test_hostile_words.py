"""What an essay or a model may not do to the page: no mark of theirs is a mark of it."""

from __future__ import annotations

import re

import pytest
from fountain_strategies import screenplays, texts
from hypothesis import HealthCheck, given, settings

from scriptgen import draft
from scriptgen.fountain import printable, read_fountain, read_reply, write_fountain
from scriptgen.reader import essay_from_text
from scriptgen.screenplay import Note, Screenplay

SOME = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
LOOKALIKE = """\
The Crossing

INT. KITCHEN - NIGHT

In the kitchen, at night, Mara waits by the window. Tomas folds the chart /* and puts it away.

> THE END <

@tomas
He says nothing.

Title: Not the Title
Author: Nobody

Mara says, "INT. ROAD [[five]] is where I live TO:" and shuts the door. */

!FORCED
~la la
.HEADING
# Act One
= a synopsis
===
"""


def test_an_essay_that_looks_like_fountain_gives_a_page_that_reads_back() -> None:
    page = draft(essay_from_text(LOOKALIKE, source="crossing.txt")).draft
    assert page is not None
    screenplay = read_fountain(page)
    assert write_fountain(screenplay) == page
    assert "/*" not in page
    assert "*/" not in page
    assert "Nobody" not in str(screenplay.title_page)
    notes = [each.text for each in screenplay.elements if isinstance(each, Note)]
    assert "five" not in notes
    types = {each.type for each in screenplay.elements}
    assert not types & {"centered", "lyrics", "section", "synopsis", "page_break"}


@SOME
@given(screenplays())
def test_every_field_of_a_title_page_is_a_line_or_stands_indented_under_its_key(
    screenplay: Screenplay,
) -> None:
    head = write_fountain(screenplay).split("\n\n", 1)[0]
    for line in head.rstrip("\n").split("\n"):
        assert re.match(r"[A-Za-z0-9][A-Za-z0-9 ]*:|    \S", line)
    assert read_fountain(head).title_page == printable(screenplay).title_page


@SOME
@given(screenplays())
def test_no_control_character_of_a_terminal_gets_onto_a_page(screenplay: Screenplay) -> None:
    assert not CONTROLS.search(write_fountain(screenplay, trace=True))


@SOME
@given(texts())
def test_no_control_character_of_a_terminal_gets_out_of_a_reply(text: str) -> None:
    reply = read_reply(f"{text}\x1b[31m\u202e\n\nINT. A - DAY\n\n\x07He {text}\x9b sits.\n")
    told = [reply.chatter, *(finding.evidence or "" for finding in reply.findings)]
    assert not any(map(CONTROLS.search, told))


@pytest.mark.parametrize("text", ["[[" * 9_000, "/*" * 9_000, "word " * 2_000, "\x00" * 9_000, ""])
def test_a_script_of_one_hostile_line_is_written(text: str) -> None:
    page = write_fountain(read_fountain(text))
    assert page.startswith("Title: Untitled\n")
    assert read_fountain(page).elements == printable(read_fountain(text)).elements
