"""``scriptgen config show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.cli import printing
from scriptgen.cli.options import WRITING, current_settings, json_option, setting_options
from scriptgen.cli.program import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.config import Settings

SCHEMA_VERSION = 1

command = Group(
    "config",
    help="Show every setting and where it comes from.",
    examples=[("scriptgen config show", "every setting, its value and its source")],
)


@command.command(
    examples=[
        ("scriptgen config show", "every setting, its value and its source"),
        ("scriptgen config show --json", "the same for a program"),
    ]
)
@json_option
@setting_options("outputs", "jobs", *WRITING)
def show(*, as_json: bool, **flags: object) -> None:
    """Print every setting with its value and source.

    The first that says something wins: a flag, SCRIPTGEN_* in the environment or in .env, the
    template's header, scriptgen.toml (or [tool.scriptgen] in pyproject.toml), the default. Of a
    key only the name of its variable is shown, and whether that is set.
    """
    settings = _with_header(flags)
    if as_json:
        printing.out_json(
            {
                "schema_version": SCHEMA_VERSION,
                "settings": [used.model_dump() for used in settings.used()],
                "prices": {name: each.model_dump() for name, each in settings.prices.items()},
                "models": {name: each.model_dump() for name, each in settings.models.items()},
                "key": {"variable": settings.key_variable, "set": _is_set(settings)},
            }
        )
        return
    rows = [
        (used.name, "-" if used.value is None else str(used.value), used.source)
        for used in settings.used()
    ]
    rows += [
        (f'prices."{name}"', str(price), settings.source("prices"))
        for name, price in settings.prices.items()
    ]
    rows += [
        (f'models."{name}"', str(each), settings.source("models"))
        for name, each in settings.models.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, source in rows:
        told = f"{printing.one_line(name):<{widths[0]}}  {printing.one_line(value):<{widths[1]}}"
        printing.out(f"{told}  {source}".rstrip())
    printing.out(f"\nkey: {key_state(settings)}")


def _with_header(flags: Mapping[str, object]) -> Settings:
    """The settings with the template's header in them, where the template can be used."""
    from scriptgen.cli.means import prepare
    from scriptgen.errors import TemplateError

    try:
        return prepare(flags, with_template=True).settings
    except TemplateError as error:
        printing.tell("warning", f"the template's header is not read: {error}", "33")
        return current_settings(flags)


def key_state(settings: Settings) -> str:
    """Which variable holds the key and whether it is set, without its value."""
    if settings.key_variable is None:
        return "none is bound to this server (--api-key-env NAME binds one)"
    if not _is_set(settings):
        return f"{settings.key_variable} (not set)"
    from scriptgen.llm.keys import fault_of

    usable = fault_of(settings.environ[settings.key_variable]) is None
    return f"{settings.key_variable} ({'set' if usable else 'set, and not usable'})"


def _is_set(settings: Settings) -> bool:
    return bool(settings.environ.get(settings.key_variable or ""))
