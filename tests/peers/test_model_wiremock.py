"""Our client against WireMock, which breaks bodies and connections in ways of its own."""

from __future__ import annotations

import json
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest
from fault_server import completion
from model_peers import End, Peer, call, folder, running

from scriptgen.errors import FatalProviderError
from scriptgen.llm import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.peers

TEXT = "FADE IN:"
PATH = "/v1/chat/completions"
NOW = 1_700_000_000.0
WHOLE = json.dumps(completion(TEXT))


def _document(content: object, **more: Any) -> dict[str, Any]:
    return {"status": 200, "body": json.dumps(content), **more}


def _choices(choices: object) -> dict[str, Any]:
    return _document({**completion(), "choices": choices})


def _cut(document: str) -> str:
    return document[: len(document) // 2]


ROWS: dict[str, tuple[dict[str, Any], str, int, int]] = {
    # name: (what it answers, reply or error code, requests, bodies that were paid for)
    "a good reply": (_document(completion(TEXT)), TEXT, 1, 1),
    "garbage in place of a body": ({"fault": "MALFORMED_RESPONSE_CHUNK"}, "E_CONNECT", 4, 0),
    "garbage in place of HTTP": ({"fault": "RANDOM_DATA_THEN_CLOSE"}, "E_CONNECT", 4, 0),
    "a reset": ({"fault": "CONNECTION_RESET_BY_PEER"}, "E_CONNECT", 4, 0),
    "an empty reply": ({"fault": "EMPTY_RESPONSE"}, "E_CONNECT", 4, 0),
    "a body shorter than its length": (
        {"status": 200, "body": _cut(WHOLE), "headers": {"Content-Length": str(len(WHOLE))}},
        "E_CONNECT",
        4,
        0,
    ),
    "JSON cut off": ({"status": 200, "body": _cut(WHOLE)}, "E_PROTOCOL", 3, 3),
    "HTML": ({"status": 200, "body": "<html>Busy</html>"}, "E_PROTOCOL", 3, 3),
    "HTML with 502": ({"status": 502, "body": "<html>Bad gateway</html>"}, "E_PROVIDER", 4, 0),
    "an empty body": ({"status": 200}, "E_PROTOCOL", 3, 3),
    "choices null": (_choices(None), "E_PROTOCOL", 3, 3),
    "choices empty": (_choices([]), "E_PROTOCOL", 3, 3),
    "a refusal": (_document(completion(None, refusal="I would rather not.")), "E_REFUSED", 1, 1),
    "a redirect": ({"status": 307, "headers": {"Location": "/elsewhere"}}, "E_CONFIG", 1, 0),
    "gzip that is none": (
        {"status": 200, "body": "plain", "headers": {"Content-Encoding": "gzip"}},
        "E_CONNECT",
        4,
        0,
    ),
}
WAITS: dict[str, tuple[dict[str, str], float]] = {
    # name: (headers of a 429, the seconds they ask for)
    "seconds": ({"Retry-After": "7"}, 7),
    "a date": ({"Retry-After": formatdate(NOW + 30, usegmt=True)}, 30),
    "milliseconds": ({"retry-after-ms": "2500"}, 2.5),
    "the longest that is waited for": ({"Retry-After": "120"}, 120),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Peer]:
    """The server, started once; each test tells it what to answer."""
    jar = folder() / "node_modules/wiremock/build/wiremock-standalone-3.13.2.jar"
    options = ("--port", "0", "--bind-address", "127.0.0.1", "--disable-banner")
    quick = ("-XX:TieredStopAtLevel=1", "-Xmx256m")
    with running("java", *quick, "-jar", jar, *options) as peer:
        yield peer


def asked(server: Peer, *answers: dict[str, Any], clock: FakeClock | None = None) -> End:
    """The end of a call that gets ``answers`` in turn, the last for ever.

    The server's own record of requests has to agree with ours.
    """
    server.ask("DELETE", "/__admin/mappings")
    server.ask("DELETE", "/__admin/requests")
    for number, answer in enumerate(answers):
        last = number == len(answers) - 1
        server.ask(
            "POST",
            "/__admin/mappings",
            {
                "request": {"method": "POST", "urlPath": PATH},
                "response": {"headers": {"Content-Type": "application/json"}, **answer},
                "scenarioName": "in turn",
                "requiredScenarioState": f"answer {number}" if number else "Started",
                **({} if last else {"newScenarioState": f"answer {number + 1}"}),
            },
        )
    end = call(server, clock=clock)
    found = server.ask("GET", "/__admin/requests")["requests"]
    assert [each["request"]["url"] for each in found] == [PATH] * end.requests
    headers = [{k.lower(): v for k, v in each["request"]["headers"].items()} for each in found]
    assert {each["x-stainless-retry-count"] for each in headers} == {"0"}
    return end


@pytest.mark.parametrize("name", ROWS)
def test_each_answer_has_its_end_its_requests_and_its_kept_bodies(name: str, server: Peer) -> None:
    answer, said, requests, kept = ROWS[name]
    end = asked(server, answer)
    assert (end.said, end.requests, end.kept) == (said, requests, kept)
    assert end.error is None or end.error.where == server.origin


@pytest.mark.parametrize("name", WAITS)
def test_a_wait_is_kept_in_each_of_its_forms(name: str, server: Peer) -> None:
    headers, seconds = WAITS[name]
    clock = FakeClock(NOW)
    date = {"Date": formatdate(NOW, usegmt=True)} if name == "a date" else {}
    busy = {"status": 429, "headers": {**headers, **date}}
    end = asked(server, busy, _document(completion(TEXT)), clock=clock)
    assert (end.said, end.requests) == (TEXT, 2)
    assert seconds <= max(clock.slept) <= seconds * 1.1


def test_two_minutes_and_a_second_are_not_waited_for(server: Peer) -> None:
    clock = FakeClock()
    end = asked(server, {"status": 503, "headers": {"Retry-After": "121"}}, clock=clock)
    assert (end.said, end.requests, clock.slept) == ("E_PROVIDER", 1, [])
    assert not isinstance(end.error, FatalProviderError)


def test_a_broken_body_is_followed_by_a_whole_one(server: Peer) -> None:
    end = asked(server, {"fault": "MALFORMED_RESPONSE_CHUNK"}, _document(completion(TEXT)))
    assert (end.said, end.requests) == (TEXT, 2)
