"""A folder of essays on the command line: lists, lines, codes, pipes and signals."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from scriptgen.batch import BatchResult
from scriptgen.cli.batch_report import summary_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug import Request

    from tests.cli.conftest import Program

PAGE = """\
INT. LAMP ROOM - NIGHT

Mara stands at the window with a lantern in her hand. Old Teodor climbs the iron stairs.

TEODOR
You should have told me.

MARA
I did tell you.
"""


@pytest.fixture
def seeds(essay: Path, tmp_path: Path) -> Path:
    """Three good essays and one that is no text."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    text = essay.read_text(encoding="utf-8")
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(text.replace("Vance", f"Vance{name}"))
    (folder / "broken.txt").write_bytes(b"\xff\xfe\xff")
    essay.unlink()
    return folder


PATHS = [str(Path("outputs", f"{name}.fountain")) for name in ("a", "b", "c")]


def test_batch_prints_a_path_for_each_draft_each_time(program: Program, seeds: Path) -> None:
    first = program("batch")
    assert first.returncode == 1
    assert sorted(first.stdout.splitlines()) == PATHS
    again = program("batch", str(seeds))
    assert sorted(again.stdout.splitlines()) == PATHS
    assert "0 done, 3 skipped, 1 failed" in again.stderr


def test_batch_says_one_line_for_each_essay_and_sums_up_with_reasons(
    program: Program, seeds: Path
) -> None:
    (seeds / "README.md").write_text("not an essay")
    lines = program("batch").stderr.splitlines()
    assert [line[:6] for line in lines if line.startswith("[")] == [
        f"[{n}/4] " for n in range(1, 5)
    ]
    assert any(line.startswith("4 essays: 3 done, 0 skipped, 1 failed; ") for line in lines)
    reason = next(line for line in lines if line.startswith("failed: "))
    assert str(Path("seeds", "broken.txt")) in reason
    assert lines[lines.index(reason) + 1].lstrip().startswith("hint: ")


def test_the_code_is_0_where_every_draft_stands(program: Program, seeds: Path) -> None:
    (seeds / "broken.txt").unlink()
    assert program("batch").returncode == 0


def test_without_essays_the_code_is_2(program: Program) -> None:
    done = program("batch")
    assert done.returncode == 2
    assert "[E_GONE]" in done.stderr
    (program.cwd / "seeds").mkdir()
    done = program("batch")
    assert done.returncode == 2
    assert "[E_SOURCE]" in done.stderr


def test_a_file_of_another_kind_says_which_kinds_are_read(program: Program) -> None:
    (program.cwd / "x.odt").write_bytes(b"PK\3\4")
    done = program("batch", "x.odt")
    assert done.returncode == 2
    assert "x.odt: not an essay by its name: essays end in .txt, .md," in done.stderr
    assert "hint: save the essay as plain text (.txt or .md, UTF-8)" in done.stderr


def test_json_lines_hold_one_document_for_each_essay_and_a_summary(
    program: Program, seeds: Path
) -> None:
    del seeds
    documents = [json.loads(line) for line in program("batch", "--json").stdout.splitlines()]
    assert {document["schema_version"] for document in documents} == {1}
    *drafts, summary = documents
    assert sorted(d["path"] for d in drafts if d["path"]) == PATHS
    assert [d["error"]["code"] for d in drafts if d["state"] == "failed"] == ["E_DECODE"]
    assert (summary["type"], summary["done"], summary["total"]) == ("summary", 3, 4)


def test_status_and_dry_run_draft_nothing(program: Program, seeds: Path, tmp_path: Path) -> None:
    del seeds
    assert program("batch", "--status").stdout.split() == [
        *("done", "0", "failed", "1", "todo", "3", "total", "4")
    ]
    plan = program("batch", "--dry-run")
    assert plan.stdout.splitlines() == [
        f"{name} -> {path}" for name, path in zip("abc", PATHS, strict=True)
    ]
    assert not (tmp_path / "outputs").exists()
    program("batch")
    status = json.loads(program("batch", "--status", "--json").stdout)
    assert status.pop("spent")["calls"] == 0
    assert status == {"schema_version": 1, "total": 4, "done": 3, "failed": 1, "todo": 0}
    assert program("batch", "--dry-run").stdout == ""
    assert len(program("batch", "--dry-run", "--fresh").stdout.splitlines()) == 3


def test_status_and_dry_run_tell_what_a_run_of_another_writer_would_do(
    program: Program, seeds: Path, tmp_path: Path
) -> None:
    (seeds / "broken.txt").unlink()
    (tmp_path / "page.txt").write_text(PAGE)
    model = ("--model", "scripted:page.txt")
    program("batch")
    program("batch", *model)
    status = program("batch", "--status")
    assert status.stdout.split()[:6] == ["done", "0", "failed", "0", "todo", "3"]
    assert "counted for drafts written offline" in status.stderr
    assert len(program("batch", "--dry-run").stdout.splitlines()) == 3
    done = program("batch")
    assert "3 done, 0 skipped" in done.stderr
    assert {Path(path).name for path in done.stdout.splitlines()} == {
        f"{name}.v2.fountain" for name in "abc"
    }
    assert program("batch", "--dry-run").stdout == ""
    of_model = program("batch", "--status", *model)
    assert of_model.stdout.split()[:2] == ["done", "3"]
    assert "drafts by scripted:page.txt with the template draft" in of_model.stderr


def test_paths_come_from_this_folder_even_if_the_record_is_of_another(
    program: Program, seeds: Path, tmp_path: Path
) -> None:
    del seeds
    program("batch")
    (tmp_path / "below").mkdir()
    program.cwd = tmp_path / "below"
    done = program("batch", "../seeds", "-o", "../outputs")
    assert sorted(done.stdout.splitlines()) == [str(Path("..", path)) for path in PATHS]
    assert "3 skipped" in done.stderr


