"""Whether the page tells what cannot be seen or heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.report import Finding


def unfilmable(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence of thoughts, knowledge, memory, motive or what was before the scene."""
    for said in subject.faults["page_unfilmable"]:
        yield subject.slip(
            said,
            "W_UNFILMABLE",
            "no camera sees a thought, a reason or what was before: show it, have it said, "
            "or leave it out",
        )
