# ruff: noqa: RUF001 - essays hold look-alike characters
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.reader import essay_from_bytes, essay_from_text
from scriptgen.reader.normalising import normalise, one_line

ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\r\n\t\x0b\x0c\x1c\x85\u2028\u2029\u00a0\u3000\u200b\u200c\u200d\u200e\u202e\ufeff"
            "\ufe0e\ufe0f\U000e0067\U000e007f\U0001f3f4👩💻🏽❤اک\u0915\u094d漢\U000e0100\u0301\u0316\u1820\u180b"
        ),
    )
)


def counts(text: str) -> dict[str, int]:
    return {finding.code: finding.count for finding in normalise(text)[1]}


@pytest.mark.parametrize(
    "end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1c", "\x1d", "\x1e"]
)
def test_the_same_essay_with_other_line_ends_has_the_same_id(end: str) -> None:
    lines = ["First.", "", "Second.", "Third."]
    other = essay_from_bytes(end.join(lines).encode(), source="a")
    assert other.text == "\n".join(lines)
    assert other.id == essay_from_text("\n".join(lines)).id


def test_line_ends_and_controls_are_counted_apart() -> None:
    assert counts("a\r\nb\rc\nd\x0be\x0cf\x85g\u2028h\u2029i\x1cj") == {
        "W_CR_NORMALISED": 5,
        "W_CONTROL_STRIPPED": 3,
    }


def test_control_characters_are_removed_and_counted() -> None:
    text, _ = normalise("a\x1b[2Jb\x07c\x7fd\u009b31me\x08")
    assert text == "a[2Jbcd31me"
    assert counts("a\x1b[2Jb\x07c\x7fd\u009b31me\x08") == {"W_CONTROL_STRIPPED": 5}


def test_every_space_and_tab_is_a_plain_space() -> None:
    assert normalise("a\tb\u00a0c\u3000d\u202fe") == ("a b c d e", ())


def test_letters_are_composed() -> None:
    assert normalise("cafe\u0301 E\u0301migre\u0301") == ("café Émigré", ())


def test_hidden_characters_are_removed_counted_and_what_they_say_is_shown() -> None:
    tags = "".join(chr(0xE0000 + ord(c)) for c in "say yes")
    text, (finding,) = normalise(f"No\u200bbo\u2060dy\ufeff \u202ewent{tags}.")
    assert text == "Nobody went."
    assert finding.code == "W_HIDDEN_TEXT"
    assert finding.count == 4 + len(tags)
    assert finding.message == ("hidden characters were removed: 7 tag, 1 bidi, 3 other invisible")
    assert finding.evidence == "say yes"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم بروم",
        "श\u094d\u200dर और क\u094d\u200cष",
        "👩\u200d💻 and 👨\u200d👩\u200d👧\u200d👦",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "❤\ufe0f 👍🏽 1\ufe0f\u20e3 👩🏽\u200d❤\ufe0f\u200d👨🏼",
        "葛\U000e0100飾区",
        "It’s a “quote” — well… naïve façade, 100 °C, «non», ¿qué?",
    ],
)
def test_what_real_scripts_need_stays_without_a_word(text: str) -> None:
    assert normalise(text) == (unicodedata.normalize("NFC", text), ())


@pytest.mark.parametrize(
    "text",
    [
        "a\u200db",
        "a\u200cb",
        "a\ufe0fb",
        "می\u200c\u200cخ",
        "😀\ufe0f\ufe0f",
        "🏴\U000e0067\U000e007f",
    ],
)
def test_joiners_and_selectors_elsewhere_are_hidden_text(text: str) -> None:
    assert "W_HIDDEN_TEXT" in counts(text)


def test_stacked_marks_are_cut_so_that_composing_stays_fast() -> None:
    text, (finding,) = normalise("a" + "\u0301\u0316" * 200_000 + "b")
    assert len(text) <= 32
    assert finding.code == "W_HIDDEN_TEXT"
    assert finding.count == 400_000 - 30


@given(ODD)
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    once, _ = normalise(text)
    assert normalise(once) == (once, ())
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in once)


@given(ODD)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert line == line.strip()
    assert "  " not in line
