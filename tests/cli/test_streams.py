"""Standard output is the product; pipes, signals and failures end with the promised code."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import scriptgen
from scriptgen.cli import run

if TYPE_CHECKING:
    from typing import IO

    from tests.cli.conftest import Program

HEAVY = {"pydantic", "jinja2", "openai", "rich", "aiohttp", "sqlite3", "docx", "lxml"}
CANARY = "sk-canary-51c9-never-shown"


def closed_pipe() -> IO[bytes]:
    """The writing end of a pipe that nobody reads."""
    read, write = os.pipe()
    os.close(read)
    return os.fdopen(write, "wb")


def test_the_version_is_printed_and_nothing_else(program: Program) -> None:
    done = program("--version")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"scriptgen {scriptgen.__version__}\n",
        "",
    )


def test_help_and_version_import_no_library_that_only_work_needs(program: Program) -> None:
    code = (
        "import sys; from scriptgen.cli import run; run(sys.argv[1:]);"
        "print(*sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    for flag in ("--help", "--version"):
        done = subprocess.run(
            [sys.executable, "-c", code, flag],
            env=program.env,
            capture_output=True,
            text=True,
            check=True,
        )
        loaded = set(done.stderr.split())
        assert not loaded & HEAVY


def test_an_error_says_where_and_what_and_what_to_type_next(program: Program) -> None:
    done = program("brief", "nowhere.txt")
    assert done.returncode == 2
    assert done.stdout == ""
    error, hint = done.stderr.splitlines()
    assert error.startswith("error: nowhere.txt: ")
    assert error.endswith(" [E_GONE]")
    assert hint.startswith("hint: ")


def test_a_traceback_is_shown_only_when_it_is_asked_for(program: Program) -> None:
    assert "Traceback" not in program("brief", "nowhere.txt").stderr
    assert "Traceback" in program("brief", "nowhere.txt", "--debug").stderr
    assert "Traceback" in program("--debug", "brief", "nowhere.txt").stderr


@pytest.mark.parametrize(
    "args",
    [["brief"], ["config", "show", "--pages", "x"], ["draft", "--no-such"], ["templates", "x"]],
)
def test_a_wrong_command_line_exits_2(program: Program, args: list[str]) -> None:
    done = program(*args)
    assert done.returncode == 2
    assert "[E_USAGE]" in done.stderr
    assert "hint: scriptgen" in done.stderr


def test_a_wrong_setting_exits_3(program: Program, tmp_path: Path) -> None:
    (tmp_path / "scriptgen.toml").write_text("modle = 'x'")
    done = program("config", "show")
    assert done.returncode == 3
    assert done.stderr == (
        "error: scriptgen.toml: unknown setting 'modle' [E_CONFIG]\nhint: did you mean 'model'?\n"
    )


def test_a_reader_that_went_away_causes_no_traceback_and_exit_141(
    program: Program, essay: Path
) -> None:
    with closed_pipe() as closed:
        done = program("brief", essay.name, stdout=closed, stderr=subprocess.PIPE)
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_closed_standard_error_does_not_stop_the_work(program: Program, essay: Path) -> None:
    with closed_pipe() as closed:
        done = program("draft", essay.name, stdout=subprocess.PIPE, stderr=closed)
    assert done.returncode in (0, 1)
    assert done.stdout == f"{Path('outputs', 'essay.fountain')}\n"


def test_a_full_disk_under_standard_output_exits_6(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sys, "stdout", Full())
    assert run(["config", "show"]) == 6
    assert "[E_NO_SPACE]" in capsys.readouterr().err


def test_no_key_is_shown_by_any_command(program: Program, essay: Path, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"MY_KEY={CANARY}\n")
    env = {"OPENAI_API_KEY": CANARY}
    for args in (
        ["config", "show"],
        ["config", "show", "--json"],
        ["doctor"],
        ["doctor", "--json"],
        ["prompt", essay.name],
        ["draft", essay.name, "--debug", "--json"],
        ["draft", essay.name, "--base-url", "http://models.invalid/v1", "--model", "m", "--debug"],
        ["runs", "show", "last", "--json"],
    ):
        done = program(*args, env=env)
        assert CANARY not in done.stdout + done.stderr, args
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name != ".env":
            assert CANARY.encode() not in path.read_bytes(), path


def test_config_show_says_which_variable_holds_the_key_and_whether_it_is_set(
    program: Program,
) -> None:
    def key(*args: str, env: dict[str, str] | None = None) -> object:
        return json.loads(program("config", "show", "--json", *args, env=env).stdout)["key"]

    assert key() == {"variable": "OPENAI_API_KEY", "set": False}
    assert key(env={"OPENAI_API_KEY": CANARY}) == {"variable": "OPENAI_API_KEY", "set": True}
    assert key("--base-url", "http://x/v1") == {"variable": None, "set": False}
    assert key("--base-url", "http://x/v1", "--api-key-env", "K", env={"K": CANARY}) == {
        "variable": "K",
        "set": True,
    }


@pytest.mark.parametrize("key", ["", "sk-one\nsk-two", "sk-clé", " sk-blank"])
def test_an_unusable_key_is_a_set_up_error_and_is_not_repeated(
    program: Program, essay: Path, key: str
) -> None:
    done = program("draft", essay.name, "--model", "m", env={"OPENAI_API_KEY": key})
    assert done.returncode == 3
    assert "[E_KEY]" in done.stderr
    assert "sk-" not in done.stderr


def test_closed_standard_input_is_an_input_error(program: Program) -> None:
    command = f"exec {sys.executable} -m scriptgen draft - <&-"
    done = subprocess.run(
        ["sh", "-c", command], cwd=program.cwd, env=program.env, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_completion_script(program: Program, shell: str) -> None:
    done = program("completion", shell)
    assert done.returncode == 0
    assert "_SCRIPTGEN_COMPLETE" in done.stdout


def test_commands_and_options_are_completed(program: Program) -> None:
    def completed(*words: str) -> str:
        env = {
            "_SCRIPTGEN_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("scriptgen", *words)),
            "COMP_CWORD": str(len(words)),
        }
        return program(env=env).stdout

    assert completed("dr") == "plain,draft\n"
    assert "plain,--fidelity\n" in completed("draft", "--f")
    assert completed("runs", "l") == "plain,list\n"


def test_a_variable_that_is_no_setting_is_remarked_upon_beside_the_product(
    program: Program,
) -> None:
    done = program("config", "show", "--json", env={"SCRIPTGEN_MODLE": "m"})
    assert json.loads(done.stdout)["schema_version"] == 1
    assert done.stderr == (
        "warning: SCRIPTGEN_MODLE is not a setting; did you mean SCRIPTGEN_MODEL?\n"
    )
