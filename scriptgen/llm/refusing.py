"""Which parameter of a request a server refuses: read from its error, never guessed.

OpenAI names it in ``error.param``; most others only in their words, and each in its own. A
complaint about a value, such as a cap above what the model can write, is the user's to settle and
refuses nothing: leaving that cap out would lift it. An error that names no parameter that was sent
teaches nothing either.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

REFUSALS = frozenset({400, 422, 500, 501})
"""Statuses that may refuse a parameter; llama.cpp says ``Unsupported param`` with 500."""

_REFUSING_CODES = frozenset(
    {"unknown_parameter", "unrecognized_parameter", "unsupported_parameter", "unsupported_value"}
)
_LONGEST_SAID = 20_000
_NAME = r"['\"`]?(?P<name>[a-z][a-z_.]*)['\"`]?"
_OTHER = r"['\"`]?[a-z_]+['\"`]?"
SAYINGS: Mapping[str, str] = {
    # OpenAI, Azure OpenAI
    rf"(?:unsupported|unknown) parameter: {_NAME}": "Unsupported parameter: 'seed' is not supported"
    " with this model.",
    rf"unsupported value: {_NAME}": "Unsupported value: 'temperature' does not support 0.5 with"
    " this model. Only the default (1) value is supported.",
    rf"unrecognized request arguments? supplied: {_NAME}": "Unrecognized request argument supplied:"
    " reasoning_effort",
    rf"#/{_NAME}: extra inputs are not permitted": "Validation error at #/seed: Extra inputs are"
    " not permitted",
    # vLLM, Mistral and others that check requests with pydantic
    rf"extra_forbidden['\"], ['\"]loc['\"]: [(\[]['\"]body['\"], {_NAME}": "[{'type':"
    " 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra inputs are not permitted'}]",
    rf"{_NAME}:?\s+extra (?:inputs are|fields) not permitted": "seed\n  Extra inputs are not"
    " permitted [type=extra_forbidden]",
    # llama.cpp
    rf"unsupported param(?:eter)?s?: {_NAME}": "Unsupported param: seed",
    # servers in Rust, Go and TypeScript: LM Studio among the last
    rf"unknown field:? {_NAME}": "unknown field `seed`, expected one of `model`, `temperature`",
    rf"unrecognized keys?(?:\(s\))?(?: in object)?: {_NAME}": "Unrecognized key(s) in object:"
    " 'seed'",
    rf"additional properties are not allowed \({_NAME}": "Additional properties are not allowed"
    " ('seed' was unexpected)",
    rf"property {_NAME} is (?:unsupported|not supported)": "'seed' : property 'seed' is"
    " unsupported",
    # gateways
    rf"does not support (?:the )?parameters?:? [\[{{]?{_NAME}": "model-1 does not support"
    " parameters: ['reasoning_effort'], for model=model-1",
    rf"(?:parameter|argument) {_NAME} is not supported": "the parameter `top_p` is not supported",
    rf"(?:parameter|argument) not supported(?: on this model)?: {_NAME}": "Argument not supported"
    " on this model: reasoningEffort",
    rf"{_NAME} is (?:deprecated for|not supported (?:by|for|with|on)) (?:this|the) (?:model|server)"
    r"": "`temperature` is deprecated for this model.",
    rf"{_OTHER} and {_NAME} cannot both be (?:specified|set)": "`temperature` and `top_p` cannot"
    " both be specified for this model.",
}
"""Pattern to example: how servers say that they do not take a parameter at all."""

_THINKING = re.compile(r"does not support (?:thinking|reasoning)|think value .{0,40}not supported")
"""Ollama: ``"llama3.1:8b" does not support thinking`` answers ``reasoning_effort``."""

_STREAMING = re.compile(
    r"support stream"
    r"|stream(?:ing|ed)?\b[^.]{0,40}\b(?:not|un)[ -]?(?:supported|available|allowed|implemented)"
)
"""``Streaming is not supported for this model`` answers ``stream``, by many names."""

_REFUSING = tuple(re.compile(pattern) for pattern in SAYINGS)
_ABOUT_A_VALUE = re.compile(
    r"too (?:large|small|long|high|low|many)|\brange\b|at (?:most|least)|m(?:ax|in)imum|between"
    r"|greater|less than|exceed|invalid value|must be|should be|not of type|expected a"
)


def refused_parameter(body: bytes, sent: Collection[str]) -> str | None:
    """The name among ``sent`` that the error in ``body`` refuses, ``None`` where it names none."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    names = {_folded(name): name for name in sent}
    error = _error(document)
    said = "\n".join(_texts(document))[:_LONGEST_SAID].lower()
    for name in (_blamed(error, said), *_named(said)):
        if _folded(name) in names:
            return names[_folded(name)]
    if "reasoning_effort" in sent and _THINKING.search(said):
        return "reasoning_effort"
    if "stream" in sent and _STREAMING.search(said):
        return "stream"
    return None


def faulted_value(body: bytes, sent: Collection[str]) -> str | None:
    """The parameter among ``sent`` whose value the error in ``body`` complains of, if it is one."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    said = "\n".join(_texts(document))[:_LONGEST_SAID].lower()
    if not _ABOUT_A_VALUE.search(said):
        return None
    blamed = _error(document).get("param")
    named = [name for name in sent if name == blamed or re.search(rf"\b{name}\b", said)]
    return named[0] if len(named) == 1 else None


def _error(document: object) -> Mapping[str, object]:
    inner = document.get("error") if isinstance(document, dict) else None
    if isinstance(inner, dict):
        return inner
    return document if isinstance(document, dict) else {}


def _blamed(error: Mapping[str, object], said: str) -> str:
    """The error's ``param``, empty where the trouble with it is its value."""
    param = error.get("param")
    if not isinstance(param, str):
        return ""
    if error.get("code") in _REFUSING_CODES or not _ABOUT_A_VALUE.search(said):
        return param
    return ""


def _named(said: str) -> Iterator[str]:
    for pattern in _REFUSING:
        yield from (found["name"] for found in pattern.finditer(said))


def _folded(name: str) -> str:
    return name.rsplit(".", 1)[-1].replace("_", "").lower()


def _texts(value: object, depth: int = 4) -> Iterator[str]:
    """What a body says: its texts, and its lists as Python shows them, since some are."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner, depth - 1)
    elif isinstance(value, list):
        yield repr(value)
