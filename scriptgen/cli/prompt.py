"""``scriptgen prompt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.options import READING, json_option, setting_options
from scriptgen.cli.program import Command

if TYPE_CHECKING:
    from scriptgen.prompt import Prompt

SCHEMA_VERSION = 1


@click.command(
    cls=Command,
    examples=[
        ("scriptgen prompt essay.txt", "the messages and parameters, as a model gets them"),
        ("scriptgen prompt essay.txt -t draft.strict", "those of another template"),
        ("scriptgen prompt long.txt -t draft.chunked", "the first part of a long essay"),
        ("scriptgen prompt essay.txt --set temperature=0.3", "with a parameter changed"),
        ("scriptgen prompt essay.txt -t brief", "what --enrich asks"),
        ("scriptgen prompt essay.txt --json", "the same for a program"),
    ],
)
@click.argument("essay", metavar="ESSAY")
@json_option
@setting_options("template", "prompts", "fidelity", "pages", "sampling", "outputs", *READING)
def command(essay: str, *, as_json: bool, **flags: object) -> None:
    """Show what would be sent to a model; send nothing.

    The mark around the essay is made with a key in the ledger, so that what is shown is to the
    letter what is sent; where there is no ledger yet, one is made. Of a template that asks part by
    part it is the first part. ESSAY may be -.
    """
    from scriptgen.cli.means import prepare
    from scriptgen.drafting import Means
    from scriptgen.drafting.enriching import enriching_prompt
    from scriptgen.drafting.page_calls import askings_of, first_prompt
    from scriptgen.drafting.path import parse_with_pack
    from scriptgen.ledger import Ledger
    from scriptgen.prompting import load
    from scriptgen.reader import read_essay

    prepared = prepare(flags, with_template=True)
    settings, options = prepared.settings, prepared.options
    read = read_essay(
        essay,
        encoding=settings.encoding,
        language=settings.language,
        max_bytes=settings.max_input_bytes,
    )
    parsed = parse_with_pack(read)
    parts = 1
    with Ledger.open(settings.ledger_path) as ledger:
        means = Means(options, ledger=ledger, templates=prepared.templates)
        if load(means.template_set, options.template).kind == "brief":
            asking = Means(
                options.model_copy(update={"brief": options.template}),
                ledger=ledger,
                templates=prepared.templates,
            )
            prompt = enriching_prompt(parsed, asking)
        else:
            prompt = first_prompt(parsed.essay, parsed.brief, means)
            parts = len(askings_of(parsed.essay, parsed.brief, means))
    if as_json:
        told = {"parts": parts} if parts > 1 else {}
        record = prompt.model_dump(mode="json")
        printing.out_json({"schema_version": SCHEMA_VERSION, **record, **told})
    else:
        printing.out_exact(_sheet(prompt))
    if parts > 1:
        printing.note(f"part 1 of {parts}; each other one has what was written before it, too")


def _sheet(prompt: Prompt) -> str:
    parameters = prompt.parameters.model_dump(exclude_none=True)
    told = ", ".join(f"{name} = {value}" for name, value in parameters.items())
    parts = [f"=== template {prompt.template} ({prompt.template_hash[:12]})"]
    parts += [f"=== parameters {told or '(the server decides)'}"]
    for message in prompt.messages:
        parts += [f"=== {message.role}", message.content]
    return "\n".join(parts) + "\n"
