"""Where templates run: Jinja's immutable sandbox, narrowed to plain data and a short filter list.

`grammar` says what a template may say; this module says what the little that is left can reach:
keys of dictionaries, items of lists, ``loop``, and the filters below. Every step and every printed
character is counted, so that no template runs or grows without end.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from jinja2 import BaseLoader, StrictUndefined, Undefined, nodes, pass_context
from jinja2 import Template as Compiled
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OUTPUT_CAP = 400_000
"""Characters a prompt may have beyond what its data brings along."""

METER = " meter"
"""The name of the running count in a context; a space keeps it out of a template's reach."""

TICK = " tick"

LOOP_NAMES = frozenset(
    {
        "first",
        "index",
        "index0",
        "last",
        "length",
        "nextitem",
        "previtem",
        "revindex",
        "revindex0",
    }
)
_INDENT_CAP = 40
_SEPARATOR_CAP = 40


class Meter:
    """What a rendering may still spend, in characters; a turn of a loop costs one at least."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0

    def spend(self, amount: int) -> None:
        self.spent += amount
        if self.spent > self.limit:
            raise TemplateRuntimeError(f"the prompt grows past {self.limit:,} characters")


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment over checked syntax trees.

    ``trees``: name to tree; ``paths``: name to the file that tracebacks name.
    """

    intercepted_binops = frozenset({"+", "-"})

    def __init__(self, trees: Mapping[str, nodes.Template], paths: Mapping[str, str]) -> None:
        super().__init__(
            autoescape=False,
            finalize=_printed,
            keep_trailing_newline=False,
            loader=_Trees(trees, paths),
            lstrip_blocks=True,
            trim_blocks=True,
            undefined=StrictUndefined,
        )
        self.globals.clear()
        self.filters = {**FILTERS, TICK: _tick}
        self.tests = {name: self.tests[name] for name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in LOOP_NAMES:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        if isinstance(obj, list | tuple) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else self._nothing(obj, "item")
        if isinstance(obj, Undefined):
            return obj._fail_with_undefined_error()  # noqa: SLF001 - Jinja's own way to say its name
        return self._nothing(obj, str(argument))

    def _nothing(self, obj: Any, name: str) -> Undefined:
        return self.undefined(f"there is no {name[:40]!r} in this {type(obj).__name__}", name=name)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise TemplateRuntimeError(f"{operator} works on numbers only")
        return super().call_binop(context, operator, left, right)


class _Trees(BaseLoader):
    has_source_access = False

    def __init__(self, trees: Mapping[str, nodes.Template], paths: Mapping[str, str]) -> None:
        self.trees = trees
        self.paths = paths

    def load(self, environment: Any, name: str, globals: Any = None) -> Compiled:  # noqa: A002 - Jinja's name
        del globals
        name = name.removesuffix(".jinja")
        if name not in self.trees:
            raise TemplateNotFound(name)
        code = environment.compile(self.trees[name], name, self.paths[name])
        return Compiled.from_code(environment, code, {})


def _spend(context: Context, amount: int) -> None:
    cast(Meter, context.parent[METER]).spend(amount)


@pass_context
def _tick(context: Context, amount: int) -> str:
    _spend(context, amount)
    return ""


@pass_context
def _printed(context: Context, value: Any) -> str:
    if isinstance(value, Undefined):
        return str(value)
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
        what = "nothing (none)" if value is None else f"a {type(value).__name__}"
        raise TemplateRuntimeError(f"{what} cannot be printed")
    text = str(value)
    _spend(context, len(text))
    return text


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TemplateRuntimeError(f"a text is wanted here, not a {type(value).__name__}")
    return str(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise TemplateRuntimeError(f"a list is wanted here, not a {type(value).__name__}")
    return list(value)


def _capped(text: str) -> str:
    if len(text) > OUTPUT_CAP:
        raise TemplateRuntimeError(f"a filter gives more than {OUTPUT_CAP:,} characters")
    return text


def _capitalize(value: Any) -> str:
    text = _text(value)
    return _capped(text[:1].upper() + text[1:])


def _default(value: Any, other: Any = "") -> Any:
    return other if value is None or isinstance(value, Undefined) else value


def _first(value: Any) -> Any:
    return next(iter(_list(value)), StrictUndefined("there is no first item in an empty list"))


def _last(value: Any) -> Any:
    return next(reversed(_list(value)), StrictUndefined("there is no last item in an empty list"))


def _indent(value: Any, width: int = 2) -> str:
    if not isinstance(width, int) or not 0 <= width <= _INDENT_CAP:
        raise TemplateRuntimeError(f"an indent is a number from 0 to {_INDENT_CAP}")
    return _capped(_text(value).replace("\n", "\n" + " " * width))


def _join(value: Any, separator: str = "") -> str:
    if not isinstance(separator, str) or len(separator) > _SEPARATOR_CAP:
        raise TemplateRuntimeError(f"a separator is a text of at most {_SEPARATOR_CAP} characters")
    return _capped(separator.join(_text(item) for item in _list(value)))


def _length(value: Any) -> int:
    if not isinstance(value, str | list | tuple | dict):
        raise TemplateRuntimeError(f"a {type(value).__name__} has no length")
    return len(value)


def _tojson(value: Any) -> str:
    try:
        return _capped(json.dumps(value, ensure_ascii=False, sort_keys=True))
    except (TypeError, ValueError):
        raise TemplateRuntimeError(f"a {type(value).__name__} is not plain data") from None


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "capitalize": _capitalize,
        "default": _default,
        "first": _first,
        "indent": _indent,
        "join": _join,
        "last": _last,
        "length": _length,
        "lower": lambda value: _capped(_text(value).lower()),
        "tojson": _tojson,
        "trim": lambda value: _text(value).strip(),
        "upper": lambda value: _capped(_text(value).upper()),
    }
)
"""The filters a template may use."""

TESTS = ("defined", "even", "mapping", "none", "number", "odd", "sequence", "string", "undefined")
"""The tests (``x is none``) a template may use."""
