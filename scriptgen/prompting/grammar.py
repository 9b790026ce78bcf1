"""What a template may say: the allow-list over Jinja's syntax tree.

Every kind of node is refused unless it is listed here, so what a later Jinja adds is refused too.
A template that passes holds nothing but text, blocks, loops over data, conditions, names, keys,
comparisons, sums of numbers, listed filters and tests, and ``super()``.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from jinja2 import nodes

from scriptgen.errors import TemplateError
from scriptgen.prompting.sandbox import FILTERS, LOOP_NAMES, TESTS, TICK

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALLOWED = (
    nodes.Add,
    nodes.And,
    nodes.Assign,
    nodes.Block,
    nodes.Compare,
    nodes.CondExpr,
    nodes.Const,
    nodes.Dict,
    nodes.Extends,
    nodes.For,
    nodes.Getattr,
    nodes.Getitem,
    nodes.If,
    nodes.Include,
    nodes.Keyword,
    nodes.List,
    nodes.Name,
    nodes.Neg,
    nodes.Not,
    nodes.Operand,
    nodes.Or,
    nodes.Output,
    nodes.Pair,
    nodes.Pos,
    nodes.Slice,
    nodes.Sub,
    nodes.Template,
    nodes.TemplateData,
    nodes.Test,
    nodes.Tuple,
    nodes.Filter,
    nodes.Call,
)
_SPOKEN_OF = {
    nodes.AssignBlock: "{% set %} with a body",
    nodes.CallBlock: "{% call %}",
    nodes.Concat: "~",
    nodes.Div: "/",
    nodes.FilterBlock: "{% filter %}",
    nodes.FloorDiv: "//",
    nodes.FromImport: "{% from %}",
    nodes.Import: "{% import %}",
    nodes.Macro: "{% macro %}",
    nodes.Mod: "%",
    nodes.Mul: "*",
    nodes.NSRef: "a name with a dot in {% set %}",
    nodes.Pow: "**",
    nodes.Scope: "{% autoescape %}",
    nodes.With: "{% with %}",
}
_PARTS = (nodes.Name, nodes.Getattr, nodes.Getitem)
_LITERALS = (nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair)
_RESERVED = frozenset({"essay", "loop", "self", "super", "caller", "varargs", "kwargs"})
_HINT = "docs/templates.md lists what a template may use"


def refusals(tree: nodes.Template, path: str) -> list[TemplateError]:
    """Everything in the tree that a template may not use, in the order of the file."""
    found = [
        TemplateError(
            "E_TEMPLATE_REJECTED", message, where=f"{path}:{_line(node)}", hint=hint or _HINT
        )
        for node, message, hint in _walk(tree, tree, in_loop=False)
    ]
    return sorted(found, key=lambda error: int((error.where or "").rpartition(":")[2]))


def _line(node: nodes.Node) -> int:
    """The line of a node; Jinja gives some of its own wrappers none, and their content has one."""
    inner = (child.lineno for child in node.find_all(nodes.Node))
    return next(line for line in (node.lineno, *inner, 1) if line is not None)


_Refused = tuple[nodes.Node, str, str]
"""The node, what is wrong with it, and a hint (empty for the general one)."""


def _walk(node: nodes.Node, parent: nodes.Node, *, in_loop: bool) -> Iterator[_Refused]:
    if type(node) not in _ALLOWED:
        said = _SPOKEN_OF.get(type(node), type(node).__name__.lower())
        yield node, f"a template may not use {said}", ""
        return
    yield from _complaints(node, parent)
    if isinstance(node, nodes.Call):
        if in_loop:
            yield node, "super() may not stand in a loop", "print it before or after the loop"
        return
    in_loop = in_loop or isinstance(node, nodes.For)
    for child in node.iter_child_nodes():
        yield from _walk(child, node, in_loop=in_loop)


@singledispatch
def _complaints(node: nodes.Node, parent: nodes.Node) -> Iterator[_Refused]:
    """What is wrong with one node, its children left aside."""
    del node, parent
    return iter(())


@_complaints.register(nodes.Call)
def _call(node: nodes.Call, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    plain = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    if not (plain and isinstance(node.node, nodes.Name) and node.node.name == "super"):
        yield node, "a template may call nothing but super()", ""


@_complaints.register(nodes.Name)
def _name(node: nodes.Name, parent: nodes.Node) -> Iterator[_Refused]:
    if node.ctx != "load":
        if node.name in _RESERVED or node.name.startswith("_"):
            yield node, f"{node.name!r} cannot be set", "choose another name"
    elif node.name == "essay":
        if not isinstance(parent, nodes.Output):
            hint = "write {{ essay }} on a line of its own"
            yield node, "the essay can only be printed, whole and as it is", hint
    elif node.name == "loop":
        if not isinstance(parent, nodes.Getattr):
            yield node, "loop is used as loop.index, loop.first and the like", ""
    elif node.name.startswith("_") or node.name in _RESERVED:
        yield node, f"a template may not use the name {node.name!r}", ""


@_complaints.register(nodes.Getattr)
def _getattr(node: nodes.Getattr, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    on_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop"
    if node.attr.startswith("_"):
        yield node, f"a template may not use the name {node.attr!r}", ""
    elif on_loop and node.attr not in LOOP_NAMES:
        yield node, f"loop has no {node.attr!r} here", f"loop has {', '.join(sorted(LOOP_NAMES))}"
    elif not isinstance(node.node, _PARTS):
        yield node, f".{node.attr} does not follow a name of the data", ""


@_complaints.register(nodes.Getitem)
def _getitem(node: nodes.Getitem, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    if not isinstance(node.node, _PARTS):
        yield node, "[...] does not follow a name of the data", ""
    key = node.arg
    if isinstance(key, nodes.Const) and str(key.value).startswith("_"):
        yield node, f"a template may not use the name {key.value!r}", ""


@_complaints.register(nodes.Filter)
def _filter(node: nodes.Filter, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    if node.name not in FILTERS:
        known = ", ".join(sorted(FILTERS))
        yield node, f"a template may not use the filter {node.name!r}", f"filters: {known}"
    if node.dyn_args or node.dyn_kwargs:
        yield node, "a filter takes its settings one by one", ""


@_complaints.register(nodes.Test)
def _test(node: nodes.Test, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    if node.name not in TESTS:
        yield node, f"a template may not use the test {node.name!r}", f"tests: {', '.join(TESTS)}"
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        yield node, "a test takes no settings here", ""


@_complaints.register(nodes.Dict)
@_complaints.register(nodes.List)
@_complaints.register(nodes.Pair)
@_complaints.register(nodes.Tuple)
def _literal(node: nodes.Node, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    for child in node.iter_child_nodes():
        target = isinstance(child, nodes.Name) and child.ctx == "store"
        if not (target or isinstance(child, _LITERALS)):
            yield node, "a list in a template holds fixed texts and numbers only", ""


@_complaints.register(nodes.For)
def _for(node: nodes.For, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    if node.recursive:
        yield node, "a loop may not call itself", ""


@_complaints.register(nodes.Extends)
def _extends(node: nodes.Extends, parent: nodes.Node) -> Iterator[_Refused]:
    yield from _fixed_name(node, node.template)
    if not isinstance(parent, nodes.Template):
        yield node, "extends stands at the top of the file", ""


@_complaints.register(nodes.Include)
def _include(node: nodes.Include, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    yield from _fixed_name(node, node.template)
    if node.ignore_missing or not node.with_context:
        yield node, "include takes a name and nothing else", ""


def _fixed_name(node: nodes.Node, name: nodes.Node) -> Iterator[_Refused]:
    if not (isinstance(name, nodes.Const) and isinstance(name.value, str)):
        word = type(node).__name__.lower()
        yield node, f"{word} takes one fixed name", f'write {{% {word} "draft.jinja" %}}'


@_complaints.register(nodes.Block)
def _block(node: nodes.Block, parent: nodes.Node) -> Iterator[_Refused]:
    del parent
    calls = list(_own_calls(node))
    if len(calls) > 1:
        yield calls[1], "a block may use super() once", ""


def _own_calls(node: nodes.Node) -> Iterator[nodes.Call]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Call):
            yield child
        elif not isinstance(child, nodes.Block):
            yield from _own_calls(child)


def metered(tree: nodes.Template) -> nodes.Template:
    """The tree with a count at the start of the file and of every loop and block; changes it."""
    parts: list[nodes.For | nodes.Block | nodes.Template] = [
        *tree.find_all(nodes.For),
        *tree.find_all(nodes.Block),
        tree,
    ]
    for part in parts:
        cost = 1 + sum(len(data.data) for data in part.find_all(nodes.TemplateData))
        tick = nodes.Filter(nodes.Const(cost), TICK, [], [], None, None, lineno=part.lineno)
        part.body.insert(0, nodes.Output([tick], lineno=part.lineno))
    return tree
