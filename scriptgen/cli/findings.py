"""Findings as lines on standard error."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.cli import printing
from scriptgen.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scriptgen.report import Finding

_COLOURS = {"info": "2", "warning": "33", "error": "31", "block": "1;31"}


LONGEST = 100
"""Characters of evidence that are shown."""

LONGEST_HEADING = 60

MOST = 12
"""Findings of a draft that are told one by one, the gravest first."""


def tell_findings(where: str, findings: Iterable[Finding], *, with_evidence: bool = False) -> None:
    """Say each finding in a line, with its place and code, and if asked the words it is about."""
    for finding in findings:
        printing.tell(
            finding.severity.value,
            f"{printing.shown_name(where)}: {_told(finding, with_evidence=with_evidence)}",
            _COLOURS[finding.severity.value],
        )


def tell_gravest(where: str, findings: Sequence[Finding]) -> None:
    """Say the gravest findings of a draft one by one, each in its scene; of the rest how many."""
    order = list(Severity)
    gravest = sorted(findings, key=lambda finding: -order.index(finding.severity))
    tell_findings(where, gravest[:MOST], with_evidence=True)
    rest = gravest[MOST:]
    if rest:
        name = printing.shown_name(where)
        printing.note(f"{name}: and {printing.counted(len(rest), 'more finding')}: {grouped(rest)}")


def finding_told(finding: Finding) -> str:
    """One finding in a line: its scene, what it says, its words and its code."""
    return _told(finding, with_evidence=True)


def grouped(findings: Iterable[Finding]) -> str:
    """The codes of findings, each with how many there are, the most frequent first."""
    counts = Counter(finding.code for finding in findings)
    return ", ".join(
        f"{times} {code}" if times > 1 else code for code, times in counts.most_common()
    )


def _told(finding: Finding, *, with_evidence: bool) -> str:
    times = f" ({finding.count} times)" if finding.count > 1 else ""
    scene = _cut(printing.one_line(finding.scene or ""), LONGEST_HEADING)
    message = printing.one_line(finding.message)
    words = _words(finding, message) if with_evidence else ""
    return f"{scene}{': ' if scene else ''}{message}{times}{words} [{finding.code}]"


def _words(finding: Finding, message: str) -> str:
    evidence = " ".join(printing.one_line(finding.evidence or "").split())
    if not evidence or evidence in message:
        return ""
    return f": \u201c{_cut(evidence, LONGEST)}\u201d"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}\u2026"
