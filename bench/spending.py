"""What counting every request costs: reservations and settlements a second, and a whole call.

    python bench/spending.py [ROWS]

Prints, for a new ledger and for one with ROWS requests on record (a million unless said), the
microseconds of one reservation (durable), of one settlement (not durable by itself), and of a call
through a model that answers at once, without and with a budget, its reply stored either way: of
wall time and of processor time, the least of several goes. The rest of a reservation's wall time is
the disk's.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.costs import Caps, Price
from scriptgen.ledger import Ledger
from scriptgen.llm import ScriptedModel
from scriptgen.prompt import Message, Parameters, Prompt, Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.ledger.spending import LedgerBudget

ROWS = 1_000_000
TIMES = 200
GOES = 7
PROMPT = Prompt(
    messages=(
        Message(role="system", content="You write Fountain. " * 400),
        Message(role="user", content="A lamp goes out. " * 500),
    ),
    parameters=Parameters(max_tokens=16_000),
    template="draft",
    template_hash="0" * 64,
)
USAGE = Usage(prompt_tokens=4000, completion_tokens=2000)
PAGE = "INT. KITCHEN - NIGHT\n\nAnna waits.\n"


def a_budget(ledger: Ledger) -> LedgerBudget:
    """One with every cap, none of them near."""
    caps = Caps(calls=10**9, tokens=10**14, cost=1e9)
    return ledger.budget(origin="o", model="m", price=Price(input=2.0, output=8.0), caps=caps)


def fill(ledger: Ledger, rows: int) -> None:
    """Put ``rows`` settled requests on record, as if they had been made."""
    with ledger._transaction() as db:  # noqa: SLF001 - no caller makes a million at once
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO calls (origin, model, state, prompt_tokens, completion_tokens, cost,"
            " currency, started) SELECT 'o', 'm', 'settled', 4000, 2000, 24000000, 'USD', ''"
            " FROM n",
            (rows,),
        )
        db.executemany(
            "INSERT OR REPLACE INTO spent VALUES (?, ?)",
            [
                ("calls", rows),
                ("prompt_tokens", 4000 * rows),
                ("completion_tokens", 2000 * rows),
                ("cost USD", 24_000_000 * rows),
            ],
        )


class Taken(NamedTuple):
    """Microseconds of the wall and of the processor."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:5.0f} ({self.processor:4.0f})"


def microseconds(work: Callable[[], object], times: int) -> Taken:
    """The mean of ``times``, in the best of several goes."""
    goes = []
    for _ in range(GOES):
        wall, processor = time.perf_counter(), time.process_time()
        for _ in range(times):
            work()
        goes.append((time.perf_counter() - wall, time.process_time() - processor))
    return Taken(*(min(each) / times * 1e6 for each in zip(*goes, strict=True)))


def call(ledger: Ledger, budget: LedgerBudget | None) -> Taken:
    """A call whose reply comes at once and is stored."""

    async def ask() -> None:
        model = ScriptedModel([PAGE], sink=ledger.sink(origin="o"), budget=budget)
        for _ in range(TIMES):
            await model.reply(PROMPT)

    wall, processor = microseconds(lambda: asyncio.run(ask()), 1)
    return Taken(wall / TIMES, processor / TIMES)


def tell(name: str, ledger: Ledger) -> None:
    """One line of figures."""
    budget = a_budget(ledger)
    reserved: list[str] = []
    reserve = microseconds(lambda: reserved.append(budget.reserve(PROMPT)), TIMES)
    rest = iter(reserved)
    settle = microseconds(lambda: budget.settle(next(rest), USAGE), TIMES)
    plain, counted = call(ledger, None), call(ledger, budget)
    print(
        f"{name:<20} reserve {reserve}  settle {settle}  call without {plain}  with {counted}"
        f"  {1e6 / counted.wall:,.0f} calls/s"
    )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for name, on_record in (("new ledger", 0), (f"{rows:,} on record", rows)):
            path = Path(folder) / str(on_record) / ".scriptgen" / "ledger.sqlite3"
            with Ledger.open(path) as ledger:
                if on_record:
                    fill(ledger, on_record)
                tell(name, ledger)


if __name__ == "__main__":
    main()
