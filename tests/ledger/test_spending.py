"""What is spent is counted before it is spent, by everybody who shares a ledger."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from scriptgen.costs import BILLION, Caps, Price, billions
from scriptgen.errors import OutputError, ProviderError, ScriptgenError, SetupError
from scriptgen.ledger import Ledger
from scriptgen.ledger.schema import TABLES
from scriptgen.ledger.spending import ASSUMED_REPLY, Account, LedgerBudget, account
from scriptgen.prompt import Message, Parameters, Prompt, Usage
from scriptgen.prompting import prompt_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

PRICE = Price(input=2.0, output=10.0, cached_input=0.5)


def a_prompt(content: str = "A lamp goes out.", *, max_tokens: int | None = 100) -> Prompt:
    return Prompt(
        messages=(Message(role="user", content=content),),
        parameters=Parameters(max_tokens=max_tokens),
        template="draft",
        template_hash="t" * 64,
    )


ASKED = prompt_tokens(a_prompt())
WHOLE = ASKED + 100


def used(prompt: int = 11, completion: int = 7, **more: int) -> Usage:
    return Usage(prompt_tokens=prompt, completion_tokens=completion, **more)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger is to be."""
    return tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger.open(path) as opened:
        yield opened


def a_budget(
    ledger: Ledger,
    *,
    price: Price | None = PRICE,
    context_tokens: int | None = None,
    calls: int | None = None,
    tokens: int | None = None,
    cost: float | None = None,
) -> LedgerBudget:
    return ledger.budget(
        origin="http://model.test",
        model="m",
        price=price,
        caps=Caps(calls=calls, tokens=tokens, cost=cost),
        context_tokens=context_tokens,
    )


def refusal(budget: LedgerBudget, prompt: Prompt | None = None) -> ScriptgenError:
    with pytest.raises(ScriptgenError) as caught:
        budget.reserve(prompt or a_prompt())
    return caught.value


def from_rows(ledger: Ledger) -> Account:
    """The sums as the rows give them, counted anew."""
    told = Account()
    rows = ledger._db.execute(
        "SELECT state, prompt_tokens, completion_tokens, cost, currency FROM calls"
    )
    for state, prompt, completion, cost, currency in rows:
        told.calls += 1
        told.prompt_tokens += prompt
        told.completion_tokens += completion
        told.estimated += state != "settled"
        told.unpriced += cost is None
        if cost is not None:
            told.costs[currency] = told.costs.get(currency, 0) + cost
    return told


def test_a_reservation_counts_for_what_the_call_may_take_at_most(ledger: Ledger) -> None:
    a_budget(ledger).reserve(a_prompt())
    spent = ledger.account()
    assert (spent.calls, spent.prompt_tokens, spent.completion_tokens) == (1, ASKED, 100)
    assert spent.costs == {"USD": PRICE.of(ASKED, 100)}
    assert spent.estimated == 1


def test_the_real_figures_take_its_place(ledger: Ledger) -> None:
    budget = a_budget(ledger)
    budget.settle(budget.reserve(a_prompt()), used(cached_tokens=4))
    spent = ledger.account()
    assert (spent.calls, spent.prompt_tokens, spent.completion_tokens) == (1, 11, 7)
    assert spent.cost == PRICE.of(11, 7, 4) / BILLION
    assert spent.estimated == 0


def test_where_nobody_knows_the_reservation_stands_and_is_told_as_an_estimate(
    ledger: Ledger,
) -> None:
    budget = a_budget(ledger)
    budget.settle(budget.reserve(a_prompt()), None)
    spent = ledger.account()
    assert (spent.tokens, spent.estimated) == (WHOLE, 1)
    budget.settle(budget.reserve(a_prompt()), Usage(completion_tokens=7))
    spent = ledger.account()
    assert (spent.tokens, spent.estimated) == (WHOLE + ASKED + 7, 2)


def test_a_failed_request_counts_as_a_call_that_took_nothing(ledger: Ledger) -> None:
    budget = a_budget(ledger, calls=2)
    for _ in range(2):
        budget.settle(budget.reserve(a_prompt()), used(0, 0))
    spent = ledger.account()
    assert (spent.calls, spent.tokens, spent.cost) == (2, 0, 0.0)
    assert refusal(budget).code == "E_BUDGET"


def test_settling_twice_counts_once(ledger: Ledger) -> None:
    budget = a_budget(ledger)
    reservation = budget.reserve(a_prompt())
    budget.settle(reservation, used())
    budget.settle(reservation, used(900, 900))
    assert ledger.account().tokens == 18


def test_without_a_price_calls_are_unpriced_and_never_free(ledger: Ledger) -> None:
    budget = a_budget(ledger, price=None)
    budget.settle(budget.reserve(a_prompt()), used())
    spent = ledger.account()
    assert (spent.cost, spent.currency, spent.unpriced, spent.costs) == (None, None, 1, {})


