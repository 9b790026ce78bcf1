"""The offline writer costs nothing, and so it never takes the place of what was paid for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from scriptgen.drafting import DraftOptions, Means, Outcome, draft_file, standing_draft
from scriptgen.drafting.publishing import Done
from scriptgen.drafting.title_page import credited_model
from scriptgen.llm import ScriptedModel
from scriptgen.reader import essay_from_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scriptgen.essay import Essay
    from scriptgen.ledger import Ledger

TARGET = "essay.fountain"
BESIDE = "essay.v2.fountain"
PAGE = 'INT. KITCHEN - NIGHT\n\nAnna Reyes folds the letter twice.\n\nANNA\n"Leave it there."\n'


@pytest.fixture
def make(essay: Essay, ledger: Ledger, outputs: Path) -> Callable[..., Outcome]:
    """Draft the essay to its file, offline or by a model, when `standing_draft` says so."""

    def made(by: str | None = None, *, force: bool = False, changed: Essay = essay) -> Outcome:
        model = ScriptedModel([PAGE], name=by) if by else None
        means = Means(DraftOptions(revisions=0), model, "http://model.test", ledger)
        stands = standing_draft(changed, means, root=outputs, target=TARGET, force=force)
        outcome = asyncio.run(draft_file(changed, means, root=outputs, target=TARGET, force=force))
        assert (stands is None) == (outcome.done is Done.WRITTEN)
        return outcome

    return made


pytestmark = pytest.mark.usefixtures("parser")


def test_an_offline_draft_goes_beside_one_that_a_model_wrote_and_says_so(
    make: Callable[..., Outcome], outputs: Path
) -> None:
    paid = make("m-1")
    free = make()
    assert (outputs / TARGET).read_text(encoding="utf-8") == paid.run.draft
    assert free.path == outputs / BESIDE
    kept = free.run.report.findings[-1]
    assert kept.code == "W_KEPT"
    assert "model m-1" in kept.message
    assert BESIDE in kept.message
    assert (make().done, make("m-1").done) == (Done.SKIPPED, Done.SKIPPED)


def test_going_back_from_a_model_to_the_offline_writer_keeps_the_models_draft(
    make: Callable[..., Outcome], outputs: Path
) -> None:
    make()
    paid = make("m-1")
    assert paid.path == outputs / TARGET
    assert make().path == outputs / BESIDE
    assert (outputs / TARGET).read_text(encoding="utf-8") == paid.run.draft


def test_force_puts_the_offline_draft_in_place_and_moves_the_models_aside(
    make: Callable[..., Outcome], outputs: Path
) -> None:
    paid = make("m-1")
    free = make(force=True)
    assert free.path == outputs / TARGET
    assert free.backup is not None
    assert free.backup.read_text(encoding="utf-8") == paid.run.draft


def test_a_model_replaces_the_draft_of_a_model_and_that_of_the_offline_writer(
    make: Callable[..., Outcome], essay: Essay, outputs: Path
) -> None:
    make()
    make("m-1")
    make("m-2")
    make("m-2", changed=essay_from_text(f"{essay.text} It rains.", source=essay.source))
    assert [path.name for path in outputs.glob("*.fountain")] == [TARGET]


def test_only_what_is_written_from_the_record_counts_as_restored(
    make: Callable[..., Outcome], outputs: Path
) -> None:
    assert not make("m-1").restored
    (outputs / TARGET).unlink()
    again = make("m-1")
    assert again.restored
    assert again.run.requests > 0
    assert not make("m-1").restored


@pytest.mark.parametrize(
    ("page", "model"),
    [
        ("Title: A\nCredit: Draft written by scriptgen (model m (x))\n\nINT. A", "m (x)"),
        ("Title: A\nCredit: Draft written by scriptgen (offline)\n\nINT. A", None),
        ("INT. A\n\nCredit: Draft written by scriptgen (model m)\n", None),
        ("", None),
    ],
)
def test_the_title_page_tells_which_model_wrote_a_draft(page: str, model: str | None) -> None:
    assert credited_model(page) == model
