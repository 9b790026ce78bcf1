"""From flags, variables and files to one `Settings`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from scriptgen.config.expected import expected, expected_of
from scriptgen.config.layers import (
    Layer,
    dotenv_variables,
    environment_layer,
    file_layer,
    is_the_project,
    nearest,
    strangers,
)
from scriptgen.config.settings import (
    DOTENV,
    ENVIRONMENT,
    FLAG,
    NAMES,
    OPENAI_KEY,
    OPENAI_URL,
    PARAMETERS,
    SWITCHES,
    TABLED,
    TEMPLATE,
    Settings,
)
from scriptgen.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scriptgen.values import Value

NOTHING: Mapping[str, object] = MappingProxyType({})


def load_settings(
    flags: Mapping[str, object],
    *,
    cwd: Path,
    environ: Mapping[str, str],
    template_header: Mapping[str, object] | None = None,
) -> Settings:
    """The settings that hold in the folder ``cwd``.

    ``flags``: what the command line said (``None`` for what it did not say); ``environ``: the
    variables of the process; ``template_header``: the model parameters of the chosen template.
    Raises `SetupError` (``E_CONFIG``), naming the place, for an unknown setting in a file and for
    a value that cannot be.
    """
    dotenv = {k: v for k, v in dotenv_variables(cwd).items() if k not in environ}
    file = file_layer(cwd)
    layers = [
        Layer(FLAG, {k: v for k, v in flags.items() if v is not None}, "{flag}"),
        environment_layer(ENVIRONMENT, environ),
        environment_layer(DOTENV, dotenv),
        _openai_layer(dotenv),
        Layer(
            TEMPLATE,
            {
                k: v
                for k, v in (template_header or NOTHING).items()
                if k in PARAMETERS and v is not None
            },
            "template header: {name}",
        ),
    ]
    if file:
        layers.append(file)
    if (cwd / "prompts").is_dir():
        # A folder called prompts is ours only where something says that scriptgen lives here.
        if file:
            layers.append(Layer(file.source, {"prompts": "prompts"}))
        elif is_the_project(cwd):
            layers.append(Layer("pyproject.toml", {"prompts": "prompts"}))
    return _settle(layers, environ={**dotenv, **environ})


def _openai_layer(dotenv: Mapping[str, str]) -> Layer:
    """The server that ``.env`` names by ``OPENAI_BASE_URL``, with a key only if it stands there."""
    values = {}
    if dotenv.get(OPENAI_URL):
        values["base_url"] = dotenv[OPENAI_URL]
        if OPENAI_KEY in dotenv:
            values["api_key_env"] = OPENAI_KEY
    return Layer(DOTENV, values, f"{OPENAI_URL} in {DOTENV}")


def _settle(layers: list[Layer], *, environ: Mapping[str, str]) -> Settings:
    values: dict[str, Any] = {}
    chosen: dict[str, Layer] = {}
    for layer in layers:
        for name, value in layer.values.items():
            if name in NAMES and name not in chosen:
                values[name], chosen[name] = value, layer
    for name, value in values.items():
        if isinstance(value, bool) and name not in SWITCHES:
            raise _misfit(name, chosen[name].where(name))
    try:
        return Settings(
            **values,
            sources={name: layer.source for name, layer in chosen.items()},
            environ=environ,
            warnings=strangers(environ),
        )
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        name, *inner = map(str, first["loc"])
        where = chosen[name].where(name)
        if name in TABLED and inner:
            raise _misfit_in_table(TABLED[name], where, inner, first["type"]) from None
        raise _misfit(name, where) from None


def _misfit(name: str, where: str) -> SetupError:
    # What was given stays unsaid: it may be a key in the wrong place.
    return SetupError(
        "E_CONFIG",
        f"the value does not fit: {expected(name)} is expected",
        where=where,
        hint="scriptgen config show lists settings and sources",
    )


def _misfit_in_table(kind: type[Value], where: str, inner: list[str], fault: str) -> SetupError:
    """What is wrong in the table of one model: ``inner`` is the model, and the key in it."""
    model, *keys = inner
    where = f'{where}."{model}"'
    known = tuple(kind.model_fields)
    told = f"a table with {' and '.join(_needed(kind) or known)} is expected"
    hint = f"keys there are: {', '.join(known)}"
    if not keys:
        return SetupError("E_CONFIG", told, where=where, hint=hint)
    if fault == "extra_forbidden":
        meant = nearest(keys[0], known)
        hint = f"did you mean {meant!r}?" if meant else hint
        return SetupError("E_CONFIG", f"unknown key {keys[0]!r}", where=where, hint=hint)
    if fault == "missing":
        # Without quotes a dot in a name makes a table in a table.
        hint = f"{hint}; a name with a dot stands in quotes"
        return SetupError("E_CONFIG", f"{keys[0]} is missing: {told}", where=where, hint=hint)
    told = f"the value does not fit: {expected_of(kind, keys[0])} is expected"
    return SetupError("E_CONFIG", told, where=f"{where}.{keys[0]}", hint=hint)


def _needed(kind: type[Value]) -> list[str]:
    return [name for name, field in kind.model_fields.items() if field.is_required()]
