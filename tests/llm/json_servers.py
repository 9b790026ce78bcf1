"""Servers that take JSON requests each in its own way, with the words they refuse in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import fault_server as fs

if TYPE_CHECKING:
    from collections.abc import Mapping

CLAIMS = '{"claims": [{"kind": "prop", "quote": "a lamp goes out"}]}'
"""What each of them answers in the end."""


def rung_of(request: fs.Request) -> str:
    """Which rung a request is on, read from what it holds."""
    document = request.json()
    if "tools" in document:
        assert "response_format" not in document
        return "tool"
    wanted: Any = document.get("response_format")
    return wanted["type"] if wanted else "text"


def call(
    arguments: object, *, name: str = "claims", times: int = 1, finish: str = "tool_calls"
) -> fs.Behaviour:
    """200 with calls of a tool."""
    function = {"name": name, "arguments": arguments}
    document: dict[str, Any] = fs.completion(
        None, tool_calls=[{"id": "1", "type": "function", "function": function}] * times
    )
    document["choices"][0]["finish_reason"] = finish
    return fs.body(json.dumps(document).encode())


@dataclass(frozen=True)
class Style:
    """A server: what it answers to the rungs it refuses, and what to the others.

    ``refusals``: rung to status and body, a text or what becomes JSON; ``answer``: ``None`` answers
    with `CLAIMS`.
    """

    refusals: Mapping[str, tuple[int, object]]
    answer: fs.Behaviour | None = None

    def __call__(self, request: fs.Request) -> fs.Behaviour:
        refusal = self.refusals.get(rung_of(request))
        if refusal is not None:
            code, said = refusal
            return fs.body(encoded(said), code=code)
        if self.answer is not None:
            return self.answer
        return call(CLAIMS) if rung_of(request) == "tool" else fs.reply(CLAIMS)


def encoded(said: object) -> bytes:
    """A body that says this: a text as it is, all else as JSON."""
    return (said if isinstance(said, str) else json.dumps(said)).encode()


def error(message: str, **more: object) -> dict[str, object]:
    """An error as OpenAI writes it."""
    return {"error": {"message": message, "type": "invalid_request_error", "param": None} | more}


FORMATS = ("json_schema", "json_object")
_OPENAI: dict[str, tuple[int, object]] = {
    rung: (
        400,
        error(
            f"Invalid parameter: 'response_format' of type '{rung}' is not supported with this"
            " model. Learn more about supported models at the Structured Outputs guide.",
            param="response_format",
        ),
    )
    for rung in FORMATS
}
_DEEPSEEK = (400, error("This response_format type is unavailable now"))
_LM_STUDIO = (400, {"error": "'response_format.type' must be 'json_schema' or 'text'"})
_PYDANTIC = {
    "type": "literal_error",
    "loc": ["body", "response_format", "type"],
    "msg": "Input should be 'text' or 'json_object'",
    "input": "json_schema",
}

STYLES: dict[str, tuple[dict[str, tuple[int, object]], str]] = {
    "takes schemas": ({}, "json_schema"),
    "OpenAI, older": ({"json_schema": _OPENAI["json_schema"]}, "json_object"),
    "OpenAI, oldest": (_OPENAI, "tool"),
    "OpenAI, the schema": (
        {"json_schema": (400, error("Invalid schema for response_format 'claims': In context=()"))},
        "json_object",
    ),
    "OpenAI, no tools": (
        _OPENAI | {"tool": (400, error("tools is not supported in this model.", param="tools"))},
        "text",
    ),
    "Azure": (
        {
            "json_schema": (
                400,
                error(
                    "response_format value as json_schema is enabled only for api versions"
                    " 2024-08-01-preview and later",
                    code="BadRequest",
                ),
            )
        },
        "json_object",
    ),
    "DeepSeek": ({"json_schema": _DEEPSEEK}, "json_object"),
    "DeepSeek, before": (
        {
            "json_schema": (
                422,
                "response_format.type `json_schema` is unavailable now at line 1 column 1193",
            )
        },
        "json_object",
    ),
    "DeepSeek, thinking": (
        {
            "json_schema": _DEEPSEEK,
            "json_object": _DEEPSEEK,
            "tool": (400, error("Thinking mode does not support this tool_choice")),
        },
        "text",
    ),
    "LM Studio": ({"json_object": _LM_STUDIO}, "json_schema"),
    "LM Studio, a model without grammar": (
        {
            "json_schema": (400, {"error": "'response_format.json_schema' is not supported"}),
            "json_object": _LM_STUDIO,
        },
        "tool",
    ),
    "llama.cpp, before": (
        {
            "json_schema": (
                400,
                error(
                    'response_format type must be one of "text" or "json_object", but got:'
                    " json_schema",
                    code=400,
                ),
            )
        },
        "json_object",
    ),
    "llama.cpp, no grammar, no templates": (
        {
            "json_schema": (400, error("Failed to initialize samplers: failed to parse grammar")),
            "json_object": (400, error("failed to parse grammar", code=400)),
            "tool": (500, error("tools param requires --jinja flag", type="server_error")),
        },
        "text",
    ),
    "llama.cpp, no tools": (
        _OPENAI | {"tool": (500, {"code": 500, "message": "Unsupported param: tools"})},
        "text",
    ),
    "vLLM": (
        {
            "json_schema": (
                400,
                {
                    "object": "error",
                    "message": "The provided JSON schema contains features not supported by"
                    " xgrammar.",
                    "type": "BadRequestError",
                    "param": None,
                    "code": 400,
                },
            ),
            "json_object": (400, {"object": "error", "message": "guided decoding is off"}),
            "tool": (
                400,
                {"object": "error", "message": "tool_choice requires --tool-call-parser to be set"},
            ),
        },
        "text",
    ),
    "checks with pydantic": ({"json_schema": (422, {"detail": [_PYDANTIC]})}, "json_object"),
    "Ollama, before": (
        {
            "json_schema": (
                400,
                error(
                    "json: cannot unmarshal object into Go struct field"
                    " ChatCompletionRequest.response_format of type string"
                ),
            ),
            "json_object": (400, error("invalid response format", type="api_error")),
            "tool": (
                400,
                error(
                    "registry.ollama.ai/library/gemma:2b does not support tools", type="api_error"
                ),
            ),
        },
        "text",
    ),
    "OpenRouter": (
        {
            "json_schema": (
                404,
                error("No endpoints found that can handle the requested parameters.", code=404),
            ),
            "json_object": (
                400,
                error(
                    "Provider returned error",
                    code=400,
                    metadata={"raw": '{"error": {"message": "JSON mode is not enabled"}}'},
                ),
            ),
            "tool": (404, error("No endpoints found that support tool use.", code=404)),
        },
        "text",
    ),
    "OpenRouter, with 200": (
        {"json_schema": (200, error("structured outputs are not supported here", code=400))},
        "json_object",
    ),
    "Groq": (
        {
            "json_schema": (
                400,
                error("This model does not support response format `json_schema`."),
            ),
            "json_object": (
                400,
                error("Failed to generate JSON. Adjust your prompt.", code="json_validate_failed"),
            ),
        },
        "tool",
    ),
    "xAI, before": (
        {
            rung: (
                400,
                {
                    "code": "Client specified an invalid argument",
                    "error": "The response_format parameter is unsupported at the moment.",
                },
            )
            for rung in FORMATS
        },
        "tool",
    ),
}
"""By name: what each refuses, and the rung it ends on."""
