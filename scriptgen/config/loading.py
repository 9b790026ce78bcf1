"""From flags, variables and files to one `Settings`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from scriptgen.config.expected import expected
from scriptgen.config.layers import (
    Layer,
    dotenv_variables,
    environment_layer,
    file_layer,
    is_the_project,
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
    TEMPLATE,
    Settings,
)
from scriptgen.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
        Layer(FLAG, {k: v for k, v in flags.items() if v is not None}, "--{dashed}"),
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
            raise _misfit(name, chosen[name])
    try:
        return Settings(
            **values,
            sources={name: layer.source for name, layer in chosen.items()},
            environ=environ,
            warnings=strangers(environ),
        )
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        name = str(first["loc"][0])
        raise _misfit(name, chosen[name]) from None


def _misfit(name: str, layer: Layer) -> SetupError:
    # What was given stays unsaid: it may be a key in the wrong place.
    where = layer.label.format(name=name, NAME=name.upper(), dashed=name.replace("_", "-"))
    return SetupError(
        "E_CONFIG",
        f"the value does not fit: {expected(name)} is expected",
        where=where,
        hint="scriptgen config show lists settings and sources",
    )
