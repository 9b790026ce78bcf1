"""From a pydantic model to the JSON Schema that servers take in strict mode.

The subset that OpenAI documents for structured outputs (platform.openai.com/docs/guides/
structured-outputs), and less: whole, without references, so that servers that turn it into a
grammar read it too. Objects are closed and name each field as required; a field that may be
missing is one that may be ``null``. What limits a value (lengths, patterns, ranges) is not sent: it
is checked here, by the model that the reply is read into.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, NoReturn

from scriptgen.prompt import JsonSchema

if TYPE_CHECKING:
    from pydantic import BaseModel

KEYWORDS = frozenset(
    {
        "additionalProperties",
        "anyOf",
        "description",
        "enum",
        "items",
        "properties",
        "required",
        "type",
    }
)
TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
DEEPEST = 5
"""Levels of objects, and `MOST_FIELDS` fields in all: the limits that were documented first."""

MOST_FIELDS = 100

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LEFT_OUT = frozenset(
    {
        "$defs",
        "default",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
        "multipleOf",
        "pattern",
        "title",
    }
)


@cache
def strict_schema(kind: type[BaseModel], name: str) -> JsonSchema:
    """The schema of ``kind``, under a ``name`` of letters, digits, ``_`` and ``-``.

    Fields stand in the order of the model, since replies are written in it; their descriptions are
    kept, those of models are for programmers. Raises ``ValueError`` with the place of what no
    strict schema holds: open objects, tuples, sets, unions told apart by a field, ``Any``, and
    models within themselves.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a schema")
    schema = kind.model_json_schema()
    closed = _Closing(schema.get("$defs", {})).close(schema, "", 0)
    if closed.get("type") != "object":
        _refuse("", "the whole is no object")
    return JsonSchema(name=name, text=json.dumps(closed, ensure_ascii=False, separators=(",", ":")))


class _Closing:
    def __init__(self, definitions: dict[str, dict[str, object]]) -> None:
        self._definitions = definitions
        self._inside: tuple[str, ...] = ()
        self._fields = 0

    def close(self, schema: dict[str, object], place: str, deep: int) -> dict[str, object]:
        if "$ref" in schema:
            return self._resolve(schema, place, deep)
        if "const" in schema:
            schema = {**schema, "enum": [schema["const"]]}
            del schema["const"]
        unknown = sorted(schema.keys() - KEYWORDS - _LEFT_OUT)
        if unknown:
            _refuse(place, f"{unknown[0]} is no part of a strict schema")
        kept = {key: value for key, value in schema.items() if key in KEYWORDS}
        if schema.get("type") == "object":
            return self._object(kept, place, deep + 1)
        if "anyOf" in schema:
            choices = schema["anyOf"]
            assert isinstance(choices, list)  # noqa: S101 - pydantic makes no other
            return {**kept, "anyOf": [self.close(each, place, deep) for each in choices]}
        if schema.get("type") not in TYPES and "enum" not in schema:
            _refuse(place, "any value would do")
        if schema.get("type") == "array":
            items = schema.get("items")
            if not isinstance(items, dict):
                _refuse(place, "a list of no one kind")
            return {**kept, "items": self.close(items, f"{place}[]", deep)}
        return kept

    def _object(self, schema: dict[str, object], place: str, deep: int) -> dict[str, object]:
        fields = schema.get("properties")
        if not isinstance(fields, dict) or schema.get("additionalProperties"):
            _refuse(place, "an open object")
        self._fields += len(fields)
        if deep > DEEPEST or self._fields > MOST_FIELDS:
            _refuse(place, f"over {DEEPEST} levels or {MOST_FIELDS} fields")
        closed = {
            name: self.close(each, f"{place}.{name}".lstrip("."), deep)
            for name, each in fields.items()
        }
        return {
            "type": "object",
            "properties": closed,
            "required": list(closed),
            "additionalProperties": False,
        }

    def _resolve(self, schema: dict[str, object], place: str, deep: int) -> dict[str, object]:
        name = str(schema["$ref"]).removeprefix("#/$defs/")
        if name in self._inside:
            _refuse(place, f"{name} holds itself")
        before, self._inside = self._inside, (*self._inside, name)
        found = self.close(self._definitions[name], place, deep)
        self._inside = before
        return {
            **found,
            **({"description": schema["description"]} if "description" in schema else {}),
        }


def _refuse(place: str, because: str) -> NoReturn:
    raise ValueError(f"{place or 'the schema'}: {because}")
