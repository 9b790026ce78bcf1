"""From a run to a file: nothing is lost, nothing is doubled, wherever the process dies."""

from __future__ import annotations

import asyncio
import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from scriptgen.drafting import DraftOptions, Means, Outcome, draft_file, publishing
from scriptgen.drafting.publishing import Done
from scriptgen.errors import OutputError
from scriptgen.ledger import Ledger, State
from scriptgen.outputs import publish
from scriptgen.reader import essay_from_text
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scriptgen.essay import Essay
    from scriptgen.run import Run
    from tests.drafting.conftest import Parser

TARGET = "essay.fountain"


class Killed(BaseException):
    """Stands for the end of the process: nothing in the program may catch it."""


@pytest.fixture
def make(essay: Essay, ledger: Ledger, outputs: Path) -> Callable[..., Outcome]:
    """Draft the essay to its file once more."""

    def made(changed: Essay = essay, *, force: bool = False, **options: object) -> Outcome:
        means = Means(DraftOptions.model_validate(options), ledger=ledger)
        return asyncio.run(draft_file(changed, means, root=outputs, target=TARGET, force=force))

    return made


def last(ledger: Ledger) -> Run:
    run = ledger.run("last")
    assert run is not None
    return run


def files(outputs: Path) -> dict[str, str]:
    return {
        each.name: each.read_text(encoding="utf-8") for each in outputs.iterdir() if each.is_file()
    }


@pytest.mark.usefixtures("parser")
def test_the_draft_is_the_file_and_the_record_says_where(
    make: Callable[..., Outcome], ledger: Ledger, outputs: Path
) -> None:
    outcome = make()
    assert outcome.done is Done.WRITTEN
    assert files(outputs) == {TARGET: outcome.run.draft}
    assert last(ledger).path == str(outputs / TARGET)
    assert ledger.counts() == {State.DONE: 1}


def test_what_is_done_is_skipped_without_parsing(
    make: Callable[..., Outcome], parser: Parser, ledger: Ledger
) -> None:
    first = make()
    second = make()
    assert (second.done, second.run, second.path) == (Done.SKIPPED, first.run, first.path)
    assert parser.asked == 1
    assert len(list(ledger.runs())) == 1


def test_an_edited_draft_stays_and_is_not_drafted_again(
    make: Callable[..., Outcome], parser: Parser, outputs: Path
) -> None:
    make()
    (outputs / TARGET).write_text("MINE\n", encoding="utf-8")
    assert make().done is Done.SKIPPED
    assert files(outputs) == {TARGET: "MINE\n"}
    assert parser.asked == 1


@pytest.mark.usefixtures("parser")
def test_a_new_draft_goes_beside_an_edited_one_and_says_so(
    make: Callable[..., Outcome], ledger: Ledger, outputs: Path
) -> None:
    make()
    (outputs / TARGET).write_text("MINE\n", encoding="utf-8")
    outcome = make(trace=True)
    assert set(files(outputs)) == {TARGET, "essay.v2.fountain"}
    assert files(outputs)[TARGET] == "MINE\n"
    assert [each.code for each in outcome.run.report.findings][-1] == "W_KEPT"
    assert last(ledger).report == outcome.run.report
    assert make(trace=True).done is Done.SKIPPED


@pytest.mark.usefixtures("parser")
def test_force_puts_the_draft_in_place_and_moves_the_edited_one_aside(
    make: Callable[..., Outcome], outputs: Path
) -> None:
    first = make()
    (outputs / TARGET).write_text("MINE\n", encoding="utf-8")
    outcome = make(force=True)
    assert outcome.backup is not None
    assert outcome.backup.read_text(encoding="utf-8") == "MINE\n"
    assert (outputs / TARGET).read_text(encoding="utf-8") == first.run.draft
    assert make(force=True).done is Done.SKIPPED


