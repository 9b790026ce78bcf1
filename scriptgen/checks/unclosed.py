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

SHORT_SIGNS = 8
"""The same in signs, where nothing parts words."""

ALIKE = 3
"""Words that the page and a sentence of the essay end in: then nothing is cut off."""

_ASIDE = re.compile(r"\s*\([^()]*\)\Z")
_BROKEN_OFF = re.compile(
    r"(?:\.{3}|\u2026)?\s*[\[(\uff08\u3010](?=[^\[\]()]*(?:\b(?:omitted|truncated|cut off"
    r"|next (?:message|part|reply|response)|for (?:length|brevity)"
    r"|(?:remaining|further) (?:scenes|pages)|rest of the (?:scene|script|page|screenplay|draft)"
    r"|to be continued|\u00e0 suivre|continuar\u00e1)\b|\u672a\u5b8c|\u5f85\u7eed))"
    r"[^\[\]()]*[\])\uff09\u3011]\W*",
    re.IGNORECASE,
)
"""A line in brackets that says that more would follow."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"\u201d'\u2019)]?\s+")


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
    if isinstance(last, Dialogue) and not any(isinstance(each, Speech) for each in last.parts):
        return "nothing is said under its last cue", last.cue
    if isinstance(last, Action):
        below = last.text.rpartition("\n")[2].strip()
        if _is_cue(below, subject) or _is_cue(_ASIDE.sub("", last.text), subject):
            return "nothing is said under its last cue", last.text
        if _BROKEN_OFF.fullmatch(below):
            return "it says that it does", below
    endings = [ending for each in subject.screenplay.elements if (ending := _ending(each))]
    if not isinstance(last, Action | Dialogue) or not endings or not _open(endings[-1]):
        return None
    others = endings[:-1]
    closed = sum(not _open(each) for each in others)
    habit = len(others) >= FEWEST and closed >= HABIT * len(others)
    if habit and not _is_label(endings[-1], subject):
        return "its last sentence has no end", endings[-1]
    return None


def _is_cue(text: str, subject: Subject) -> bool:
    """Whether it is somebody who speaks on the page, or a name of the cast in capitals."""
    if any(text == each.cue for _, each, _ in subject.speeches):
        return True
    said = set(words(text))
    people = subject.brief.characters
    return text.isupper() and any(said <= set(words(person.cue)) for person in people)


def _is_label(text: str, subject: Subject) -> bool:
    """Whether these few words may stand without a mark: a card, an address, a line on a screen."""
    said = _SENTENCE_END.split(text)[-1].split()
    last = said[-1]
    if not last.isalpha():
        return text[-1] not in _COMMAS
    essay = subject.answer.essay if subject.answer else ""
    if _ends_alike(said, essay):
        return True
    known = set(subject.words[:-1]) | set(words(essay))
    begun = any(each != last and each.startswith(last) for each in known)
    cut = last.islower() and last not in known and begun
    return len(said) <= SHORT and len(words(" ".join(said))) <= SHORT_SIGNS and not cut


def _ends_alike(said: list[str], essay: str) -> bool:
    """Whether a sentence of the essay ends in these last words."""
    if len(said) < ALIKE:
        return False
    tail = r"\s+".join(map(re.escape, said[-ALIKE:]))
    return re.search(rf"\b{tail}[.!?]", essay, re.IGNORECASE) is not None


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
