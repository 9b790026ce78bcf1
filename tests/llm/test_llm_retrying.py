from __future__ import annotations

import asyncio
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.errors import FatalProviderError, ProviderError, ReplyError, SetupError
from scriptgen.llm import CallPolicy, FakeClock
from scriptgen.llm.lane import Lane
from scriptgen.llm.retry_after import asked_wait
from scriptgen.llm.retrying import (
    LONGEST_BACKOFF,
    AttemptFailed,
    Decision,
    Failure,
    GiveUp,
    Retry,
    StopBatch,
    decide,
    persevere,
)
from scriptgen.prompt import Reply

NOW = 1_700_000_000.0
OVERLOADED = ProviderError("E_PROVIDER", "overloaded")
GOOD = Reply(text="FADE IN:", finish_reason="stop")
NOTED: list[object] = []


def decided(
    error: Exception,
    status: int | None = None,
    *,
    empty_before: bool = False,
    malformed_enough: bool = False,
    **headers: str,
) -> Decision:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    assert isinstance(error, ProviderError | ReplyError | SetupError)
    failure = Failure(error, status, named)
    return decide(
        failure,
        now=NOW,
        longest_wait=120,
        empty_before=empty_before,
        malformed_enough=malformed_enough,
    )


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
def test_a_passing_trouble_is_retried_after_a_backoff(status: int) -> None:
    assert decided(OVERLOADED, status) == Retry(None)


@pytest.mark.parametrize("status", [400, 405, 410, 413, 415, 422, 451])
def test_a_request_the_server_will_not_take_is_not_retried(status: int) -> None:
    assert isinstance(decided(OVERLOADED, status), GiveUp)


@pytest.mark.parametrize("code", ["E_CONNECT", "E_DEADLINE", "E_PROTOCOL"])
def test_a_broken_exchange_is_retried(code: str) -> None:
    assert decided(ProviderError(code, "broken"), 200) == Retry(None)
    assert decided(ProviderError(code, "broken")) == Retry(None)


def test_a_malformed_reply_is_paid_for_and_not_bought_for_ever() -> None:
    malformed = ProviderError("E_PROTOCOL", "broken")
    assert isinstance(decided(malformed, 200, malformed_enough=True), GiveUp)
    assert decided(OVERLOADED, 500, malformed_enough=True) == Retry(None)
    assert decided(ProviderError("E_CONNECT", "cut"), malformed_enough=True) == Retry(None)


@pytest.mark.parametrize("code", ["E_TRUNCATED", "E_REFUSED", "E_FILTERED"])
def test_a_reply_that_would_come_again_is_not_retried(code: str) -> None:
    assert isinstance(decided(ReplyError(code, "no"), 200), GiveUp)


def test_an_empty_reply_is_retried_once() -> None:
    empty = ReplyError("E_EMPTY_REPLY", "nothing")
    assert decided(empty, 200) == Retry(None)
    assert isinstance(decided(empty, 200, empty_before=True), GiveUp)


def test_a_fatal_error_and_a_wrong_setting_stop_everything() -> None:
    assert isinstance(decided(FatalProviderError("E_FATAL", "no"), 429), StopBatch)
    assert isinstance(decided(SetupError("E_CONFIG", "moved"), 307), StopBatch)
    fatal = FatalProviderError("E_FATAL", "no")
    assert isinstance(decided(fatal, 429, retry_after="1"), StopBatch)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": " 7 "}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9),
        ({"retry-after": formatdate(NOW + 30, usegmt=True)}, 30),
        (
            {
                "date": formatdate(NOW - 5000, usegmt=True),
                "retry-after": formatdate(NOW - 4970, usegmt=True),
            },
            30,
        ),
        ({"date": "yesterday", "retry-after": formatdate(NOW + 30, usegmt=True)}, 30),
        ({"retry-after": formatdate(NOW - 30, usegmt=True)}, None),
        ({}, None),
        *(
            ({"retry-after": text}, None)
            for text in ("", "0", "-0", "-3", "nan", "inf", "-inf", "1e999", "abc", "1,5", "3 s")
        ),
        ({"retry-after": "Fri, 99 Foo 9999 99:99:99 GMT"}, None),
        ({"retry-after-ms": "nan"}, None),
    ],
)
def test_a_wait_is_taken_from_the_server_only_where_it_is_a_usable_number(
    headers: dict[str, str], wait: float | None
) -> None:
    assert asked_wait(headers, NOW) == wait


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_header_breaks_the_reading_of_a_wait(after: str, date: str) -> None:
    wait = asked_wait({"retry-after": after, "date": date}, NOW)
    assert wait is None or 0 < wait < float("inf")


