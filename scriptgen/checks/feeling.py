"""Whether the page names what somebody feels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def feeling(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence that names a feeling: "She is devastated", "Shame fills him".

    How something is done or looks may be told by a feeling: "smiles sadly", "an angry look".
    """
    for said in subject.faults["page_feeling"]:
        yield Finding(
            code="W_FEELING",
            severity=subject.of_taste,
            message="a feeling is named: show what the face, the hands or the voice do",
            element=said.element,
            evidence=said.text,
        )
