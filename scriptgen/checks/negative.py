"""Whether the page tells what nobody does, where that cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.report import Finding


def negative(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence that denies what no camera would miss: "He does not help".

    What stays undone to the eye or the ear may be told: "She doesn't answer", "Nobody moves".
    """
    for said in subject.faults["page_negative"]:
        yield subject.slip(
            said, "W_NEGATIVE", "what is not done cannot be filmed: say what is done instead"
        )