def test_prices_in_two_currencies_are_not_added_up(ledger: Ledger) -> None:
    a_budget(ledger).reserve(a_prompt())
    a_budget(ledger, price=Price(input=1.0, output=1.0, currency="EUR")).reserve(a_prompt())
    spent = ledger.account()
    assert set(spent.costs) == {"USD", "EUR"}
    assert spent.cost is None


def test_the_cap_on_calls_holds_to_the_call(ledger: Ledger) -> None:
    budget = a_budget(ledger, calls=3)
    for _ in range(3):
        budget.reserve(a_prompt())
    error = refusal(budget)
    assert (error.code, error.exit_code) == ("E_BUDGET", 4)
    assert error.message == "the cap of 3 calls is reached: 3 are made"
    assert error.hint == "the same command with --max-calls 6 goes on; finished work is kept"
    assert ledger.account().calls == 3, "what was refused is not counted"
    a_budget(ledger, calls=4).reserve(a_prompt())


def test_the_cap_on_tokens_holds_to_the_token(ledger: Ledger) -> None:
    a_budget(ledger, tokens=WHOLE).reserve(a_prompt())
    error = refusal(a_budget(ledger, tokens=2 * WHOLE - 1))
    assert f"{WHOLE} are spent (1 of the calls estimated)" in error.message
    assert f"may take {WHOLE}" in error.message
    assert "--max-tokens " in str(error.hint)
    a_budget(ledger, tokens=2 * WHOLE).reserve(a_prompt())


def test_the_cap_on_money_holds_to_the_billionth(ledger: Ledger) -> None:
    cost = PRICE.of(ASKED, 100) / BILLION
    error = refusal(a_budget(ledger, cost=cost - 1e-9))
    assert error.code == "E_BUDGET"
    assert "0.00 USD is spent" in error.message
    assert error.hint == "the same command with --max-cost 0.01 goes on; finished work is kept"
    a_budget(ledger, cost=cost).reserve(a_prompt())


def test_the_flag_that_the_message_names_is_enough_for_the_next_call(ledger: Ledger) -> None:
    for caps in ({"calls": 0}, {"tokens": 0}, {"cost": 0.0}):
        error = refusal(a_budget(ledger, **caps))
        flag, value = str(error.hint).split(" with --max-")[1].split(" goes")[0].split()
        name = {"calls": "calls", "tokens": "tokens", "cost": "cost"}[flag]
        given = {name: float(value) if name == "cost" else int(value)}
        budget = ledger.budget(origin="o", model="m", price=PRICE, caps=Caps.model_validate(given))
        budget.settle(budget.reserve(a_prompt()), used(0, 0))


def test_money_spent_in_another_currency_is_not_counted_against_a_cap(ledger: Ledger) -> None:
    dear = Price(input=1e6, output=1e6, currency="VND")
    a_budget(ledger, price=dear).reserve(a_prompt())
    a_budget(ledger, cost=1.0).reserve(a_prompt())


def test_a_cap_on_money_without_a_price_is_refused_before_any_request(ledger: Ledger) -> None:
    with pytest.raises(SetupError, match="needs a price"):
        a_budget(ledger, price=None, cost=1.0)


@pytest.mark.parametrize("cap", ["tokens", "cost"])
def test_a_cap_needs_to_know_how_long_a_reply_may_be(ledger: Ledger, cap: str) -> None:
    boundless = a_prompt(max_tokens=None)
    budget = ledger.budget(
        origin="o", model="m", price=PRICE, caps=Caps.model_validate({cap: 10**6})
    )
    error = refusal(budget, boundless)
    assert (error.code, error.exit_code) == ("E_CONFIG", 3)
    assert "--set max_tokens=" in str(error.hint)
    assert ledger.account().calls == 0


def test_a_reply_that_nothing_bounds_is_assumed_to_be_long(ledger: Ledger) -> None:
    a_budget(ledger).reserve(a_prompt(max_tokens=None))
    assert ledger.account().completion_tokens == ASSUMED_REPLY


def test_a_context_bounds_a_reply_that_nothing_else_bounds(ledger: Ledger) -> None:
    a_budget(ledger, context_tokens=1000, tokens=1000).reserve(a_prompt(max_tokens=None))
    assert ledger.account().tokens == 1000


def test_a_prompt_that_does_not_fit_the_context_is_refused_with_both_numbers(
    ledger: Ledger,
) -> None:
    a_budget(ledger, context_tokens=WHOLE).reserve(a_prompt())
    error = refusal(a_budget(ledger, context_tokens=WHOLE - 1))
    assert (error.code, error.exit_code) == ("E_TOO_LONG", 4)
    assert f"may take {ASKED} tokens and its reply 100" in error.message
    assert f"takes {WHOLE - 1} in all" in error.message
    assert "--set max_tokens=99 leaves room" in str(error.hint)
    assert ledger.account().calls == 1, "what was refused is not counted"


