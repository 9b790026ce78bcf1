from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Program


def test_the_path_of_the_page_is_all_of_standard_output(program: Program, essay: Path) -> None:
    done = program("brief", essay.name, "--html", "pages/brief.html")
    assert (done.returncode, done.stdout) == (0, f"{Path('pages/brief.html')}\n")
    page = (program.cwd / "pages/brief.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "You should have told me" in page


def test_a_page_on_standard_output_is_the_page_and_no_file(program: Program, essay: Path) -> None:
    done = program("brief", essay.name, "--html", "-")
    assert done.stdout.startswith("<!doctype html>")
    assert [path.name for path in program.cwd.iterdir()] == [essay.name]


def test_a_page_is_made_anew_over_its_last_version(program: Program, essay: Path) -> None:
    program("brief", essay.name, "--html", "brief.html")
    essay.write_text("Mara Vance climbs the stairs. Mara waits.\n", encoding="utf-8")
    assert program("brief", essay.name, "--html", "brief.html").stdout == "brief.html\n"
    assert "climbs the stairs" in (program.cwd / "brief.html").read_text(encoding="utf-8")


def test_an_edited_page_is_kept_and_force_backs_it_up(program: Program, essay: Path) -> None:
    page = program.cwd / "brief.html"
    page.write_text("mine\n", encoding="utf-8")
    kept = program("brief", essay.name, "--html", "brief.html")
    assert (kept.stdout, page.read_text(encoding="utf-8")) == ("brief.v2.html\n", "mine\n")
    assert "was kept" in kept.stderr
    forced = program("brief", essay.name, "--html", "brief.html", "--force")
    assert forced.stdout == "brief.html\n"
    assert (program.cwd / "brief.bak1.html").read_text(encoding="utf-8") == "mine\n"
    edited = page.read_text(encoding="utf-8").replace("You should", "You could")
    page.write_text(edited, encoding="utf-8")
    assert program("brief", essay.name, "--html", "brief.html").stdout == "brief.v2.html\n"
    assert page.read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--html", "x.html", "--json"), "--html and --json do not go together"),
        (("--html", "-", "--text"), "--html and --text do not go together"),
        (("--html", "x.html", "--schema"), "--html and --schema do not go together"),
        (("--force",), "--force is for a page"),
        (("--html", "x.pdf"), "hint: --html x.pdf.html"),
        (("--html", "."), "hint: --html brief.html"),
    ],
)
def test_what_does_not_go_together_exits_2(
    program: Program, essay: Path, args: tuple[str, ...], told: str
) -> None:
    done = program("brief", essay.name, *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert [path.name for path in program.cwd.iterdir()] == [essay.name]


def test_a_page_that_cannot_be_written_exits_6(program: Program, essay: Path) -> None:
    done = program("brief", essay.name, "--html", f"{essay.name}/brief.html")
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
