"""When a page is sent back to the model, and whether what comes back is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from scriptgen.checks.subject import shown
from scriptgen.report import Severity
from scriptgen.screenplay import Note, Section, Synopsis
from scriptgen.wording import within, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.report import Finding, Report
    from scriptgen.screenplay import Screenplay

GRAVE = (Severity.ERROR, Severity.BLOCK)

MENDABLE = MappingProxyType(
    {
        "W_LINE_MISSING": 1,
        "W_LINE_ALTERED": 1,
    }
)
"""Warnings that one small change mends, and how much each counts towards sending a page back."""

ENOUGH = 3
"""What such warnings have to count together; see docs/decisions/0019-one-pointed-revision.md."""

REWRITTEN = 0.25
"""Of the elements that nothing was said about the share that a revision may change."""

_KEPT = (("lines_kept", "spoken lines"), ("moments_played", "moments"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what the reader and the checks say about it."""

    screenplay: Screenplay
    read: tuple[Finding, ...]
    report: Report

    @property
    def blocked(self) -> int:
        """Findings of severity block."""
        return sum(each.severity is Severity.BLOCK for each in self.report.findings)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Findings of severity block, of block or error, and what the mendable warnings count."""
        grave = sum(each.severity in GRAVE for each in self.report.findings)
        return self.blocked, grave, _warned(self.report)


def is_sent_back(report: Report) -> bool:
    """Whether a page is to be asked for again.

    Where a finding is an error or blocks, or where the mendable warnings count `ENOUGH`.
    """
    grave = any(each.severity in GRAVE for each in report.findings)
    return grave or _warned(report) >= ENOUGH


def faults(report: Report) -> list[Finding]:
    """What a revision is asked to mend, the most pressing first, else in the order of the page."""
    order = list(Severity)
    found = [each for each in report.findings if each.severity in GRAVE or _counts(each)]
    return sorted(
        found,
        key=lambda each: (
            -order.index(each.severity),
            -MENDABLE.get(each.code, 0),
            -1 if each.element is None else each.element,
        ),
    )


def why_not_kept(before: Page, after: Page) -> str | None:
    """Why a revision does not take the place of the page before, ``None`` where it does.

    It does where it has fewer blocks, then errors, then mendable warnings. But it may bring in no
    error of another kind, lose no line and no moment, and leave alone what nothing was said about.
    Where the page before is blocked and it is not, nothing else counts.
    """
    if after.blocked < before.blocked:
        return None
    if after.weight >= before.weight:
        return "what came was no better"
    brought = _errors(after.report) - _errors(before.report)
    if brought:
        return f"what came had another fault ({', '.join(sorted(brought))})"
    for figure, what in _KEPT:
        if after.report.figures.get(figure, 0) < before.report.figures.get(figure, 0):
            return f"what came had fewer of the essay's {what}"
    share = rewritten(before, after)
    if share > REWRITTEN:
        return f"what came changed {share:.0%} of what nothing was said about"
    return None


def rewritten(before: Page, after: Page) -> float:
    """Of the elements without a fault the share whose words are not on the page after."""
    named = {each.element for each in faults(before.report)}
    told = [said for at, said in _told(before.screenplay) if at not in named and said]
    hay = [word for _, said in _told(after.screenplay) for word in said]
    return sum(not within(said, hay) for said in told) / len(told) if told else 0.0


def _told(page: Screenplay) -> Iterator[tuple[int, list[str]]]:
    for index, element in enumerate(page.elements):
        if not isinstance(element, Note | Section | Synopsis):
            yield index, words(shown(element))


def _counts(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING and finding.code in MENDABLE


def _warned(report: Report) -> int:
    return sum(MENDABLE[each.code] for each in report.findings if _counts(each))


def _errors(report: Report) -> Counter[str]:
    return Counter(each.code for each in report.findings if each.severity in GRAVE)