def test_a_list_of_paths_on_standard_input_is_a_source(program: Program, seeds: Path) -> None:
    del seeds
    done = program("batch", "-", stdin="seeds/a.txt\nseeds/c.txt\n")
    assert sorted(done.stdout.splitlines()) == [PATHS[0], PATHS[2]]


def test_a_reader_that_leaves_early_stops_no_work(
    program: Program, seeds: Path, tmp_path: Path
) -> None:
    for number in range(20):
        (seeds / f"n{number}.txt").write_text((seeds / "a.txt").read_text() + f"\nMara {number}.\n")
    (seeds / "broken.txt").unlink()
    with program.started("batch") as running:
        assert running.out.readline().endswith(b".fountain\n")
        running.out.close()
        errors = running.err.read()
        assert running.wait() == 141
    assert b"Traceback" not in errors
    assert b"23 essays: 23 done" in errors
    assert len(list((tmp_path / "outputs").glob("*.fountain"))) == 23


class Server:
    """A model's server that answers when it is told to."""

    def __init__(self, httpserver: HTTPServer) -> None:
        self.asked = threading.Semaphore(0)
        self.answer = threading.Event()
        self.requests = 0
        self.url = httpserver.url_for("/v1")
        httpserver.expect_request("/v1/chat/completions").respond_with_handler(self._handle)

    def _handle(self, _request: Request) -> Response:
        self.requests += 1
        self.asked.release()
        self.answer.wait(60)
        return Response(
            json.dumps(
                {
                    "id": "x",
                    "object": "chat.completion",
                    "created": 1,
                    "model": "m",
                    "choices": [
                        {
                            "index": 0,
                            "finish_reason": "stop",
                            "message": {"role": "assistant", "content": PAGE},
                        }
                    ],
                    "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
                }
            ),
            content_type="application/json",
        )

    def options(self) -> list[str]:
        return ["--model", "m", "--base-url", self.url, "-j", "2"]


@pytest.fixture
def server() -> Iterator[Server]:
    with HTTPServer(host="127.0.0.1", threaded=True) as httpserver:
        made = Server(httpserver)
        yield made
        made.answer.set()


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_batch_keeps_the_replies_under_way_and_pays_for_none_twice(
    program: Program, seeds: Path, server: Server, sent: signal.Signals, code: int
) -> None:
    (seeds / "broken.txt").unlink()
    with program.started("batch", *server.options()) as running:
        for _ in range(2):
            assert server.asked.acquire(timeout=60)
        running.send(sent)
        assert b"stopping; replies under way" in running.err.readline()
        server.answer.set()
        errors = running.err.read()
        assert running.wait() == code
    assert b"Traceback" not in errors
    assert b"3 still to do" in errors
    assert server.requests == 2
    done = program("batch", *server.options())
    assert sorted(done.stdout.splitlines()) == PATHS
    assert server.requests == 3


def test_a_second_interrupt_breaks_off_at_once(
    program: Program, seeds: Path, server: Server
) -> None:
    (seeds / "broken.txt").unlink()
    with program.started("batch", *server.options()) as running:
        for _ in range(2):
            assert server.asked.acquire(timeout=60)
        running.send(signal.SIGINT)
        assert b"stopping; replies under way" in running.err.readline()
        running.send(signal.SIGINT)
        assert running.wait(timeout=20) == 130
        assert b"Traceback" not in running.err.read()
    assert not server.answer.is_set()
    server.answer.set()
    assert program("batch", *server.options()).returncode == 0


def test_an_interrupted_draft_exits_130(program: Program, essay: Path, server: Server) -> None:
    options = [option for option in server.options() if option not in ("-j", "2")]
    with program.started("draft", essay.name, *options) as running:
        assert server.asked.acquire(timeout=60)
        running.send(signal.SIGINT)
        assert b"stopping; replies under way" in running.err.readline()
        server.answer.set()
        assert b"Traceback" not in running.err.read()
        assert running.wait() == 130
    assert server.requests == 1
    program("draft", essay.name, *options)
    assert server.requests == 1


def test_the_summary_says_how_many_replies_could_not_be_stored() -> None:
    lines = summary_lines(BatchResult(total=9, todo=9, lost=4))
    assert "4 replies could not be stored, and may have been paid for" in lines
    assert not [line for line in summary_lines(BatchResult(total=1, done=1)) if "stored" in line]


def test_the_end_of_a_batch_adds_up_what_was_counted_and_found(
    program: Program, essay: Path, tmp_path: Path
) -> None:
    (tmp_path / "essays").mkdir()
    for name in ("one", "two"):
        text = essay.read_text(encoding="utf-8").replace("Mara", f"Mara{name}")
        (tmp_path / "essays" / f"{name}.txt").write_text(text, encoding="utf-8")
    page = "INT. LAMP ROOM - NIGHT\n\nA lantern in the lamp room.\n\nTEODOR\nHello, Mara.\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    done = program("batch", "essays", "--model", "scripted:page.txt", "--revisions", "0")
    assert "in the drafts: lines 0 of 4" in done.stderr
    assert "4 W_LINE_MISSING" in done.stderr
    again = program("batch", "essays", "--model", "scripted:page.txt", "--revisions", "0", "--json")
    summary = json.loads(again.stdout.splitlines()[-1])
    assert summary["findings"]["W_LINE_MISSING"] == 4
    assert (summary["figures"]["lines_spoken"], summary["figures"]["lines_kept"]) == (4, 0)
