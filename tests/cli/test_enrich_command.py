"""``--enrich`` of ``brief``, ``draft`` and ``batch``, with a scripted model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scriptgen.brief import SceneBrief

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

CLAIMS = {
    "claims": [
        {
            "field": "prop",
            "target": None,
            "value": "doorway",
            "quote": "stops in the doorway",
        },
        {"field": "beat", "target": None, "value": None, "quote": "Mara sings an aria to the sea"},
    ]
}
PAGE = (
    "INT. LAMP ROOM - NIGHT\n\nMARA VANCE stands at the window.\n\n"
    "TEODOR\nYou should have told me.\n\nMARA\nI did tell you.\n"
)


@pytest.fixture
def scripted(program: Program) -> str:
    """A model that makes claims and then writes the page."""
    steps = json.dumps([json.dumps(CLAIMS), PAGE])
    (program.cwd / "replies.json").write_text(steps, encoding="utf-8")
    return "scripted:replies.json"


def test_an_enriched_brief_says_how_many_claims_by_which_model(
    program: Program, essay: Path, scripted: str
) -> None:
    done = program("brief", essay.name, "--enrich", "--model", scripted)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    SceneBrief.model_validate(found, context={"essay": essay.read_text(encoding="utf-8")})
    assert found["enriched"] == {
        "model": scripted,
        "claims": 2,
        "taken": 1,
        "dropped": {"not_found": 1},
    }
    assert "doorway" in [prop["name"] for prop in found["props"]]
    assert "Mara sings an aria" in done.stderr
    assert "[W_ENRICH]" in done.stderr
    plain = json.loads(program("brief", essay.name).stdout)
    assert plain["enriched"] is None


def test_the_sheet_and_the_page_are_those_of_the_enriched_brief(
    program: Program, essay: Path, scripted: str
) -> None:
    sheet = program("brief", essay.name, "--enrich", "--model", scripted, "--text").stdout
    assert f"enriched by {scripted}: 1 of 2 claims taken" in sheet
    page = program("brief", essay.name, "--enrich", "--model", scripted, "--html", "-")
    assert page.returncode == 0
    assert f"1 of 2 claims of {scripted} taken" in page.stdout
    assert "doorway" in page.stdout


def test_a_brief_is_not_enriched_without_a_model(program: Program, essay: Path) -> None:
    done = program("brief", essay.name, "--enrich")
    assert done.returncode == 3
    assert "--model NAME" in done.stderr
    assert done.stdout == ""
    assert program("brief", essay.name, "--fresh").returncode == 2


def test_a_draft_and_a_batch_are_enriched_where_asked(
    program: Program, essay: Path, scripted: str
) -> None:
    done = program("draft", essay.name, "--enrich", "--model", scripted, "--json")
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)["drafts"][0]["run"]
    assert [call["purpose"] for call in run["calls"]] == ["brief", "draft"]
    assert run["report"]["figures"]["claims_taken"] == 1
    (program.cwd / "scriptgen.toml").write_text("enrich = true\n", encoding="utf-8")
    done = program("batch", essay.name, "-o", "other", "--model", scripted, "--json")
    assert done.returncode == 0, done.stderr
    assert "W_ENRICH" in done.stdout


def test_without_a_model_a_draft_says_that_nothing_was_asked(program: Program, essay: Path) -> None:
    done = program("draft", essay.name, "--enrich")
    assert done.returncode == 0
    assert "without a model these had no effect: --enrich" in done.stderr


def test_prompt_shows_what_enriching_asks(program: Program, essay: Path) -> None:
    shown = json.loads(program("prompt", essay.name, "-t", "brief", "--json").stdout)
    assert shown["json_schema"]["name"] == "claims"
    assert "- c01 Mara Vance" in shown["messages"][1]["content"]