def test_a_prompt_that_alone_fills_the_context_is_refused(ledger: Ledger) -> None:
    long = a_prompt("A lamp goes out. " * 5000)
    error = refusal(a_budget(ledger, context_tokens=1000), long)
    assert error.code == "E_TOO_LONG"
    assert "-t draft.chunked" in str(error.hint)


def test_what_another_process_spends_counts_too(path: Path) -> None:
    with Ledger.open(path) as here, Ledger.open(path) as there:
        mine, theirs = a_budget(here, calls=2), a_budget(there, calls=2)
        mine.reserve(a_prompt())
        theirs.reserve(a_prompt())
        assert refusal(mine).code == refusal(theirs).code == "E_BUDGET"


CHILD = """
import os, sys
from scriptgen.costs import Caps, Price
from scriptgen.errors import ProviderError
from scriptgen.ledger import Ledger
from scriptgen.prompt import Message, Parameters, Prompt, Usage

path, calls, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
prompt = Prompt(messages=(Message(role="user", content="A lamp goes out."),),
    parameters=Parameters(max_tokens=100), template="d", template_hash="h")
with Ledger.open(path) as ledger:
    budget = ledger.budget(origin="o", model="m", price=Price(input=2.0, output=10.0),
        caps=Caps(calls=calls))
    made = 0
    try:
        while True:
            reservation = budget.reserve(prompt)
            made += 1
            if mode == "die":
                os.kill(os.getpid(), 9)
            budget.settle(reservation, Usage(prompt_tokens=11, completion_tokens=7))
    except ProviderError as error:
        print(made, error.code)
"""


def child(path: Path, calls: int, mode: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(path), str(calls), mode]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_at_work_together_make_as_many_calls_as_the_cap_allows(
    path: Path, ledger: Ledger
) -> None:
    children = [child(path, 200, "work") for _ in range(3)]
    told = [each.communicate(timeout=120)[0].split() for each in children]
    assert {code for _, code in told} == {"E_BUDGET"}
    assert sum(int(made) for made, _ in told) == 200
    spent = ledger.account()
    assert (spent.calls, spent.tokens, spent.estimated) == (200, 200 * 18, 0)
    assert spent == from_rows(ledger)


def test_a_process_killed_while_a_request_is_made_leaves_the_reservation_standing(
    path: Path, ledger: Ledger
) -> None:
    with child(path, 9, "die") as killed:
        assert killed.wait(timeout=120) == -9
    spent = ledger.account()
    assert (spent.calls, spent.tokens, spent.estimated) == (1, WHOLE, 1)
    assert spent == from_rows(ledger)
    assert refusal(a_budget(ledger, calls=1)).code == "E_BUDGET"


def test_a_reservation_survives_a_power_cut_and_its_settling_need_not(ledger: Ledger) -> None:
    modes: list[str] = []
    ledger._db.set_trace_callback(modes.append)
    budget = a_budget(ledger)
    reservation = budget.reserve(a_prompt())
    assert not any("synchronous" in each for each in modes)
    modes.clear()
    budget.settle(reservation, used())
    ledger._db.set_trace_callback(None)
    pragmas = [each for each in modes if each.startswith("PRAGMA")]
    assert pragmas == ["PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"]
    assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_ledger_that_cannot_be_written_lets_no_request_through(
    ledger: Ledger, path: Path
) -> None:
    budget = a_budget(ledger)
    ledger._db.execute("PRAGMA query_only=ON")
    with pytest.raises(OutputError):
        budget.reserve(a_prompt())
    ledger._db.execute("PRAGMA query_only=OFF")
    assert ledger.account().calls == 0
    assert path.exists()


