"""Whether the page is about the essay at all."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from scriptgen.brief import Status
from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
STEM = 5
"""Characters; longer words are compared by their beginnings, shorter ones not at all."""

FEWEST = 5
"""A page with fewer words to compare says nothing either way."""

STRANGE, STRANGE_WITHOUT_NAMES = 0.28, 0.42
STRANGE_SPACELESS = 0.12
"""Shares of the words of the smaller text that both have.

Measured on drafts of their own essays, pages of five strong replies among them: 0.50 and more, and
every named cast was met. On drafts of other essays in the same language: a median of 0.24.
"""

NAMES_ALONE, ENOUGH = 0.12, 12
"""Share of the words beside the names, of so many at least, where the page quotes no line.

Free drafts have 0.23 and more, but for one with a line of the essay 0.10; drafts of other essays
under these names 0.00 to 0.23, mostly 0.07.
"""

A_LINE = 3
"""Words of a spoken line that no other story has by chance."""


def ungrounded(subject: Subject) -> Iterator[Finding]:
    """Block a page that shares next to nothing with the essay: neither its names nor its words.

    The bar is higher where the essay names people and none of them is on the page; names alone make
    no draft.
    """
    answer = subject.answer
    if answer is None or not subject.headings:
        return
    page, essay = stems(subject.words), stems(words(answer.essay))
    if len(page) < FEWEST or not essay:
        return
    smaller = min(len(page), len(essay))
    share = len(page & essay) / smaller
    spaceless = sum(map(_is_spaceless, essay)) * 2 > len(essay)
    names = _names(subject)
    met, named = sum(not name.isdisjoint(subject.words) for name in names), len(names)
    bar = STRANGE_SPACELESS if spaceless else STRANGE
    strange = share < bar and met * 3 <= named
    if not spaceless and named and not met:
        strange = share < STRANGE_WITHOUT_NAMES
    elif not spaceless and met and not _quotes(subject):
        called = stems([word for name in names for word in name])
        rest, others = page - called, essay - called
        smaller = min(len(rest), len(others))
        few = len(rest & others) < NAMES_ALONE * smaller
        strange = strange or (few and smaller >= ENOUGH)
    if strange:
        yield Finding(
            code="E_OFF_TASK",
            severity=Severity.BLOCK,
            message="the page is not about the essay: it has "
            f"{met} of {named} names and {share:.0%} of the words",
        )


def stems(said: list[str]) -> set[str]:
    """What words are compared by: their beginnings, or pairs of signs where nothing parts words."""
    found = {word[:STEM] for word in said if len(word) >= STEM}
    pairs = pairwise(said)
    return found | {a + b for a, b in pairs if _is_spaceless(a) and _is_spaceless(b)}


def _is_spaceless(text: str) -> bool:
    return _SPACELESS.match(text) is not None


def _quotes(subject: Subject) -> bool:
    """Whether somebody on the page speaks a line of the essay."""
    return any(match.spots and len(words(match.text)) >= A_LINE for match in subject.lines.found)


def _names(subject: Subject) -> list[set[str]]:
    """The words of each name of the cast."""
    return [
        {word for word in words(person.name) if len(word) > 1}
        for person in subject.brief.characters
        if person.status is not Status.UNNAMED
    ]
