"""What a server asks for in its headers, on real sockets, with a clock that never waits."""

from __future__ import annotations

import copy
import pickle
from email.utils import formatdate
from typing import TYPE_CHECKING

import fault_server as fs
import pytest
from asking import IMPATIENT, ask, fail, model_at
from fault_server import FaultServer

from scriptgen.errors import ProviderError, ScriptgenError
from scriptgen.llm import CallPolicy, FakeClock
from scriptgen.llm.run_time import bounded

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = FakeClock().now()
BACKOFF = (0.0, 1.0)
WAITS: dict[str, tuple[Mapping[str, str], tuple[float, float] | None]] = {
    # name: (headers, the least and the most that is waited before the second request; None: none)
    "seconds": ({"Retry-After": "7"}, (7, 7.7)),
    "a float": ({"Retry-After": "2.5"}, (2.5, 2.75)),
    "a date": ({"Retry-After": formatdate(NOW + 30, usegmt=True)}, (30, 33)),
    "a date by the server's own clock": (
        {
            "Date": formatdate(NOW - 5000, usegmt=True),
            "Retry-After": formatdate(NOW - 4960, usegmt=True),
        },
        (40, 44),
    ),
    "a date that is over": ({"Retry-After": formatdate(NOW - 30, usegmt=True)}, BACKOFF),
    "0": ({"Retry-After": "0"}, BACKOFF),
    "negative": ({"Retry-After": "-3"}, BACKOFF),
    "abc": ({"Retry-After": "abc"}, BACKOFF),
    "1_0": ({"Retry-After": "1_0"}, BACKOFF),
    "inf": ({"Retry-After": "inf"}, BACKOFF),
    "nan": ({"Retry-After": "nan"}, BACKOFF),
    "nothing": ({}, BACKOFF),
    "the longest": ({"Retry-After": "120"}, (120, 132)),
    "above the longest": ({"Retry-After": "121"}, None),
    "a date above the longest": ({"Retry-After": formatdate(NOW + 4000, usegmt=True)}, None),
    "milliseconds": ({"retry-after-ms": "1500"}, (1.5, 1.65)),
    "milliseconds before seconds": ({"retry-after-ms": "1500", "Retry-After": "9"}, (1.5, 1.65)),
    "milliseconds that are none": ({"retry-after-ms": "soon", "Retry-After": "9"}, (9, 9.9)),
    "milliseconds above the longest": ({"retry-after-ms": "120001"}, None),
    "x-should-retry: true": ({"x-should-retry": "true", "Retry-After": "3"}, (3, 3.3)),
    "x-should-retry: false": ({"x-should-retry": "false", "Retry-After": "3"}, None),
}


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize("name", WAITS)
def test_what_a_server_asks_for_is_waited_where_it_can_be(name: str, code: int) -> None:
    headers, wait = WAITS[name]
    clock = FakeClock()
    with FaultServer([fs.status(code, headers=headers), fs.reply()]) as server:
        model = model_at(server, clock=clock)
        if wait is None:
            error = fail(model)
            assert error.code == "E_PROVIDER"
            assert ("retry at 2023-11-14T" in error.message) is ("above" in name)
        else:
            assert ask(model).attempts == 2
    assert len(server.requests) == (1 if wait is None else 2)
    assert {r.headers["x-stainless-retry-count"] for r in server.requests} == {"0"}
    if wait is None:
        assert clock.slept == []
    else:
        least, most = wait
        assert len(clock.slept) == 1
        assert least <= clock.slept[0] <= most


@pytest.mark.parametrize(
    "behaviour",
    [
        fs.status(401),
        fs.status(429, headers={"Retry-After": "3600"}),
        fs.status(503),
        fs.status(307),
        fs.reset(),
        fs.hang(),
        fs.body(b"<html>"),
        fs.reply(""),
        fs.reply(finish_reason="length"),
        fs.reply("x" * 9000),
    ],
)
def test_an_error_survives_a_copy_and_the_way_to_another_process(behaviour: fs.Behaviour) -> None:
    with FaultServer([behaviour]) as server:
        error = fail(model_at(server, key="sk-canary-0123456789", policy=IMPATIENT))
    carried = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    for other in (carried, copy.deepcopy(error)):
        assert isinstance(other, ScriptgenError)
        assert type(other) is type(error)
        assert (other.code, other.message) == (error.code, error.message)
        assert (other.where, other.hint) == (error.where, error.hint)
        assert other.exit_code == error.exit_code
    assert b"canary" not in pickle.dumps(error)


def test_the_calls_of_a_run_share_its_time_and_the_waits_are_part_of_it() -> None:
    clock = FakeClock()
    behaviours = [fs.status(503, headers={"Retry-After": "20"}), fs.reply()] * 3
    with FaultServer(behaviours) as server, bounded(50):
        for _ in range(2):
            assert ask(model_at(server, clock=clock)).attempts == 2
        error = fail(model_at(server, clock=clock))
    assert error.code == "E_PROVIDER"
    assert len(server.requests) == 5
    assert len(clock.slept) == 2


def test_no_request_is_made_once_the_time_of_a_run_is_over() -> None:
    clock = FakeClock()
    with FaultServer([fs.status(503, headers={"Retry-After": "9"})]) as server, bounded(10):
        fail(model_at(server, clock=clock))
        clock._elapsed += 10
        error = fail(model_at(server, clock=clock))
    assert isinstance(error, ProviderError)
    assert error.code == "E_DEADLINE"
    assert len(server.requests) == 2


def test_an_attempt_gets_no_more_time_than_the_run_has_left() -> None:
    with FaultServer([fs.hang()]) as server, bounded(0.3):
        error = fail(model_at(server, policy=CallPolicy(attempts=1)))
    assert error.code == "E_DEADLINE"
    assert "0.3 seconds" in error.message


def test_one_run_takes_no_time_from_the_next() -> None:
    clock = FakeClock()
    with FaultServer() as server:
        for _ in range(2):
            with bounded(10):
                ask(model_at(server, clock=clock))
                clock._elapsed += 10
