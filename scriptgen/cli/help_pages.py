"""Every help page as one Markdown document.

``python -m scriptgen.cli.help_pages > docs/help.md``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scriptgen.cli import printing
from scriptgen.cli.program import program

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 92

PREFACE = """\
# The command line

Every help page, as `-h` prints it. Made by `python -m scriptgen.cli.help_pages > docs/help.md`.
"""


def document() -> str:
    """The whole document, ending in a newline."""
    parts = [PREFACE]
    for path, text in pages(program, "scriptgen"):
        parts.append(f"{'#' * (1 + len(path.split()))} {path}\n\n```text\n{text.strip()}\n```\n")
    return "\n".join(parts)


def pages(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[tuple[str, str]]:
    """The path and the help text of a command and of all below it."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
    context.help_option_names = ["-h", "--help"]
    yield context.command_path, context.get_help()
    if isinstance(command, click.Group):
        for child_name in command.list_commands(context):
            child = command.get_command(context, child_name)
            if child is not None:
                yield from pages(child, child_name, context)


if __name__ == "__main__":
    printing.prepare()
    printing.out_exact(document())
