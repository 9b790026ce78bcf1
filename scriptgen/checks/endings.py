"""Whether the page ends once, on its last picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.layout.styled import styled
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Centered, Heading, Transition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.screenplay import Screenplay

LAST = 4
"""How many of the last elements that print are looked at for a title card."""
TAIL = 0.25
"""The last share of the page: a blackout before it parts two acts, one in it is an ending."""

_CARD = re.compile(
    r"(?:the )?end\W*$|fin\W*$|(?:end |main |roll |closing )?(?:title|credits?)(?: card)?(?:s)?\b"
    r"(?: (?:over|roll|up|on|in)\b)?\s*(?::|\W*$)|(?:super|superimpose|caption|text on screen)\s*:",
    re.IGNORECASE,
)
_BLACK = re.compile(
    r"(?:slow )?(?:fade|cut|smash cut|dissolve|snap|hard cut|smash) (?:out|to black)\b\W*$",
    re.IGNORECASE,
)


def endings(subject: Subject) -> Iterator[Finding]:
    """Warn of a title card at the end of a model's page, and of a scene after its blackout.

    A fade or a cut to black after the last picture is free. A person may end as they like, and
    where the language has no pack nothing is said.
    """
    pack = subject.pack
    if subject.writer != "model" or pack is None or not pack.known:
        return
    printed = _printed(subject.screenplay)
    for index, text in printed[-LAST:]:
        if _CARD.match(text):
            yield _finding(index, text, "a title card after the end: stop on the last picture")
    opened = len(printed) * (1 - TAIL)
    blackout = next((at for at, (_, text) in enumerate(printed) if _BLACK.match(text)), None)
    if blackout is None or blackout < opened:
        return
    after = [each for each in printed[blackout + 1 :] if not _is_end(each[1])]
    if after:
        index, text = after[0]
        yield _finding(index, text, "the page goes on after its end: keep one of the two endings")


def _printed(screenplay: Screenplay) -> list[tuple[int, str]]:
    """What stands on the page, speeches as empty texts."""
    found = []
    for index, element in enumerate(screenplay.elements):
        if isinstance(element, Action | Centered | Heading | Transition):
            found.append((index, styled(element.text).text.strip(" >*_")))
        elif element.type in ("dialogue", "lyrics"):
            found.append((index, ""))
    return found


def _is_end(text: str) -> bool:
    return bool(_CARD.match(text) or _BLACK.match(text))


def _finding(index: int, text: str, message: str) -> Finding:
    return Finding(
        code="W_ENDING",
        severity=Severity.WARNING,
        message=message,
        element=index,
        evidence=text,
    )