def test_what_an_older_ledger_holds_is_counted_when_it_is_brought_up_to_date(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.sink(origin="o").store(
            a_prompt(), "m", 200, b'{"usage": {"prompt_tokens": 30, "completion_tokens": 12}}'
        )
        ledger.sink(origin="o").store(a_prompt(), "m", 200, b"no usage")
        names = [f"DROP TABLE {name}" for name in LATER]
        ledger._db.executescript(";".join([*names, "PRAGMA user_version=1"]))
    with Ledger.open(path) as ledger:
        spent = ledger.account()
        assert (spent.calls, spent.prompt_tokens, spent.completion_tokens) == (2, 30, 12)
        assert (spent.unpriced, spent.cost) == (2, None)
        assert spent == from_rows(ledger)


LATER = ("prompts", "essays", "failed", "calls", "spent", "learnt")


def test_the_tables_of_the_first_version_are_not_those_of_later_ones() -> None:
    assert not any(f"CREATE TABLE {name} " in TABLES for name in LATER)


def test_an_account_adds_up_what_is_spent_inside_it_and_by_nobody_else(ledger: Ledger) -> None:
    budget = a_budget(ledger)
    before = budget.reserve(a_prompt())
    with account() as outer:
        budget.settle(before, used())
        with account() as inner:
            budget.settle(budget.reserve(a_prompt()), used())
        open_still = budget.reserve(a_prompt())
    assert (inner.calls, inner.tokens, inner.estimated) == (1, 18, 0)
    assert inner.cost == PRICE.of(11, 7) / BILLION
    assert (outer.calls, outer.tokens, outer.estimated) == (2, 18 + WHOLE, 1)
    budget.settle(open_still, used())
    assert (outer.calls, outer.tokens, outer.estimated) == (2, 36, 0)
    assert ledger.account().calls == 3


def test_an_account_in_which_nothing_was_asked_has_no_cost() -> None:
    with account() as empty:
        pass
    assert (empty.calls, empty.cost, empty.currency) == (0, None, None)


TOLD = st.none() | st.builds(
    Usage,
    prompt_tokens=st.none() | st.integers(0, ASKED),
    completion_tokens=st.none() | st.integers(0, 100),
    cached_tokens=st.none() | st.integers(0, 500),
)


class Spenders(RuleBasedStateMachine):
    """Two processes on one ledger reserve and settle in any order, and some die in between.

    No server counts more than was set aside here, so no cap may ever be passed.
    """

    reservations = Bundle("reservations")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "o" / ".scriptgen" / "ledger.sqlite3"
        self.ledgers = [Ledger.open(self.path) for _ in range(2)]
        for each in self.ledgers:
            each._db.execute("PRAGMA synchronous=OFF")
        self.caps = Caps(calls=9, tokens=6 * WHOLE, cost=5 * PRICE.of(ASKED, 100) / BILLION)
        self.budgets = [self.budget(number) for number in range(2)]

    def budget(self, number: int) -> LedgerBudget:
        return self.ledgers[number].budget(origin="o", model="m", price=PRICE, caps=self.caps)

    @rule(target=reservations, number=st.integers(0, 1))
    def reserve(self, number: int) -> tuple[int, str] | None:
        before = self.ledgers[number].account()
        try:
            return number, self.budgets[number].reserve(a_prompt())
        except ProviderError as refused:
            code = refused.code
        assert (code, self.passed(before)) == ("E_BUDGET", True)
        assert self.ledgers[number].account() == before
        return None

    def passed(self, spent: Account) -> bool:
        """Whether one more call might pass a cap."""
        assert self.caps.calls is not None
        assert self.caps.tokens is not None
        assert self.caps.cost is not None
        return (
            spent.calls == self.caps.calls
            or spent.tokens + WHOLE > self.caps.tokens
            or spent.costs["USD"] + PRICE.of(ASKED, 100) > billions(self.caps.cost)
        )

    @rule(reservation=consumes(reservations), usage=TOLD)
    def settle(self, reservation: tuple[int, str] | None, usage: Usage | None) -> None:
        if reservation is not None:
            number, name = reservation
            self.budgets[number].settle(name, usage)

    @rule(reservation=reservations, usage=TOLD)
    def settle_and_settle_again(
        self, reservation: tuple[int, str] | None, usage: Usage | None
    ) -> None:
        if reservation is not None:
            number, name = reservation
            self.budgets[number].settle(name, usage)
            before = self.ledgers[number].account()
            self.budgets[number].settle(name, usage)
            assert self.ledgers[number].account() == before

    @rule(number=st.integers(0, 1))
    def die_and_start_again(self, number: int) -> None:
        self.ledgers[number].close()
        self.ledgers[number] = Ledger.open(self.path)
        self.ledgers[number]._db.execute("PRAGMA synchronous=OFF")
        self.budgets[number] = self.budget(number)

    @invariant()
    def the_sums_are_those_of_the_rows(self) -> None:
        assert self.ledgers[0].account() == from_rows(self.ledgers[1])

    @invariant()
    def no_cap_is_passed(self) -> None:
        spent = self.ledgers[0].account()
        assert self.caps.calls is not None
        assert self.caps.tokens is not None
        assert self.caps.cost is not None
        assert spent.calls <= self.caps.calls
        assert spent.tokens <= self.caps.tokens
        assert spent.costs.get("USD", 0) <= billions(self.caps.cost)

    def teardown(self) -> None:
        for each in self.ledgers:
            each.close()
        self.folder.cleanup()


Spenders.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestSpenders = Spenders.TestCase
