"""The ledger keeps what it was told, refuses what it cannot trust, and is never deleted."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scriptgen.errors import OutputError
from scriptgen.ledger import Ledger, State
from scriptgen.ledger.process import born
from scriptgen.ledger.schema import APPLICATION_ID, TABLES, VERSION
from scriptgen.prompt import Message, Prompt
from scriptgen.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scriptgen.ledger import Work

PROMPT = Prompt(
    messages=(Message(role="system", content="s"), Message(role="user", content="u")),
    template="draft",
    template_hash="t" * 64,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger is to be."""
    return tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger.open(path) as opened:
        yield opened


def a_run(number: int, work_key: str = "k", **changes: str) -> Run:
    fields: dict[str, object] = {
        "id": f"run-{number}",
        "work_key": work_key,
        "essay_id": "e",
        "essay_source": "essay.txt",
        "writer": "offline",
        "started": "2026-01-01T00:00:00+00:00",
        "draft": "INT. ROOM - DAY\n",
        "draft_sha256": "d",
        "version": "0",
    }
    return Run.model_validate({**fields, **changes})


def last(ledger: Ledger) -> Run:
    run = ledger.run("last")
    assert run is not None
    return run


def known(ledger: Ledger, target: str) -> Work:
    work = ledger.work("k", target)
    assert work is not None
    return work


def modes(path: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path)}


def test_the_folder_and_the_file_are_private_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        with Ledger.open(path) as ledger:
            ledger.add_run(a_run(1))
            assert modes(path) == {".scriptgen": 0o700, "ledger.sqlite3": 0o600}
            beside = path.with_name("ledger.sqlite3-wal")
            assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_a_folder_that_others_could_read_is_closed_to_them(path: Path) -> None:
    path.parent.mkdir(parents=True, mode=0o755)
    Ledger.open(path).close()
    assert modes(path)[".scriptgen"] == 0o700


def test_every_commit_is_synchronous_and_in_wal(ledger: Ledger) -> None:
    assert ledger.journal == "wal"
    assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert ledger._db.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_where_wal_cannot_be_had_the_journal_is_deleted_after_each_commit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class WithoutWal(sqlite3.Connection):
        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
            if statement == "PRAGMA journal_mode=WAL":
                statement = "PRAGMA journal_mode"
            return super().execute(statement, *values)  # type: ignore[arg-type] # handed on

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=WithoutWal))
    with Ledger.open(path) as ledger:
        assert ledger.journal == "delete"
        ledger.add_run(a_run(1))
    with Ledger.open(path) as ledger:
        assert ledger.run("last") == a_run(1)


def test_the_fence_key_is_made_once_and_is_32_bytes(path: Path) -> None:
    with Ledger.open(path) as first, Ledger.open(path) as second:
        key = first.fence_key()
        assert len(key) == 32
        assert second.fence_key() == key
    with Ledger.open(path) as later:
        assert later.fence_key() == key


