"""What usage comes to in tokens and money, however oddly a server tells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scriptgen.costs import (
    BILLION,
    MOST_TOKENS,
    Caps,
    Price,
    billed,
    billions,
    money,
    require_price,
)
from scriptgen.errors import SetupError
from scriptgen.prompt import Usage

COUNTS = st.none() | st.integers(-5, MOST_TOKENS)


def paid(**usage: int | None) -> tuple[int | None, int | None, int | None]:
    told = billed(Usage(**usage))
    return told.prompt_tokens, told.completion_tokens, told.cached_tokens


def test_a_price_is_for_a_million_tokens_and_its_parts_add_up_exactly() -> None:
    price = Price(input=2.5, output=10.0, cached_input=0.1)
    assert price.of(1_000_000, 0) == 2_500_000_000
    assert price.of(1_000_000, 1_000_000, 400_000) == 1_500_000_000 + 40_000_000 + 10_000_000_000
    assert price.of(3, 7) == 7_500 + 70_000
    assert sum(price.of(3, 7) for _ in range(1000)) == price.of(3000, 7000)


def test_without_a_price_for_the_cache_cached_tokens_cost_what_others_do() -> None:
    assert Price(input=1.0, output=0.0).of(100, 0, 40) == Price(input=1.0, output=0.0).of(100, 0)


def test_a_part_of_a_billionth_counts_as_a_whole_one() -> None:
    assert Price(input=0.00015, output=0.0).of(1, 0) == 1


@pytest.mark.parametrize(
    ("usage", "told"),
    [
        ({"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}, (11, 7, 0)),
        ({"prompt_tokens": 11, "completion_tokens": 7}, (11, 7, 0)),
        ({}, (None, None, 0)),
        ({"prompt_tokens": 11}, (11, None, 0)),
        ({"completion_tokens": 7}, (None, 7, 0)),
        ({"total_tokens": 18}, (None, None, 0)),
        ({"prompt_tokens": 11, "total_tokens": 18}, (11, 7, 0)),
        ({"prompt_tokens": 11, "total_tokens": 11}, (11, None, 0)),
        ({"completion_tokens": 7, "total_tokens": 18}, (11, 7, 0)),
        ({"prompt_tokens": -1, "completion_tokens": 7}, (None, 7, 0)),
        ({"prompt_tokens": 11, "completion_tokens": 2**52}, (11, None, 0)),
        ({"prompt_tokens": 11, "completion_tokens": 7, "cached_tokens": 4}, (11, 7, 4)),
        ({"prompt_tokens": 11, "completion_tokens": 7, "cached_tokens": 40}, (11, 7, 11)),
        ({"prompt_tokens": 11, "completion_tokens": 7, "cached_tokens": -4}, (11, 7, 0)),
        ({"cached_tokens": 40}, (None, None, 0)),
        ({"prompt_tokens": 11, "completion_tokens": 7, "reasoning_tokens": 5}, (11, 7, 0)),
        ({"prompt_tokens": 11, "completion_tokens": 7, "reasoning_tokens": 90}, (11, 97, 0)),
        ({"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 108}, (11, 97, 0)),
        ({"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 3}, (11, 7, 0)),
        ({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, (0, 0, 0)),
    ],
)
def test_every_odd_usage_becomes_what_is_paid_for_or_unknown(
    usage: dict[str, int], told: tuple[int | None, int | None, int | None]
) -> None:
    assert paid(**usage) == told


@given(st.builds(Usage, **dict.fromkeys(Usage.model_fields, COUNTS)))
def test_what_is_paid_for_is_never_negative_nor_less_than_the_server_counts(usage: Usage) -> None:
    told = billed(usage)
    prompt, completion, cached = told.prompt_tokens, told.completion_tokens, told.cached_tokens
    assert prompt is None or prompt >= 0
    assert completion is None or completion >= (usage.completion_tokens or 0)
    assert cached is not None
    assert 0 <= cached <= (prompt or 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"input": 1.0},
        {"input": -1.0, "output": 1.0},
        {"input": True, "output": 1.0},
        {"input": "1", "output": 1.0},
        {"input": float("nan"), "output": 1.0},
        {"input": float("inf"), "output": 1.0},
        {"input": 1.0, "output": 1.0, "currency": "dollars"},
        {"input": 1.0, "output": 1.0, "inptu": 1.0},
    ],
)
def test_a_price_that_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Price.model_validate(fields)


def test_a_price_in_whole_numbers_is_a_price() -> None:
    assert Price.model_validate({"input": 1, "output": 2}) == Price(input=1.0, output=2.0)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (0, "0.00 USD"),
        (12_340_000_000, "12.34 USD"),
        (1_234_500_000_000, "1,234.50 USD"),
        (12_345_678, "0.0123 USD"),
        (45_600, "4.6e-05 USD"),
    ],
)
def test_money_is_shown_with_digits_that_tell_something(amount: int, told: str) -> None:
    assert money(amount, "USD") == told


def test_a_cap_is_taken_as_it_is_written() -> None:
    assert billions(0.1) == BILLION // 10
    assert billions(0.3) == 3 * BILLION // 10


def test_a_cap_on_money_needs_a_price() -> None:
    require_price(Caps(calls=1, tokens=1), None, "m")
    require_price(Caps(cost=1.0), Price(input=1.0, output=1.0), "m")
    with pytest.raises(SetupError, match="m has none") as caught:
        require_price(Caps(cost=1.0), None, "m")
    assert '[prices."m"]' in str(caught.value.hint)
