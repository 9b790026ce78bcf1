"""Options and arguments that several commands share, and the settings they lead to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scriptgen.cli import printing
from scriptgen.cli.failures import remember_keys
from scriptgen.prompt import Parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scriptgen.config import Settings

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_OPTIONS: dict[str, Decorator] = {
    "model": click.option(
        "--model", metavar="NAME", help="The model that writes; without one, none is called."
    ),
    "base_url": click.option(
        "--base-url", metavar="URL", help="The model server (OpenAI-compatible)."
    ),
    "api_key_env": click.option(
        "--api-key-env", metavar="NAME", help="The variable that holds the key for this server."
    ),
    "template": click.option(
        "-t", "--template", metavar="TEMPLATE", help="A template's name or path."
    ),
    "prompts": click.option(
        "--prompts",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="The folder of your own templates.",
    ),
    "fidelity": click.option(
        "--fidelity",
        type=click.Choice(["strict", "balanced", "free"]),
        help="How far the draft may go beyond the essay.",
    ),
    "pages": click.option(
        "--pages",
        type=click.IntRange(1, 200),
        metavar="N",
        help="Pages to aim at [one per six beats].",
    ),
    "revisions": click.option(
        "--revisions",
        type=click.IntRange(0, 2),
        metavar="N",
        help="How often findings may send a draft back to the model.",
    ),
    "encoding": click.option(
        "--encoding", metavar="NAME", help="The essay's encoding, where it is not UTF-8."
    ),
    "language": click.option(
        "--language", metavar="CODE", help="The essay's language, such as en; found out by itself."
    ),
    "trace": click.option(
        "--trace", is_flag=True, default=None, help="Say in notes which beat each part comes from."
    ),
    "outline": click.option(
        "--outline",
        is_flag=True,
        default=None,
        help="Add sections and synopses: index cards in other programs.",
    ),
    "enrich": click.option(
        "--enrich",
        is_flag=True,
        default=None,
        help="First ask the model what the brief lacks; one more call.",
    ),
    "annotate": click.option(
        "--annotate",
        is_flag=True,
        default=None,
        help="Last ask the model what the page plays, for the notes of --trace; one more call.",
    ),
    "live": click.option(
        "--live/--no-live",
        default=None,
        help="Show the page on a terminal while a model writes it [--live].",
    ),
    "paper": click.option(
        "--paper", type=click.Choice(["letter", "a4"]), help="The paper of the pages [letter]."
    ),
    "outputs": click.option(
        "-o",
        "--output",
        "outputs",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Where drafts go [outputs].",
    ),
    "jobs": click.option(
        "-j", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Essays at a time."
    ),
    "sampling": click.option(
        "--set",
        "sampling",
        multiple=True,
        metavar="NAME=VALUE",
        help=f"Over the template's header: {', '.join(Parameters.model_fields)}.",
    ),
    "max_calls": click.option(
        "--max-calls",
        type=click.IntRange(min=0),
        metavar="N",
        help="Requests on record, failed ones too, after which none is made.",
    ),
    "max_total_tokens": click.option(
        "--max-tokens",
        "max_total_tokens",
        type=click.IntRange(min=0),
        metavar="N",
        help="Tokens on record, prompts and replies, that no request may pass.",
    ),
    "max_cost": click.option(
        "--max-cost",
        type=click.FloatRange(min=0),
        metavar="X",
        help="Money on record that no request may pass; needs a price in scriptgen.toml.",
    ),
}

READING = ("encoding", "language")
WRITING = (
    "model",
    "base_url",
    "api_key_env",
    "template",
    "prompts",
    "fidelity",
    "pages",
    "revisions",
    "sampling",
    "max_calls",
    "max_total_tokens",
    "max_cost",
    *READING,
    "trace",
    "outline",
    "enrich",
    "annotate",
)
FOR_A_MODEL = {
    "base_url": "--base-url",
    "api_key_env": "--api-key-env",
    "template": "--template",
    "fidelity": "--fidelity",
    "pages": "--pages",
    "revisions": "--revisions",
    "enrich": "--enrich",
    "annotate": "--annotate",
    "sampling": "--set",
    "max_calls": "--max-calls",
    "max_total_tokens": "--max-tokens",
    "max_cost": "--max-cost",
}
"""What makes no difference to a draft written offline, and its flag."""


def setting_options(*names: str) -> Decorator:
    """The options that set the settings ``names``, in this order."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = _OPTIONS[name](function)
        return function

    return decorate


def tell_idle(flags: Mapping[str, object]) -> None:
    """Say which options the command line gave though nothing but a model heeds them."""
    given = [flag for name, flag in FOR_A_MODEL.items() if flags.get(name) not in (None, ())]
    if given:
        printing.note(f"without a model these had no effect: {', '.join(given)}")


def sampled(pairs: Iterable[str]) -> dict[str, str]:
    """The sampling parameters in ``NAME=VALUE``, the last of each name.

    Raises `SetupError` (``E_CONFIG``) for what has no value and for a name that is none.
    """
    from scriptgen.config.layers import nearest
    from scriptgen.errors import SetupError

    found = {}
    for pair in pairs:
        name, sign, value = (part.strip() for part in pair.partition("="))
        if name not in Parameters.model_fields:
            meant = nearest(name, Parameters.model_fields)
            known = ", ".join(Parameters.model_fields)
            hint = f"did you mean {meant!r}?" if meant else f"names there are: {known}"
            raise SetupError("E_CONFIG", f"unknown parameter {name!r}", where="--set", hint=hint)
        if not sign or not value:
            raise SetupError(
                "E_CONFIG", f"{name} has no value", where="--set", hint=f"--set {name}=VALUE"
            )
        found[name] = value
    return found


json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


def current_settings(
    flags: Mapping[str, object], *, template_header: Mapping[str, object] | None = None
) -> Settings:
    """The settings in this folder, with what the command line said; says what looks mistyped."""
    from scriptgen.config import load_settings

    pairs = flags.get("sampling")
    settings = load_settings(
        {**flags, **sampled(pairs if isinstance(pairs, tuple) else ())},
        cwd=Path.cwd(),
        environ=os.environ,
        template_header=template_header,
    )
    remember_keys(settings.environ, settings.key_variable)
    if template_header is None:
        for warning in settings.warnings:
            printing.tell("warning", warning, "33")
    return settings
