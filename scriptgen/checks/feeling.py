"""Whether the page names what somebody feels."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.report import Finding


def feeling(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence that names a feeling: "She is devastated", "Shame fills him".

    How something is done or looks may be told by a feeling: "smiles sadly", "an angry look".
    """
    for said in subject.faults["page_feeling"]:
        yield subject.slip(
            said, "W_FEELING", "a feeling is named: show what the face, the hands or the voice do"
        )
