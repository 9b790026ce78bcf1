"""One JSON object out of the text of a reply, or a named error.

===================================================  ======================
tried in this order                                  taken
===================================================  ======================
the whole text                                       a strict JSON object
the fenced blocks                                    the one that is such an object
the object in prose                                  where it stands alone
that block or object, where the reply ended itself   as `json_mending` reads it
===================================================  ======================

Strict: RFC 8259, no key twice, no ``NaN`` or ``Infinity``, at most `DEEPEST` levels. Two objects
are ``E_AMBIGUOUS_JSON``; anything else that is not exactly one is ``E_NOT_JSON``.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from scriptgen.errors import ReplyError
from scriptgen.llm.endings import ended_itself
from scriptgen.llm.json_mending import DEEPEST, mend
from scriptgen.llm.quoting import quote
from scriptgen.llm.reply_shape import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.prompt import Reply

LONGEST = 2_000_000
"""Characters of a reply that is read as JSON."""

_BRACES_LOOKED_AT = 50
_TOLD = 3
_THINKS, _THOUGHT = "<think>", "</think>"
_PART_OF_MORE_BEFORE = re.compile(r"(?:[\[,\"]|[\"'”]\s*:)\s*\Z")
_PART_OF_MORE_AFTER = re.compile(r"\s*[\],\"]")

V = TypeVar("V", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Found:
    """An object and how it was found. NUL and lone surrogates in it became U+FFFD."""

    value: dict[str, object]
    how: Literal["whole", "fenced", "embedded", "mended"]


@dataclass(frozen=True, slots=True)
class JsonAnswer(Generic[V]):
    """A validated reply. ``repaired``: slips of form in its JSON were mended."""

    value: V
    repaired: bool


def read_json(reply: Reply, kind: type[V]) -> JsonAnswer[V]:
    """The object in ``reply`` as a ``kind``, validated strictly whatever the server promised.

    Raises `ReplyError`: ``E_NOT_JSON``, ``E_AMBIGUOUS_JSON``, or ``E_JSON_SHAPE`` where the object
    is not what ``kind`` asks for.
    """
    found = find_object(reply.text, whole=ended_itself(reply.finish_reason))
    try:
        value = kind.model_validate_json(json.dumps(found.value), strict=True)
    except ValidationError as error:
        raise ReplyError("E_JSON_SHAPE", f"the reply's JSON does not fit: {_told(error)}") from None
    return JsonAnswer(value, repaired=found.how == "mended")


def find_object(text: str, *, whole: bool) -> Found:
    """The one JSON object in ``text``.

    ``whole``: the reply ended by itself, so that slips of form may be mended. Raises `ReplyError`
    (``E_NOT_JSON``, ``E_AMBIGUOUS_JSON``) and nothing else.
    """
    if len(text) > LONGEST:
        _refuse(f"{len(text):,} characters are more than are read as JSON, {LONGEST:,}")
    text = text.strip().removeprefix("\ufeff").lstrip()
    if text.startswith(_THINKS):
        text = text.partition(_THOUGHT)[2].strip()
    try:
        return Found(_strict(text), "whole")
    except _NotStrictError as error:
        because = str(error)
    found = _fenced(text) or _embedded(text)
    if found:
        return found
    mended = mend(_broken(text)) if whole else None
    if mended is None:
        _refuse(because)
    try:
        return Found(_strict(json.dumps(mended)), "mended")
    except _NotStrictError as error:
        _refuse(str(error))


class _NotStrictError(ValueError):
    """The text is not one strict JSON object; says why."""


def _strict(text: str) -> dict[str, object]:
    value, end = _decode(text, 0)
    if text[end:].strip():
        raise _NotStrictError(f"more text follows at character {end:,}")
    return value


def _decode(text: str, start: int) -> tuple[dict[str, object], int]:
    """The strict object that begins at ``start``, and where it ends."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise _NotStrictError(f"{error.msg.lower()} at character {error.pos:,}") from None
    except RecursionError:
        raise _NotStrictError("it is nested too deeply") from None
    except ValueError as error:
        raise _NotStrictError(str(error)) from None
    if not isinstance(value, dict):
        raise _NotStrictError("it is no object")
    if _depth(value) > DEEPEST:
        raise _NotStrictError("it is nested too deeply")
    return {str(key): _writable(item) for key, item in value.items()}, end


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = {UNWRITABLE.sub("\ufffd", key): item for key, item in pairs}
    if len(members) < len(pairs):
        raise _NotStrictError("it gives a key twice")
    return members


