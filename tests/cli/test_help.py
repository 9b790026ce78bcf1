"""Every command has a page, examples first, and the page on disk is the one that is printed."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from scriptgen.cli import run
from scriptgen.cli.help_pages import WIDTH, document, pages
from scriptgen.cli.program import COMMANDS, Command, Group, program

PAGES = dict(pages(program, "scriptgen"))
HELP = Path(__file__).parents[2] / "docs" / "help.md"


def test_the_help_on_disk_is_the_help_that_is_printed() -> None:
    assert HELP.read_text(encoding="utf-8") == document(), (
        "python -m scriptgen.cli.help_pages > docs/help.md"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_its_summary_agrees_with_the_table(name: str) -> None:
    command = program.get_command(click.Context(program), name)
    assert f"## scriptgen {name}\n" in HELP.read_text(encoding="utf-8")
    assert command is not None
    assert (command.help or "").partition("\n")[0] == COMMANDS[name]


@pytest.mark.parametrize("path", PAGES)
def test_help_shows_examples_first_and_fits_the_page(path: str) -> None:
    lines = PAGES[path].splitlines()
    assert lines[0] == "Examples:"
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("path", PAGES)
def test_both_help_flags_work_everywhere(
    path: str, flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path.split()[1:], flag]) == 0
    shown = capsys.readouterr()
    assert f"Usage: {path}" in shown.out
    assert shown.err == ""


@pytest.mark.parametrize("path", [path for path in PAGES if path != "scriptgen"])
def test_every_example_is_a_command_line_that_parses(path: str) -> None:
    command: click.Command = program
    for name in path.split()[1:]:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name) or command
    assert isinstance(command, Command | Group)
    for line, _ in command.examples:
        if line.startswith("scriptgen "):
            words = re.split(r"[|>]", line)[0].split()[1:]
            found: click.Command = program
            context = click.Context(program, info_name="scriptgen")
            while isinstance(found, click.Group):
                found = found.get_command(context, words.pop(0)) or program
            found.make_context(found.name, words, parent=context, resilient_parsing=False)


def test_without_a_command_the_help_goes_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Commands:" in shown.err


def test_a_mistyped_command_is_answered_with_the_nearest_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["drfat"]) == 2
    assert "did you mean 'draft'?" in capsys.readouterr().err