def test_a_missing_ledger_is_not_made_for_a_reader(path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        Ledger.open(path, create=False)
    assert caught.value.code == "E_LEDGER"
    assert not path.parent.exists()


def test_a_newer_ledger_is_refused_and_left_as_it_is(path: Path) -> None:
    Ledger.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version={VERSION + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(OutputError, match=f"version {VERSION + 1}") as caught:
        Ledger.open(path)
    assert caught.value.code == "E_LEDGER"
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir(parents=True)
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (a)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(OutputError, match="another program"):
        Ledger.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["header", "page", "cut"])
def test_damage_is_found_when_the_ledger_is_opened_and_nothing_is_deleted(
    path: Path, damage: str
) -> None:
    with Ledger.open(path) as ledger:
        for number in range(200):
            ledger.add_run(a_run(number, draft="x" * 500))
    whole = path.read_bytes()
    hurt = {
        "header": b"\0" * 40 + whole[40:],
        "page": whole[: len(whole) // 2] + b"\xff" * 4096 + whole[len(whole) // 2 + 4096 :],
        "cut": whole[: len(whole) // 2],
    }[damage]
    path.write_bytes(hurt)
    with pytest.raises(OutputError) as caught:
        Ledger.open(path)
    assert caught.value.code == "E_LEDGER"
    assert "nothing was deleted" in (caught.value.hint or "")
    assert path.read_bytes() == hurt


def test_a_file_that_is_no_database_is_named_as_damaged(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("not a database, but long enough to have a header\n" * 20)
    with pytest.raises(OutputError, match="damaged"):
        Ledger.open(path)


def test_an_empty_file_left_by_a_crash_becomes_a_ledger(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    with Ledger.open(path) as ledger:
        assert ledger.counts() == {}


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file stands here")
    with pytest.raises(OutputError) as caught:
        Ledger.open(tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3")
    assert caught.value.code == "E_LEDGER"


def test_a_full_disk_has_its_own_name(ledger: Ledger) -> None:
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(OutputError) as caught:
        ledger.add_run(a_run(1, draft="x" * 100_000))
    assert caught.value.code == "E_NO_SPACE"
    assert ledger.run("last") is None


def test_a_reply_that_could_not_be_stored_is_said_to_be_lost(ledger: Ledger) -> None:
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(OutputError, match="a reply came and could not be stored") as caught:
        ledger.sink(origin="o").store(PROMPT, "m", 200, b"x" * 100_000)
    assert caught.value.code == "E_NO_SPACE"


def test_the_latest_good_reply_to_a_call_is_found_again(ledger: Ledger) -> None:
    for status, body in ((200, b"one"), (500, b"broken"), (200, b"two"), (429, b"slow down")):
        ledger.add_reply(PROMPT, "call", origin="o", model="m", status=status, body=body)
    found = ledger.reply_to("call")
    assert found is not None
    assert (found.status, found.body) == (200, b"two")
    assert ledger.reply(found.id) == found
    assert [each.body for each in ledger.replies_to("call", after=int(found.id))] == [b"slow down"]
    assert ledger.reply_to("another call") is None
    assert [ledger.reply(name) for name in ("99", "", "none")] == [None, None, None]


def test_replies_of_another_origin_model_or_repeat_are_other_calls(ledger: Ledger) -> None:
    from scriptgen.prompting import call_key

    ledger.sink(origin="o").store(PROMPT, "m", 200, b"body")

    def found(model: str = "m", origin: str = "o", repeat: int = 0) -> bytes | None:
        found = ledger.reply_to(call_key(PROMPT, model=model, origin=origin, repeat=repeat))
        return found.body if found else None

    assert found() == b"body"
    assert found(model="n") is None
    assert found(origin="p") is None
    assert found(repeat=1) is None


def test_spent_counts_tokens_of_every_reply_and_survives_odd_bodies(ledger: Ledger) -> None:
    mark = 0
    for body in (
        b'{"usage": {"prompt_tokens": 10, "completion_tokens": 5}}',
        b'{"usage": {"prompt_tokens": "many", "completion_tokens": true}}',
        b'{"usage": null}',
        b"[]",
        b"<html>",
        b"\xff",
        b"",
        b"[" * 100_000,
    ):
        mark = int(ledger.add_reply(PROMPT, "c", origin="o", model="m", status=200, body=body))
    spent = ledger.spent()
    assert (spent.replies, spent.prompt_tokens, spent.completion_tokens) == (8, 10, 5)
    assert ledger.last_reply() == mark
    assert ledger.spent(after=mark).replies == 0


def test_runs_come_back_newest_first_by_id_by_prefix_and_as_last(ledger: Ledger) -> None:
    for number in (10, 11, 20):
        ledger.add_run(a_run(number, work_key=f"k{number}"))
    assert [run.id for run in ledger.runs()] == ["run-20", "run-11", "run-10"]
    assert [run.id for run in ledger.runs(limit=1)] == ["run-20"]
    assert ledger.run("run-11") == a_run(11, work_key="k11")
    assert ledger.run("run-2") == a_run(20, work_key="k20")
    assert ledger.run("run-1") is None
    assert ledger.run("%") is None
    assert last(ledger).id == "run-20"
    assert ledger.run_of("k10") == a_run(10, work_key="k10")
    assert ledger.run_of("k10", after=ledger.last_run()) is None


def test_a_run_that_is_kept_again_is_changed_and_not_doubled(ledger: Ledger) -> None:
    ledger.add_run(a_run(1))
    ledger.add_run(a_run(1, path="outputs/essay.fountain"))
    assert [run.path for run in ledger.runs()] == ["outputs/essay.fountain"]


def test_work_walks_from_calling_to_done(ledger: Ledger) -> None:
    ledger.add_run(a_run(1))
    ledger.begin("k", "essay.fountain", source="essay.txt", state=State.CALLING)
    assert known(ledger, "essay.fountain").state is State.CALLING
    ledger.begin("k", "essay.fountain", source="essay.txt", state=State.GOT)
    ledger.begin_file(a_run(1), "essay.fountain")
    assert ledger.hashes("essay.fountain") == (None, "d")
    ledger.finish(a_run(1, path="p"), "essay.fountain", path="essay.v2.fountain")
    work = known(ledger, "essay.fountain")
    assert (work.state, work.path, work.sha256, work.run_id) == (
        State.DONE,
        "essay.v2.fountain",
        "d",
        "run-1",
    )
    assert ledger.hashes("essay.fountain") == (None, None)
    assert ledger.hashes("essay.v2.fountain") == ("d", None)
    assert last(ledger).path == "p"
    assert ledger.counts() == {State.DONE: 1}


def test_failed_work_keeps_its_reason_until_it_is_begun_again(ledger: Ledger) -> None:
    ledger.give_up(
        "k",
        "t",
        source="bad\udcffname.txt",
        state=State.FAILED,
        reason="E_REFUSED",
        message="the model refused",
    )
    work = known(ledger, "t")
    assert (work.reason, work.message, work.source) == (
        "E_REFUSED",
        "the model refused",
        r"bad\udcffname.txt",
    )
    ledger.begin("k", "t", source="s", state=State.CALLING)
    assert known(ledger, "t").reason is None


def test_paths_are_told_from_the_folder_the_ledger_serves(ledger: Ledger, path: Path) -> None:
    root = path.parent.parent
    assert ledger.place(root / "a" / "b.fountain") == "a/b.fountain"
    assert ledger.locate("a/b.fountain") == root / "a" / "b.fountain"
    assert ledger.place(root.parent / "else.fountain") == "../else.fountain"


def test_a_second_holder_is_refused_and_the_first_one_named(path: Path) -> None:
    with Ledger.open(path) as first, Ledger.open(path) as second:
        with first.lease("batch", of="these outputs"):
            with pytest.raises(OutputError, match="this process works on these outputs") as caught:
                second.lease("batch", of="these outputs").__enter__()
            assert caught.value.code == "E_LOCKED"
            assert second.counts() == {}
        with second.lease("batch", of="these outputs"):
            pass


def test_a_lease_of_another_living_process_names_it_and_one_left_by_a_dead_one_is_taken(
    path: Path,
) -> None:
    program = (
        "import sys\n"
        "from scriptgen.ledger import Ledger\n"
        "ledger = Ledger.open(sys.argv[1])\n"
        "lease = ledger.lease('batch', of='these outputs')\n"
        "lease.__enter__()\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child, Ledger.open(path) as ledger:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(OutputError, match=f"process {child.pid} works on these outputs"):
            ledger.lease("batch", of="these outputs").__enter__()
        child.kill()
        child.wait()
        with ledger.lease("batch", of="these outputs"):
            pass


def test_a_number_used_again_by_another_process_does_not_keep_a_lease(ledger: Ledger) -> None:
    ledger._db.execute(
        "INSERT INTO leases VALUES ('batch', 'x', ?, 'long before', 'then')", (os.getpid(),)
    )
    with ledger.lease("batch", of="these outputs"):
        pass


def test_a_process_is_known_by_when_it_was_born() -> None:
    assert born(os.getpid()) == born(os.getpid()) is not None
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert born(child.pid) is None


def test_a_reader_is_served_while_a_writer_is_in_a_transaction(path: Path) -> None:
    with Ledger.open(path) as writer, Ledger.open(path) as reader:
        writer.add_run(a_run(1))
        with writer._transaction() as db:
            db.execute("DELETE FROM runs")
            assert [run.id for run in reader.runs()] == ["run-1"]


def test_a_ledger_of_version_1_gets_the_tables_it_lacks_and_keeps_what_it_holds(
    tmp_path: Path,
) -> None:
    path = tmp_path / ".scriptgen" / "ledger.sqlite3"
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.executescript(TABLES)
    db.execute("INSERT INTO meta VALUES ('fence_key', ?)", (b"k" * 32,))
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.execute("PRAGMA user_version=1")
    db.commit()
    db.close()
    with Ledger.open(path) as ledger:
        assert ledger.fence_key() == b"k" * 32
        names = {row[0] for row in ledger._db.execute("SELECT name FROM sqlite_master")}
    assert {"prompts", "essays", "calls", "spent", "learnt"} <= names
