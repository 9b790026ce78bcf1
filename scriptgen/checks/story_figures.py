"""What can be counted of what happens on a page, and of whose words it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.copying import COPIED, LEAKED, critics_grams, essay_grams, told
from scriptgen.checks.length import printed_pages
from scriptgen.checks.moment_order import displaced, in_question
from scriptgen.checks.moments import moments
from scriptgen.screenplay import Action, Dialogue
from scriptgen.wording import runs

if TYPE_CHECKING:
    from scriptgen.checks.subject import Subject
    from scriptgen.trace import Trace


def copying_figures(subject: Subject) -> dict[str, int | float]:
    """``copied``: of the page's runs of five words the share that the essay has.

    Spoken lines of the essay are left out. ``leaked``: of the runs of four words in the critic's
    talk alone the share that the page has. Both 0.0 where there is nothing to count.
    """
    if subject.essay is None:
        return {}
    page = [run for _, said in told(subject) for run in runs(said, COPIED)]
    known = essay_grams(subject.essay, subject.brief)
    critics = critics_grams(subject.brief)
    shown = {run for _, said in told(subject) for run in runs(said, LEAKED)}
    return {
        "copied": _share(sum(run in known for run in page), len(page)),
        "leaked": _share(len(critics & shown), len(critics)),
    }


def moment_figures(subject: Subject) -> dict[str, int | float]:
    """``moments`` of the essay, those ``moments_played``, and ``moments_in_order``.

    The last is the share of the events played that stand in one rising order; 1.0 for none.
    """
    if subject.trace is None or subject.pack is None:
        return {}
    found = moments(subject, subject.trace, subject.pack)
    places = [moment.pieces[0] for moment in in_question(found, subject.brief)]
    astray = len(displaced(places))
    return {
        "moments": len(found),
        "moments_played": sum(moment.played for moment in found),
        "moments_in_order": 1.0 - _share(astray, len(places)),
    }


def source_figures(subject: Subject) -> dict[str, int | float]:
    """Elements that print, by where they come from.

    ``elements_sourced``: with a source in the essay; ``elements_invented``: marked as written for
    this draft, a speech that plays a reported line too; ``elements_unmarked``: neither. Of the
    invented ones ``invented_speeches`` and ``invented_actions``.
    """
    trace = subject.trace
    if trace is None:
        return {}
    sourced = {piece.element for piece in trace.pieces if piece.sources}
    printed = {piece.element for piece in trace.pieces}
    invented = _invented(subject, trace, sourced)
    elements = subject.screenplay.elements
    return {
        "elements_sourced": len(sourced),
        "elements_invented": len(invented),
        "elements_unmarked": len(printed - sourced - invented),
        "invented_speeches": sum(isinstance(elements[at], Dialogue) for at in invented),
        "invented_actions": sum(isinstance(elements[at], Action) for at in invented),
    }


def length_figures(subject: Subject) -> dict[str, int | float]:
    """``pages``: printed ones, to a tenth."""
    return {"pages": printed_pages(subject)}


def _invented(subject: Subject, trace: Trace, sourced: set[int]) -> set[int]:
    """Elements marked as invented: speeches by themselves, others where nothing is sourced."""
    elements = subject.screenplay.elements
    return {
        piece.element
        for piece in trace.pieces
        if piece.invented
        and (piece.element not in sourced or isinstance(elements[piece.element], Dialogue))
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
