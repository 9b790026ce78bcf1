"""What values a setting takes, in words."""

from __future__ import annotations

from pathlib import Path
from types import NoneType
from typing import Literal, get_args, get_origin

from scriptgen.config.settings import Settings

_PATTERNS = {
    "font_fallback": "a list of font files",
    "api_key_env": "the name of a variable, such as MY_KEY",
    "language": "a language code, such as en",
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
    if name in _PATTERNS:
        return _PATTERNS[name]
    field = Settings.model_fields[name]
    if get_origin(field.annotation) is Literal:
        return "one of " + ", ".join(get_args(field.annotation))
    kinds = [each for each in get_args(field.annotation) if each is not NoneType]
    told = _KINDS[kinds[0] if kinds else field.annotation]
    bounds = {
        sign: getattr(each, sign)
        for each in field.metadata
        for sign in ("ge", "gt", "le")
        if hasattr(each, sign)
    }
    if "ge" in bounds:
        told += f" from {bounds['ge']}"
    if "gt" in bounds:
        told += f" above {bounds['gt']}"
    if "le" in bounds:
        told += f"{' to' if 'ge' in bounds else ' and at most'} {bounds['le']:,}"
    return told
