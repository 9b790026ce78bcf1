"""Loading and rendering templates."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scriptgen.errors import TemplateError
from scriptgen.prompt import Message, Parameters, Prompt
from scriptgen.prompting.contexts import NAMES, require_plain, texts
from scriptgen.prompting.fence import extract_fenced, fence_mark, fenced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Template as Compiled

    from scriptgen.prompting.source import Kind, TemplateSet

_NO_KEY = re.compile(r"there is no '([^']*)' in this")
_QUOTED = re.compile(r"'([^']*)'")
_ROLES = ("system", "user")


@dataclass(frozen=True, slots=True)
class Template:
    """A template that has been read, checked and tried.

    ``parts``: whether a draft is asked for part by part; ``parameters``: its own over those of what
    it extends, key by key; ``hash``: SHA-256 (hex) over the sources of ``files``, which are the
    template and all it extends or includes, sorted.
    """

    name: str
    path: str
    kind: Kind
    parts: bool
    title: str
    description: str
    parameters: Parameters
    hash: str
    files: tuple[str, ...]
    lineage: tuple[Compiled, ...] = field(repr=False)


@lru_cache(maxsize=128)
def load(template_set: TemplateSet, name: str) -> Template:
    """The template called ``name``, checked against the allow-list and tried on a sample.

    Raises `TemplateError` with file and line: ``E_TEMPLATE_REJECTED`` for what a template may not
    use, ``E_TEMPLATE`` for everything else that is wrong with it.
    """
    from scriptgen.prompting.assembly import assemble
    from scriptgen.prompting.sample import ESSAY, samples

    template = assemble(template_set, name)
    mark = fence_mark(b"sample", template.hash, ESSAY.text)
    for context in samples(template.kind):
        render(template, {**context, "essay": fenced(ESSAY.text, mark)}, fence=mark)
    return template


def render(
    template: Template,
    context: Mapping[str, object],
    *,
    fence: str | None = None,
    parameters: Parameters | None = None,
) -> Prompt:
    """The prompt a template makes of plain data, its ``system`` and ``user`` rendered apart.

    ``context``: the names of the template's kind, ``essay`` between its fence lines; ``fence``:
    their mark; ``parameters``: stand over the template's, key by key. Raises `TemplateError` for
    data that is not plain, an undefined name, a prompt past the cap, and an essay that is not in
    the user message exactly once.
    """
    data = dict(context)
    require_plain(data)
    if "essay" in data and fence is None:
        raise TemplateError(
            "E_TEMPLATE",
            "an essay goes into a prompt through the fence alone",
            where=template.path,
            hint="pass the fence's mark as fence=...",
        )
    written = {role: _written(template, role, data) for role in _ROLES}
    if fence is not None:
        _require_fence(template, written, str(data.get("essay", "")), fence)
    return Prompt(
        messages=tuple(
            Message(role=role, content=text)
            for role, text in (("system", written["system"]), ("user", written["user"]))
            if text
        ),
        parameters=over(template.parameters, parameters),
        template=template.name,
        template_hash=template.hash,
        fence=fence,
    )


def over(lower: Parameters, upper: Parameters | None) -> Parameters:
    """``upper`` over ``lower``, key by key; what is ``None`` above is kept from below."""
    if upper is None:
        return lower
    return lower.model_copy(update=upper.model_dump(exclude_none=True))


def hash_of(sources: Mapping[str, str]) -> str:
    """SHA-256 (hex) over named texts, whatever their order."""
    return hashlib.sha256(json.dumps(sorted(sources.items())).encode()).hexdigest()


def _written(template: Template, block: str, data: Mapping[str, object]) -> str:
    from jinja2.exceptions import TemplateError as JinjaError

    from scriptgen.prompting.sandbox import METER, OUTPUT_CAP, Meter

    meter = Meter(OUTPUT_CAP + sum(len(text) for text in texts(dict(data))))
    first, *others = template.lineage
    try:
        context = first.new_context({**data, METER: meter})
        for compiled in others:
            for name, function in compiled.blocks.items():
                context.blocks.setdefault(name, []).append(function)
        text = "".join(context.blocks[block][0](context))
    except (
        JinjaError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise _located(error, template, data) from None
    return text.strip("\n")


def _located(error: Exception, template: Template, data: Mapping[str, object]) -> TemplateError:
    from jinja2.exceptions import UndefinedError

    where = template.path
    for compiled, line in _frames(error):
        where = f"{compiled.filename}:{compiled.get_corresponding_lineno(line)}"
    message = str(error) or type(error).__name__
    hint = "docs/templates.md lists the names and filters there are"
    if isinstance(error, UndefinedError):
        inside = _NO_KEY.search(message)
        word = inside[1] if inside else (_QUOTED.search(message) or ("", ""))[1]
        known = sorted(set(_keys(data))) if inside else NAMES[template.kind]
        near = get_close_matches(word, known, n=1)
        names = ", ".join(sorted(data))
        hint = f"did you mean {near[0]}?" if near else f"names there are: {names}"
    return TemplateError("E_TEMPLATE", message[:300], where=where, hint=hint)


def _keys(value: object) -> Iterator[str]:
    """The keys of all tables in plain data."""
    if isinstance(value, dict):
        yield from (str(key) for key in value)
        for inner in value.values():
            yield from _keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys(inner)


def _frames(error: Exception) -> Iterator[tuple[Any, int]]:
    traceback = error.__traceback__
    while traceback is not None:
        compiled = traceback.tb_frame.f_globals.get("__jinja_template__")
        if compiled is not None:
            yield compiled, traceback.tb_lineno
        traceback = traceback.tb_next


def _require_fence(template: Template, written: dict[str, str], essay: str, fence: str) -> None:
    found = written["user"].count(essay)
    if fence in written["system"]:
        wrong = "the essay stands in the system message"
    elif found != 1:
        wrong = f"the essay stands {found} times in the user message"
    elif extract_fenced(written["user"], fence) != extract_fenced(essay, fence):
        wrong = "the fence around the essay is damaged"
    else:
        return
    raise TemplateError(
        "E_TEMPLATE",
        wrong,
        where=template.path,
        hint="write {{ essay }} once, on a line of its own, inside {% block user %}",
    )
