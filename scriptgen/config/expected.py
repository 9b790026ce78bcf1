"""What values a setting takes, in words."""

from __future__ import annotations

from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from scriptgen.config.settings import Settings

if TYPE_CHECKING:
    from scriptgen.values import Value

_PATTERNS = {
    "font_fallback": "a list of font files",
    "api_key_env": "the name of a variable, such as MY_KEY",
    "language": "a language code, such as en",
    "prices": "in a settings file, a table for each model",
    "currency": "a code such as USD",
    "models": "in a settings file, a table for each model",
}
_KINDS: dict[object, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Path: "a path",
    str: "a text",
}


def expected(name: str) -> str:
    """What the setting ``name`` takes, such as ``a whole number from 1 to 256``."""
    return expected_of(Settings, name)


def expected_of(kind: type[Value], name: str) -> str:
    """What the field ``name`` of ``kind`` takes."""
    if name in _PATTERNS:
        return _PATTERNS[name]
    field = kind.model_fields[name]
    if get_origin(field.annotation) is Literal:
        return "one of " + ", ".join(get_args(field.annotation))
    kinds = [each for each in get_args(field.annotation) if each is not NoneType]
    told = _KINDS[_plain(kinds[0] if kinds else field.annotation)]
    bounds = _bounds([*field.metadata, *(each for kind in kinds for each in _metadata(kind))])
    if "ge" in bounds:
        told += f" from {bounds['ge']}"
    if "gt" in bounds:
        told += f" above {bounds['gt']}"
    if "le" in bounds:
        told += f"{' to' if 'ge' in bounds else ' and at most'} {bounds['le']:,}"
    return told


def _plain(kind: object) -> object:
    """A type without what is annotated on it."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _metadata(kind: object) -> list[object]:
    """What is annotated on a type, fields of pydantic opened."""
    told = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return [
        each for one in told for each in (one.metadata if isinstance(one, FieldInfo) else [one])
    ]


def _bounds(metadata: list[object]) -> dict[str, float]:
    return {
        sign: getattr(each, sign)
        for each in metadata
        for sign in ("ge", "gt", "le")
        if hasattr(each, sign)
    }
