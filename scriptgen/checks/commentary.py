"""Whether the page speaks like an essay about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def commentary(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence about the audience, the film, its themes or what something means."""
    for said in subject.faults["page_commentary"]:
        yield Finding(
            code="W_COMMENTARY",
            severity=subject.of_taste,
            message="this speaks about the film, its meaning or its audience: leave it out",
            element=said.element,
            evidence=said.text,
        )
