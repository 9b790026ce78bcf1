"""Asking a model: one door, one owner of retries, and a key that goes to one server only.

`open_model` gives a `scriptgen.ports.Model`. Names are loaded when they are first used; the
``openai`` package is imported by the first call of a model, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.llm.clocks import FakeClock, SystemClock
    from scriptgen.llm.json_reply import JsonAnswer, find_object, read_json
    from scriptgen.llm.keys import Secret
    from scriptgen.llm.opening import open_model
    from scriptgen.llm.policy import CallPolicy
    from scriptgen.llm.quoting import redact
    from scriptgen.llm.reply_shape import read_body
    from scriptgen.llm.scripted import ScriptedModel

_HOME = {
    "CallPolicy": "policy",
    "FakeClock": "clocks",
    "JsonAnswer": "json_reply",
    "ScriptedModel": "scripted",
    "Secret": "keys",
    "SystemClock": "clocks",
    "find_object": "json_reply",
    "open_model": "opening",
    "read_body": "reply_shape",
    "read_json": "json_reply",
    "redact": "quoting",
}

__all__ = [
    "CallPolicy",
    "FakeClock",
    "JsonAnswer",
    "ScriptedModel",
    "Secret",
    "SystemClock",
    "find_object",
    "open_model",
    "read_body",
    "read_json",
    "redact",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"scriptgen.llm.{_HOME[name]}"), name)
    raise AttributeError(f"module 'scriptgen.llm' has no attribute {name!r}")
