"""Whether the page tells what nobody does, where that cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def negative(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence that denies what no camera would miss: "He does not help".

    What stays undone to the eye or the ear may be told: "She doesn't answer", "Nobody moves".
    """
    for said in subject.faults["page_negative"]:
        yield Finding(
            code="W_NEGATIVE",
            severity=subject.of_taste,
            message="what is not done cannot be filmed: say what is done instead",
            element=said.element,
            evidence=said.text,
        )
