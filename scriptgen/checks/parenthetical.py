"""Whether parentheticals are short, and say how the words are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.layout.styled import styled
from scriptgen.layout.wrapping import lines
from scriptgen.report import Finding
from scriptgen.screenplay import Dialogue, Parenthetical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

WIDTH = 24
MOST = 2
"""Lines of a parenthetical as wide as the page sets it; more is a paragraph of action."""


def parenthetical(subject: Subject) -> Iterator[Finding]:
    """Warn of each parenthetical that takes more than `MOST` lines of `WIDTH` characters."""
    for index, element in enumerate(subject.screenplay.elements):
        if not isinstance(element, Dialogue):
            continue
        for part in element.parts:
            if not isinstance(part, Parenthetical):
                continue
            text = styled(part.text).text
            if sum(1 for _ in lines(f"({text})", 0, WIDTH, hang=1)) > MOST:
                yield Finding(
                    code="W_PARENTHETICAL",
                    severity=subject.of_taste,
                    message="a parenthetical says how the words are said, in a few words: make "
                    "what is done a paragraph of action",
                    element=index,
                    evidence=text,
                )
