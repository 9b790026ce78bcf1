"""Whether everybody who speaks is somebody of the essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.name_invented import cue_name
from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.known import Known
    from scriptgen.checks.subject import Subject
    from scriptgen.values import Span

BESIDE = 60
"""Signs of the essay beside a line in which it can tell who says it."""


def cue_unknown(subject: Subject) -> Iterator[Finding]:
    """Name once each cue that fits no character, unless the draft may invent freely.

    A waiter who speaks needs no name: where the essay has one, he is somebody of it, and where it
    has none a strict draft gets a warning and a balanced one is told. A cue that is a name is
    `name_invented`'s. Whom the essay has beside the line that is said, if only as a voice, is
    somebody of it. Where the brief has no cast, as in a language without a pack, nobody is
    unknown; without the essay at hand every cue that is not in the cast gets a warning.
    """
    cast, knows = subject.lines.cast, subject.known
    if subject.fidelity == "free" or not cast:
        return
    seen: dict[str, tuple[int, int]] = {}
    spans = {line.id: line.span for line in subject.brief.lines}
    for index, dialogue, _ in subject.speeches:
        if any(_is_beside(dialogue.cue, spans[s], subject) for s in dialogue.sources if s in spans):
            continue
        first, count = seen.get(dialogue.cue, (index, 0))
        seen[dialogue.cue] = first, count + 1
    for cue, (first, count) in seen.items():
        if cast.may_mean(cue) or not words(cue):
            continue
        if knows and (cue_name(cue, knows) or _is_of_essay(cue, knows)):
            continue
        minor = knows is not None and subject.fidelity == "balanced"
        yield Finding(
            code="W_CUE_UNKNOWN",
            severity=Severity.INFO if minor else Severity.WARNING,
            message=f"{cue} speaks and is not in the essay's cast: let somebody of the essay "
            "speak, or nobody",
            element=first,
            evidence=cue,
            count=count,
        )


def _is_beside(cue: str, line: Span, subject: Subject) -> bool:
    """Whether the words of a cue stand in the essay beside a line: ``says a voice``."""
    if subject.essay is None:
        return False
    text = subject.essay.text
    around = (
        f"{text[max(0, line.start - BESIDE) : line.start]}\n{text[line.end : line.end + BESIDE]}"
    )
    return within(words(cue), words(around))


def _is_of_essay(cue: str, knows: Known) -> bool:
    """Whether the essay has somebody of that kind: a cook of the two cooks, a child's voice."""
    kinds = [word for word in words(cue) if knows.means_person(word)]
    return (bool(kinds) and all(map(knows.has, kinds))) or any(map(knows.calls, words(cue)))
