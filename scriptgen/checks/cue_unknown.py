"""Whether everybody who speaks is somebody of the essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Character
    from scriptgen.checks.subject import Subject


def cue_unknown(subject: Subject) -> Iterator[Finding]:
    """Warn once of each cue that fits no character, unless the draft may invent freely.

    A cue fits when all its words are in one form of a character's name, or the other way round.
    Where the brief has no cast, as in a language without a pack, nobody is unknown.
    """
    known = [form for character in subject.brief.characters for form in _forms(character)]
    if subject.fidelity == "free" or not known:
        return
    seen: dict[str, tuple[int, int]] = {}
    for index, dialogue, _ in subject.speeches:
        first, count = seen.get(dialogue.cue, (index, 0))
        seen[dialogue.cue] = first, count + 1
    for cue, (first, count) in seen.items():
        said = frozenset(words(cue))
        if not any(said <= form or form <= said for form in known):
            yield Finding(
                code="W_CUE_UNKNOWN",
                severity=Severity.WARNING,
                message=f"{cue} speaks and is not in the essay's cast",
                element=first,
                evidence=cue,
                count=count,
            )


def _forms(character: Character) -> list[frozenset[str]]:
    texts = [character.name, character.cue, *(alias.text for alias in character.aliases)]
    return [form for form in (frozenset(words(text)) for text in texts) if form]
