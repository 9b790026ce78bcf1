from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.reader.runs import Run, marked


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (
            [Run("In "), Run("The Lamp Room", italic=True), Run(" she waits.")],
            "In *The Lamp Room* she waits.",
        ),
        ([Run("a "), Run("loud", bold=True), Run(" one")], "a **loud** one"),
        ([Run("both", italic=True, bold=True)], "***both***"),
        ([Run("She"), Run(" never ", italic=True), Run("stops")], "She *never* stops"),
        ([Run("The ", italic=True), Run("Lamp", italic=True)], "*The Lamp*"),
        ([Run("The", italic=True), Run(" "), Run("Lamp", italic=True)], "*The Lamp*"),
        ([Run("a"), Run("ston", italic=True), Run("ished")], "astonished"),
        ([Run("3*4", italic=True)], "3*4"),
        ([Run("one\ntwo", italic=True)], "*one*\n*two*"),
        ([Run("“"), Run("Go", italic=True), Run("”")], "“*Go*”"),
        ([Run(" ", italic=True)], ""),
        ([], ""),
    ],
)
def test_italics_and_bold_become_marks(runs: list[Run], text: str) -> None:
    assert marked(runs) == text


RUNS = st.lists(
    st.builds(Run, st.text(alphabet="ab .“\n渡", max_size=6), st.booleans(), st.booleans()),
    max_size=8,
)


@given(RUNS)
def test_marks_change_no_word(runs: list[Run]) -> None:
    words = "".join(run.text for run in runs)
    assert "".join(marked(runs).replace("*", "").split()) == "".join(words.split())


@given(RUNS)
def test_every_mark_is_closed_on_its_line(runs: list[Run]) -> None:
    assert all(line.count("*") % 2 == 0 for line in marked(runs).split("\n"))
