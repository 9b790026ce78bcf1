"""``scriptgen doctor``."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

import click

from scriptgen import __version__
from scriptgen.cli import printing
from scriptgen.cli.config import key_state
from scriptgen.cli.options import current_settings, json_option, setting_options
from scriptgen.cli.program import Command
from scriptgen.errors import ScriptgenError, SetupError
from scriptgen.llm.profile import REFUSED, RUNG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scriptgen.config import Settings
    from scriptgen.ledger.lessons import Learnt

SCHEMA_VERSION = 1
LIBRARIES = ("aiohttp", "click", "jinja2", "openai", "pydantic", "rich", "tenacity")
EXTRAS = {"docx": "python-docx", "html": "trafilatura"}
EXPORTS = {"pdf": "reportlab"}
PATIENCE = 5.0
FINE, FAILED = "fine", "failed"
COLOURS = {FINE: "32", FAILED: "31"}


class Look(NamedTuple):
    """One thing that was looked at: ``state`` is fine or failed."""

    what: str
    state: str
    told: str
    hint: str | None = None


@click.command(
    cls=Command,
    examples=[
        ("scriptgen doctor", "look at everything on this machine"),
        ("scriptgen doctor --online", "and see whether the model server answers"),
        ("scriptgen doctor --forget", "drop what was learnt of servers, to try it all again"),
    ],
)
@click.option("--online", is_flag=True, help="Open a connection to the model server, too.")
@click.option(
    "--forget", is_flag=True, help="Drop what the ledger has learnt of servers, such as refusals."
)
@json_option
@setting_options("model", "base_url", "api_key_env", "prompts", "outputs")
def command(*, online: bool, forget: bool, as_json: bool, **flags: object) -> int:
    """See whether everything is in place.

    Nothing is sent to a model and no key is shown. Exit 3 if something failed.
    """
    settings = current_settings(flags)
    looks = [
        *_program(),
        *_templates(settings),
        *_outputs(settings, forget=forget),
        *_model(settings),
    ]
    if online:
        looks.append(_server(settings))
    if as_json:
        printing.out_json(
            {"schema_version": SCHEMA_VERSION, "looks": [look._asdict() for look in looks]}
        )
    else:
        for look in looks:
            printing.out_labelled(
                f"{look.state:<6}", f"{look.what}: {look.told}", COLOURS[look.state]
            )
            if look.hint:
                printing.out(f"       hint: {look.hint}")
    return SetupError.exit_code if any(look.state == FAILED for look in looks) else 0


def _program() -> Iterator[Look]:
    yield Look(
        "scriptgen", FINE, f"{__version__}, Python {platform.python_version()}, {sys.platform}"
    )
    missing = []
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Look(
            "libraries", FAILED, f"not installed: {', '.join(missing)}", "pip install scriptgen"
        )
    else:
        yield Look("libraries", FINE, ", ".join(found))
    told = [f"{extra} {_version(name)}" for extra, name in EXTRAS.items()]
    yield Look("essays in", FINE, f"txt, md, jsonl; {', '.join(told)}")
    told = [f"{extra} {_version(name)}" for extra, name in EXPORTS.items()]
    yield Look("exports", FINE, f"fountain; {', '.join(told)}")


def _version(name: str) -> str:
    try:
        return f"({name} {version(name)})"
    except PackageNotFoundError:
        return "(not installed)"


def _templates(settings: Settings) -> Iterator[Look]:
    from scriptgen.catalog import find_templates
    from scriptgen.prompting import describe

    try:
        rows = describe(find_templates(settings.prompts))
    except ScriptgenError as error:
        yield _failed("templates", error)
        return
    broken = [row for row in rows if row.kind == "broken"]
    for row in broken:
        yield Look(
            "templates", FAILED, f"{row.name}: {row.description}", "scriptgen templates check"
        )
    if not broken:
        folder = printing.shown_name(str(settings.prompts)) if settings.prompts else "packaged"
        yield Look("templates", FINE, f"{len(rows)} ({folder})")


def _outputs(settings: Settings, *, forget: bool) -> Iterator[Look]:
    folder = settings.outputs
    shown = printing.shown_name(str(folder))
    if _can_be_filled(folder):
        yield Look("outputs", FINE, shown if folder.exists() else f"{shown} (made when needed)")
    else:
        yield Look("outputs", FAILED, f"{shown} cannot be written", "name another folder: -o DIR")
    yield from _ledger(settings, forget=forget)


def _ledger(settings: Settings, *, forget: bool) -> Iterator[Look]:
    path = settings.ledger_path
    shown = printing.shown_name(str(path))
    there = path.exists()
    if not (_can_be_filled(path.parent) and (not there or os.access(path, os.W_OK))):
        what = "cannot be written" if there else "cannot be made"
        yield Look("ledger", FAILED, f"{shown} {what}", "name another folder: -o DIR")
        return
    if not there:
        yield Look("ledger", FINE, f"{shown} (made when needed)")
        return
    from scriptgen.cli.spent import account_told, caps_told
    from scriptgen.ledger import Ledger

    try:
        with Ledger.open(path, create=False) as ledger:
            ledger.verify()
            told = ", ".join(f"{count} {state}" for state, count in ledger.counts().items())
            forgotten = ledger.forget_lessons() if forget else 0
            learnt = [_told(lesson) for lesson in ledger.lessons()]
            account = ledger.account()
    except ScriptgenError as error:
        yield _failed("ledger", error)
        return
    yield Look("ledger", FINE, f"{shown} ({told or 'no work yet'})")
    left = caps_told(settings.caps, account, settings.price)
    yield Look("spent", FINE, f"{account_told(account)}{f'; {left}' if left else ''}")
    if forgotten:
        yield Look("learnt", FINE, f"{forgotten} forgotten")
    for number, each in enumerate(learnt, start=1):
        hint = "scriptgen doctor --forget, where that has changed"
        yield Look("learnt", FINE, each, hint if number == len(learnt) else None)


def _told(learnt: Learnt) -> str:
    if learnt.topic == RUNG:
        what = f"gets JSON by way of {learnt.lesson}"
    elif learnt.lesson == REFUSED:
        what = f"gets no {learnt.topic}, which it refuses"
    else:
        what = f"gets {learnt.topic} as {learnt.lesson}"
    return printing.one_line(f"{learnt.model} at {learnt.origin} {what}")


def _can_be_filled(folder: Path) -> bool:
    """Whether files can be made in a folder, which may have to be made first."""
    home = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return home.is_dir() and os.access(home, os.W_OK | os.X_OK)


def _model(settings: Settings) -> Iterator[Look]:
    if settings.model is None:
        yield Look("model", FINE, "none named: drafts are written offline (--model NAME names one)")
        yield _key(settings)
        return
    server = next(used.value for used in settings.used() if used.name == "base_url")
    yield Look("model", FINE, f"{settings.model} at {server or 'the OpenAI default'}")
    from scriptgen.llm import open_model

    try:
        open_model(
            settings.model,
            environ=settings.environ,
            base_url=settings.base_url,
            api_key_env=settings.bound_key_env,
            base_url_from_file=settings.base_url_from_file,
        )
    except ScriptgenError as error:
        yield _failed("key", error)
    else:
        yield _key(settings)


def _key(settings: Settings) -> Look:
    from scriptgen.llm.keys import fault_of

    name = settings.key_variable or ""
    value = settings.environ.get(name)
    fault = fault_of(value) if value else None
    if fault is None:
        return Look("key", FINE, key_state(settings))
    return Look("key", FAILED, f"{name} {fault}", f"set {name} anew, to the key alone")


def _server(settings: Settings) -> Look:
    """Whether a connection can be opened; nothing is sent over it."""
    import socket
    from urllib.parse import urlsplit

    url = settings.base_url or settings.environ.get("OPENAI_BASE_URL") or "https://api.openai.com"
    named = "the one that the base URL names"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (80 if parts.scheme == "http" else 443)
        # The host alone: the rest of the URL may hold a password.
        named = printing.shown_name(f"{host}:{port}") if host else named
        with socket.create_connection((host, port), timeout=PATIENCE):
            return Look("server", FINE, f"{named} answers")
    except (OSError, ValueError) as error:
        reason = printing.one_line(getattr(error, "strerror", None) or "no answer")
        return Look("server", FAILED, f"{named} cannot be reached: {reason}", "--base-url URL")


def _failed(what: str, error: ScriptgenError) -> Look:
    return Look(what, FAILED, f"{printing.one_line(str(error))} [{error.code}]", error.hint)
