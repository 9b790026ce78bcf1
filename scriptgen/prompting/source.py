"""Template sources: a TOML header between ``+++`` lines, and a Jinja body.

    +++
    description = "Draft with a treatment first"
    kind = "draft"
    [parameters]
    temperature = 0.9
    +++
    {% block system %}...{% endblock %}
    {% block user %}...{% endblock %}

Sources arrive as values; `scriptgen.catalog` finds them on disk.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from pydantic import ValidationError

from scriptgen.errors import TemplateError
from scriptgen.prompt import Parameters
from scriptgen.values import Value

Kind = Literal["draft", "brief", "revise", "annotate"]
KINDS: tuple[Kind, ...] = ("draft", "brief", "revise", "annotate")
SUFFIX = ".jinja"
SOURCE_CAP = 200_000

_MARK = "+++"
_TOP = ("name", "description", "kind", "parts", "parameters")
_RANGES = (("temperature", 0, math.inf), ("top_p", 0, 1), ("max_tokens", 1, math.inf))
_MEANT = re.compile(r"^\+\+\+\s*$|\{%-?\s*(?:block|extends)\b", re.MULTILINE)
_LINE_OF_TOML = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """One file as it was read.

    ``name``: what it is asked for by, such as ``draft.strict``; ``path``: what errors say;
    ``text``: header and body.
    """

    name: str
    path: str
    text: str

    @property
    def plain(self) -> str:
        r"""The text without a byte-order mark and with ``\n`` line ends."""
        return self.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


class Header(Value):
    """What a header says; what is ``None`` is what a parent's says.

    ``name``: what people call the template, its look-up name where the header is silent;
    ``parts``: whether a draft is asked for part by part; ``parameters``: only what this file
    states.
    """

    name: str
    description: str | None = None
    kind: Kind | None = None
    parts: bool | None = None
    parameters: Parameters = Parameters()


class TemplateSet(Mapping[str, TemplateSource]):
    """The templates that can be asked for, extended and included, by name.

    ``read_toml`` turns a header into plain data and raises ``ValueError`` saying ``(at line N``.
    Two sets are the same only if they are one object; a set is never changed.
    """

    def __init__(
        self, sources: Mapping[str, TemplateSource], read_toml: Callable[[str], dict[str, object]]
    ) -> None:
        self._sources = dict(sources)
        self.read_toml = read_toml

    def __getitem__(self, name: str) -> TemplateSource:
        return self._sources[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._sources))

    def __len__(self) -> int:
        return len(self._sources)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def find(self, name: str, where: str | None = None) -> TemplateSource:
        """The source called ``name``, with or without its suffix.

        Raises `TemplateError`, placed at ``where``, when there is none.
        """
        name = name.removesuffix(SUFFIX)
        if name in self._sources:
            return self._sources[name]
        near = get_close_matches(name, self._sources, n=1) or [
            whole for whole in self if name and whole.rpartition(".")[2] == name
        ]
        known = near[0] if near else ", ".join(self) or "none at all"
        raise TemplateError(
            "E_TEMPLATE",
            f"there is no template {name[:80]!r}",
            where=where,
            hint=f"did you mean {known}?" if near else f"templates there are: {known}",
        )


def split_source(source: TemplateSource) -> tuple[str | None, str]:
    """The header's TOML (``None`` where there is none) and the body.

    The body keeps the line numbers of the file: a comment of as many lines stands for the header.
    """
    text = source.plain
    if len(text) > SOURCE_CAP:
        raise TemplateError(
            "E_TEMPLATE",
            f"the template has {len(text):,} characters, more than {SOURCE_CAP:,}",
            where=source.path,
            hint="put what every prompt repeats into one file and include it",
        )
    lines = text.split("\n")
    if lines[0].rstrip() != _MARK:
        return None, text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _MARK:
            body = "{#" + "\n" * number + "#}\n" + "\n".join(lines[number + 1 :])
            return "\n".join(lines[1:number]), body
    raise TemplateError(
        "E_TEMPLATE",
        "the header is not closed",
        where=f"{source.path}:1",
        hint="end the header with a line +++",
    )


def is_fragment(source: TemplateSource) -> bool:
    """Whether a file is there to be included: without a header, and without what needs one.

    A file that closes a header, holds a block or extends another was meant as a template.
    """
    toml, body = split_source(source)
    return toml is None and not _MEANT.search(body)


def read_header(source: TemplateSource, read_toml: Callable[[str], dict[str, object]]) -> Header:
    """The header of a source.

    Raises `TemplateError` with file and line for a missing header, TOML that cannot be read, an
    unknown key, and a value that does not fit.
    """
    toml, _ = split_source(source)
    if toml is None:
        raise TemplateError(
            "E_TEMPLATE",
            "the template has no header",
            where=f"{source.path}:1",
            hint='start the file with a line +++, then kind = "draft", then a line +++',
        )
    try:
        data = read_toml(toml)
    except ValueError as error:
        found = _LINE_OF_TOML.search(str(error))
        line = int(found[1]) + 1 if found else toml.count("\n") + 2
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise TemplateError(
            "E_TEMPLATE",
            f"the header is not TOML: {message}",
            where=f"{source.path}:{line}",
            hint='a header line looks like description = "Drafts in the dark"',
        ) from None
    return _Reader(source.path, toml).header(source.name, data)


class _Reader:
    """Turns the data of one header into a `Header`, or says which line does not fit."""

    def __init__(self, path: str, toml: str) -> None:
        self.path = path
        self.lines = toml.split("\n")

    def header(self, name: str, data: dict[str, object]) -> Header:
        for key in data:
            if key not in _TOP:
                raise self.unknown(key, _TOP)
        kind = self.text(data, "kind")
        known = next((k for k in KINDS if k == kind), None)
        if kind is not None and known is None:
            raise self.refused(
                "kind", f"kind {kind[:40]!r} is unknown", f"write one of {', '.join(KINDS)}"
            )
        return Header(
            name=self.text(data, "name") or name,
            description=self.text(data, "description"),
            kind=known,
            parts=self.flag(data, "parts"),
            parameters=self.parameters(data.get("parameters", {})),
        )

    def text(self, data: dict[str, object], key: str) -> str | None:
        value = data.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self.refused(key, f"{key} is not a text", f'write {key} = "..."')

    def flag(self, data: dict[str, object], key: str) -> bool | None:
        value = data.get(key)
        if value is None or isinstance(value, bool):
            return value
        raise self.refused(key, f"{key} is neither true nor false", f"write {key} = true")

    def parameters(self, value: object) -> Parameters:
        if not isinstance(value, dict):
            raise self.refused(
                "parameters", "parameters is not a table", "write a line [parameters]"
            )
        for key, number in value.items():
            if key not in Parameters.model_fields:
                raise self.unknown(key, tuple(Parameters.model_fields))
            if isinstance(number, float) and not math.isfinite(number):
                raise self.refused(
                    key, f"{key} is not a number that can be sent", f"give {key} a value"
                )
        try:
            parameters = Parameters.model_validate(value, strict=True)
        except ValidationError as error:
            first = error.errors()[0]
            key = str(first["loc"][0])
            raise self.refused(key, f"{key}: {first['msg'].lower()}", f"change {key}") from None
        for key, low, high in _RANGES:
            number = getattr(parameters, key)
            if number is not None and not low <= number <= high:
                hint = f"give {key} a value from {low:g} to {high:g}"
                raise self.refused(key, f"{key} is {number}", hint)
        return parameters

    def unknown(self, key: str, known: tuple[str, ...]) -> TemplateError:
        near = get_close_matches(key, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"keys there are: {', '.join(known)}"
        return self.refused(key, f"unknown key {key[:40]!r} in the header", hint)

    def refused(self, key: str, message: str, hint: str) -> TemplateError:
        stated = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[=\].]")
        line = next((n for n, text in enumerate(self.lines, 2) if stated.match(text)), 1)
        return TemplateError("E_TEMPLATE", message, where=f"{self.path}:{line}", hint=hint)
