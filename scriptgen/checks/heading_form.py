"""Whether scene headings say inside or outside, where, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.fountain.headings import told
from scriptgen.layout.styled import styled
from scriptgen.report import Finding
from scriptgen.screenplay import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.language import LanguagePack

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_PARTED = re.compile(r"\s[-\u2013\u2014/]+\s|\u2014|--|[,(\[]")


def heading_form(subject: Subject) -> Iterator[Finding]:
    """Tell of each scene heading that lacks its setting, its place or its time.

    As Fountain and the trade have it: ``INT. KITCHEN - NIGHT``. The offline writer gives no time
    that the essay does not give.
    """
    pack = subject.pack
    if pack is None or not pack.known:
        return
    for index, element in enumerate(subject.screenplay.elements):
        if not isinstance(element, Heading):
            continue
        text = styled(element.text).text
        lacks = _lacks(text, pack)
        if lacks == "a time of day" and subject.writer == "offline":
            continue
        if lacks:
            yield Finding(
                code="W_HEADING",
                severity=subject.of_taste,
                message=f"the heading has no {lacks.removeprefix('a ')}: write it as "
                "INT. or EXT., a place, a dash, a time of day",
                element=index,
                evidence=text,
            )


def _lacks(text: str, pack: LanguagePack) -> str | None:
    parts = told(text)
    if parts.setting is None:
        return "INT. or EXT."
    if not parts.place:
        return "place"
    if parts.time is None and not _has_time(text, pack):
        return "a time of day"
    return None


def _has_time(text: str, pack: LanguagePack) -> bool:
    """Whether behind a dash, a comma or a bracket stands a time, a year, or that none is known."""
    for part in _PARTED.split(text)[1:]:
        for word in _WORD.findall(part.lower()):
            if word[0].isdigit() or pack.is_word("heading_times", word):
                return True
            if pack.is_word("heading_no_times", word):
                return True
    return False
