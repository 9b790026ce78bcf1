"""Checks of a draft against the essay's brief, by code alone.

One rule per file. A draft that keeps to its essay raises nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks import (
    canary,
    cue_unknown,
    echo,
    foreign,
    line_missing,
    line_spoken,
    off_task,
    other_language,
    prompt_leak,
    repetition,
    unclosed,
    ungrounded,
)
from scriptgen.checks.figures import figures
from scriptgen.checks.subject import Answer, Subject
from scriptgen.report import Report

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.checks.subject import Fidelity, Writer
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay
    from scriptgen.trace import Trace

__all__ = ["Answer", "Subject", "check_screenplay"]

RULES = (
    off_task.off_task,
    ungrounded.ungrounded,
    other_language.other_language,
    repetition.repetition,
    echo.echo,
    unclosed.unclosed,
    foreign.foreign,
    canary.canary,
    prompt_leak.prompt_leak,
    line_missing.line_missing,
    line_spoken.line_spoken,
    cue_unknown.cue_unknown,
)
"""Every rule, in the order of their findings. A rule takes a `Subject` and yields findings."""


def check_screenplay(
    screenplay: Screenplay,
    brief: SceneBrief,
    *,
    fidelity: Fidelity = "balanced",
    answer: Answer | None = None,
    essay: Essay | None = None,
    pack: LanguagePack | None = None,
    trace: Trace | None = None,
    pages: int | None = None,
    writer: Writer = "model",
) -> Report:
    """What a draft does to its essay: findings and figures.

    ``answer``: where the draft is a model's, its text and what was asked; the rules about
    obedience and leaks need it. The rest is as `Subject` has it. Figures: ``elements``,
    ``scenes``, ``speeches``, and of the essay's spoken lines ``lines_spoken`` (all) and
    ``lines_kept`` (found in the draft).
    """
    subject = Subject(screenplay, brief, fidelity, answer, essay, pack, trace, pages, writer)
    findings = tuple(finding for rule in RULES for finding in rule(subject))
    return Report(findings=findings, figures=figures(subject))
