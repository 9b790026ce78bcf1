"""Checks of a draft, by code alone: of the page as it stands, and against its essay's brief.

One rule per file. A draft that keeps to its essay raises nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import SceneBrief
from scriptgen.checks import (
    age_given,
    aside,
    camera,
    canary,
    commentary,
    cue_twice,
    cue_unknown,
    echo,
    endings,
    event_new,
    feeling,
    first_name,
    foreign,
    heading_form,
    heading_place,
    leaked,
    leftovers,
    length,
    line_altered,
    line_given_away,
    line_missing,
    line_muted,
    line_spoken,
    long_action,
    moment_missing,
    moment_order,
    name_invented,
    negative,
    off_task,
    other_language,
    other_place,
    other_time,
    parenthetical,
    pasted,
    prompt_leak,
    question,
    question_answered,
    repetition,
    speech_written,
    tense,
    told_lost,
    unclosed,
    unfilmable,
    ungrounded,
)
from scriptgen.checks.figures import essay_figures, page_figures
from scriptgen.checks.other_language import UNKNOWN
from scriptgen.checks.subject import Answer, Fidelity, Subject, Writer
from scriptgen.report import Report

if TYPE_CHECKING:
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay
    from scriptgen.trace import Trace

__all__ = ["Answer", "Fidelity", "Subject", "Writer", "check_screenplay"]

PAGE_RULES = (
    off_task.off_task,
    commentary.commentary,
    aside.aside,
    negative.negative,
    feeling.feeling,
    unfilmable.unfilmable,
    camera.camera,
    tense.tense,
    question.question,
    long_action.long_action,
    cue_twice.cue_twice,
    parenthetical.parenthetical,
    heading_form.heading_form,
    heading_place.heading_place,
    endings.endings,
    leftovers.leftovers,
    first_name.first_name,
)
"""The rules about a page as it stands, with or without an essay."""

ESSAY_RULES = (
    ungrounded.ungrounded,
    other_language.other_language,
    repetition.repetition,
    echo.echo,
    unclosed.unclosed,
    foreign.foreign,
    canary.canary,
    prompt_leak.prompt_leak,
    line_missing.line_missing,
    line_altered.line_altered,
    line_given_away.line_given_away,
    line_spoken.line_spoken,
    line_muted.line_muted,
    speech_written.speech_written,
    cue_unknown.cue_unknown,
    age_given.age_given,
    name_invented.name_invented,
    moment_missing.moment_missing,
    told_lost.told_lost,
    moment_order.moment_order,
    event_new.event_new,
    other_place.other_place,
    other_time.other_time,
    question_answered.question_answered,
    pasted.pasted,
    leaked.leaked,
    length.length,
)
"""The rules about what a page does to its essay."""

RULES = (*PAGE_RULES, *ESSAY_RULES)
"""Every rule, in the order of their findings. A rule takes a `Subject` and yields findings."""


def check_screenplay(
    screenplay: Screenplay,
    brief: SceneBrief | None,
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

    ``brief``: ``None`` where there is no essay; only the rules about the page run then, and the
    figures of an essay are left out. ``answer``: where the draft is a model's, its text and what
    was asked; the rules about obedience and leaks need it. The rest is as `Subject` has it.
    Figures: as `scriptgen.checks.figures` names them.
    """
    rules = PAGE_RULES if brief is None else RULES
    known = brief or SceneBrief(essay_id="", language=pack.code if pack else UNKNOWN)
    subject = Subject(screenplay, known, fidelity, answer, essay, pack, trace, pages, writer)
    findings = tuple(finding for rule in rules for finding in rule(subject))
    figures = page_figures(subject)
    if brief is not None:
        figures |= essay_figures(subject)
    return Report(findings=findings, figures=figures)
