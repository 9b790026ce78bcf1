"""Where settings are read from: the settings file, the environment, ``.env``."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from scriptgen.config.settings import DOTENV, NAMES, PARAMETERS, PREFIX
from scriptgen.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

OWN_FILE = "scriptgen.toml"
PROJECT_FILE = "pyproject.toml"
TABLES = {"fonts": {"fallback": "font_fallback"}}
"""Tables of a settings file: their keys, and the settings these are."""


FLAGS = {
    "outputs": "--output",
    "max_total_tokens": "--max-tokens",
    **{name: f"--set {name}" for name in PARAMETERS},
}
"""Settings whose flag is not their name."""


class Layer(NamedTuple):
    """Values of one source; ``label`` makes the name of a setting into where a user finds it."""

    source: str
    values: Mapping[str, Any]
    label: str = "{name}"

    def where(self, name: str) -> str:
        """Where a user finds the setting ``name``."""
        flag = FLAGS.get(name, f"--{name.replace('_', '-')}")
        return self.label.format(name=name, NAME=name.upper(), flag=flag)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``, ``None`` where none is like it."""
    from difflib import get_close_matches

    folded = name.casefold().replace("-", "_")
    return next(iter(get_close_matches(folded, list(known), n=1)), None)


def file_layer(cwd: Path) -> Layer | None:
    """The settings file of the folder; ``scriptgen.toml`` goes before ``pyproject.toml``.

    Raises `SetupError` (``E_CONFIG``) where it cannot be read or holds an unknown key.
    """
    if (cwd / OWN_FILE).is_file():
        values = _read_toml(cwd / OWN_FILE)
        name = OWN_FILE
    elif (table := _project_table(cwd)) is not None:
        values = table
        name = PROJECT_FILE
    else:
        return None
    values = _with_tables(values)
    for key in values:
        if key not in NAMES:
            meant = nearest(key, NAMES)
            raise SetupError(
                "E_CONFIG",
                f"unknown setting {key!r}",
                where=name,
                hint=f"did you mean {meant!r}?" if meant else "scriptgen config show lists them",
            )
    return Layer(name, values, f"{name}: {{name}}")


def _with_tables(values: dict[str, Any]) -> dict[str, Any]:
    """Settings that stand in a table, under their names: ``[fonts] fallback``."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        if key in TABLES and isinstance(value, dict):
            known = TABLES[key]
            flat |= {known.get(name, f"{key}.{name}"): each for name, each in value.items()}
        else:
            flat[key] = value
    return flat


def is_the_project(cwd: Path) -> bool:
    """Whether the folder is a checkout of scriptgen itself."""
    path = cwd / PROJECT_FILE
    if not path.is_file():
        return False
    project = _read_toml(path).get("project")
    return isinstance(project, dict) and project.get("name") == "scriptgen"


def _project_table(cwd: Path) -> dict[str, Any] | None:
    path = cwd / PROJECT_FILE
    if not path.is_file():
        return None
    tool = _read_toml(path).get("tool")
    table = tool.get("scriptgen") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SetupError(
            "E_CONFIG", f"cannot be read: {error.strerror or 'unknown error'}", where=path.name
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SetupError(
            "E_CONFIG", f"is not TOML: {error}", where=path.name, hint="see https://toml.io"
        ) from error


def dotenv_variables(cwd: Path) -> dict[str, str]:
    """The variables of ``.env`` in the folder; empty where there is none."""
    path = cwd / DOTENV
    if not path.is_file():
        return {}
    from pydantic_settings import BaseSettings, DotEnvSettingsSource

    try:
        source = DotEnvSettingsSource(
            BaseSettings, env_file=path, env_file_encoding="utf-8", case_sensitive=True
        )
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            "E_CONFIG", "cannot be read as UTF-8 text", where=DOTENV, hint="save it as UTF-8"
        ) from error
    return {name: value for name, value in source.env_vars.items() if value is not None}


def environment_layer(source: str, variables: Mapping[str, str]) -> Layer:
    """The settings among ``variables``; an empty one says nothing."""
    values = {
        name: variables[PREFIX + name.upper()]
        for name in NAMES
        if variables.get(PREFIX + name.upper())
    }
    suffix = f" in {DOTENV}" if source == DOTENV else ""
    return Layer(source, values, f"{PREFIX}{{NAME}}{suffix}")


def strangers(variables: Mapping[str, str]) -> tuple[str, ...]:
    """One line for each variable that has the prefix and is no setting."""
    found = []
    for variable in sorted(variables):
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and name not in NAMES:
            meant = nearest(name, NAMES)
            tail = f"; did you mean {PREFIX}{meant.upper()}?" if meant else ""
            found.append(f"{variable} is not a setting{tail}")
    return tuple(found)
