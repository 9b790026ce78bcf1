"""What calls to a model cost: prices, caps, and what the tokens of a call come to.

Money is counted in whole billionths of its currency, so that sums of millions of calls are exact;
a part of a billionth counts as a whole one. A price that nobody gave is not known, never 0.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Annotated

from pydantic import Field

from scriptgen.errors import SetupError
from scriptgen.prompt import Usage
from scriptgen.values import Value

BILLION = 1_000_000_000
MOST_TOKENS = 100_000_000
"""What is said to be more, of one call, is no figure; sums stay within what SQLite holds."""

_MILLION = 1_000_000
_SMALL = 0.001

Amount = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False, strict=True)]


class Price(Value):
    """The price of a model, for a million tokens each.

    ``cached_input``: of those that the server had in its cache, ``None`` for the price of
    ``input``; ``currency``: as it is shown.
    """

    input: Amount
    output: Amount
    cached_input: Amount | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3,5}$")] = "USD"

    def of(self, prompt: int, completion: int, cached: int = 0) -> int:
        """What so many tokens cost, in billionths; ``cached`` are among those of the prompt."""
        kept = self.input if self.cached_input is None else self.cached_input
        total = (
            _per_token(self.input) * (prompt - cached)
            + _per_token(kept) * cached
            + _per_token(self.output) * completion
        )
        return int(total.to_integral_value(ROUND_CEILING))

    def __str__(self) -> str:
        cached = "" if self.cached_input is None else f", {self.cached_input:g} cached"
        return f"{self.input:g} in, {self.output:g} out{cached} {self.currency}"


class Caps(Value):
    """What may be spent at most, all that the ledger holds counted; ``None`` sets no cap.

    ``calls``: requests, failed ones too; ``tokens``: of prompts and replies; ``cost``: in the
    currency of the model's price.
    """

    calls: Annotated[int | None, Field(ge=0)] = None
    tokens: Annotated[int | None, Field(ge=0)] = None
    cost: Annotated[float | None, Field(ge=0, allow_inf_nan=False)] = None


def billions(amount: float) -> int:
    """An amount of money in billionths, none too many."""
    return int(Decimal(repr(amount)) * BILLION)


def money(amount: int, currency: str) -> str:
    """Billionths as they are shown: ``12.34 USD``, ``0.0123 USD``."""
    value = amount / BILLION
    if not value or value >= 1:
        return f"{value:,.2f} {currency}"
    return f"{value:.4f} {currency}" if value >= _SMALL else f"{value:.2g} {currency}"


def require_price(caps: Caps, price: Price | None, model: str) -> None:
    """Raise `SetupError` where a cap on money is set and nobody knows what ``model`` costs."""
    if caps.cost is not None and price is None:
        raise SetupError(
            "E_CONFIG",
            f"a cap on money needs a price, and {model} has none",
            hint=f'put [prices."{model}"] with input and output, for a million tokens each, into'
            " scriptgen.toml, or cap with --max-tokens",
        )


def unbounded(because: str = "") -> SetupError:
    """What is wrong where tokens or money are capped and nothing bounds a reply."""
    return SetupError(
        "E_CONFIG",
        f"a cap on tokens or money needs to know how long a reply may be{because}",
        hint="--set max_tokens=16000, or max_tokens in the template's header",
    )


def billed(usage: Usage) -> Usage:
    """The tokens that ``usage`` says are paid for; ``None`` where it does not say how many.

    Reasoning is paid for as completion. Some servers leave it out of the completion's figure and
    some count it in the total alone, so what is above the total's other part is completion too.
    A cache cannot hold more than the prompt.
    """
    prompt, completion = _known(usage.prompt_tokens), _known(usage.completion_tokens)
    total, reasoning = _known(usage.total_tokens), _known(usage.reasoning_tokens) or 0
    if completion is not None and reasoning > completion:
        completion += reasoning
    if total is not None and prompt is not None and total > prompt:
        completion = max(completion or 0, total - prompt)
    elif total is not None and prompt is None and completion is not None and total > completion:
        prompt = total - completion
    cached = min(_known(usage.cached_tokens) or 0, prompt or 0)
    return Usage(prompt_tokens=prompt, completion_tokens=completion, cached_tokens=cached)


def _known(count: int | None) -> int | None:
    return count if count is not None and 0 <= count <= MOST_TOKENS else None


def _per_token(price: float) -> Decimal:
    return Decimal(repr(price)) * (BILLION // _MILLION)
