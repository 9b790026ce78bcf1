"""Whether something is spoken aloud that nobody hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity
from scriptgen.spoken import spoken_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

_SILENT = (LineKind.IMAGINED, LineKind.UNHEARD)
_TELLING_WORDS = 3
"""A shorter line, such as "No", is only meant where a whole speech says nothing else."""


def line_spoken(subject: Subject) -> Iterator[Finding]:
    """Name each imagined or unheard line that is somebody's speech, an error whatever the fidelity.

    Words that the essay also has spoken may be spoken.
    """
    aloud = [words(line.text) for line in spoken_lines(subject.brief)]
    for line in subject.brief.lines:
        silent = words(line.text)
        if line.kind not in _SILENT or not silent or any(within(silent, each) for each in aloud):
            continue
        for index, dialogue, said in subject.speeches:
            if said == silent or (len(silent) >= _TELLING_WORDS and within(silent, said)):
                yield Finding(
                    code="W_LINE_SPOKEN",
                    severity=Severity.ERROR,
                    message=f"{dialogue.cue} speaks line {line.id}, which is {line.kind}",
                    element=index,
                    evidence=line.text,
                )
                break
