"""Many essays, offline: each gets its draft once, and one bad essay harms no other."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.batch import BatchOptions, Item, Means, arun_batch, exit_code
from scriptgen.drafting import DraftOptions
from scriptgen.errors import OutputError, TemplateError
from scriptgen.ledger import Ledger, State
from scriptgen.outputs import publishing as disk
from scriptgen.reader import EssaySource, find_essays

if TYPE_CHECKING:
    from scriptgen.essay import Essay
    from tests.batch.conftest import Studio


def test_every_essay_gets_its_draft_at_its_place(studio: Studio) -> None:
    (studio.essays / "deep").mkdir()
    (studio.essays / "deep" / "d.md").write_text("Dora runs.", encoding="utf-8")
    result = studio.run()
    assert list(studio.drafts()) == ["a.fountain", "b.fountain", "c.fountain", "deep/d.fountain"]
    assert (result.total, result.done, result.todo, result.failed) == (4, 4, 0, ())
    assert studio.heard.results == [result]
    assert sorted(studio.heard.names) == sorted(item.name for item in studio.heard.items)
    assert studio.ledger.counts() == {State.DONE: 4}


def test_a_second_run_parses_nothing_and_changes_nothing(studio: Studio) -> None:
    studio.run()
    before = studio.drafts()
    result = studio.run()
    assert (result.skipped, result.done) == (3, 0)
    assert studio.parsed == []
    assert studio.drafts() == before
    assert exit_code(result) == 0


def test_only_what_changed_is_drafted_again(studio: Studio) -> None:
    studio.run()
    studio.write(b="Bela comes back.")
    result = studio.run()
    assert (result.skipped, result.done) == (2, 1)
    assert [Path(name).name for name in studio.parsed] == ["b.txt"]
    assert len(studio.drafts()) == 3


def test_fresh_drafts_everything_again(studio: Studio) -> None:
    studio.run()
    before = studio.drafts()
    assert studio.run(fresh=True).done == 3
    assert len(studio.parsed) == 3
    assert studio.drafts() == before


def test_two_essays_with_one_text_are_parsed_once_and_drafted_twice(studio: Studio) -> None:
    studio.write(twin="Anna waits.")
    for fresh in (False, True):
        result = studio.run(fresh=fresh)
        assert result.done == 4
        assert len(studio.parsed) == 3
    drafts = studio.drafts()
    assert drafts["a.fountain"] == drafts["twin.fountain"]
    assert {run.path for run in studio.ledger.runs(limit=4)} == {
        str(studio.outputs / name) for name in drafts
    }


def test_one_bad_essay_does_not_stop_the_others(studio: Studio) -> None:
    (studio.essays / "b.txt").write_bytes(b"\xff\xfe\x00broken")
    (studio.essays / "empty.txt").write_bytes(b"")

    def break_down(essay: Essay) -> None:
        if "Cora" in essay.text:
            raise KeyError("an odd essay")

    studio.harm = break_down
    result = studio.run()
    assert list(studio.drafts()) == ["a.fountain"]
    assert {failure.name: failure.code for failure in result.failed} == {
        "b": "E_DECODE",
        "c": "E_INTERNAL",
        "empty": "E_EMPTY",
    }
    assert exit_code(result) == 1


def test_a_missing_extra_stops_only_the_essays_that_need_it(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (studio.essays / "0.html").write_text("<p>Cora waits.</p>", encoding="utf-8")
    result = studio.run()
    assert {failure.name: failure.code for failure in result.failed} == {"0": "E_EXTRA"}
    assert list(studio.drafts()) == ["a.fountain", "b.fountain", "c.fountain"]


def test_an_essay_deleted_after_the_listing_fails_alone(studio: Studio) -> None:
    sources = find_essays([str(studio.essays)]).essays
    (studio.essays / "b.txt").unlink()
    result = asyncio.run(arun_batch(sources, Means(ledger=studio.ledger), outputs=studio.outputs))
    assert [failure.code for failure in result.failed] == ["E_GONE"]
    assert result.done == 2


def test_an_essay_that_changed_meanwhile_is_reported_and_its_draft_is_of_what_was_read(
    studio: Studio,
) -> None:
    def rewrite(essay: Essay) -> None:
        if "Bela" in essay.text:
            studio.write(b="Bela changed everything.")

    studio.harm = rewrite
    result = studio.run()
    assert result.changed == 1
    run = next(run for run in studio.ledger.runs() if run.essay_source.endswith("b.txt"))
    assert "W_SOURCE_CHANGED" in [finding.code for finding in run.report.findings]
    studio.harm = lambda _: None
    assert studio.run().done == 1


def test_a_draft_edited_by_hand_is_kept(studio: Studio) -> None:
    studio.run()
    (studio.outputs / "a.fountain").write_text("MINE\n", encoding="utf-8")
    assert studio.run().skipped == 3
    assert studio.run(trace=True).kept == 1
    assert studio.drafts()["a.fountain"] == "MINE\n"
    assert "a.v2.fountain" in studio.drafts()


def test_essays_are_read_when_their_turn_comes(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = most = 0
    load = EssaySource.load

    def counted(self: EssaySource, **options: Any) -> Essay:
        nonlocal alive, most
        alive += 1
        most = max(most, alive)
        return load(self, **options)

    def ended(_: Item) -> None:
        nonlocal alive
        alive -= 1

    monkeypatch.setattr(EssaySource, "load", counted)
    studio.heard.on_finished = ended
    for number in range(60):
        studio.write(**{f"e{number}": f"Essay{number} waits."})
    assert studio.run(jobs=4).done == 63
    assert most <= 4


def test_a_cancelled_batch_keeps_what_is_finished_and_tells_it(studio: Studio) -> None:
    async def interrupted() -> None:
        task = asyncio.create_task(
            arun_batch(
                find_essays([str(studio.essays)]).essays,
                Means(ledger=studio.ledger),
                outputs=studio.outputs,
                options=BatchOptions(jobs=1),
                progress=studio.heard,
            )
        )
        studio.heard.on_finished = lambda _: task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(interrupted())
    (result,) = studio.heard.results
    assert result.interrupted
    assert (result.done, result.todo) == (1, 2)
    assert exit_code(result) == 130
    again = studio.run()
    assert (again.skipped, again.done) == (1, 2)


def test_a_listener_that_breaks_ends_the_batch_with_its_own_error(studio: Studio) -> None:
    def closed(_: Item) -> None:
        raise BrokenPipeError

    studio.heard.on_finished = closed
    with pytest.raises(BrokenPipeError):
        studio.run()
    assert len(studio.heard.results) == 1


def test_a_second_batch_on_the_same_outputs_is_refused_and_the_holder_named(
    studio: Studio,
) -> None:
    other = Ledger.open(studio.ledger.path)
    with other, other.lease("batch .", of="these outputs"), pytest.raises(OutputError) as caught:
        studio.run()
    assert caught.value.code == "E_LOCKED"
    assert "this process" in caught.value.message
    assert studio.drafts() == {}
    assert studio.run().done == 3


def test_an_output_folder_that_cannot_be_written_ends_it_before_anything_is_read(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(disk, "write_temporary", closed)
    with pytest.raises(OutputError):
        studio.run(studio.model())
    assert studio.heard.names == []


def test_left_over_temporary_files_are_swept(studio: Studio) -> None:
    program = (
        "import sys; from pathlib import Path; from scriptgen.outputs import disk;"
        "disk.write_temporary(Path(sys.argv[1]), b'half')"
    )
    subprocess.run([sys.executable, "-c", program, str(studio.outputs)], check=True)
    assert len([each for each in studio.outputs.iterdir() if each.is_file()]) == 1
    studio.run()
    assert {each.suffix for each in studio.outputs.iterdir() if each.is_file()} == {".fountain"}


def test_a_template_that_does_not_load_is_nobodys_essays_fault(studio: Studio) -> None:
    with pytest.raises(TemplateError):
        asyncio.run(
            arun_batch(
                find_essays([str(studio.essays)]).essays,
                Means(DraftOptions(template="no-such-template"), studio.model(), "", studio.ledger),
                outputs=studio.outputs,
            )
        )


def test_a_batch_without_a_ledger_is_a_mistake(studio: Studio) -> None:
    with pytest.raises(ValueError, match="needs a ledger"):
        asyncio.run(arun_batch((), Means(), outputs=studio.outputs))


def test_no_essays_are_no_work(studio: Studio) -> None:
    result = asyncio.run(arun_batch((), Means(ledger=studio.ledger), outputs=studio.outputs))
    assert exit_code(result) == 0
