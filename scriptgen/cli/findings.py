"""Findings as lines on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.cli import printing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.report import Finding

_COLOURS = {"info": "2", "warning": "33", "error": "31", "block": "1;31"}


LONGEST = 100
"""Characters of evidence that are shown."""


def tell_findings(where: str, findings: Iterable[Finding], *, with_evidence: bool = False) -> None:
    """Say each finding in a line, with its place and code, and if asked the words it is about."""
    for finding in findings:
        times = f" ({finding.count} times)" if finding.count > 1 else ""
        message = printing.one_line(finding.message)
        words = _words(finding, message) if with_evidence else ""
        printing.tell(
            finding.severity.value,
            f"{printing.shown_name(where)}: {message}{times}{words} [{finding.code}]",
            _COLOURS[finding.severity.value],
        )


def _words(finding: Finding, message: str) -> str:
    evidence = " ".join(printing.one_line(finding.evidence or "").split())
    if not evidence or evidence in message:
        return ""
    short = evidence if len(evidence) <= LONGEST else f"{evidence[: LONGEST - 1].rstrip()}\u2026"
    return f": \u201c{short}\u201d"
