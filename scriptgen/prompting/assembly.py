"""Putting a template together from its file, the files it extends and the files it includes."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from scriptgen.errors import TemplateError
from scriptgen.prompt import Parameters
from scriptgen.prompting.contexts import NAMES
from scriptgen.prompting.grammar import metered, refusals
from scriptgen.prompting.sandbox import Sandbox
from scriptgen.prompting.source import (
    SUFFIX,
    Header,
    TemplateSet,
    TemplateSource,
    read_header,
    split_source,
)
from scriptgen.prompting.template import Template, hash_of, over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILES_CAP = 24
DEPTH_CAP = 40
_HINT = "docs/templates.md shows how a template is made"
_SYNTAX = (RecursionError, ValueError, OverflowError, MemoryError, SyntaxError)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a template: its tree, what it may not use, and what it extends and includes.

    What a refused file leads to is not followed.
    """

    source: TemplateSource
    tree: nodes.Template
    refused: tuple[TemplateError, ...]
    extends: str | None
    includes: tuple[str, ...]


def parse(source: TemplateSource) -> nodes.Template:
    """The syntax tree of a source, line numbers as in the file.

    Raises `TemplateError` with file and line for what is not Jinja.
    """
    _, body = split_source(source)
    try:
        tree = Sandbox({}, {}).parse(body, source.name, source.path)
    except TemplateSyntaxError as error:
        raise _unreadable(source, error) from None
    except _SYNTAX:
        raise _too_deep(source) from None
    level: list[nodes.Node] = [tree]
    for _ in range(DEPTH_CAP):
        level = [child for node in level for child in node.iter_child_nodes()]
    if level:
        raise _too_deep(source)
    return tree


def gather(template_set: TemplateSet, name: str) -> dict[str, Part]:
    """The file called ``name`` and all it extends or includes, in the order met.

    Raises `TemplateError` for a file that is not there, cannot be read, or leads back to itself.
    """
    parts: dict[str, Part] = {}
    _gather(template_set, template_set.find(name), (), parts)
    return parts


def _gather(
    template_set: TemplateSet,
    source: TemplateSource,
    above: tuple[str, ...],
    parts: dict[str, Part],
) -> None:
    if source.name in parts:
        return
    tree = parse(source)
    found = tuple(refusals(tree, source.path))
    if found:
        parts[source.name] = Part(source, tree, found, None, ())
        return
    leads: list[nodes.Extends | nodes.Include] = [
        *tree.find_all(nodes.Extends),
        *tree.find_all(nodes.Include),
    ]
    named = [
        (lead, lead.template.value.removesuffix(SUFFIX))
        for lead in leads
        if isinstance(lead.template, nodes.Const) and isinstance(lead.template.value, str)
    ]
    chain = (*above, source.name)
    for lead, target in named:
        where = f"{source.path}:{lead.lineno}"
        if target in chain:
            circle = " → ".join([*chain[chain.index(target) :], target])
            raise TemplateError(
                "E_TEMPLATE",
                f"the template leads back to itself: {circle}",
                where=where,
                hint="a variant has a name of its own, such as draft.mine",
            )
        if len(parts) + len(chain) > FILES_CAP:
            message = f"the template is made of more than {FILES_CAP} files"
            raise TemplateError("E_TEMPLATE", message, where=where, hint=_HINT)
        _gather(template_set, template_set.find(target, where), chain, parts)
    extends = [target for lead, target in named if isinstance(lead, nodes.Extends)]
    includes = tuple(target for lead, target in named if isinstance(lead, nodes.Include))
    parts[source.name] = Part(source, tree, (), extends[0] if extends else None, includes)


def assemble(template_set: TemplateSet, name: str) -> Template:
    """The template called ``name``, checked and compiled, not yet tried.

    Raises the first `TemplateError` that `problems` would name, or that its headers give.
    """
    parts = gather(template_set, name)
    own = template_set.find(name).name
    for refusal in refused(parts):
        raise refusal
    lineage = _lineage(parts, own)
    headers = [read_header(part.source, template_set.read_toml) for part in lineage]
    header = _inherited(headers)
    if header.kind is None:
        raise TemplateError(
            "E_TEMPLATE",
            "the template does not say its kind",
            where=f"{parts[own].source.path}:1",
            hint='write kind = "draft" in the header',
        )
    if header.parts and header.kind != "draft":
        raise TemplateError(
            "E_TEMPLATE",
            f"a {header.kind} template is not asked part by part",
            where=f"{parts[own].source.path}:1",
            hint="leave parts out of the header",
        )
    for problem in problems(parts, own, NAMES[header.kind]):
        raise problem
    sandbox = Sandbox(
        {key: metered(part.tree) for key, part in parts.items()},
        {key: part.source.path for key, part in parts.items()},
    )
    compiled = {}
    for key, part in parts.items():
        try:
            compiled[key] = sandbox.get_template(key)
        except TemplateSyntaxError as error:
            raise _unreadable(part.source, error) from None
        except _SYNTAX:
            raise _too_deep(part.source) from None
    return Template(
        name=own,
        path=parts[own].source.path,
        kind=header.kind,
        parts=bool(header.parts),
        title=header.name,
        description=header.description or "",
        parameters=header.parameters,
        hash=hash_of({key: part.source.plain for key, part in parts.items()}),
        files=tuple(sorted(parts)),
        lineage=tuple(compiled[part.source.name] for part in lineage),
    )