def test_a_wait_above_the_longest_gives_up_and_names_the_time() -> None:
    decision = decided(OVERLOADED, 429, retry_after="121")
    assert isinstance(decision, GiveUp)
    assert decision.after == 121
    assert "2023-11-14T22:15:21+00:00" in decision.because
    assert decided(OVERLOADED, 429, retry_after="120") == Retry(120)
    assert isinstance(decided(OVERLOADED, 429, retry_after="1e300"), GiveUp)


def test_a_server_that_says_not_to_retry_is_obeyed_and_one_that_urges_is_not() -> None:
    assert isinstance(decided(OVERLOADED, 503, x_should_retry="false"), GiveUp)
    assert isinstance(decided(OVERLOADED, 503, x_should_retry=" False "), GiveUp)
    assert isinstance(decided(OVERLOADED, 400, x_should_retry="true"), GiveUp)


def failing(
    policy: CallPolicy, clock: FakeClock, failure: Failure, *, seconds: float = 0, good: int = 0
) -> tuple[list[float], BaseException | Reply]:
    """The seconds each attempt was given, and what came of it; attempt ``good`` succeeds."""
    given_seconds: list[float] = []

    async def attempt(limit: float) -> Reply:
        given_seconds.append(limit)
        clock._elapsed += seconds
        if len(given_seconds) == good:
            return GOOD
        raise AttemptFailed(failure)

    async def run() -> Reply:
        lane = Lane("origin", clock)
        return await persevere(attempt, policy=policy, clock=clock, lane=lane, learn=NOTED.append)

    try:
        return given_seconds, asyncio.run(run())
    except (ProviderError, ReplyError) as error:
        return given_seconds, error


def test_attempts_are_used_up_and_counted_in_the_error() -> None:
    clock = FakeClock()
    given_seconds, error = failing(CallPolicy(attempts=3), clock, Failure(OVERLOADED, 503))
    assert len(given_seconds) == 3
    assert str(error) == "overloaded (3 attempts)"
    assert len(clock.slept) == 2


def test_waits_are_drawn_from_a_widening_range_with_a_cap() -> None:
    firsts, twelfths = [], []
    for _ in range(40):
        clock = FakeClock()
        failing(CallPolicy(attempts=13, total=10_000), clock, Failure(OVERLOADED, 503))
        firsts.append(clock.slept[0])
        twelfths.append(clock.slept[11])
    assert all(0 <= wait <= 1 for wait in firsts)
    assert all(0 <= wait <= LONGEST_BACKOFF for wait in twelfths)
    assert max(twelfths) - min(twelfths) > LONGEST_BACKOFF / 4


def test_a_wait_the_server_asked_for_is_kept_and_hardly_exceeded() -> None:
    clock = FakeClock()
    failure = Failure(OVERLOADED, 429, {"retry-after": "20"})
    _, reply = failing(CallPolicy(), clock, failure, good=3)
    assert isinstance(reply, Reply)
    assert reply.attempts == 3
    assert len(clock.slept) == 2
    assert all(20 <= wait <= 22 for wait in clock.slept)


def test_no_attempt_begins_after_the_total_and_the_last_gets_what_is_left() -> None:
    clock = FakeClock()
    policy = CallPolicy(attempts=99, deadline=40, total=100, longest_wait=20)
    failure = Failure(OVERLOADED, 429, {"retry-after": "1"})
    given_seconds, error = failing(policy, clock, failure, seconds=40)
    assert given_seconds[:2] == [40, 40]
    assert 0 < given_seconds[2] < 20
    assert len(given_seconds) == 3
    assert "3 attempts" in str(error)


def test_a_wait_that_would_pass_the_total_is_not_begun() -> None:
    clock = FakeClock()
    policy = CallPolicy(total=10, longest_wait=50)
    given_seconds, _ = failing(policy, clock, Failure(OVERLOADED, 429, {"retry-after": "11"}))
    assert len(given_seconds) == 1
    assert clock.slept == []


@pytest.mark.parametrize(
    "stop", [asyncio.CancelledError, KeyboardInterrupt, SystemExit, ValueError]
)
def test_what_is_not_a_failed_attempt_passes_at_once(stop: type[BaseException]) -> None:
    clock = FakeClock()
    made = []

    async def attempt(_: float) -> Reply:
        made.append(1)
        raise stop

    async def run() -> None:
        lane = Lane("origin", clock)
        with pytest.raises(stop):
            await persevere(
                attempt, policy=CallPolicy(), clock=clock, lane=lane, learn=NOTED.append
            )

    asyncio.run(run())
    assert made == [1]
    assert clock.slept == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"attempts": 0},
        {"deadline": 0},
        {"deadline": float("nan")},
        {"total": float("inf")},
        {"longest_wait": -1},
    ],
)
def test_impossible_limits_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SetupError) as caught:
        CallPolicy(**wrong)  # type: ignore[arg-type]  # one wrong value at a time
    assert caught.value.code == "E_CONFIG"
