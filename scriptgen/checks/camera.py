"""Whether the page directs the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import CueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.report import Finding


def camera(subject: Subject) -> Iterator[Finding]:
    """Warn of each sentence of action with a camera direction; cuts between scenes are free.

    Where the essay speaks of the camera it may, so many times, too.
    """
    spared = sum(cue.kind is CueKind.CAMERA for cue in subject.brief.cues)
    for said in subject.faults["page_camera"][spared:]:
        yield subject.slip(
            said, "W_CAMERA", "this directs the camera: tell what is seen; a new paragraph is a cut"
        )
