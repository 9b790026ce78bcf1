"""From whatever goes wrong to words on standard error and an exit code."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.errors import ScriptgenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

USAGE = 2
INTERRUPTED = 130
READER_GONE = 141
TERMINATED = 143
RED, DIM = "1;31", "2"
COMPLETION_VARIABLE = "_SCRIPTGEN_COMPLETE"
SHORTEST_KEY = 8
"""Characters; shorter values occur in ordinary words."""

_keys: dict[str, str] = {}


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


def guarded(argv: Sequence[str]) -> int:
    """Run the program on ``argv``; every failure becomes words and an exit code."""
    from scriptgen.cli.program import program

    printing.prepare()
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete

        return shell_complete(program, {}, "scriptgen", COMPLETION_VARIABLE, instruction)
    try:
        with _termination_raises(), program.make_context("scriptgen", list(argv)) as context:
            code = program.invoke(context) or 0
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except (KeyboardInterrupt, click.Abort):
        printing.note("interrupted; finished work is kept")
        code = INTERRUPTED
    except Terminated:
        printing.note("terminated; finished work is kept")
        code = TERMINATED
    except Exception as error:  # noqa: BLE001 -- the last door: a user gets words, not a traceback
        code = _explained(error, debug="--debug" in argv)
    if printing.reader_gone() and code in (0, 1):
        return READER_GONE
    return code


def _explained(error: Exception, *, debug: bool) -> int:
    if isinstance(error, click.UsageError):
        return _usage(error)
    if debug:
        from traceback import format_exception

        printing.note(hide_keys("".join(format_exception(error))))
    if isinstance(error, ScriptgenError):
        return explain(error)
    message = hide_keys(printing.one_line(f"{type(error).__name__}: {error}"))
    printing.tell("error", f"scriptgen itself failed: {message}", RED)
    if not debug:
        printing.tell("hint", "run it again with --debug to see where", DIM)
    return 1


def explain(error: ScriptgenError) -> int:
    """Say what happened, where, and what to do next; gives the exit code."""
    where = f"{hide_keys(printing.shown_name(error.where))}: " if error.where else ""
    message = hide_keys(printing.one_line(error.message))
    printing.tell("error", f"{where}{message} [{error.code}]", RED)
    if error.hint:
        printing.tell("hint", hide_keys(printing.cleaned(error.hint)), DIM)
    return error.exit_code


def remember_keys(variables: Mapping[str, str], named: str | None) -> None:
    """Keep out of every message what may be a key: ``named``, and by their names the others."""
    for name, value in variables.items():
        telling = name == named or name.upper().endswith(("KEY", "TOKEN", "SECRET", "PASSWORD"))
        if telling and len(value) >= SHORTEST_KEY:
            _keys[value] = name


def hide_keys(text: str) -> str:
    """``text`` with the name of its variable in place of each key."""
    remember_keys(os.environ, None)
    for value, name in _keys.items():
        text = text.replace(value, f"<{name}>")
    return text


def _usage(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        printing.note(error.format_message())
        return USAGE
    message = printing.one_line(error.format_message()).rstrip(".")
    printing.tell("error", f"{message[:1].lower()}{message[1:]} [E_USAGE]", RED)
    command = error.ctx.command_path if error.ctx else "scriptgen"
    printing.tell("hint", f"{command} -h", DIM)
    return USAGE


@contextmanager
def _termination_raises() -> Iterator[None]:
    """While it lasts, SIGTERM unwinds the stack as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
