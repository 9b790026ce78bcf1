"""``--set NAME=VALUE``: over the template's header, checked before anything is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fault_server import FaultServer, reply

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

PAGE = """\
INT. LAMP ROOM - NIGHT

MARA VANCE stands at the window.

TEODOR
You should have told me.
"""


def test_what_is_set_stands_over_the_templates_header_and_is_sent(
    program: Program, essay: Path
) -> None:
    with FaultServer([reply(PAGE)]) as server:
        result = program(
            *("draft", essay.name, "--model", "m", "--base-url", server.base_url),
            *("--set", "temperature=0.3", "--set", "max_tokens=700", "--set", "seed=4"),
            *("--set", "top_p = 0.5", "--set", "reasoning_effort=low", "--revisions", "0"),
            env={"SCRIPTGEN_SEED": "9"},
        )
        assert len(server.requests) == 1, result.stderr
        sent = server.requests[0].json()
    told = {name: sent[name] for name in ("temperature", "top_p", "max_tokens", "seed")}
    assert told == {"temperature": 0.3, "top_p": 0.5, "max_tokens": 700, "seed": 4}
    assert sent["reasoning_effort"] == "low"
    shown = program("runs", "show", "last").stdout
    assert "temperature = 0.3 (flag)" in shown


def test_prompt_shows_what_is_set_and_the_header_elsewhere(program: Program, essay: Path) -> None:
    result = program("prompt", essay.name, "--set", "temperature=0.3", "--json")
    parameters = json.loads(result.stdout)["parameters"]
    assert parameters["temperature"] == 0.3
    assert parameters["max_tokens"] == 16000, "the header of the template"
    batch = program("config", "show", "--set", "top_p=0.2", "--json")
    rows = {row["name"]: row for row in json.loads(batch.stdout)["settings"]}
    assert (rows["top_p"]["value"], rows["top_p"]["source"]) == (0.2, "flag")


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ("temprature=1", "unknown parameter 'temprature'", "did you mean 'temperature'?"),
        ("zzz=1", "unknown parameter 'zzz'", "names there are: temperature, top_p"),
        ("temperature", "temperature has no value", "--set temperature=VALUE"),
        ("temperature=", "temperature has no value", "--set temperature=VALUE"),
        ("temperature=hot", "a number from 0 to 2 is expected", "config show"),
        ("temperature=3", "a number from 0 to 2 is expected", "config show"),
        ("temperature=nan", "a number from 0 to 2 is expected", "config show"),
        ("max_tokens=1.5", "a whole number from 1 is expected", "config show"),
        ("max_tokens=0", "a whole number from 1 is expected", "config show"),
        ("top_p=0", "a number above 0 and at most 1 is expected", "config show"),
        ("seed=x", "a whole number is expected", "config show"),
    ],
)
def test_what_cannot_be_set_is_named_before_anything_is_sent(
    given: str, message: str, hint: str, program: Program, essay: Path
) -> None:
    result = program("prompt", essay.name, "--set", given)
    assert result.returncode == 3
    assert message in result.stderr
    assert "--set" in result.stderr
    assert hint in result.stderr
    assert not (program.cwd / "outputs").exists()


@pytest.mark.parametrize("command", ["draft", "batch"])
def test_drafts_and_batches_refuse_what_cannot_be_set(
    command: str, program: Program, essay: Path
) -> None:
    for given in ("temprature=1", "temperature=hot"):
        result = program(command, essay.name, "--set", given)
        assert (result.returncode, "--set" in result.stderr) == (3, True)
    assert not (program.cwd / "outputs").exists()


def test_without_a_model_what_is_set_and_capped_is_said_to_be_idle(
    program: Program, essay: Path
) -> None:
    flags = ("--set", "seed=1", "--max-calls", "3", "--max-tokens", "4", "--max-cost", "5")
    result = program("draft", essay.name, *flags)
    assert result.returncode == 0, result.stderr
    told = "without a model these had no effect: --set, --max-calls, --max-tokens, --max-cost"
    assert told in result.stderr
