from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Program

DRAFT = """\
Title: The Lamp Room

INT. LAMP ROOM - NIGHT

Mara stands at the window with a lantern in her hand. A parrot recites the tide tables.

TEODOR
You should have told me.

MARA
The parrot knew.
"""


@pytest.fixture
def draft(program: Program) -> Path:
    path = program.cwd / "edited.fountain"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_each_line_of_the_page_is_shown_with_its_source(
    program: Program, essay: Path, draft: Path
) -> None:
    program.env["COLUMNS"] = "80"
    done = program("trace", draft.name, "--essay", essay.name)
    assert (done.returncode, done.stderr) == (0, "")
    rows = done.stdout.splitlines()
    assert max(map(len, rows)) <= 80
    at = rows.index("Mara stands at the window with a lantern in her hand.")
    assert re.match(r" {6}b\d\d Mara Vance stands at the window", rows[at + 1])
    parrot = rows.index("A parrot recites the tide tables.")
    assert rows[parrot + 1] == "      invented"
    said = rows.index("   TEODOR: You should have told me.")
    assert rows[said + 1].startswith("      d01 You should have told me")
    added = rows.index("   MARA: The parrot knew.")
    assert "      written for this draft" in rows[added + 1 : added + 4]
    counts = " ".join(rows[added:])
    assert "5 pieces: 1 lines of the essay" in counts
    assert "1 written for this draft, 1 invented" in counts
    assert "not on the page: " in counts


def test_what_the_checks_find_stands_at_its_line(
    program: Program, essay: Path, draft: Path
) -> None:
    given = DRAFT.replace("MARA\nThe parrot knew.", "TEODOR\nI did tell you.")
    draft.write_text(given, encoding="utf-8")
    rows = program("trace", draft.name, "--essay", essay.name).stdout.splitlines()
    at = rows.index("   TEODOR: I did tell you.")
    assert any("[W_LINE_GIVEN_AWAY]" in row for row in rows[at:])


def test_json_holds_pieces_and_sources_with_their_spans(
    program: Program, essay: Path, draft: Path
) -> None:
    done = program("trace", draft.name, "--essay", essay.name, "--json")
    told = json.loads(done.stdout)
    assert told["schema_version"] == 1
    assert [piece["origin"] for piece in told["pieces"]][1:] == [
        "beat",
        "invented",
        "line",
        "written",
    ]
    (name,) = told["pieces"][1]["sources"]
    beat = next(source for source in told["sources"] if source["id"] == name)
    assert beat["pieces"] == [2]
    span = beat["spans"][0]
    text = essay.read_text(encoding="utf-8")
    assert text[span["start"] : span["end"]] == span["text"]
    assert told["counts"]["invented"] == 1
    assert told["report"]["figures"]["lines_spoken"] >= 1


def test_an_fdx_file_is_traced_as_the_fountain_file_it_came_from(
    program: Program, essay: Path, draft: Path
) -> None:
    program("export", draft.name, "--to", "fdx")
    args = ("--essay", essay.name, "--json")
    one, other = (
        json.loads(program("trace", name, *args).stdout)["pieces"]
        for name in (draft.name, "edited.fdx")
    )
    assert one == other


def test_the_page_is_written_and_its_path_is_all_of_standard_output(
    program: Program, essay: Path, draft: Path
) -> None:
    done = program("trace", draft.name, "--essay", essay.name, "--html", "t/trace.html")
    assert (done.returncode, done.stdout) == (0, f"{Path('t/trace.html')}\n")
    page = (program.cwd / "t/trace.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "The Lamp Room - where each line comes from" in page
    assert program("trace", draft.name, "--essay", essay.name, "--html", "-").stdout.startswith(
        "<!doctype html>"
    )


def test_notes_that_claim_a_source_count_for_nothing(
    program: Program, essay: Path, draft: Path
) -> None:
    claimed = DRAFT.replace("tide tables.\n", "tide tables.\n\n[[b02]]\n")
    draft.write_text(claimed, encoding="utf-8")
    told = json.loads(program("trace", draft.name, "--essay", essay.name, "--json").stdout)
    assert told["pieces"][2]["origin"] == "invented"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--html", "x.html", "--json"), "--html and --json do not go together"),
        (("--force",), "--force is for a page"),
        (("--html", "x.pdf"), "hint: --html x.pdf.html"),
        (("--html", "."), "hint: --html trace.html"),
    ],
)
def test_what_does_not_go_together_exits_2(
    program: Program, essay: Path, draft: Path, args: tuple[str, ...], told: str
) -> None:
    done = program("trace", draft.name, "--essay", essay.name, *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_trace_needs_an_essay_and_two_streams(program: Program, draft: Path) -> None:
    assert "--essay" in program("trace", draft.name).stderr
    done = program("trace", "-", "--essay", "-")
    assert done.returncode == 2
    assert "cannot both stand on standard input" in done.stderr
