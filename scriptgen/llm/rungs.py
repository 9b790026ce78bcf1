"""The four ways to ask for a JSON object, and how servers refuse one.

=============  ==============================================  ===============================
rung           added to the request                            added to the system message
=============  ==============================================  ===============================
json_schema    ``response_format`` with the schema, strict     nothing
json_object    ``response_format`` of that type                the schema, and the word JSON
tool           one tool whose arguments are the object, and    nothing
               ``tool_choice: "required"``
text           nothing                                         the schema, and the word JSON
=============  ==============================================  ===============================

A server that takes a request and heeds none of this is common, so that every reply is validated by
`json_reply.read_json`, whatever its rung. ``required`` and not the tool's name: LM Studio and
llama.cpp take no object there, and with one tool it says the same.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from scriptgen.llm.provider_errors import FATAL_CODES, TOO_LONG_CODES, find_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.prompt import Prompt

_PLAIN_REFUSALS = frozenset({400, 422})
_OTHER_REFUSALS = frozenset({404, 405, 406, 415, 500, 501})
_OK = range(200, 300)
_LONGEST = 4_000
_DEEPEST = 6
_TOLD_IN = frozenset(
    {
        "code",
        "detail",
        "error",
        "errors",
        "loc",
        "message",
        "metadata",
        "msg",
        "param",
        "raw",
        "type",
    }
)
_TAKES = "Takes the answer, whole."
_EITHER = r"requested parameters|grammar"
_NAMED = {
    "format": re.compile(
        r"response[ _]?(?:format|mime)|json[ _]?(?:schema|object|mode|output|validate)"
        r"|invalid schema|generate json|structured[ _]?(?:output|generation|decoding)|guided[ _]"
        rf"|word '?json|{_EITHER}"
    ),
    "tool": re.compile(rf"\btools?\b|\btool[ _]?(?:choice|use|call)|\bfunctions?\b|{_EITHER}"),
}
_ASKED_BY = {"json_schema": "format", "json_object": "format", "tool": "tool"}
_CANNOT = re.compile(
    r"support|unavailable|not (?:available|implemented|enabled|allowed)|requires?\b|must be"
    r"|failed to|requested parameters"
)
_TOO_LONG = re.compile(r"context (?:length|window|size)|maximum context")


def added(prompt: Prompt, rung: str | None) -> dict[str, object]:
    """What ``rung`` puts into a request beside messages and parameters."""
    wanted = prompt.json_schema
    if wanted is None or rung not in _ASKED_BY:
        return {}
    if rung == "json_object":
        return {"response_format": {"type": "json_object"}}
    shape = json.loads(wanted.text)
    if rung == "tool":
        function = {"name": wanted.name, "description": _TAKES, "parameters": shape}
        return {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": "required",
        }
    schema = {"name": wanted.name, "strict": True, "schema": shape}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def messages(prompt: Prompt, rung: str | None) -> list[dict[str, str]]:
    """The messages of ``prompt`` as a request holds them, with what ``rung`` has to say."""
    told = [{"role": each.role, "content": each.content} for each in prompt.messages]
    if prompt.json_schema is None or rung not in ("json_object", "text"):
        return told
    shape = (
        "Answer with one JSON object and nothing else. It is of this JSON Schema:\n"
        f"{prompt.json_schema.text}"
    )
    if told and told[0]["role"] == "system":
        return [{"role": "system", "content": f"{told[0]['content']}\n\n{shape}"}, *told[1:]]
    return [{"role": "system", "content": shape}, *told]


def refused(rung: str, status: int, body: bytes) -> bool:
    """Whether an answer refuses ``rung`` as such, so that the next one is worth a request.

    Read from what the server says of it, in the words of OpenAI, Azure, DeepSeek, Groq, LM Studio,
    llama.cpp, vLLM, Ollama, OpenRouter, xAI and Gemini. A refusal that names nothing of the rung is
    none, and neither is one of the key, the quota, the model or the length.
    """
    if rung not in _ASKED_BY:
        return False
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    error = find_error(document)
    codes = error.codes if error else frozenset()
    if codes & (FATAL_CODES | TOO_LONG_CODES) or (status in _OK and error is None):
        return False
    said = _said(document, body)
    if _TOO_LONG.search(said) or not _NAMED[_ASKED_BY[rung]].search(said):
        return False
    if status in _PLAIN_REFUSALS:
        return True
    return (status in _OTHER_REFUSALS or status in _OK) and _CANNOT.search(said) is not None


def _said(document: object, body: bytes) -> str:
    """What a body says, in lower case, without what it repeats of the request."""
    if document is None:
        plain = body.decode("utf-8", errors="replace")
        return "" if "<" in plain else plain[:_LONGEST].lower()
    return " ".join(_texts(document, _DEEPEST))[:_LONGEST].lower()


def _texts(value: object, deep: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and deep:
        for key, inner in value.items():
            if key in _TOLD_IN:
                yield from _texts(inner, deep - 1)
    elif isinstance(value, list) and deep:
        for inner in value:
            yield from _texts(inner, deep - 1)
