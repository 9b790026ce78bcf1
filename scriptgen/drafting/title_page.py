"""The title page: what the draft is, who wrote it, and from what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity
from scriptgen.screenplay import TitleField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scriptgen.brief import SceneBrief
    from scriptgen.checks import Writer
    from scriptgen.essay import Essay
    from scriptgen.screenplay import Screenplay

LONGEST = 200
"""Characters in one line of the title page."""

UNTITLED = "Untitled"


_CREDIT = "Draft written by scriptgen ("
_BY_MODEL = f"Credit: {_CREDIT}model "
_WRITERS: Mapping[str, Writer] = {f"{_CREDIT}model ": "model", f"{_CREDIT}offline)": "offline"}
_LONGEST_HEAD = 2_000
"""Characters of a draft within which its credit stands."""


def title_page(
    essay: Essay, brief: SceneBrief, *, model: str | None
) -> tuple[tuple[TitleField, ...], tuple[Finding, ...]]:
    """The fields, and ``W_LONG_TITLE`` where the title was cut.

    The same essay gives the same page each time, so there is no date and no file name on it.
    """
    title = _line(brief.title.text if brief.title else essay.meta.title or "")
    fields = [
        TitleField(key="Title", lines=(_cut(title) or UNTITLED,)),
        TitleField(
            key="Credit",
            lines=(_cut(f"{_CREDIT}{f'model {model}' if model else 'offline'})"),),
        ),
    ]
    source = _source(essay, title)
    if source:
        fields.append(TitleField(key="Source", lines=(source,)))
    findings: tuple[Finding, ...] = ()
    if len(title) > LONGEST:
        findings = (
            Finding(
                code="W_LONG_TITLE",
                severity=Severity.WARNING,
                message=f"the title has {len(title):,} characters; the title page gets {LONGEST}",
                evidence=title[:LONGEST],
            ),
        )
    return tuple(fields), findings


def credited_model(draft: str) -> str | None:
    """The model that the title page of a draft of ours names, ``None`` where none wrote it."""
    lines = draft[:_LONGEST_HEAD].partition("\n\n")[0].split("\n")
    credit = next((line for line in lines if line.startswith(_BY_MODEL)), None)
    return credit and credit.removeprefix(_BY_MODEL).removesuffix(")")


def credited_writer(screenplay: Screenplay) -> Writer:
    """Who wrote a draft by its title page; a person, where it is none of ours."""
    for field in screenplay.title_page:
        for begin, writer in _WRITERS.items():
            if any(line.startswith(begin) for line in field.lines):
                return writer
    return "person"


def _source(essay: Essay, title: str) -> str:
    named = _line(essay.meta.title or "")
    author = _line(essay.meta.author or "")
    told = f"the essay \u201c{_cut(named)}\u201d" if named and named != title else "an essay"
    if author:
        told += f" by {author}"
    return _cut(f"Based on {told}") if told != "an essay" else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "\u2026"
