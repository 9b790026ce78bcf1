"""Whether the reply breaks off, though the server says that it is whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.checks.subject import words
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Dialogue, Heading, Speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

_BONEYARD = re.compile(r"/\*.*?(?:\*/|(\Z))", re.DOTALL)
_OPEN_NOTE = re.compile(r"\[\[(?:(?!\]\]).)*\Z", re.DOTALL)
_CLOSING = "*_\"'\u201d\u2019\u00bb)]\u300d\u300f\uff09 "
_COMMAS = ",\uff0c\u3001"
FEWEST, HABIT = 3, 0.9
"""Paragraphs that show how the page ends its paragraphs, and the share that has to agree."""

SHORT = 3
"""Words that may be a card or a label; such are cut off only inside a word."""


def unclosed(subject: Subject) -> Iterator[Finding]:
    """Block a page that ends in an open comment or note, under a heading, or inside a sentence.

    A paragraph without a mark at its end is cut off only where the others all have one; words in
    capitals, as on a card, need none.
    """
    answer = subject.answer
    if answer is None or not subject.headings:
        return
    cut = _cut(subject, answer.text)
    if cut is not None:
        what, evidence = cut
        yield Finding(
            code="E_TRUNCATED",
            severity=Severity.BLOCK,
            message=f"the reply breaks off: {what}",
            evidence=evidence[-80:],
        )


def _cut(subject: Subject, text: str) -> tuple[str, str] | None:
    if any(found[1] is not None for found in _BONEYARD.finditer(text)):
        return "a comment is not closed", text.rpartition("/*")[2]
    note = _OPEN_NOTE.search(text)
    if note:
        return "a note is not closed", note[0]
    last = subject.screenplay.elements[-1]
    if isinstance(last, Heading):
        return "nothing stands under its last heading", last.text
    endings = [ending for each in subject.screenplay.elements if (ending := _ending(each))]
    if not isinstance(last, Action | Dialogue) or not endings or not _open(endings[-1]):
        return None
    others = endings[:-1]
    closed = sum(not _open(each) for each in others)
    habit = len(others) >= FEWEST and closed >= HABIT * len(others)
    if habit and not _is_label(endings[-1], subject):
        return "its last sentence has no end", endings[-1]
    return None


def _is_label(text: str, subject: Subject) -> bool:
    """Whether these few words may stand without a mark: a card, an address, a line on a screen."""
    said = text.split()
    last = said[-1]
    if not last.isalpha():
        return text[-1] not in _COMMAS
    known = set(subject.words[:-1]) | set(words(subject.answer.essay if subject.answer else ""))
    begun = any(each != last and each.startswith(last) for each in known)
    cut = last.islower() and last not in known and begun
    return len(said) <= SHORT and not cut


def _ending(element: object) -> str:
    """What an action or a speech ends in; empty for words in capitals and everything else."""
    if isinstance(element, Action):
        text = element.text
    elif isinstance(element, Dialogue):
        spoken = [part.text for part in element.parts if isinstance(part, Speech)]
        text = spoken[-1] if spoken else ""
    else:
        return ""
    text = text.rstrip(_CLOSING)
    return "" if text == text.upper() != text.lower() else text


def _open(text: str) -> bool:
    return text[-1].isalnum() or text[-1] in _COMMAS
