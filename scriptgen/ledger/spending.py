"""What requests may take and have taken: set aside before each is made, settled after it.

The figures of every request are one row of ``calls``, their sums a few rows of ``spent``, and
both change in one transaction, so that a reservation costs the same after millions of requests and
processes that share a ledger share its caps. A request counts as what was set aside for it, told
as an estimate, from the moment before it is made until its real figures are known, also where its
process died in between.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from scriptgen.costs import (
    BILLION,
    Caps,
    Price,
    billed,
    billions,
    money,
    require_price,
    unbounded,
)
from scriptgen.errors import ProviderError
from scriptgen.ledger.database import Database

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from scriptgen.prompt import Prompt, Usage

ASSUMED_REPLY = 16_000
"""Tokens set aside for a reply that nothing bounds."""

_COST = "cost "
_SUMS = "SELECT name, amount FROM spent"
_RESERVED, _SETTLED, _ESTIMATED = "reserved", "settled", "estimated"

Change = dict[str, int]
"""Names in ``spent`` to what is added to them."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request: tokens as set aside, or as paid for; ``cost`` in billionths of ``currency``.

    ``cost`` and ``currency`` are ``None`` where the model has no price.
    """

    origin: str
    model: str
    prompt_tokens: int
    completion_tokens: int
    cost: int | None = None
    currency: str | None = None

    @property
    def tokens(self) -> int:
        """Of prompt and reply together."""
        return self.prompt_tokens + self.completion_tokens

    def counted(self) -> Change:
        """What it adds to the sums."""
        change = {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
        }
        return change if self.cost is None else {**change, _COST + str(self.currency): self.cost}


@dataclass(slots=True)
class Account:
    """What requests add up to.

    ``calls``: all of them, failed ones too; ``estimated``: those among them that count as what was
    set aside for them, since nobody knows (yet) what they took; ``unpriced``: those of models
    without a price; ``costs``: currency to billionths.
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: int = 0
    unpriced: int = 0
    costs: dict[str, int] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Of prompts and replies together."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def currency(self) -> str | None:
        """The currency of `cost`; ``None`` where there is none or more than one."""
        return next(iter(self.costs)) if len(self.costs) == 1 else None

    @property
    def cost(self) -> float | None:
        """What all of it cost; ``None`` where nobody knows that of every request."""
        if self.unpriced or self.currency is None:
            return None
        return self.costs[self.currency] / BILLION

    def add(self, change: Mapping[str, int]) -> None:
        """Take in what a request changed."""
        for name, amount in change.items():
            if name.startswith(_COST):
                currency = name.removeprefix(_COST)
                self.costs[currency] = self.costs.get(currency, 0) + amount
            else:
                setattr(self, name, getattr(self, name) + amount)


_accounts: ContextVar[tuple[Account, ...]] = ContextVar("accounts", default=())


@contextmanager
def account() -> Iterator[Account]:
    """What the requests take that are made while the block runs, by it and the tasks it starts."""
    opened = Account()
    token = _accounts.set((*_accounts.get(), opened))
    try:
        yield opened
    finally:
        _accounts.reset(token)


