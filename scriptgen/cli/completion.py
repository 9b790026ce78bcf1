"""``scriptgen completion``."""

from __future__ import annotations

import click

from scriptgen.cli import printing
from scriptgen.cli.failures import COMPLETION_VARIABLE
from scriptgen.cli.program import Command, program


@click.command(
    cls=Command,
    examples=[
        ('eval "$(scriptgen completion bash)"', "in ~/.bashrc"),
        ('eval "$(scriptgen completion zsh)"', "in ~/.zshrc"),
        ("scriptgen completion fish | source", "in config.fish"),
    ],
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        printing.out(found(program, {}, "scriptgen", COMPLETION_VARIABLE).source())
