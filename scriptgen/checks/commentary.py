"""Whether the page speaks like an essay about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.report import Finding


def commentary(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence about the audience, the film, its themes or what something means."""
    for said in subject.faults["page_commentary"]:
        yield subject.slip(
            said,
            "W_COMMENTARY",
            "this speaks about the film, its meaning or its audience: leave it out",
        )