class LedgerBudget:
    """A `scriptgen.ports.Budget` that several processes share.

    ``price``: ``None`` leaves the requests unpriced; ``caps``: compared with all that the ledger
    holds; ``context_tokens``: what prompt and reply may take together, ``None`` where nobody said.
    Raises `SetupError` for a cap on money without a price.
    """

    def __init__(
        self,
        ledger: Spending,
        *,
        origin: str,
        model: str,
        price: Price | None,
        caps: Caps,
        context_tokens: int | None,
    ) -> None:
        require_price(caps, price, model)
        self._ledger = ledger
        self._origin = origin
        self._model = model
        self._price = price
        self._caps = caps
        self._context = context_tokens
        self._open: dict[str, tuple[Account, ...]] = {}

    def reserve(self, prompt: Prompt) -> str:
        """See `scriptgen.ports.Budget.reserve`.

        Raises `SetupError` too, where tokens or money are capped and nothing bounds the reply.
        """
        from scriptgen.prompting import prompt_tokens

        asked = prompt_tokens(prompt)
        reply = self._reply_tokens(asked, prompt.parameters.max_tokens)
        call = Call(self._origin, self._model, asked, reply)
        if self._price is not None:
            cost = self._price.of(asked, reply)
            call = replace(call, cost=cost, currency=self._price.currency)
        reservation = str(self._ledger.reserve(call, self._caps))
        self._open[reservation] = _accounts.get()
        self._tell(reservation, _opened(call))
        return reservation

    def settle(self, reservation: str, usage: Usage | None) -> None:
        """See `scriptgen.ports.Budget.settle`; harmless when repeated."""
        self._tell(reservation, self._ledger.settle(int(reservation), usage, self._price))
        self._open.pop(reservation, None)

    def _tell(self, reservation: str, change: Change) -> None:
        for each in self._open.get(reservation, ()):
            each.add(change)

    def _reply_tokens(self, asked: int, wanted: int | None) -> int:
        """The most a reply may take; raises where that is too much or nobody knows."""
        context = self._context
        if context is not None and asked + (wanted or 1) > context:
            raise _too_long(self._model, asked, wanted, context)
        if wanted is not None:
            return wanted
        if context is not None:
            return context - asked
        if self._caps.tokens is not None or self._caps.cost is not None:
            raise unbounded()
        return ASSUMED_REPLY


class Spending(Database):
    """What `Ledger` knows of requests and of what they take."""

    def budget(
        self,
        *,
        origin: str,
        model: str,
        price: Price | None = None,
        caps: Caps | None = None,
        context_tokens: int | None = None,
    ) -> LedgerBudget:
        """The budget of one model; see `LedgerBudget`."""
        return LedgerBudget(
            self,
            origin=origin,
            model=model,
            price=price,
            caps=caps or Caps(),
            context_tokens=context_tokens,
        )

    def reserve(self, call: Call, caps: Caps) -> int:
        """Set one request aside, durably; gives its number.

        Raises `ProviderError` ``E_BUDGET`` where a cap would be passed.
        """
        with self._transaction() as db:
            return _reserve(db, call, caps)

    def settle(self, number: int, usage: Usage | None, price: Price | None) -> Change:
        """Put what a request took in place of what was set aside; gives what that changed, once.

        Of what ``usage`` does not say, what was set aside stands, and the request stays estimated.
        A power cut may take this back, and what was set aside, which is more, would stand again.
        """
        with self._transaction(durable=False) as db:
            return _settle(db, number, usage, price)

    def account(self) -> Account:
        """What all requests on record add up to, whoever made them."""
        return _total(self._all(_SUMS))


def _reserve(db: sqlite3.Connection, call: Call, caps: Caps) -> int:
    _refuse(_total(db.execute(_SUMS)), call, caps)
    done = db.execute(
        "INSERT INTO calls (origin, model, state, prompt_tokens, completion_tokens, cost,"
        " currency, started) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            call.origin,
            call.model,
            _RESERVED,
            call.prompt_tokens,
            call.completion_tokens,
            call.cost,
            call.currency,
            datetime.now(UTC).isoformat(timespec="milliseconds"),
        ),
    )
    _add(db, _opened(call))
    return int(done.lastrowid or 0)


def _settle(
    db: sqlite3.Connection, number: int, usage: Usage | None, price: Price | None
) -> Change:
    row = db.execute(
        "SELECT origin, model, prompt_tokens, completion_tokens, cost, currency FROM calls"
        " WHERE id = ? AND state = ?",
        (number, _RESERVED),
    ).fetchone()
    if row is None:
        return {}
    before = Call(*row)
    after, known = _paid(before, usage, price)
    db.execute(
        "UPDATE calls SET state = ?, prompt_tokens = ?, completion_tokens = ?, cost = ?"
        " WHERE id = ?",
        (
            _SETTLED if known else _ESTIMATED,
            after.prompt_tokens,
            after.completion_tokens,
            after.cost,
            number,
        ),
    )
    was = before.counted()
    change = {name: amount - was[name] for name, amount in after.counted().items()}
    change["estimated"] = -1 if known else 0
    _add(db, change)
    return change


