"""``scriptgen templates list``, ``show`` and ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.options import current_settings, json_option, setting_options
from scriptgen.cli.program import Group

if TYPE_CHECKING:
    from scriptgen.prompting import TemplateSet

SCHEMA_VERSION = 1

command = Group(
    "templates",
    help="List, show and check prompt templates.",
    examples=[
        ("scriptgen templates list", "what there is"),
        ("scriptgen templates show draft", "the text of one"),
        ("scriptgen templates check", "what is wrong with any"),
    ],
)


@command.command(
    "list",
    examples=[
        ("scriptgen templates list", "your templates and the packaged ones"),
        ("scriptgen templates list --prompts mine", "with those in another folder"),
    ],
)
@json_option
@setting_options("prompts")
def list_templates(*, as_json: bool, **flags: object) -> None:
    """List templates: name, kind, file, description."""
    from scriptgen.prompting import describe

    rows = describe(_found(flags))
    if as_json:
        printing.out_json(
            {"schema_version": SCHEMA_VERSION, "templates": [row._asdict() for row in rows]}
        )
        return
    names = max((len(row.name) for row in rows), default=0)
    for row in rows:
        origin = printing.shown_name(row.origin)
        printing.out(
            f"{row.name:<{names}}  {row.kind:<8}  {origin}  {printing.one_line(row.description)}"
        )


@command.command(
    examples=[
        ("scriptgen templates show draft", "the text of a template"),
        ("scriptgen templates show draft > prompts/draft.jinja", "a copy to change"),
        ("scriptgen templates show draft --json", "what its header says, its files and hash"),
    ]
)
@click.argument("name", metavar="TEMPLATE")
@json_option
@setting_options("prompts")
def show(name: str, *, as_json: bool, **flags: object) -> None:
    """Print the text of a template."""
    templates = _found(flags)
    source = templates.find(name)
    if not as_json:
        printing.out_exact(source.text)
        return
    from scriptgen.prompting import load

    template = load(templates, source.name)
    printing.out_json(
        {
            "schema_version": SCHEMA_VERSION,
            "name": template.name,
            "kind": template.kind,
            "description": template.description,
            "parameters": template.parameters.model_dump(exclude_none=True),
            "path": template.path,
            "files": list(template.files),
            "hash": template.hash,
            "text": source.text,
        }
    )


@command.command(
    examples=[
        ("scriptgen templates check", "all templates"),
        ("scriptgen templates check draft.noir", "one of them"),
    ]
)
@click.argument("names", metavar="[TEMPLATE]...", nargs=-1)
@json_option
@setting_options("prompts")
def check(names: tuple[str, ...], *, as_json: bool, **flags: object) -> int:
    """Say what is wrong with templates, with file and line; exit 2 if anything is."""
    from scriptgen.prompting import check as problems_of

    templates = _found(flags)
    found = {name: problems_of(templates, name) for name in names or list(templates)}
    if as_json:
        printing.out_json(
            {
                "schema_version": SCHEMA_VERSION,
                "templates": {
                    name: [finding.model_dump(mode="json") for finding in findings]
                    for name, findings in found.items()
                },
            }
        )
    else:
        for name, findings in found.items():
            for finding in findings:
                message = printing.one_line(finding.message)
                printing.out(f"{printing.shown_name(name)}: {message} [{finding.code}]")
                if finding.evidence:
                    printing.out(f"  hint: {printing.one_line(finding.evidence)}")
            if not findings:
                printing.out(f"{printing.shown_name(name)}: fine")
    return 2 if any(found.values()) else 0


def _found(flags: dict[str, object]) -> TemplateSet:
    from scriptgen.catalog import find_templates

    return find_templates(current_settings(flags).prompts)