def _no_constant(name: str) -> NoReturn:
    raise _NotStrictError(f"{name} is no JSON")


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise _NotStrictError("a number in it is too large")
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_constant=_no_constant, parse_float=_finite
)


def _depth(value: object) -> int:
    deep, level = 0, [value]
    while level := [item for item in level if isinstance(item, dict | list)]:
        deep += 1
        level = [
            part for item in level for part in (item.values() if isinstance(item, dict) else item)
        ]
    return deep


def _writable(value: object) -> object:
    if isinstance(value, str):
        return UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _writable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return value


def _fenced(text: str) -> Found | None:
    """The fenced block that is an object, where nothing outside of it is one."""
    blocks = list(_blocks(text))
    found = []
    for start, end in blocks:
        try:
            found.append((_strict(text[start:end].strip()), start, end))
        except _NotStrictError:
            continue
    if not found:
        return None
    if len(found) > 1:
        _two()
    value, start, end = found[0]
    if any(_objects(outside) for outside in (text[:start], text[end:])):
        _two()
    return Found(value, "fenced")


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where the content of each fenced block begins and ends; one that is left open is none."""
    opened: int | None = None
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if opened is None and bare.startswith("```") and "`" not in bare.strip("`"):
            opened = at + len(line) + 1
        elif opened is not None and bare == "```":
            yield opened, at
            opened = None
        at += len(line) + 1


def _objects(text: str) -> int:
    """How many strict objects begin in ``text``: 0, 1, or 2 for more; a far one may be missed."""
    found = at = 0
    for _ in range(_BRACES_LOOKED_AT):
        at = text.find("{", at)
        if at < 0 or found > 1:
            break
        try:
            _, at = _decode(text, at)
            found += 1
        except _NotStrictError:
            at += 1
    return found


def _embedded(text: str) -> Found | None:
    """The object in prose that holds no other brace and does not look like a part of more JSON."""
    start = text.find("{")
    try:
        value, end = _decode(text, max(start, 0))
    except _NotStrictError:
        return None
    before, after = text[:start], text[end:]
    if _objects(after):
        _two()
    if "}" in before or "{" in after or "}" in after or _part_of_more(before, after):
        return None
    return Found(value, "embedded")


def _broken(text: str) -> str:
    """What of ``text`` may be an object with slips: from the first brace to the last."""
    start, end = text.find("{"), text.rfind("}") + 1
    return "" if _part_of_more(text[: max(start, 0)], text[end:]) else text[max(start, 0) : end]


def _part_of_more(before: str, after: str) -> bool:
    return bool(_PART_OF_MORE_BEFORE.search(before) or _PART_OF_MORE_AFTER.match(after))


def _told(error: ValidationError) -> str:
    """The first complaints, without the values they are about."""
    complaints = [
        f"{'.'.join(map(str, each['loc'])) or 'the object'}: {each['msg']}"
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    told = complaints[:_TOLD] + [f"and {len(complaints) - _TOLD} more"][: len(complaints) > _TOLD]
    return quote("; ".join(told), ())


def _two() -> NoReturn:
    raise ReplyError("E_AMBIGUOUS_JSON", "the reply holds more than one JSON object")


def _refuse(because: str) -> NoReturn:
    raise ReplyError("E_NOT_JSON", f"the reply is not one JSON object: {because}")
