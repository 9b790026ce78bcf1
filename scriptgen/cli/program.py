"""The program and its table of commands, each loaded from its own file when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from scriptgen import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "draft": "Turn essays into screenplay drafts.",
    "batch": "Draft a whole folder of essays, and go on where it stopped.",
    "brief": "Show what the parser finds in an essay.",
    "check": "Say what is wrong with drafts, whoever wrote them.",
    "trace": "Show where each line of a draft comes from.",
    "export": "Put a draft into another format.",
    "stats": "Count what a draft is made of.",
    "prompt": "Show what would be sent to a model; send nothing.",
    "templates": "List, show and check prompt templates.",
    "runs": "List, show and replay the runs on record.",
    "config": "Show every setting and where it comes from.",
    "doctor": "See whether everything is in place.",
    "init": "Lay out a folder to work in.",
    "completion": "Print the completion script of a shell.",
}
"""Name of a command (and of its file beside this one) to its one line of help."""

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 96}


class _Examples(click.Command):
    """What every command of ours shares: examples first in its help, and ``--debug``."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", SETTINGS)
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params.append(
            click.Option(
                ["--debug"],
                is_flag=True,
                expose_value=False,
                help="Show a traceback when something fails.",
            )
        )

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.examples:
            with formatter.section("Examples"):
                formatter.write_dl(list(self.examples), col_max=54)
            formatter.write_paragraph()
        super().format_help(ctx, formatter)


class Command(_Examples):
    """One command."""


class Group(_Examples, click.Group):
    """A command made of commands."""

    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, (found.help or "").partition("\n")[0])
                    for name in self.list_commands(ctx)
                    if (found := self.get_command(ctx, name))
                ]
            )


class Program(Group):
    """The program: its commands are read from the table, not imported, until one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        loaded: click.Command = import_module(f"scriptgen.cli.{cmd_name}").command
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            raise click.UsageError(
                f"no command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else ""), ctx
            )
        return super().resolve_command(ctx, args)


program = Program(
    name="scriptgen",
    help="Essays about filmed drama in, screenplay drafts in Fountain out, every line traceable.",
    examples=[
        ("scriptgen draft essay.txt", "a draft in outputs/, made without a model"),
        ("scriptgen batch seeds/", "a draft of every essay in a folder"),
        ("scriptgen draft essay.txt --model NAME", "let a model write it"),
        ("scriptgen prompt essay.txt", "see what a model would be sent"),
    ],
    no_args_is_help=True,
)
program = click.version_option(__version__, prog_name="scriptgen", message="%(prog)s %(version)s")(
    program
)
