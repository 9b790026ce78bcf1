"""One essay on the command line: where its draft goes, what is said, and with which code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Program

PAGE = """\
Title: The Lamp Room

INT. LAMP ROOM - NIGHT

Mara Vance stands at the window with a lantern in her hand.

Old Teodor climbs the iron stairs and stops in the doorway.

TEODOR
You should have told me.

MARA
I did tell you.

Teodor takes off his wet coat and sits down.
"""


@pytest.fixture
def scripted(tmp_path: Path) -> str:
    """The name of a model that answers with a good page, whatever it is asked."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return "scripted:page.txt"


def test_the_path_of_the_draft_is_all_of_standard_output(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    done = program("draft", essay.name)
    assert done.returncode == 0
    assert done.stdout == f"{Path('outputs', 'essay.fountain')}\n"
    text = (tmp_path / "outputs" / "essay.fountain").read_text(encoding="utf-8")
    assert text.startswith("Title: ")
    assert "You should have told me" in text
    assert "essay.txt: written, " in done.stderr
    assert "(offline)" in done.stderr
    assert "--model NAME" in done.stderr


def test_a_draft_on_standard_output_is_the_draft_and_no_file(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    to_file = program("draft", essay.name)
    there = (tmp_path / to_file.stdout.strip()).read_text(encoding="utf-8")
    done = program("draft", essay.name, "-o", "-")
    assert done.returncode == 0
    assert done.stdout == there
    other = program("draft", "-", "-o", "-", stdin=essay.read_text(encoding="utf-8"))
    assert other.stdout == there


def test_a_draft_goes_to_the_file_or_folder_that_was_named(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    assert program("draft", essay.name, "-o", "my draft.fountain").stdout == "my draft.fountain\n"
    assert (tmp_path / "my draft.fountain").is_file()
    assert program("draft", essay.name, "-o", "d/e").stdout == f"{Path('d/e/essay.fountain')}\n"


def test_an_essay_from_standard_input_has_a_draft_of_its_own(program: Program, essay: Path) -> None:
    done = program("draft", "-", stdin=essay.read_text(encoding="utf-8"))
    assert done.stdout == f"{Path('outputs', 'stdin.fountain')}\n"


def test_namesakes_get_drafts_of_their_own(program: Program, essay: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        text = essay.read_text(encoding="utf-8").replace("Mara", f"Mara{folder}")
        (tmp_path / folder / "x.txt").write_text(text, encoding="utf-8")
    done = program("draft", "a/x.txt", "b/x.txt")
    assert done.returncode == 0
    assert len(set(done.stdout.splitlines())) == 2
    assert all((tmp_path / path).is_file() for path in done.stdout.splitlines())


def test_one_essay_has_its_own_exit_code_and_several_share_one(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    assert program("draft", "empty.txt").returncode == 2
    mixed = program("draft", "empty.txt", essay.name)
    assert mixed.returncode == 1
    assert mixed.stdout == f"{Path('outputs', 'essay.fountain')}\n"
    assert program("draft", "empty.txt", "gone.txt").returncode == 2


def test_json_is_one_document_for_all_drafts(program: Program, essay: Path) -> None:
    done = program("draft", essay.name, "gone.txt", "--json")
    document = json.loads(done.stdout)
    assert document["schema_version"] == 1
    written, failed = document["drafts"]
    assert written["status"] == "written"
    assert written["run"]["writer"] == "offline"
    assert failed["error"]["code"] == "E_GONE"
    alone = json.loads(program("draft", essay.name, "-o", "-", "--json").stdout)
    assert alone["drafts"][0]["run"]["draft"].startswith("Title: ")


def test_an_edited_draft_is_kept_and_force_backs_it_up(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    program("draft", essay.name)
    draft = tmp_path / "outputs" / "essay.fountain"
    draft.write_text("mine", encoding="utf-8")
    essay.write_text(essay.read_text(encoding="utf-8") + "\nMara opens the door.\n")
    kept = program("draft", essay.name)
    assert draft.read_text() == "mine"
    assert kept.stdout == f"{Path('outputs', 'essay.v2.fountain')}\n"
    assert "[W_KEPT]" in kept.stderr
    forced = program("draft", essay.name, "--force")
    assert forced.stdout == f"{Path('outputs', 'essay.fountain')}\n"
    (backup,) = (tmp_path / "outputs").glob("essay.bak*")
    assert backup.read_text() == "mine"
    assert f"now {Path('outputs', backup.name)}" in forced.stderr


def test_an_edited_draft_of_an_unchanged_essay_is_said_to_be_kept(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    program("draft", essay.name)
    assert "essay.txt: skipped, " in program("draft", essay.name).stderr
    (tmp_path / "outputs" / "essay.fountain").write_text("mine", encoding="utf-8")
    for command in ("draft", "batch"):
        said = program(command, essay.name).stderr
        assert "skipped (edited since; kept), " in said


def test_what_an_earlier_draft_elsewhere_met_is_not_said_of_this_one(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "essay.fountain").write_text("mine", encoding="utf-8")
    assert "[W_KEPT]" in program("draft", essay.name).stderr
    for output in ("-", "elsewhere.fountain"):
        assert "W_KEPT" not in program("draft", essay.name, "-o", output).stderr


def test_what_is_said_names_the_essay_that_was_asked_for(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    (tmp_path / "sub").mkdir()
    twin = tmp_path / "sub" / "essay.txt"
    twin.write_text(essay.read_text(encoding="utf-8"), encoding="utf-8")
    program("draft", essay.name)
    said = program("draft", "sub/essay.txt").stderr
    assert "sub/essay.txt: skipped, " in said
    text = essay.read_text(encoding="utf-8")
    assert "standard input: written, " in program("draft", "-", stdin=text).stderr


def test_findings_are_said_in_a_line_each_with_the_words_they_are_about(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    page = PAGE.replace("I did tell you.", "Never.").replace("TEODOR", "HECTOR")
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    done = program("draft", essay.name, "--model", "scripted:page.txt", "--revisions", "0")
    said = [line for line in done.stderr.splitlines() if "essay.txt: " in line]
    missing = next(line for line in said if "[W_LINE_MISSING]" in line)
    assert "I did tell you" in missing
    assert any("Hector" in line for line in said if line.endswith("[W_NAME_INVENTED]"))
    batch = program("batch", essay.name, "--model", "scripted:page.txt", "--revisions", "0")
    assert "W_NAME_INVENTED" in batch.stderr
    assert "HECTOR" not in batch.stderr


def test_a_model_writes_only_where_one_is_named(
    program: Program, essay: Path, scripted: str
) -> None:
    done = program("draft", essay.name, "--model", scripted)
    assert done.stdout == f"{Path('outputs', 'essay.fountain')}\n"
    assert f"(model {scripted})" in done.stderr
    assert "offline" not in done.stderr
    shown = json.loads(program("runs", "show", "last", "--json").stdout)
    assert (shown["writer"], shown["model"]) == ("model", scripted)


def test_a_model_named_in_the_environment_is_used_and_recorded_with_its_source(
    program: Program, essay: Path, scripted: str
) -> None:
    program("draft", essay.name, env={"SCRIPTGEN_MODEL": scripted, "SCRIPTGEN_SEED": "7"})
    run = json.loads(program("runs", "show", "last", "--json").stdout)
    used = {setting["name"]: setting for setting in run["settings"]}
    assert (used["model"]["value"], used["model"]["source"]) == (scripted, "environment")
    assert (used["seed"]["value"], used["seed"]["source"]) == (7, "environment")
    assert used["temperature"]["source"] == "template"


def test_a_second_draft_with_the_same_inputs_pays_nothing(
    program: Program, essay: Path, scripted: str
) -> None:
    program("draft", essay.name, "--model", scripted)
    again = program("draft", essay.name, "--model", scripted)
    assert "skipped" in again.stderr
    assert again.stdout == f"{Path('outputs', 'essay.fountain')}\n"
    assert "written" in program("draft", essay.name, "--model", scripted, "--fresh").stderr


@pytest.mark.parametrize(
    ("steps", "code", "exit_code"),
    [
        ([{"error": 401}], "E_FATAL", 4),
        ([{"error": 500}], "E_PROVIDER", 4),
        ([{"text": "INT. KITCHEN", "finish_reason": "length"}], "E_TRUNCATED", 5),
    ],
)
def test_a_failing_model_has_the_promised_exit_code(
    program: Program,
    essay: Path,
    tmp_path: Path,
    *,
    steps: list[dict[str, object]],
    code: str,
    exit_code: int,
) -> None:
    (tmp_path / "steps.json").write_text(json.dumps(steps))
    env = {"SCRIPTGEN_ATTEMPTS": "1"}
    done = program("draft", essay.name, "--model", "scripted:steps.json", env=env)
    assert done.returncode == exit_code
    assert done.stdout == ""
    assert f"[{code}]" in done.stderr
    assert not (tmp_path / "outputs" / "essay.fountain").exists()


def test_a_model_without_a_key_exits_3_with_a_hint(program: Program, essay: Path) -> None:
    done = program("draft", essay.name, "--model", "m")
    assert done.returncode == 3
    assert "[E_KEY]" in done.stderr
    assert "hint: export OPENAI_API_KEY=" in done.stderr


def test_outputs_that_cannot_be_written_exit_6(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    done = program("draft", essay.name, "-o", "file/outputs")
    assert done.returncode == 6
    assert "hint: " in done.stderr


@pytest.mark.parametrize("output", ["film.pdf", "out/film.txt"])
def test_a_file_of_another_kind_is_refused_with_a_hint(
    program: Program, essay: Path, tmp_path: Path, output: str
) -> None:
    done = program("draft", essay.name, "-o", output)
    assert done.returncode == 2
    assert f"{output}: a draft is a .fountain file [E_USAGE]" in done.stderr
    assert (
        f"-o {Path(output).with_suffix('.fountain')}, or -o {output}/ for a folder" in done.stderr
    )
    assert [path.name for path in tmp_path.iterdir()] == ["essay.txt"]
    named = program("draft", essay.name, "-o", f"{output}/")
    assert named.stdout == f"{Path(output, 'essay.fountain')}\n"
    there = program("draft", essay.name, "-o", output)
    assert there.returncode == 0
    assert program("draft", essay.name, "-o", "v1.2").returncode == 0


def test_a_folder_of_essays_is_a_batch(program: Program, essay: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = program("draft", "folder/", essay.name)
    assert done.returncode == 1
    assert "folder/: is a folder [E_NOT_REGULAR]" in done.stderr
    assert "hint: scriptgen batch folder/ drafts every essay in it" in done.stderr


@pytest.mark.parametrize("command", ["draft", "batch"])
def test_a_missing_file_suggests_the_nearest(
    command: str, program: Program, essay: Path, tmp_path: Path
) -> None:
    (tmp_path / "sub").mkdir()
    essay.rename(tmp_path / "sub" / "essay.txt")
    done = program(command, "sub/esay.txt")
    assert done.returncode == 2
    assert f"hint: did you mean {Path('sub', 'essay.txt')}?" in done.stderr


@pytest.mark.parametrize("command", ["draft", "batch"])
def test_options_that_only_a_model_heeds_are_told_once_without_one(
    command: str, program: Program, essay: Path, scripted: str
) -> None:
    options = ("-t", "draft.strict", "--fidelity", "free", "--pages", "3")
    server = ("--base-url", "http://127.0.0.1:1/v1")
    said = program(command, essay.name, *options, *server).stderr
    note = "without a model these had no effect: --base-url, --template, --fidelity, --pages"
    assert said.splitlines().count(note) == 1
    assert "no effect" not in program(command, essay.name, "--trace").stderr
    assert "no effect" not in program(command, essay.name, *options, "--model", scripted).stderr


def test_two_essays_do_not_go_into_one_file(program: Program, essay: Path) -> None:
    done = program("draft", essay.name, "other.txt", "-o", "one.fountain")
    assert done.returncode == 2
    assert "[E_USAGE]" in done.stderr


def test_an_unknown_template_is_named_even_where_no_model_would_read_it(
    program: Program, essay: Path
) -> None:
    done = program("draft", essay.name, "-t", "draft.nor")
    assert done.returncode == 2
    assert "[E_TEMPLATE]" in done.stderr


def test_a_draft_that_is_mended_and_one_that_is_not_say_what_it_took(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    lacking = PAGE.replace("I did tell you.", "Never.")
    for name, second in (("mended", PAGE), ("same", lacking)):
        replies = json.dumps([{"text": lacking}, {"text": second}])
        (tmp_path / f"{name}.json").write_text(replies, encoding="utf-8")
    mended = program("draft", essay.name, "--model", "scripted:mended.json", "-o", "a")
    assert mended.returncode == 0
    assert "lines 2 of 2" in mended.stderr
    assert "; 2 calls" in mended.stderr
    same = program("draft", essay.name, "--model", "scripted:same.json", "-o", "b")
    assert same.returncode == 1
    assert "what came was no better [W_REVISION]" in same.stderr
    assert "lines 1 of 2" in same.stderr
    assert "; 2 calls" in same.stderr
