from __future__ import annotations

import json
from typing import Any

import fault_server as fs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.errors import (
    FatalProviderError,
    ProviderError,
    ReplyError,
    ScriptgenError,
    SetupError,
)
from scriptgen.llm import read_body
from scriptgen.llm.reply_shape import read_usage
from scriptgen.prompt import Reply, Usage


def completion(content: object = "FADE IN:", **choice: object) -> dict[str, Any]:
    document = fs.completion(content)
    document["choices"][0].update(choice)  # type: ignore[index]  # the shape is fs.completion's
    return document


def read(document: object, status: int = 200) -> Reply:
    return read_body(status, json.dumps(document).encode())


def refused(body: bytes | dict[str, Any], status: int = 200) -> ScriptgenError:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(ScriptgenError) as caught:
        read_body(status, raw, where="https://models.example", request_id="req_1")
    return caught.value


def outcome(status: int, body: bytes) -> int:
    """0 for a reply, else the exit code of the error."""
    try:
        read_body(status, body)
    except ScriptgenError as error:
        return error.exit_code
    return 0


def test_a_plain_completion_is_a_reply() -> None:
    reply = read(completion("FADE IN:\n\nINT. KITCHEN"))
    assert reply.text == "FADE IN:\n\nINT. KITCHEN"
    assert reply.finish_reason == "stop"
    assert reply.model == "loopback-1"


def test_text_parts_are_joined() -> None:
    parts = [{"type": "text", "text": "FADE "}, {"type": "text", "text": "IN:"}]
    assert read(completion(parts)).text == "FADE IN:"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"<!doctype html><p>hello",
        b"upstream timed out",
        b'{"choices": [',
        b"\xff\xfe{}",
        b'{"a": "\xc3("}',
        b"data: {}\n\n",
        b"[" * 100_000,
        b"9" * 10_000,
        b"null",
        b"[]",
        b"7",
        b'"FADE IN:"',
        b"{}",
        b'{"choices": null}',
        b'{"choices": []}',
        b'{"choices": {}}',
        b'{"choices": [null]}',
        b'{"choices": [{}]}',
        b'{"choices": [{"message": null, "finish_reason": "stop"}]}',
        b'{"choices": [{"message": "FADE IN:", "finish_reason": "stop"}]}',
        b'{"error": "overloaded"}',
        b'{"error": {"message": "overloaded", "code": 503}}',
        b'{"object": "error", "message": "overloaded"}',
        b'{"detail": "overloaded"}',
    ],
)
def test_a_200_that_is_no_completion_is_a_protocol_error(body: bytes) -> None:
    error = refused(body)
    assert type(error) is ProviderError
    assert error.code == "E_PROTOCOL"
    assert error.where == "https://models.example"
    assert error.message.startswith("HTTP 200 (request req_1): ")


@pytest.mark.parametrize(
    "content",
    [7, True, {"text": "FADE IN:"}, [1], [{"type": "image_url"}], [{"type": "text", "text": 1}]],
)
def test_content_that_is_no_text_is_a_protocol_error(content: object) -> None:
    assert refused(completion(content)).code == "E_PROTOCOL"


@pytest.mark.parametrize("finish", ["error", "tool_calls", "abort", 7, {}, [], [["x"]]])
def test_an_unknown_end_is_a_protocol_error(finish: object) -> None:
    assert refused(completion(finish_reason=finish)).code == "E_PROTOCOL"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (completion(finish_reason="length"), "E_TRUNCATED"),
        (completion("", finish_reason="length"), "E_TRUNCATED"),
        (completion(finish_reason="MAX_TOKENS"), "E_TRUNCATED"),
        (completion(finish_reason=None), "E_TRUNCATED"),
        (completion(finish_reason=""), "E_TRUNCATED"),
        (completion(finish_reason=" Length "), "E_TRUNCATED"),
        ({"choices": [{"message": {"content": "FADE IN:"}}]}, "E_TRUNCATED"),
        (completion(finish_reason="content_filter"), "E_FILTERED"),
        (completion(None, finish_reason="content_filter"), "E_FILTERED"),
        (fs.completion(None, refusal="I can't help."), "E_REFUSED"),
        (fs.completion("Well.", refusal="I can't help."), "E_REFUSED"),
        (completion(""), "E_EMPTY_REPLY"),
        (completion(None), "E_EMPTY_REPLY"),
        (completion([]), "E_EMPTY_REPLY"),
        (completion(" \n\t\u200b\ufeff\0"), "E_EMPTY_REPLY"),
        ({"choices": [{"message": {}, "finish_reason": "stop"}]}, "E_EMPTY_REPLY"),
    ],
)
def test_a_reply_that_cannot_be_used_says_why(document: dict[str, Any], code: str) -> None:
    error = refused(document)
    assert type(error) is ReplyError
    assert error.code == code


def test_an_empty_refusal_is_no_refusal() -> None:
    for refusal in (None, "", " "):
        assert read(fs.completion("FADE IN:", refusal=refusal)).text == "FADE IN:"


def test_an_empty_error_beside_a_reply_is_no_error() -> None:
    nothing: tuple[object, ...] = (None, "", {})
    for error in nothing:
        assert read({**completion(), "error": error}).text == "FADE IN:"


