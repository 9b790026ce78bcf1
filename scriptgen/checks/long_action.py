"""Whether a paragraph of action is longer than a page bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.layout.styled import styled
from scriptgen.layout.wrapping import lines
from scriptgen.report import Finding
from scriptgen.screenplay import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

WIDTH = 60
MOST = 4
"""Lines of a paragraph. Guides to screenwriting say three to five; four is David Trottier's measure
(*The Screenwriter's Bible*)."""


def long_action(subject: Subject) -> Iterator[Finding]:
    """Warn of each paragraph of action with more than `MOST` lines of `WIDTH` characters.

    Lines that the writer broke are counted apart, as a list or a sign in capitals has many.
    """
    for index, element in enumerate(subject.screenplay.elements):
        if not isinstance(element, Action):
            continue
        text = styled(element.text).text
        most = max(sum(1 for _ in lines(part, 0, WIDTH)) for part in text.split("\n"))
        if most > MOST:
            yield Finding(
                code="W_LONG_ACTION",
                severity=subject.of_taste,
                message=f"a paragraph of {most} lines: break it where the picture changes",
                element=index,
                evidence=text[:WIDTH].rsplit(" ", 1)[0],
            )
