"""What is to be said about an essay or a draft: findings and figures."""

from __future__ import annotations

from enum import StrEnum

from scriptgen.values import Value


class Severity(StrEnum):
    """How much a finding weighs.

    ``block``: nothing is published. ``error``: published, and the exit code is 1.
    """

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    BLOCK = "block"


class Finding(Value):
    """One thing to know.

    ``code`` is a key of `scriptgen.errors.CODES`; ``element`` the index of the screenplay
    element it is about (``None`` for the whole); ``evidence`` the text that shows it;
    ``count`` how often it was met; ``scene`` the heading that the element stands under (``None``
    for the whole, before the first heading, and where nobody has looked).
    """

    code: str
    severity: Severity
    message: str
    element: int | None = None
    evidence: str | None = None
    count: int = 1
    scene: str | None = None


class Report(Value):
    """Findings and named figures of one draft: counts, shares between 0 and 1, or ``_per_100``."""

    findings: tuple[Finding, ...] = ()
    figures: dict[str, int | float] = {}

    def worst(self) -> Severity | None:
        """The gravest severity among the findings, ``None`` where there are none."""
        order = list(Severity)
        return max((f.severity for f in self.findings), key=order.index, default=None)

    def telling(self) -> tuple[Finding, ...]:
        """The findings that are more than information."""
        return tuple(each for each in self.findings if each.severity is not Severity.INFO)