def problems(
    parts: Mapping[str, Part], name: str, names: tuple[str, ...]
) -> Iterator[TemplateError]:
    """Everything in the files of a template that cannot stand, apart from its headers."""
    if refused(parts):
        yield from refused(parts)
        return
    lineage = _lineage(parts, name)
    yield from _misplaced(parts, lineage)
    yield from _lost_blocks(lineage)
    yield from _unknown_names(parts, names)


def refused(parts: Mapping[str, Part]) -> list[TemplateError]:
    """Everything in the files of a template that a template may not use."""
    return [refusal for part in parts.values() for refusal in part.refused]


def _lineage(parts: Mapping[str, Part], name: str) -> list[Part]:
    lineage = [parts[name]]
    while (parent := lineage[-1].extends) is not None:
        lineage.append(parts[parent])
    return lineage


def _inherited(headers: list[Header]) -> Header:
    first = headers[0]
    parameters = Parameters()
    for header in reversed(headers):
        parameters = over(parameters, header.parameters)
    return Header(
        name=first.name,
        description=next((h.description for h in headers if h.description), None),
        kind=next((h.kind for h in headers if h.kind), None),
        parts=next((h.parts for h in headers if h.parts is not None), None),
        parameters=parameters,
    )


def _misplaced(parts: Mapping[str, Part], lineage: list[Part]) -> Iterator[TemplateError]:
    """Text outside the blocks of a template, which would be lost; blocks in an included file."""
    templates = {part.source.name for part in lineage}
    for part in parts.values():
        path = part.source.path
        if part.source.name not in templates:
            for own in [*part.tree.find_all(nodes.Block), *part.tree.find_all(nodes.Extends)]:
                message = "an included file holds neither blocks nor extends"
                yield _wrong(message, f"{path}:{own.lineno}", "move it to the template itself")
            continue
        for node in part.tree.body:
            blank = isinstance(node, nodes.Output) and all(
                isinstance(data, nodes.TemplateData) and not data.data.strip()
                for data in node.nodes
            )
            if not (blank or isinstance(node, nodes.Block | nodes.Extends)):
                hint = "put it inside {% block system %} or {% block user %}"
                yield _wrong("this stands outside every block", f"{path}:{_line(node)}", hint)


def _line(node: nodes.Node) -> int:
    for data in node.find_all(nodes.TemplateData):
        text = data.data
        return data.lineno + text[: len(text) - len(text.lstrip())].count("\n")
    return node.lineno


def _lost_blocks(lineage: list[Part]) -> Iterator[TemplateError]:
    """Blocks that nothing would print."""
    root = lineage[-1]
    known = {block.name for block in root.tree.find_all(nodes.Block)}
    for role in ("system", "user"):
        if role not in {node.name for node in root.tree.body if isinstance(node, nodes.Block)}:
            hint = f"write {{% block {role} %}} ... {{% endblock %}}"
            yield _wrong(f"there is no block {role!r}", f"{root.source.path}:1", hint)
    for part in reversed(lineage[:-1]):
        for node in part.tree.body:
            if isinstance(node, nodes.Block) and node.name not in known:
                near = get_close_matches(node.name, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"blocks: {', '.join(sorted(known))}"
                message = f"no template above has a block {node.name!r}"
                yield _wrong(message, f"{part.source.path}:{node.lineno}", hint)
        known |= {block.name for block in part.tree.find_all(nodes.Block)}


def _unknown_names(parts: Mapping[str, Part], names: tuple[str, ...]) -> Iterator[TemplateError]:
    used = [(name, part) for part in parts.values() for name in part.tree.find_all(nodes.Name)]
    known = {name.name for name, _ in used if name.ctx != "load"} | set(names) | {"loop", "super"}
    for name, part in used:
        if name.ctx == "load" and name.name not in known:
            near = get_close_matches(name.name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"names there are: {', '.join(names)}"
            message = f"the name {name.name[:40]!r} is undefined"
            yield _wrong(message, f"{part.source.path}:{name.lineno}", hint)


def _wrong(message: str, where: str, hint: str) -> TemplateError:
    return TemplateError("E_TEMPLATE", message, where=where, hint=hint)


def _unreadable(source: TemplateSource, error: TemplateSyntaxError) -> TemplateError:
    return _wrong(error.message or "a syntax error", f"{source.path}:{error.lineno}", _HINT)


def _too_deep(source: TemplateSource) -> TemplateError:
    message = "the template is nested too deeply or holds a number too long"
    where = f"{source.path}:1"
    return TemplateError("E_TEMPLATE_REJECTED", message, where=where, hint=_HINT)
