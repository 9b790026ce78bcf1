"""Calls, tokens and money in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scriptgen.cli import printing
from scriptgen.costs import BILLION, billions, money

if TYPE_CHECKING:
    from scriptgen.costs import Caps, Price
    from scriptgen.drafting.forecasting import Forecast
    from scriptgen.ledger import Account


def cost_told(cost: float | None, currency: str | None, estimated: int) -> str:
    """What something cost, in words; without a price it is unpriced, never free."""
    guess = f" ({printing.counted(estimated, 'request')} estimated)" if estimated else ""
    if cost is None or currency is None:
        return f"unpriced{guess}"
    return f"{money(round(cost * BILLION), currency)}{guess}"


def account_told(account: Account) -> str:
    """All that an account holds, in one phrase."""
    if not account.calls:
        return "nothing"
    parts = [printing.counted(account.calls, "call"), f"{account.tokens:,} tokens"]
    parts += [money(amount, currency) for currency, amount in sorted(account.costs.items())]
    notes = []
    if account.estimated:
        notes.append(f"{printing.counted(account.estimated, 'call')} estimated")
    if account.unpriced:
        notes.append(f"{printing.counted(account.unpriced, 'call')} unpriced")
    return ", ".join(parts) + (f" ({', '.join(notes)})" if notes else "")


def account_record(account: Account) -> dict[str, Any]:
    """The same for a program."""
    return {
        "calls": account.calls,
        "prompt_tokens": account.prompt_tokens,
        "completion_tokens": account.completion_tokens,
        "estimated": account.estimated,
        "unpriced": account.unpriced,
        "costs": {name: amount / BILLION for name, amount in sorted(account.costs.items())},
    }


def caps_told(caps: Caps, account: Account, price: Price | None) -> str | None:
    """What is left of each cap, ``None`` where there is none."""
    left = []
    if caps.calls is not None:
        left.append(f"{max(0, caps.calls - account.calls):,} of {caps.calls:,} calls")
    if caps.tokens is not None:
        left.append(f"{max(0, caps.tokens - account.tokens):,} of {caps.tokens:,} tokens")
    if caps.cost is not None and price is not None:
        cap, gone = billions(caps.cost), account.costs.get(price.currency, 0)
        left.append(f"{money(max(0, cap - gone), price.currency)} of {caps.cost:,.2f}")
    return f"the caps leave {', '.join(left)}" if left else None


def forecast_told(forecast: Forecast, price: Price | None) -> str:
    """From the least to the most, in one phrase."""
    low, high = forecast.low, forecast.high
    cost = "unpriced"
    if price is not None:
        least, most = low.cost(price), high.cost(price)
        cost = f"{money(least, price.currency)} to {money(most, price.currency)}"
    return (
        f"{low.calls:,} to {high.calls:,} calls, {low.tokens:,} to {high.tokens:,} tokens, {cost},"
        " calls that fail apart"
    )


def forecast_record(forecast: Forecast, price: Price | None) -> dict[str, Any]:
    """The same for a program."""
    return {
        name: {
            "calls": outlay.calls,
            "prompt_tokens": outlay.prompt_tokens,
            "completion_tokens": outlay.completion_tokens,
            "cost": None if price is None else outlay.cost(price) / BILLION,
        }
        for name, outlay in (("low", forecast.low), ("high", forecast.high))
    } | {"currency": price.currency if price else None, "too_long": forecast.too_long}
