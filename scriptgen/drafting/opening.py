"""Opening a model so that every reply it pays for is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    clock: Clock | None = None,
    policy: CallPolicy | None = None,
    memory: Memory | None = None,
    tap: Tap | None = None,
) -> Writer:
    """`scriptgen.llm.open_model` with the ledger as its sink.

    ``repeat``: as `DraftOptions.repeat`. Nothing is sent yet. Raises `SetupError`.
    """
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
        memory=memory,
        tap=tap,
    )
    return Writer(model, origin)
