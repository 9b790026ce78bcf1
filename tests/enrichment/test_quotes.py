"""Where a quote stands in an essay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.enrichment import Reason
from scriptgen.enrichment.folding import Folded
from scriptgen.enrichment.quotes import LONGEST, Quotes, is_border

TEXT = (
    "Marta lifts the lantern from its nail — slowly. “Don’t,” says *Joss Abney*, and\n"
    "nobody  moves… Marta lifts the latch. Marta lifts the lantern again."
)


def found(quote: str, text: str = TEXT, *, exactly: bool = False) -> list[str] | Reason:
    places = Quotes(text).places(quote, exactly=exactly)
    if isinstance(places, Reason):
        return places
    return [text[start:end] for start, end in places]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("says *Joss Abney*", "says *Joss Abney*"),
        ("from its nail - slowly", "from its nail — slowly"),
        ('"Don\'t," says Joss Abney', "“Don’t,” says *Joss Abney"),
        ("and nobody moves... Marta", "and\nnobody  moves… Marta"),
        ("“lifts the latch”", "lifts the latch"),
        ("lifts the latch!", "lifts the latch"),
    ],
)
def test_typography_does_not_hide_a_quote(quote: str, words: str) -> None:
    assert found(quote, exactly=True) == [words]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Marta lifts the lamp from its nail", None),
        ("Marta lifts the lanterm from its nail", "Marta lifts the lantern from its nail"),
        ("and nobody moves, Marta lifts teh latch", "and\nnobody  moves… Marta lifts the latch"),
    ],
)
def test_a_quote_with_a_slip_is_found_where_it_is_nearly_the_same(
    quote: str, words: str | None
) -> None:
    assert found(quote) == (Reason.NOT_FOUND if words is None else [words])
    assert found(quote, exactly=True) == Reason.NOT_FOUND


def test_a_quote_with_a_slip_is_cut_at_words() -> None:
    for cut in range(4):
        near = "arta lifts the lantern from its nail"[cut:]
        places = Quotes(TEXT).places(near)
        if not isinstance(places, Reason):
            assert all(is_border(TEXT, edge) for place in places for edge in place)


def test_eleven_characters_are_found_exactly_or_not_at_all() -> None:
    assert found("the lantren") == Reason.TOO_SHORT
    assert found("the lantern") == ["the lantern", "the lantern"]


def test_a_part_of_a_word_is_no_quote() -> None:
    assert found("lift") == Reason.TOO_SHORT
    assert found("arta lifts the latch", exactly=True) == Reason.NOT_FOUND


def test_all_places_of_a_quote_are_found() -> None:
    assert found("Marta lifts the") == ["Marta lifts the"] * 3


def test_two_places_that_are_nearly_the_same_are_both_found() -> None:
    text = "The bell rang out once. Then came rain. The bell rang out once."
    assert found("The bell rang out onse.", text) == ["The bell rang out once."] * 2


def test_a_quote_from_two_places_is_told_from_one_that_is_nowhere() -> None:
    assert found("Marta lifts the lantern ... nobody moves") == Reason.SPREAD
    assert found("Don’t. Marta lifts the latch") == Reason.SPREAD
    assert found("Marta hangs the lantern on its hook and waits") == Reason.NOT_FOUND


@pytest.mark.parametrize("quote", ["", "  ", "…", "“”", "*", "\ufffd", "\0"])
def test_a_quote_without_a_word_is_nowhere(quote: str) -> None:
    assert found(quote) == Reason.NOT_FOUND


def test_a_quote_longer_than_its_bound_is_not_looked_for() -> None:
    assert found("a" * (LONGEST + 1)) == Reason.TOO_LONG


def test_scripts_without_blanks_have_borders_everywhere() -> None:
    text = "她放下灯笼。雨还在下。"
    assert found("放下灯笼", text, exactly=True) == ["放下灯笼"]


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert found("cafe\u0301 at night", "In the café at night.") == ["café at night"]


ODD = st.text(st.sampled_from("ab *_’'“\"…—-\n\t .é"), max_size=60)


@given(text=ODD)
def test_every_piece_of_a_folded_text_leads_back_to_what_it_was(text: str) -> None:
    folded = Folded(text)
    plain = folded.plain
    for start in range(len(plain)):
        for end in range(start + 1, len(plain) + 1):
            first, last = folded.range_of(start, end)
            assert 0 <= first < last <= len(text)
            whole = plain[start:end]
            if whole.strip(" .'\"-") == whole:
                assert Folded(text[first:last]).plain == whole


@given(text=ODD, quote=ODD)
def test_what_is_found_is_a_range_of_the_essay_at_word_borders(text: str, quote: str) -> None:
    places = Quotes(text).places(quote)
    if isinstance(places, Reason):
        return
    assert places
    for start, end in places:
        assert 0 <= start < end <= len(text)
        assert is_border(text, start)
        assert is_border(text, end)
