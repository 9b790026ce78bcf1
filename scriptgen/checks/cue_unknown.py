"""Whether everybody who speaks is somebody of the essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.name_invented import cue_name
from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.known import Known
    from scriptgen.checks.subject import Subject


def cue_unknown(subject: Subject) -> Iterator[Finding]:
    """Name once each cue that fits no character, unless the draft may invent freely.

    A waiter who speaks needs no name: where the essay has one, he is somebody of it, and where it
    has none a strict draft gets a warning and a balanced one is told. A cue that is a name is
    `name_invented`'s. Where the brief has no cast, as in a language without a pack, nobody is
    unknown; without the essay at hand every cue that is not in the cast gets a warning.
    """
    cast, knows = subject.lines.cast, subject.known
    if subject.fidelity == "free" or not cast:
        return
    seen: dict[str, tuple[int, int]] = {}
    for index, dialogue, _ in subject.speeches:
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


def _is_of_essay(cue: str, knows: Known) -> bool:
    """Whether the essay has somebody of that kind: a cook of the two cooks, a child's voice."""
    kinds = [word for word in words(cue) if knows.means_person(word)]
    return (bool(kinds) and all(map(knows.has, kinds))) or any(map(knows.calls, words(cue)))
