"""Schemas that servers take in strict mode."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from scriptgen.enrichment import CLAIMS_SCHEMA
from scriptgen.schemas import KEYWORDS, TYPES, strict_schema
from scriptgen.values import Value

if TYPE_CHECKING:
    from scriptgen.prompt import JsonSchema

PACKAGE = Path(__file__).parent.parent / "scriptgen"


class Claim(Value):
    """For programmers."""

    quote: str = Field(max_length=300, description="copied exactly")
    kind: Literal["beat", "prop"]
    only: Literal["x"]
    who: str | None = None
    count: Annotated[int, Field(ge=0)] = 0
    share: float | None = None


class Claims(Value):
    claims: tuple[Claim, ...] = Field(min_length=1)
    first: Claim | None = Field(description="the strongest")


def walk(schema: object, place: str = "$") -> list[str]:
    """What in ``schema`` is outside of the strict subset."""
    if not isinstance(schema, dict):
        return [f"{place}: no schema"]
    wrong = [f"{place}.{key}" for key in schema.keys() - KEYWORDS]
    if schema.get("type", "null") not in TYPES:
        wrong.append(f"{place}.type")
    if not schema.keys() & {"type", "anyOf", "enum"}:
        wrong.append(f"{place}: anything goes")
    for index, choice in enumerate(schema.get("anyOf", [])):
        wrong += walk(choice, f"{place}.anyOf[{index}]")
    if schema.get("type") == "array":
        wrong += walk(schema.get("items"), f"{place}[]")
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            wrong.append(f"{place}: open")
        if schema.get("required") != list(fields):
            wrong.append(f"{place}: a field that may be missing")
        for name, field in fields.items():
            wrong += walk(field, f"{place}.{name}")
    return wrong


def schema_of(kind: type[BaseModel]) -> dict[str, Any]:
    schema = json.loads(strict_schema(kind, "claims").text)
    assert isinstance(schema, dict)
    return schema


def test_a_schema_is_closed_whole_and_within_the_strict_subset() -> None:
    assert walk(schema_of(Claims)) == []
    claim = schema_of(Claims)["properties"]["claims"]["items"]
    assert claim["properties"] == {
        "quote": {"description": "copied exactly", "type": "string"},
        "kind": {"enum": ["beat", "prop"], "type": "string"},
        "only": {"type": "string", "enum": ["x"]},
        "who": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "count": {"type": "integer"},
        "share": {"anyOf": [{"type": "number"}, {"type": "null"}]},
    }
    assert "For programmers" not in strict_schema(Claims, "claims").text


@pytest.mark.parametrize("sent", [CLAIMS_SCHEMA], ids=lambda sent: sent.name)
def test_every_schema_that_is_sent_is_within_the_strict_subset(sent: JsonSchema) -> None:
    assert walk(json.loads(sent.text)) == []


def test_schemas_are_made_nowhere_else() -> None:
    made = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\bJsonSchema\(", path.read_text(encoding="utf-8"))
    ]
    assert sorted(made) == ["prompt.py", "schemas.py"]


def test_fields_stand_in_the_order_of_the_model() -> None:
    assert list(schema_of(Claims)["properties"]["claims"]["items"]["properties"])[:2] == [
        "quote",
        "kind",
    ]


def test_the_walk_sees_what_it_looks_for() -> None:
    assert walk({"type": "object", "properties": {"a": {"type": "string", "pattern": "x"}}}) == [
        "$: open",
        "$: a field that may be missing",
        "$.a.pattern",
    ]
    assert walk({"type": "array", "items": {}}) == ["$[]: anything goes"]


class Open(BaseModel):
    by_name: dict[str, int]


class Pair(BaseModel):
    both: tuple[int, str]


class Bag(BaseModel):
    words: set[str]


class Anything(BaseModel):
    value: Any


class Things(BaseModel):
    values: list[Any]


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


class Pet(BaseModel):
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]


class Loose(BaseModel):
    value: dict[str, Any] | None


class Tree(BaseModel):
    branches: list[Tree]


class Deep1(BaseModel):
    a: int


class Deep2(BaseModel):
    a: Deep1


class Deep3(BaseModel):
    a: Deep2


class Deep4(BaseModel):
    a: Deep3


class Deep5(BaseModel):
    a: list[Deep4]


class Deep6(BaseModel):
    a: Deep5


@pytest.mark.parametrize(
    "kind",
    [Open, Pair, Bag, Anything, Things, Pet, Loose, Tree, Deep6],
    ids=lambda kind: kind.__name__,
)
def test_what_no_strict_schema_holds_is_named_when_it_is_made(kind: type[BaseModel]) -> None:
    with pytest.raises(ValueError, match=r"^(?:the schema|[a-z_.\[\]]+): "):
        strict_schema(kind, "claims")


def test_as_many_levels_as_are_allowed_are_taken() -> None:
    assert walk(schema_of(Deep5)) == []


@pytest.mark.parametrize("name", ["", "two words", "é", "x" * 65])
def test_a_name_that_servers_would_refuse_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name of a schema"):
        strict_schema(Claims, name)
