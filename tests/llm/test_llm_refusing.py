"""How servers say that they refuse a parameter, and what is no refusal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.llm.refusing import SAYINGS, faulted_value, refused_parameter

SENT = ("temperature", "top_p", "max_tokens", "seed", "reasoning_effort")
NAMED = {
    # server: (body, the parameter it refuses)
    "OpenAI, a parameter": (
        {
            "error": {
                "message": "Unsupported parameter: 'max_tokens' is not supported with this model."
                " Use 'max_completion_tokens' instead.",
                "type": "invalid_request_error",
                "param": "max_tokens",
                "code": "unsupported_parameter",
            }
        },
        "max_tokens",
    ),
    "OpenAI, a value that is the only one": (
        {
            "error": {
                "message": "Unsupported value: 'temperature' does not support 0.5 with this model."
                " Only the default (1) value is supported.",
                "param": "temperature",
                "code": "unsupported_value",
            }
        },
        "temperature",
    ),
    "OpenAI, by message alone": (
        {"error": {"message": "Unrecognized request argument supplied: reasoning_effort"}},
        "reasoning_effort",
    ),
    "OpenAI behind a gateway that drops param": (
        {
            "error": {
                "message": "Unsupported parameter: 'max_tokens' is not supported with this model."
                " Use 'max_completion_tokens' instead.",
                "code": "invalid_request_body",
            }
        },
        "max_tokens",
    ),
    "Azure OpenAI": (
        {"error": {"code": 400, "message": "Validation error at #/seed: Extra inputs are not"
                   " permitted\nValidation error at #/store: Extra inputs are not permitted"}},
        "seed",
    ),
    "vLLM": (
        {
            "object": "error",
            "message": "[{'type': 'extra_forbidden', 'loc': ('body', 'reasoning_effort'),"
            " 'msg': 'Extra inputs are not permitted', 'input': 'low'}]",
            "type": "BadRequestError",
            "param": None,
            "code": 400,
        },
        "reasoning_effort",
    ),
    "Mistral": (
        {
            "object": "error",
            "detail": [
                {"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not"
                 " permitted", "input": 7}
            ],
        },
        "seed",
    ),
    "llama.cpp": (
        {"error": {"code": 500, "message": "Unsupported param: seed", "type": "server_error"}},
        "seed",
    ),
    "Ollama, no thinking": (
        {"error": {"message": '"llama3.1:8b" does not support thinking', "param": None}},
        "reasoning_effort",
    ),
    "Ollama, no such thinking": (
        {"error": {"message": 'think value "medium" is not supported for this model'}},
        "reasoning_effort",
    ),
    "LM Studio": ({"error": "Unrecognized key(s) in object: 'top_p'"}, "top_p"),
    "a gateway that names it in its own way": (
        {"error": "Argument not supported on this model: reasoningEffort"},
        "reasoning_effort",
    ),
    "DeepSeek": (
        {
            "error": {
                "message": "Failed to deserialize the JSON body into the target type: unknown field"
                " `seed`, expected one of `model`, `temperature`, `max_tokens` at line 1 column 9",
                "type": "invalid_request_error",
                "param": None,
                "code": "invalid_request_error",
            }
        },
        "seed",
    ),
}  # fmt: skip
NOT_NAMED = {
    "a cap above the model's": {
        "error": {
            "message": "max_tokens is too large: 99999. This model supports at most 16384"
            " completion tokens",
            "param": "max_tokens",
            "code": "invalid_value",
        }
    },
    "DeepSeek, a cap out of range": {
        "error": {
            "message": "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]",
            "param": None,
            "code": "invalid_request_error",
        }
    },
    "vLLM, a full context": {
        "object": "error",
        "message": "'max_tokens' or 'max_completion_tokens' is too large: 5000. This model's"
        " maximum context length is 4096 tokens and your request has 900 input tokens",
        "param": "max_tokens",
        "code": 400,
    },
    "a temperature above the highest": {
        "error": {
            "message": "Invalid 'temperature': decimal above maximum value. Expected a value <= 2,"
            " but got 9 instead.",
            "param": "temperature",
            "code": "decimal_above_max_value",
        }
    },
    "a parameter that was not sent": {"error": {"message": "no", "param": "logit_bias"}},
    "another field of the request": {
        "error": {"message": "[{'type': 'extra_forbidden', 'loc': ('body', 'messages', 0, 'seed')"}
    },
    "nothing that is ours": {"error": {"message": "Your request was rejected."}},
    "a model's name that is like a parameter": {"error": {"message": "model 'seed' is unknown"}},
    "param of another kind": {"error": {"message": "no", "param": ["temperature"]}},
    "a list": ["temperature"],
    "null": None,
}


def said(document: object) -> bytes:
    return json.dumps(document).encode()


@pytest.mark.parametrize("server", NAMED)
def test_a_parameter_is_named_in_the_way_of_each_server(server: str) -> None:
    document, name = NAMED[server]
    assert refused_parameter(said(document), SENT) == name


@pytest.mark.parametrize("name", NOT_NAMED)
def test_no_parameter_is_refused_where_none_that_was_sent_is_named(name: str) -> None:
    assert refused_parameter(said(NOT_NAMED[name]), SENT) is None


@pytest.mark.parametrize("pattern", SAYINGS)
def test_each_saying_has_an_example_that_it_reads(pattern: str) -> None:
    example = SAYINGS[pattern]
    found = refused_parameter(said({"error": {"message": example}}), SENT)
    assert found is not None
    assert found.replace("_", "") in example.replace("_", "").lower()


def test_a_parameter_is_not_refused_unless_it_was_sent() -> None:
    document, _ = NAMED["OpenAI, a parameter"]
    assert refused_parameter(said(document), ("temperature",)) is None


@pytest.mark.parametrize(
    "body", [b"", b"<html>Unsupported parameter: 'seed'", b"\xff", b"[" * 9999]
)
def test_a_body_that_is_no_json_refuses_nothing(body: bytes) -> None:
    assert refused_parameter(body, SENT) is None


@given(st.text(max_size=80))
def test_no_words_break_the_reading(words: str) -> None:
    found = refused_parameter(said({"error": {"message": words, "param": words}}), SENT)
    assert found is None or found.replace("_", "") in words.replace("_", "").lower()


@pytest.mark.parametrize(
    ("name", "faulted"),
    [
        ("a cap above the model's", "max_tokens"),
        ("DeepSeek, a cap out of range", "max_tokens"),
        ("a temperature above the highest", "temperature"),
        ("a parameter that was not sent", None),
        ("nothing that is ours", None),
        ("a list", None),
    ],
)
def test_the_parameter_whose_value_is_wrong_is_told(name: str, faulted: str | None) -> None:
    assert faulted_value(said(NOT_NAMED[name]), SENT) == faulted
    assert faulted_value(b"<html>", SENT) is None
