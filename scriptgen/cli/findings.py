"""Findings as lines on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.cli import printing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.report import Finding

_COLOURS = {"info": "2", "warning": "33", "error": "31", "block": "1;31"}


def tell_findings(where: str, findings: Iterable[Finding]) -> None:
    """Say each finding, with its place and code."""
    for finding in findings:
        times = f" ({finding.count} times)" if finding.count > 1 else ""
        message = printing.one_line(finding.message)
        printing.tell(
            finding.severity.value,
            f"{printing.shown_name(where)}: {message}{times} [{finding.code}]",
            _COLOURS[finding.severity.value],
        )
