"""The settings of one invocation, as a value that knows its sources."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from scriptgen.costs import Caps, Price
from scriptgen.prompt import Parameters
from scriptgen.run import SettingUsed
from scriptgen.values import Value

FLAG = "flag"
ENVIRONMENT = "environment"
DOTENV = ".env"
TEMPLATE = "template"
DEFAULT = "default"

PREFIX = "SCRIPTGEN_"
OPENAI_KEY = "OPENAI_API_KEY"
OPENAI_URL = "OPENAI_BASE_URL"
_USER = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*://)?.*@", re.DOTALL)
PARAMETERS = tuple(Parameters.model_fields)


class ModelSettings(Value):
    """What holds for one model alone; see `Settings.context_tokens`."""

    context_tokens: Annotated[int | None, Field(ge=1, strict=True)] = None

    def __str__(self) -> str:
        return f"context_tokens = {self.context_tokens}"


class Settings(Value):
    """What was asked for, by whichever means.

    ``model``: ``None`` means the offline writer; ``base_url``: the model server, ``None`` for
    ``OPENAI_BASE_URL`` or api.openai.com; ``api_key_env``: the name of the variable that holds the
    key; ``template``: a template's name or path; ``prompts``: the user's template folder;
    ``pages``: the length to aim at, ``None`` for one page per six beats; ``revisions``: how often
    findings may send a draft back; ``ledger``: ``None`` for the one inside ``outputs``; ``jobs``:
    essays at a time; ``attempts``: requests per call; ``deadline``: seconds for one request;
    ``run_deadline``: seconds for all calls of one draft; ``max_calls``, ``max_total_tokens``,
    ``max_cost``: see `scriptgen.costs.Caps`; ``context_tokens``: what a prompt and its reply may
    take together, ``None`` where nobody said; ``prices``: model to price; ``models``: model to what
    holds for it alone, which goes before the rest; ``encoding``: of the essays, ``None`` for UTF-8
    or a byte-order mark; ``language``: an ISO 639-1 code, ``None`` to detect it;
    ``max_input_bytes``: per essay; ``trace``: notes in the draft that name its sources;
    ``outline``: sections and synopses in the draft; ``enrich``: have the model say first what the
    brief lacks; ``annotate``: have it say last what the page plays; ``live``: whether a terminal
    shows a page while a model writes it; ``paper``: of exported pages; ``font_fallback``: font
    files that are asked first for characters that Courier Prime lacks (``fallback`` under
    ``[fonts]``; in a variable parted as in ``PATH``); the rest as `scriptgen.prompt.Parameters`.

    ``sources``: setting to where it came from (``flag``, ``environment``, ``.env``, ``template``,
    a file name), absent for defaults. ``environ``: the variables with ``.env`` filled in, never
    shown. ``warnings``: variables that look like settings and are none.
    """

    model: str | None = None
    base_url: str | None = None
    api_key_env: Annotated[str | None, Field(pattern=r"^[A-Z_][A-Z0-9_]*$")] = None
    template: str = "draft"
    prompts: Path | None = None
    fidelity: Literal["strict", "balanced", "free"] = "balanced"
    pages: Annotated[int | None, Field(ge=1, le=200)] = None
    revisions: Annotated[int, Field(ge=0, le=2)] = 1
    outputs: Path = Path("outputs")
    ledger: Path | None = None
    jobs: Annotated[int, Field(ge=1, le=256)] = 4
    attempts: Annotated[int, Field(ge=1, le=20)] = 4
    deadline: Annotated[float, Field(gt=0, le=86_400)] = 120.0
    run_deadline: Annotated[float, Field(gt=0, le=604_800)] = 1800.0
    max_calls: Annotated[int | None, Field(ge=0)] = None
    max_total_tokens: Annotated[int | None, Field(ge=0)] = None
    max_cost: Annotated[float | None, Field(ge=0, le=1_000_000_000)] = None
    context_tokens: Annotated[int | None, Field(ge=1)] = None
    prices: Mapping[str, Price] = {}
    models: Mapping[str, ModelSettings] = {}
    encoding: str | None = None
    language: Annotated[str | None, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$")] = None
    max_input_bytes: Annotated[int, Field(ge=1)] = 2_000_000
    temperature: Annotated[float | None, Field(ge=0, le=2)] = None
    top_p: Annotated[float | None, Field(gt=0, le=1)] = None
    max_tokens: Annotated[int | None, Field(ge=1)] = None
    seed: int | None = None
    reasoning_effort: str | None = None
    trace: bool = False
    outline: bool = False
    enrich: bool = False
    annotate: bool = False
    live: bool = True
    paper: Literal["letter", "a4"] = "letter"
    font_fallback: tuple[str, ...] = ()

    sources: Annotated[Mapping[str, str], Field(exclude=True, repr=False)] = {}
    environ: Annotated[Mapping[str, str], Field(exclude=True, repr=False)] = {}
    warnings: Annotated[tuple[str, ...], Field(exclude=True, repr=False)] = ()

    @field_validator("font_fallback", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value

    @property
    def ledger_path(self) -> Path:
        """Where the ledger is."""
        return self.ledger or self.outputs / ".scriptgen" / "ledger.sqlite3"

    @property
    def parameters(self) -> Parameters:
        """The sampling parameters that are set."""
        return Parameters(**{name: getattr(self, name) for name in PARAMETERS})

    @property
    def caps(self) -> Caps:
        """What may be spent at most."""
        return Caps(calls=self.max_calls, tokens=self.max_total_tokens, cost=self.max_cost)

    @property
    def price(self) -> Price | None:
        """The price of the model that is named, ``None`` where nobody gave one."""
        return self.prices.get(self.model or "")

    @property
    def context(self) -> int | None:
        """What a prompt and its reply may take of the model that is named, in tokens."""
        own = self.models.get(self.model or "", ModelSettings()).context_tokens
        return self.context_tokens if own is None else own

    @property
    def base_url_from_file(self) -> bool:
        """Whether a file in the folder, rather than the user, named the model server."""
        return self.source("base_url") not in (DEFAULT, ENVIRONMENT, FLAG)

    @property
    def bound_key_env(self) -> str | None:
        """The variable whose key may go to ``base_url``; ``None`` where nobody bound one to it.

        A key is bound to its origin: whoever names a server must be the one who names the key for
        it, else a file in a folder could have the key of another server sent to its own.
        """
        named_by, server_by = self.source("api_key_env"), self.source("base_url")
        if named_by == FLAG or server_by in (DEFAULT, named_by):
            return self.api_key_env
        return None

    @property
    def key_variable(self) -> str | None:
        """The variable whose key a model would be called with; ``None`` where no key would go."""
        if self.bound_key_env:
            return self.bound_key_env
        return OPENAI_KEY if self.base_url is None else None

    def source(self, name: str) -> str:
        """Where the value of ``name`` came from."""
        return self.sources.get(name, DEFAULT)

    def used(self) -> tuple[SettingUsed, ...]:
        """Every setting with its value and source, in the order of their definition.

        Of ``base_url`` whatever may be a password is left out, of ``prices`` and ``models`` what
        is not about the model that is named.
        """
        return tuple(
            SettingUsed(name=name, value=self._public(name), source=self.source(name))
            for name in NAMES
        )

    def _public(self, name: str) -> str | int | float | bool | None:
        if name == "base_url" and self.base_url is not None:
            without_user = _USER.sub(r"\1***@", self.base_url)
            return re.sub(r"\?.*", "?***", without_user)
        if name == "prices":
            return str(self.price) if self.price else None
        if name == "models":
            own = self.models.get(self.model or "")
            return None if own is None else str(own)
        value = self.ledger_path if name == "ledger" else getattr(self, name)
        if isinstance(value, tuple):
            return os.pathsep.join(value) or None
        return str(value) if isinstance(value, Path) else value


NAMES = tuple(name for name, field in Settings.model_fields.items() if not field.exclude)
"""The settings a user can set, by name."""

SWITCHES = frozenset(name for name in NAMES if Settings.model_fields[name].annotation is bool)
"""The settings that are on or off."""

TABLED: Mapping[str, type[Value]] = {"prices": Price, "models": ModelSettings}
"""The settings that hold a table for each model, and what is in it."""
