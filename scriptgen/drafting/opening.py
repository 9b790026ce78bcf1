"""Opening a model so that every reply it pays for is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.costs import Caps, Price
    from scriptgen.ledger import Ledger
    from scriptgen.llm import CallPolicy
    from scriptgen.ports import Budget, Clock, Memory, Model, Tap


@dataclass(frozen=True, slots=True)
class Writer:
    """A model and the ``origin`` (scheme, host, port) its replies are filed under."""

    model: Model
    origin: str


def open_writer(
    name: str,
    *,
    environ: Mapping[str, str],
    base_url: str | None = None,
    api_key_env: str | None = None,
    base_url_from_file: bool = False,
    ledger: Ledger | None = None,
    repeat: int = 0,
    budget: Budget | None = None,
    price: Price | None = None,
    caps: Caps | None = None,
    context_tokens: int | None = None,
    clock: Clock | None = None,
    policy: CallPolicy | None = None,
    memory: Memory | None = None,
    tap: Tap | None = None,
) -> Writer:
    """`scriptgen.llm.open_model` with the ledger as its sink, its budget and its memory.

    ``repeat``: as `DraftOptions.repeat`; ``budget``: in place of the ledger's, which has
    ``price``, ``caps`` and ``context_tokens`` (see `scriptgen.ledger.spending.LedgerBudget`).
    Nothing is sent yet. Raises `SetupError`.
    """
    from scriptgen.costs import Caps, require_price
    from scriptgen.llm import open_model
    from scriptgen.llm.keys import bind
    from scriptgen.llm.opening import SCRIPTED

    origin = name
    if not name.startswith(SCRIPTED):
        origin = bind(
            base_url=base_url,
            base_url_from_file=base_url_from_file,
            api_key_env=api_key_env,
            environ=environ,
        ).origin
    require_price(caps or Caps(), price, name)
    if budget is None and ledger is not None:
        budget = ledger.budget(
            origin=origin, model=name, price=price, caps=caps, context_tokens=context_tokens
        )
    model = open_model(
        name,
        environ=environ,
        base_url=base_url,
        api_key_env=api_key_env,
        base_url_from_file=base_url_from_file,
        sink=ledger.sink(origin=origin, repeat=repeat) if ledger else None,
        budget=budget,
        clock=clock,
        policy=policy,
        memory=memory or ledger,
        tap=tap,
    )
    return Writer(model, origin)
