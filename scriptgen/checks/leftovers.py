"""Whether a model left its notes on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.checks.subject import shown
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Centered, Dialogue, Heading, Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

_BRACKETED = re.compile(
    r"\[[^\[\]\n]{1,200}\]|\((?:note|nb|todo|tbd|beat b?\d+|b\d\d|d\d\d)\b[^()\n]*\)", re.IGNORECASE
)
_FREE = re.compile(
    r"\[(?:continuous|cont'?d|later|flashback|present(?: day)?|same|v\.?o\.?|o\.?s\.?|\d{4})\W?\]",
    re.IGNORECASE,
)
_BOOKKEEPING = re.compile(
    r"(?:(?:[bdp]\d{1,3}|new|invented|added|beats?|lines?|moments?|source)\b[\s,;:.+-]*)+$"
    r"|(?:todo|tbd|placeholder|insert|as an ai)\b",
    re.IGNORECASE,
)


def leftovers(subject: Subject) -> Iterator[Finding]:
    """Warn of notes in brackets on a model's page: ids, placeholders, remarks to the reader.

    A note to the writer is free, one that keeps books is not. A person's notes and the offline
    writer's are meant.
    """
    if subject.writer != "model":
        return
    for index, element in enumerate(subject.screenplay.elements):
        if isinstance(element, Note):
            found = element.text if _BOOKKEEPING.match(element.text) else None
        elif isinstance(element, Action | Centered | Heading | Dialogue):
            match = next(
                (m for m in _BRACKETED.finditer(shown(element)) if not _FREE.match(m[0])), None
            )
            found = match[0] if match else None
        else:
            continue
        if found:
            yield Finding(
                code="W_LEFTOVER",
                severity=Severity.WARNING,
                message="a note in brackets was left on the page: leave it out",
                element=index,
                evidence=found,
            )
