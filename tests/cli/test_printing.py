"""Nothing that a terminal obeys comes out of data."""

from __future__ import annotations

import contextlib
import io
import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from scriptgen.cli import printing

if TYPE_CHECKING:
    import pytest

OBEYED = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
]


@given(st.text(st.sampled_from([*OBEYED, "a", "é", "語", "[", "m"])))
def test_cleaned_text_holds_no_control_but_tab_and_newline(text: str) -> None:
    kept = set(printing.cleaned(text)) & set(OBEYED)
    assert kept <= {"\n", "\t"}


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(printing.one_line(text).splitlines()) <= 1


@given(st.text(st.sampled_from("abc é.txt/-_語")))
def test_an_ordinary_file_name_is_shown_as_it_is(name: str) -> None:
    assert printing.shown_name(name) == name


def test_an_odd_file_name_is_shown_escaped() -> None:
    assert printing.shown_name("a\x1b[2Jb\n.txt") == r"'a\x1b[2Jb\n.txt'"
    assert printing.shown_name("\udcff.txt") == r"'\udcff.txt'"
    assert printing.shown_name("a\u202etxt.exe") == r"'a\u202etxt.exe'"


@given(st.dictionaries(st.text(), st.text(st.characters(categories=None))))
def test_json_loses_nothing_and_holds_nothing_that_is_obeyed(document: dict[str, str]) -> None:

    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        printing.out_json(document, one_per_line=True)
    written = stream.getvalue()
    assert json.loads(written) == document
    assert not set(written[:-1]) & set(OBEYED)
    written.encode("utf-8")


def test_colour_needs_a_terminal_that_can_and_a_user_who_wants_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert printing.colourful(Terminal())
    assert not printing.colourful(io.StringIO())
    assert not printing.colourful(None)
    monkeypatch.setenv("TERM", "dumb")
    assert not printing.colourful(Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not printing.colourful(Terminal())
