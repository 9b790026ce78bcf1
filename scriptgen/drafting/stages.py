"""What the stages before the page have to say about an essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack

THIN = 3
"""Fewer beats than this hardly make a scene."""

LONGEST_CUE = 40


def stage_findings(essay: Essay, brief: SceneBrief, pack: LanguagePack) -> Iterator[Finding]:
    """Warnings about what the parser had to work with and what it found."""
    if not pack.known:
        yield _warning("W_LANGUAGE", f"there is no language pack for {essay.language!r}")
    if len(brief.beats) < THIN:
        yield _warning("W_THIN_SOURCE", f"{len(brief.beats)} moments that can be filmed were found")
    if not brief.characters:
        yield _warning("W_NO_CHARACTERS", "no character was found")
    for character in brief.characters:
        if len(character.name) > LONGEST_CUE:
            yield _warning(
                "W_LONG_NAME",
                f"a name of {len(character.name)} characters is {character.cue} in its cue",
                character.name[:200],
            )
    for flag in brief.flags:
        evidence = " / ".join(span.text for span in flag.evidence)
        yield _warning("W_CONFLICT", flag.message, evidence or None)


def _warning(code: str, message: str, evidence: str | None = None) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message, evidence=evidence)