@pytest.mark.parametrize(
    "error",
    [
        {"message": "no", "code": "insufficient_quota"},
        {"message": "no", "type": "insufficient_quota", "code": None},
        {"message": "no", "code": 401},
        {"message": "no", "code": "402"},
        {"message": "no", "code": "model_not_found"},
        {"message": "no", "type": "authentication_error"},
    ],
)
def test_a_fatal_error_object_is_fatal_with_any_status(error: dict[str, Any]) -> None:
    assert type(refused({"error": error})) is FatalProviderError
    if not str(error.get("code")).isdigit():
        assert type(refused({"error": error}, 429)) is FatalProviderError


@pytest.mark.parametrize(
    ("document", "hinted"),
    [
        (
            [
                {
                    "error": {
                        "code": 400,
                        "message": "API key not valid. Please pass a valid API key.",
                    }
                }
            ],
            "check the key",
        ),
        (
            {
                "code": "Client specified an invalid argument",
                "error": "Incorrect API key provided: na***ys.",
            },
            "check the key",
        ),
        (
            {
                "type": "error",
                "error": {
                    "type": "invalid_request_error",
                    "message": "Your credit balance is too low to access the API.",
                },
            },
            "add credit",
        ),
        (
            {"error": {"type": "exceeded_current_quota_error", "message": "suspended"}},
            "the quota is used up",
        ),
    ],
    ids=["Gemini", "xAI", "Anthropic", "Moonshot"],
)
def test_a_key_or_an_account_that_is_refused_with_400_is_fatal(
    document: object, hinted: str
) -> None:
    error = refused(json.dumps(document).encode(), 400)
    assert type(error) is FatalProviderError
    assert (error.hint or "").startswith(hinted)


def test_an_error_that_repeats_what_an_essay_says_of_keys_is_not_fatal() -> None:
    said = f"This was flagged: {'the lamp went out. ' * 20}invalid api key"
    assert refused({"error": {"message": said}}, 400).code == "E_PROVIDER"


@pytest.mark.parametrize("status", [401, 402, 403, 404])
@pytest.mark.parametrize("body", [b"", b"<html>no", b"[]", b'{"error": null}', b'{"error": 3}'])
def test_a_fatal_status_is_fatal_with_any_body(status: int, body: bytes) -> None:
    error = refused(body, status)
    assert type(error) is FatalProviderError
    assert error.code == "E_FATAL"
    assert error.hint


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
def test_a_redirect_is_a_setup_error(status: int) -> None:
    error = refused(b"", status)
    assert type(error) is SetupError
    assert error.code == "E_CONFIG"


def test_the_servers_message_is_found_where_servers_put_it() -> None:
    for document in (
        {"error": {"message": "too busy"}},
        {"error": "too busy"},
        {"message": "too busy"},
        {"detail": "too busy"},
    ):
        assert refused(document, 503).message == "HTTP 503 (request req_1): too busy"
    assert refused(b"too busy", 503).message == "HTTP 503 (request req_1): too busy"
    assert refused(b"", 503).message == "HTTP 503 (request req_1): no message"


def test_nul_and_lone_surrogates_become_replacement_characters_and_are_counted() -> None:
    body = b'{"choices": [{"finish_reason": "stop", "message": {"content": "A\\u0000B\\ud83d C\\ud83d\\ude00"}}], "model": "m\\udc00"}'  # noqa: E501 - one body
    reply = read_body(200, body)
    assert reply.text == "A\ufffdB\ufffd C\U0001f600"
    assert reply.replaced == 2
    assert reply.model == "m\ufffd"
    reply.model_dump_json().encode()


@pytest.mark.parametrize(
    "usage",
    [
        None,
        [],
        "many",
        {},
        {"prompt_tokens": "11"},
        {"prompt_tokens": -1, "completion_tokens": True, "total_tokens": 1.5},
        {"prompt_tokens": float("nan"), "completion_tokens": float("inf")},
        {"prompt_tokens": 10**30},
    ],
)
def test_odd_usage_is_unknown_and_never_an_error(usage: object) -> None:
    document = {**completion(), "usage": usage}
    assert read(document).usage == Usage()
    assert read_usage(json.dumps(document).encode()) is None


def test_usage_is_read_from_a_body_that_is_no_reply() -> None:
    document = {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2.0}}
    assert read_usage(json.dumps(document).encode()) == Usage(prompt_tokens=5, completion_tokens=2)
    assert read_usage(b"<html>") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "error", "code", "usage", "finish_reason", "type"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
STATUSES = st.sampled_from([200, 201, 204, 302, 400, 401, 429, 500])


@given(STATUSES, st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_is_a_reply_or_a_named_error(status: int, body: bytes) -> None:
    assert outcome(status, body) in {0, 3, 4, 5}


@given(JSON)
def test_a_completion_with_any_part_replaced_is_a_reply_or_a_named_error(odd: object) -> None:
    for document in (
        {"choices": odd},
        {"choices": [odd]},
        {"choices": [{"message": odd, "finish_reason": "stop"}]},
        completion(odd),
        completion(finish_reason=odd),
        fs.completion("FADE IN:", refusal=odd),
        {**completion(), "error": odd},
        {**completion(), "usage": odd, "model": odd},
    ):
        assert outcome(200, json.dumps(document).encode()) in {0, 4, 5}