def _total(rows: Iterable[tuple[str, int] | sqlite3.Row]) -> Account:
    told = Account()
    told.add({row[0]: row[1] for row in rows})
    return told


def _opened(call: Call) -> Change:
    return {"calls": 1, "estimated": 1, "unpriced": int(call.cost is None), **call.counted()}


def _paid(call: Call, usage: Usage | None, price: Price | None) -> tuple[Call, bool]:
    """The request with what it took, and whether all of that is known."""
    if usage is None:
        return call, False
    told = billed(usage)
    prompt, completion = told.prompt_tokens, told.completion_tokens
    after = replace(
        call,
        prompt_tokens=call.prompt_tokens if prompt is None else prompt,
        completion_tokens=call.completion_tokens if completion is None else completion,
    )
    if price is not None and price.currency == call.currency:
        cached = told.cached_tokens or 0
        cost = price.of(after.prompt_tokens, after.completion_tokens, cached)
        after = replace(after, cost=cost)
    return after, prompt is not None and completion is not None


def _add(db: sqlite3.Connection, change: Change) -> None:
    db.executemany(
        "INSERT INTO spent (name, amount) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET amount = amount + excluded.amount",
        change.items(),
    )


def _refuse(spent: Account, call: Call, caps: Caps) -> None:
    """Raise ``E_BUDGET`` where ``call`` would pass one of the ``caps``."""
    estimated = f" ({spent.estimated:,} of the calls estimated)" if spent.estimated else ""
    if caps.calls is not None and spent.calls >= caps.calls:
        raise _over(
            f"the cap of {_many(caps.calls, 'call')} is reached: {_are(spent.calls)} made",
            f"--max-calls {max(2 * caps.calls, spent.calls + 1)}",
        )
    if caps.tokens is not None and spent.tokens + call.tokens > caps.tokens:
        raise _over(
            f"the cap of {_many(caps.tokens, 'token')} would be passed: {_are(spent.tokens)}"
            f" spent{estimated}, and this call may take {call.tokens:,}",
            f"--max-tokens {max(2 * caps.tokens, spent.tokens + call.tokens)}",
        )
    if caps.cost is not None and call.cost is not None and call.currency is not None:
        cap, gone = billions(caps.cost), spent.costs.get(call.currency, 0)
        if gone + call.cost > cap:
            enough = max(2 * cap, gone + call.cost) / BILLION
            raise _over(
                f"the cap of {money(cap, call.currency)} would be passed:"
                f" {money(gone, call.currency)} is spent{estimated}, and this call may take"
                f" {money(call.cost, call.currency)}",
                f"--max-cost {ceil(enough * 100) / 100:.2f}",
            )


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def _are(number: int) -> str:
    return f"{number:,} {'is' if number == 1 else 'are'}"


def _over(message: str, flag: str) -> ProviderError:
    return ProviderError(
        "E_BUDGET", message, hint=f"the same command with {flag} goes on; finished work is kept"
    )


def _too_long(model: str, asked: int, wanted: int | None, context: int) -> ProviderError:
    reply = f" and its reply {wanted:,}" if wanted else ""
    if wanted and asked < context:
        way = f"--set max_tokens={context - asked} leaves room"
    else:
        way = "ask part by part if you do not (-t draft.chunked), or name a model that takes more"
    return ProviderError(
        "E_TOO_LONG",
        f"the prompt may take {asked:,} tokens{reply}, and {model} takes {context:,} in all",
        hint=f"{way}; context_tokens says what a model takes (a raised one: --retry-failed)",
    )
