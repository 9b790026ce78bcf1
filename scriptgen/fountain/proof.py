"""Proofreading of single texts: the words a page can hold, and a finding for each that changed."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from scriptgen.fountain.characters import holdable, normal
from scriptgen.fountain.emphasis import plain, settled, unmarked
from scriptgen.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_EVIDENCE = 200

_SUSPECT = re.compile(r"\[\[|\]\]|[*_\\]|(?<!\S)TO:|[\ud800-\udfff\ue700-\ue706\ufffe\uffff]")
_OPEN_NOTE = re.compile(r"\[(?=\[)")
_CLOSED_NOTE = re.compile(r"\](?=\])")
_OPEN_BONEYARD = re.compile(r"/(?=\*)")
_CLOSED_BONEYARD = re.compile(r"\*(?=/)")
_BLANKS = re.compile(r"\s{2,}|\n")


class To(Enum):
    """Where ``TO:`` makes a transition of a line: nowhere, anywhere, or at its end alone."""

    KEPT = re.compile(r"(?!)")
    CURED = re.compile(r"(?<!\S)TO:")
    LAST = re.compile(r"(?<!\S)TO:(?= *$)", re.MULTILINE)


class Proof:
    """Collects the findings of one screenplay; ``element`` is the index they are about."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.element: int | None = None

    def changed(self, message: str, before: str, *, severity: Severity = Severity.WARNING) -> None:
        """Record that the words ``before`` are not printed as they stand."""
        evidence = before if len(before) <= LONGEST_EVIDENCE else before[:LONGEST_EVIDENCE] + "…"
        self.findings.append(
            Finding(
                code="W_REWORDED",
                severity=severity,
                message=message,
                element=self.element,
                evidence=holdable(evidence),
            )
        )

    def lost(self, message: str, before: str) -> None:
        """Record that the words ``before`` are in no element that is printed."""
        self.element = None
        self.changed(message, before)

    def worded(self, text: str, *, to: To = To.CURED) -> str:
        """``text`` with nothing in it that would open a note or a boneyard or end a scene.

        Line ends are kept.
        """
        text = normal(text)
        if not _SUSPECT.search(text):
            return text
        new = holdable(text)
        if new != text:
            self.changed("characters that no file can hold were replaced", text)
        text, new = new, _CLOSED_NOTE.sub("] ", _OPEN_NOTE.sub("[ ", new))
        if new != text:
            self.changed("double brackets were parted: they would open a note", text)
        text = settled(new)
        new = _CLOSED_BONEYARD.sub("* ", _OPEN_BONEYARD.sub("/ ", text))
        if new != text:
            self.changed("a slash and a star were parted: they would open a boneyard", text)
        pattern: re.Pattern[str] = to.value
        cured = pattern.sub("to:", new)
        if cured != new:
            self.changed("TO: became to:, since it would read as a transition", new)
        return cured

    def lines(self, text: str, *, to: To = To.CURED) -> list[str]:
        """The lines of ``text`` as `worded`, stripped, without empty ones."""
        return [line for line in map(str.strip, self.worded(text, to=to).split("\n")) if line]

    def line(self, text: str, *, to: To = To.CURED) -> str:
        """``text`` as `worded`, on one line."""
        return joined(self.worded(text, to=to))

    def unmarked(self, text: str) -> str:
        """A settled text without emphasis."""
        new = unmarked(text)
        if new != text:
            self.changed("emphasis was taken out of a line that cannot hold it", text)
            return self.line(new)
        return text


def joined(text: str) -> str:
    """``text`` on one line, its runs of blanks made single ones."""
    text = text.strip()
    return _BLANKS.sub(" ", text) if _BLANKS.search(text) else text


def quoted(line: str, end: int) -> str:
    """``line`` with its first ``end`` characters in quotation marks."""
    return f'"{line[:end]}"{line[end:]}'


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` would be seen."""
    return not plain(text).strip()


def caps(text: str) -> str:
    """``text`` in capitals, as every parser would write them."""
    return normal(text.upper())


def paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """``lines`` parted at the empty ones."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]
