"""When a page is sent back to the model, and whether what comes back is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from scriptgen.checks.subject import shown
from scriptgen.layout.sentences import sentence_ends
from scriptgen.report import Severity
from scriptgen.screenplay import Dialogue, Note, Section, Synopsis
from scriptgen.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.report import Finding, Report
    from scriptgen.screenplay import Screenplay

GRAVE = (Severity.ERROR, Severity.BLOCK)

MENDABLE = MappingProxyType(
    {
        # what the essay gives and the page has lost, or the other way round
        "W_MOMENT_MISSING": 2,
        "W_TOLD_LOST": 2,
        "W_LINE_MUTED": 2,
        "W_EVENT_NEW": 2,
        "W_QUESTION_ANSWERED": 2,
        "W_NAME_INVENTED": 2,
        "W_SPEECH_WRITTEN": 2,
        "W_LINE_MISSING": 1,
        "W_LINE_ALTERED": 1,
        "W_LINE_SPOKEN": 1,
        "W_AGE": 1,
        "W_PASTED": 1,
        "W_LEAKED": 1,
        # what no camera and no crew can do anything with
        "W_COMMENTARY": 1,
        "W_ASIDE": 1,
        "W_NEGATIVE": 1,
        "W_FEELING": 1,
        "W_UNFILMABLE": 1,
        "W_CAMERA": 1,
        "W_TENSE": 1,
        "W_QUESTION": 1,
        "W_CUE_TWICE": 1,
        "W_ENDING": 1,
        "W_LEFTOVER": 1,
    }
)
"""Warnings that one small change mends, and how much each counts towards sending a page back.

Of the others most cannot be mended so (an order, a length, a speaker whom the essay may well have),
and some are a matter of taste.
"""

ENOUGH = 3
"""What such warnings have to count together; see docs/decisions/0019-one-pointed-revision.md."""

REWRITTEN = 0.25
"""The share of a page that a revision may change where nothing was said about it."""

EACH = 4
"""Sentences that mending one fault may bring in."""

FEWEST = 8
"""A page with fewer elements has too few for a share to tell."""

_KEPT = (("lines_kept", "spoken lines"), ("moments_played", "moments"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what the reader and the checks say about it.

    ``starts``: the index at which the elements of each part begin, where it was asked for in parts.
    """

    screenplay: Screenplay
    read: tuple[Finding, ...]
    report: Report
    starts: tuple[int, ...] = (0,)

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
    if share > REWRITTEN and len(before.screenplay.elements) >= FEWEST:
        return f"what came changed {share:.0%} of what nothing was said about"
    return None


def rewritten(before: Page, after: Page) -> float:
    """How much a revision changed that it was not asked to, as a share of all that stood there.

    Of the sentences in elements without a fault those that are gone, or of the sentences that are
    new those beyond `EACH` for every fault, whichever are more. A whole speech is one sentence,
    with its cue.
    """
    asked = faults(before.report)
    named = {each.element for each in asked}
    stood = list(_sentences(before.screenplay))
    told = list(_sentences(after.screenplay))
    if not stood:
        return 0.0
    now, then = {said for _, said in told}, {said for _, said in stood}
    gone = sum(at not in named and said not in now for at, said in stood)
    new = sum(said not in then for _, said in told) - EACH * len(asked)
    return max(gone, new) / len(stood)


def _sentences(page: Screenplay) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The words of each sentence that prints, with the index of its element."""
    for index, element in enumerate(page.elements):
        if isinstance(element, Note | Section | Synopsis):
            continue
        text = shown(element)
        ends = [] if isinstance(element, Dialogue) else sentence_ends(text, 0, len(text))
        for start, end in pairwise([0, *ends, len(text)]):
            said = tuple(words(text[start:end]))
            if said:
                yield index, said


def _counts(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING and finding.code in MENDABLE


def _warned(report: Report) -> int:
    return sum(MENDABLE[each.code] for each in report.findings if _counts(each))


def _errors(report: Report) -> Counter[str]:
    return Counter(each.code for each in report.findings if each.severity in GRAVE)