def test_a_deleted_draft_is_put_back_from_the_record(
    make: Callable[..., Outcome], parser: Parser, outputs: Path
) -> None:
    first = make()
    (outputs / TARGET).unlink()
    assert make().done is Done.WRITTEN
    assert files(outputs) == {TARGET: first.run.draft}
    assert parser.asked == 1


def test_going_back_to_earlier_settings_puts_their_draft_back(
    make: Callable[..., Outcome], parser: Parser, outputs: Path
) -> None:
    plain = make()
    make(trace=True)
    back = make()
    assert back.done is Done.WRITTEN
    assert files(outputs) == {TARGET: plain.run.draft}
    assert parser.asked == 2


@pytest.mark.usefixtures("parser")
def test_a_changed_essay_replaces_a_draft_that_nobody_edited(
    make: Callable[..., Outcome], essay: Essay, outputs: Path
) -> None:
    make()
    outcome = make(essay_from_text(essay.text + " It rains.", source=essay.source))
    assert outcome.done is Done.WRITTEN
    assert set(files(outputs)) == {TARGET}


POINTS = ("add_run", "begin_file", "publish before", "publish after", "finish")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_a_second_run_ends_with_one_whole_draft(
    point: str,
    make: Callable[..., Outcome],
    outputs: Path,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    def stop(*_: object, **__: object) -> None:
        raise Killed

    def killing_publish(*args: Any, **options: Any) -> None:
        if point.endswith("after"):
            publish(*args, **options)
        raise Killed

    with monkeypatch.context() as patch:
        if point.startswith("publish"):
            patch.setattr(publishing, "publish", killing_publish)
        else:
            patch.setattr(Ledger, point, stop)
        with pytest.raises(Killed):
            make()
    done = ledger.counts().get(State.DONE, 0)
    assert done == 0
    outcome = make()
    assert outcome.done is Done.WRITTEN
    assert files(outputs) == {TARGET: outcome.run.draft}
    assert "W_KEPT" not in [each.code for each in outcome.run.report.findings]
    assert ledger.counts() == {State.DONE: 1}


@pytest.mark.usefixtures("parser")
def test_a_file_put_in_place_just_before_a_crash_is_known_for_ours(
    make: Callable[..., Outcome], outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    with monkeypatch.context() as patch:

        def stop(*_: object, **__: object) -> None:
            raise Killed

        patch.setattr(Ledger, "finish", stop)
        with pytest.raises(Killed):
            make(trace=True)
    outcome = make(repeat=1)
    assert set(files(outputs)) == {TARGET}
    assert files(outputs)[TARGET] == outcome.run.draft


@pytest.mark.usefixtures("parser")
def test_a_full_disk_leaves_nothing_half_done_and_a_later_run_finishes(
    make: Callable[..., Outcome], outputs: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr(os, "replace", full)
        with pytest.raises(OutputError) as caught:
            make()
    assert caught.value.code == "E_NO_SPACE"
    assert files(outputs) == {}
    assert State.DONE not in ledger.counts()
    assert make().done is Done.WRITTEN


@pytest.mark.usefixtures("parser")
def test_without_a_ledger_a_file_is_never_written_over(essay: Essay, outputs: Path) -> None:
    def made() -> Outcome:
        return asyncio.run(draft_file(essay, Means(), root=outputs, target=TARGET))

    first = made()
    (outputs / TARGET).write_text("MINE\n", encoding="utf-8")
    assert first.path.name == TARGET
    assert made().path.name == "essay.v2.fountain"


@pytest.mark.usefixtures("parser")
def test_a_recheck_adds_its_finding_to_the_record(
    essay: Essay, ledger: Ledger, outputs: Path
) -> None:
    changed = Finding(code="W_SOURCE_CHANGED", severity=Severity.WARNING, message="changed")
    asyncio.run(
        draft_file(
            essay, Means(ledger=ledger), root=outputs, target=TARGET, recheck=lambda: changed
        )
    )
    assert changed in last(ledger).report.findings
