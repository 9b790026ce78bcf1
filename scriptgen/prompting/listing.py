"""What there is to choose from, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.errors import TemplateError
from scriptgen.prompting.contexts import NAMES
from scriptgen.prompting.source import is_fragment, read_header, split_source
from scriptgen.prompting.template import load
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from scriptgen.prompting.source import TemplateSet


class Described(NamedTuple):
    """One line of the list of templates.

    ``kind``: draft, brief, revise, annotate, ``fragment`` for a file that is only included, or
    ``broken``; ``origin``: the file.
    """

    name: str
    kind: str
    description: str
    origin: str


def describe(template_set: TemplateSet) -> list[Described]:
    """Every template by name; one that cannot be used says why in its description."""
    found = []
    for name in template_set:
        source = template_set[name]
        try:
            if is_fragment(source):
                found.append(Described(name, "fragment", "to be included", source.path))
                continue
            template = load(template_set, name)
            found.append(Described(name, template.kind, template.description, source.path))
        except TemplateError as error:
            found.append(Described(name, "broken", str(error), source.path))
    return found


def check(template_set: TemplateSet, name: str) -> list[Finding]:
    """Everything that is wrong with a template, empty when it can be used.

    A message starts with file and line; ``evidence`` holds the hint. Raises `TemplateError` only
    when there is no such template.
    """
    from scriptgen.prompting.assembly import gather, problems, refused

    source = template_set.find(name)
    found: list[TemplateError] = []
    try:
        parts = gather(template_set, name)
        if is_fragment(source):
            found = refused(parts)
        else:
            if split_source(source)[0] is None:
                # Said first: the lines of a header that is not opened look like lost text.
                read_header(source, template_set.read_toml)
            known = tuple(name for names in NAMES.values() for name in names)
            found = list(problems(parts, source.name, known))
            if not found:
                load(template_set, name)
    except TemplateError as error:
        found.append(error)
    return [
        Finding(code=e.code, severity=Severity.ERROR, message=str(e), evidence=e.hint)
        for e in found
    ]
