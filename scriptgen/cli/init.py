"""``scriptgen init``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.program import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS_FILE = """\
# Settings of scriptgen in this folder. A line without its # holds for every command run here;
# a flag, SCRIPTGEN_* in the environment and a template's header go before it.
# `scriptgen config show` prints each value and where it came from.

# model = "NAME"                 # without a model, drafts are written offline
# base_url = "http://127.0.0.1:8080/v1"
# api_key_env = "OPENAI_API_KEY" # the variable that holds the key for base_url
# template = "draft"
# prompts = "prompts"
# fidelity = "balanced"          # strict, balanced or free
# pages = 3                      # without it: one page per six beats
# revisions = 1                  # 0 to 2
# outputs = "outputs"
# ledger = "outputs/.scriptgen/ledger.sqlite3"
# jobs = 4                       # essays at a time
# attempts = 4                   # requests per call
# deadline = 120.0               # seconds for one request
# run_deadline = 1800.0          # seconds for all calls of one draft
# max_calls = 500                # caps on all that the ledger holds: requests,
# max_total_tokens = 2000000     # tokens of prompts and replies,
# max_cost = 20.0                # money, by the prices below
# context_tokens = 32768         # what a prompt and its reply may take together
# prices = { "NAME" = { input = 0.25, output = 2.0, cached_input = 0.025, currency = "USD" } }
# models = { "NAME" = { context_tokens = 8192 } }
# encoding = "utf-8"
# language = "en"                # without it: found out by itself
# max_input_bytes = 2000000
# temperature = 0.8
# top_p = 1.0
# max_tokens = 4000
# seed = 1
# reasoning_effort = "low"
# trace = false                  # notes in the draft that name its sources
# outline = false                # sections and synopses in the draft
# enrich = false                 # let the model add to the brief first
# annotate = false               # let the model say last what the page plays, in notes
# live = true                    # show the page on a terminal while a model writes it
# paper = "letter"               # of exported pages; or a4
# font_fallback = []             # font files for what Courier lacks; or fallback under [fonts]
"""

ENVIRONMENT_FILE = """\
# Copy to .env. It fills in variables that are not set already; keep it out of version control.

# The key for api.openai.com. A key alone never causes a call: name a model as well.
# OPENAI_API_KEY=

# SCRIPTGEN_MODEL=

# Another server with the OpenAI interface, and the variable that holds its key
# (a server on this machine needs none).
# SCRIPTGEN_BASE_URL=http://127.0.0.1:8080/v1
# SCRIPTGEN_API_KEY_ENV=MY_SERVER_KEY
# MY_SERVER_KEY=
"""

SEEDS_PAGE = """\
# seeds

Put essays here: one file each, `.txt` or `.md`, in UTF-8. `scriptgen batch` drafts all of them.
"""

OUTPUTS_PAGE = """\
# outputs

Drafts land here, one `.fountain` file per essay, named after the essay. `.scriptgen/` inside it
holds the ledger: what was done, what was asked of a model and what came back.
"""


@click.command(
    cls=Command,
    examples=[
        ("scriptgen init films", "a folder with settings, templates and a place for essays"),
        ("scriptgen init .", "the same here; nothing that exists is touched"),
    ],
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Lay out a folder to work in.

    It gets settings, templates, a place for essays and one for drafts. Nothing that exists is
    overwritten. Prints each file that was made.
    """
    for name, content in _files():
        path = folder / name
        if _make(path, content):
            printing.out(printing.shown_name(str(path)))
        else:
            printing.note(f"kept: {printing.shown_name(str(path))}")
    printing.note(
        f"next: put essays into {printing.shown_name(str(folder / 'seeds'))}"
        " and run `scriptgen batch` in the folder"
    )


def _files() -> Iterator[tuple[str, bytes]]:
    from scriptgen.catalog import packaged_templates_dir

    yield "scriptgen.toml", SETTINGS_FILE.encode()
    yield ".env.example", ENVIRONMENT_FILE.encode()
    yield "seeds/README.md", SEEDS_PAGE.encode()
    yield "outputs/README.md", OUTPUTS_PAGE.encode()
    templates = packaged_templates_dir()
    for path in sorted(templates.rglob("*.jinja")):
        yield f"prompts/{path.relative_to(templates).as_posix()}", path.read_bytes()


def _make(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet; gives whether it was made."""
    from scriptgen.errors import OutputError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        if path.parent.is_dir():
            return False
        raise OutputError("E_OUTPUT", "is not a folder", where=str(path.parent)) from None
    except OSError as error:
        raise OutputError(
            "E_OUTPUT", f"cannot be made: {error.strerror}", where=str(path)
        ) from error
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return True
