"""When a page is sent back, and what has to be true of a revision that is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.drafting.weighing import (
    ENOUGH,
    FEWEST,
    MENDABLE,
    Page,
    faults,
    is_sent_back,
    rewritten,
    why_not_kept,
)
from scriptgen.report import Finding, Report, Severity
from scriptgen.screenplay import Action, Dialogue, Heading, Screenplay, Speech

LINES = (
    "Iris sets the lamp on the sill.",
    "She counts the stairs under her breath.",
    "The kettle rocks on its ring.",
    "A moth circles the flame.",
    "She lifts the lid and looks.",
    "Rain runs down the pane.",
    "The dog turns twice and lies down.",
    "She folds the towel in four.",
)


def finding(
    code: str, severity: Severity = Severity.WARNING, element: int | None = None
) -> Finding:
    return Finding(code=code, severity=severity, message="something", element=element)


def page(
    *findings: Finding, lines: tuple[str, ...] = LINES, figures: dict[str, int] | None = None
) -> Page:
    elements = (Heading(text="INT. ATTIC - NIGHT"), *(Action(text=line) for line in lines))
    report = Report(findings=findings, figures=dict(figures or {}))
    return Page(Screenplay(elements=elements), (), report)


ERROR = finding("W_LINE_MISSING", Severity.ERROR)
BLOCK = finding("E_OFF_TASK", Severity.BLOCK)
SLIGHT = finding(min(MENDABLE, key=lambda code: MENDABLE[code]))


def test_a_clean_page_and_one_with_a_slip_stay() -> None:
    assert not is_sent_back(page().report)
    assert not is_sent_back(page(SLIGHT).report)
    assert not is_sent_back(page(*[finding("W_REWORDED")] * 50).report)


@pytest.mark.parametrize("found", [(ERROR,), (BLOCK,), (SLIGHT,) * ENOUGH * 2])
def test_an_error_and_enough_slips_send_a_page_back(found: tuple[Finding, ...]) -> None:
    assert is_sent_back(page(*found).report)


def test_what_is_to_be_mended_comes_most_pressing_first_and_nothing_else() -> None:
    late = SLIGHT.model_copy(update={"element": 5})
    early = SLIGHT.model_copy(update={"element": 2})
    told = faults(page(late, finding("W_REWORDED"), early, ERROR, BLOCK).report)
    assert told == [BLOCK, ERROR, early, late]


def test_a_revision_with_fewer_faults_is_kept() -> None:
    assert why_not_kept(page(ERROR, SLIGHT), page(SLIGHT)) is None
    assert why_not_kept(page(SLIGHT, SLIGHT), page(SLIGHT)) is None


def test_a_revision_that_is_no_better_is_not_kept() -> None:
    assert why_not_kept(page(ERROR), page(ERROR)) == "what came was no better"
    assert why_not_kept(page(SLIGHT), page(SLIGHT, SLIGHT)) is not None


def test_a_revision_with_a_new_kind_of_error_is_not_kept() -> None:
    other = finding("W_LINE_SPOKEN", Severity.ERROR)
    assert "W_LINE_SPOKEN" in str(why_not_kept(page(ERROR, ERROR), page(other)))


@pytest.mark.parametrize("figure", ["lines_kept", "moments_played"])
def test_a_revision_that_loses_what_the_essay_gave_is_not_kept(figure: str) -> None:
    before, after = page(ERROR, figures={figure: 4}), page(figures={figure: 3})
    assert why_not_kept(before, after) is not None
    assert why_not_kept(before, page(figures={figure: 4})) is None


def test_a_revision_may_change_what_was_at_fault_and_little_else() -> None:
    at_fault = SLIGHT.model_copy(update={"element": 2})
    before = page(at_fault, SLIGHT)
    mended = (LINES[0], "She counts the stairs.", *LINES[2:])
    assert why_not_kept(before, page(lines=mended)) is None
    anew = tuple(f"{line[:-1]} again and again." for line in LINES)
    assert "changed" in str(why_not_kept(before, page(lines=(*anew[:6], *LINES[6:]))))


def test_paragraphs_that_are_parted_or_joined_are_not_rewritten() -> None:
    assert rewritten(page(), page(lines=(" ".join(LINES[:4]), *LINES[4:]))) == 0


def test_of_a_short_page_a_few_words_may_change() -> None:
    few = LINES[: FEWEST - 2]
    assert why_not_kept(page(ERROR, lines=few), page(lines=("Something else.",))) is None


def test_a_page_that_is_no_longer_blocked_is_kept_whatever_else_it_has() -> None:
    assert why_not_kept(page(BLOCK), page(ERROR, ERROR, lines=("All new.",) * 9)) is None


def test_a_speech_counts_with_its_cue() -> None:
    def said(cue: str) -> Page:
        speech = Dialogue(cue=cue, parts=(Speech(text="Mind the step."),))
        return Page(Screenplay(elements=(speech,)), (), Report())

    assert rewritten(said("IRIS"), said("IRIS")) == 0
    assert rewritten(said("IRIS"), said("BRAM")) == 1


@given(st.lists(st.sampled_from([ERROR, BLOCK, SLIGHT, finding("W_REWORDED")]), max_size=8))
def test_no_page_takes_the_place_of_itself(found: list[Finding]) -> None:
    same = page(*found)
    assert why_not_kept(same, same) is not None
