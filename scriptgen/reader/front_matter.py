"""Front matter: the few lines over a Markdown essay that tell of it.

Two notations are read: lines ``key: value`` between ``---`` lines, a subset of YAML that can make
nothing but strings, and TOML between ``+++`` lines. ``title``, ``author``, ``date`` and ``lang``
are used, each as one line; other keys are passed over.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from scriptgen.errors import InputError
from scriptgen.essay import Meta
from scriptgen.reader.normalising import one_line


class Parted(NamedTuple):
    """An essay without its front matter; ``language`` as the front matter has it."""

    meta: Meta
    language: str | None
    body: str


_KEY = re.compile(r"([A-Za-z_][\w-]{0,40})[ ]*:[ ]*(.*)")
_BLOCK = re.compile(r"[|>][+-]?\d?")
_NULLS = frozenset({"", "~", "null"})
_LONGEST = 200
"""Lines after which an unclosed block is no longer looked for an end."""


def part(text: str, where: str) -> Parted:
    """Take the front matter off a normalised text.

    A text that does not open with front matter is its own body. Raises `InputError`
    (``E_FRONT_MATTER``, with the line) where it opens and cannot be read.
    """
    opening, newline, rest = text.partition("\n")
    opening = opening.rstrip()
    if not newline or opening not in ("---", "+++"):
        return Parted(Meta(), None, text)
    lines = rest.split("\n")
    closings = ("+++",) if opening == "+++" else ("---", "...")
    end = next((i for i, line in enumerate(lines[:_LONGEST]) if line.rstrip() in closings), None)
    if opening == "---" and not _opens_with_a_key(lines[:_LONGEST]):
        return Parted(Meta(), None, text)
    if end is None:
        raise _broken(f"{where}:1", f"the front matter opened by {opening} is never closed")
    read = _read_toml if opening == "+++" else _read_yaml
    values = read(lines[:end], where)
    body = "\n".join(lines[end + 1 :]).lstrip("\n")
    meta = Meta(title=values.get("title"), author=values.get("author"), date=values.get("date"))
    return Parted(meta, values.get("lang"), body)


def _opens_with_a_key(lines: list[str]) -> bool:
    """Whether lines under ``---`` are front matter: a rule between paragraphs looks the same."""
    told = (line.rstrip() for line in lines if line.strip() and not line.startswith("#"))
    first = next(told, "")
    return first == "---" or _KEY.fullmatch(first) is not None


def _read_yaml(lines: list[str], where: str) -> dict[str, str]:
    values: dict[str, str] = {}
    folding: str | None = None
    for number, line in enumerate(lines, start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0] == " " or line.startswith("- "):
            if folding:
                values[folding] = one_line(f"{values.get(folding, '')} {line}")
            continue
        match = _KEY.fullmatch(line.rstrip())
        if not match:
            raise _broken(f"{where}:{number}", "not a line of the form key: value")
        key, value = match[1].lower(), match[2].strip()
        folding = key if _BLOCK.fullmatch(value) else None
        value = one_line(_unquoted(value))
        if not folding and value.lower() not in _NULLS:
            values[key] = value
    return values


def _unquoted(value: str) -> str:
    quote = value[:1]
    if quote == '"':
        match = re.match(r'"((?:[^"\\]|\\.)*+)"', value)
        return re.sub(r"\\(.)", _escape, match[1]) if match else value
    if quote == "'":
        match = re.match(r"'((?:[^']|'')*+)'", value)
        return match[1].replace("''", "'") if match else value
    return value.split(" #", 1)[0]


def _escape(match: re.Match[str]) -> str:
    return " " if match[1] in "nrtNLPvfe0_" else match[1]


def _read_toml(lines: list[str], where: str) -> dict[str, str]:
    try:
        table = tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        number = int(line[1]) + 1 if line else len(lines) + 1
        raise _broken(f"{where}:{number}", "the front matter is not TOML") from error
    return {
        key.lower(): told
        for key, value in table.items()
        if not isinstance(value, dict | list | bool) and (told := one_line(str(value)))
    }


def _broken(where: str, message: str) -> InputError:
    return InputError(
        "E_FRONT_MATTER",
        message,
        where=where,
        hint="write title: …, author: …, date: … or lang: … on lines of their own, and close "
        "with the line that opened; or put an empty line before it to keep it as text",
    )
