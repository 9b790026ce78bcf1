"""Whether the page directs the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import CueKind
from scriptgen.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def camera(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence of action with a camera direction; cuts between scenes are free.

    Where the essay speaks of the camera it may, so many times, too.
    """
    spared = sum(cue.kind is CueKind.CAMERA for cue in subject.brief.cues)
    for said in subject.faults["page_camera"][spared:]:
        yield Finding(
            code="W_CAMERA",
            severity=subject.of_taste,
            message="this directs the camera: tell what is seen; a new paragraph is a cut",
            element=said.element,
            evidence=said.text,
        )
