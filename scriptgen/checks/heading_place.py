"""Whether a crew could find the place and the time of each scene."""

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

_WORD = re.compile(r"[^\W_]+(?:['/][^\W_]+)*")
_LAST = re.compile(r"\s[-\u2013\u2014]+\s")
_OWNER = re.compile(r"(?:'s?|s')$")


def heading_place(subject: Subject) -> Iterator[Finding]:
    """Warn of each heading with a place or a time that is in no world: ``INT. SOMEWHERE``.

    Not of the offline writer's, which says so where the essay names no place.
    """
    pack = subject.pack
    if pack is None or subject.writer == "offline":
        return
    for index, element in enumerate(subject.screenplay.elements):
        if not isinstance(element, Heading):
            continue
        text = styled(element.text).text
        if _is_lost(text.replace("\u2019", "'"), pack):
            yield Finding(
                code="W_HEADING_PLACE",
                severity=subject.of_taste,
                message="no crew could find this place or time: choose the plainest real one "
                "that fits",
                element=index,
                evidence=text,
            )


def _is_lost(text: str, pack: LanguagePack) -> bool:
    parts = told(text)
    first, *others = _LAST.split(parts.place)
    words = [word for word in _WORD.findall(first.lower()) if not pack.is_word("articles", word)]
    if not words:
        return False
    alone = len(words) == 1 or all(pack.is_word("heading_vague", word) for word in words[:-1])
    if alone and pack.is_word("heading_no_places", words[-1]):
        return True
    if any(pack.is_word("heading_no_place_words", word) for word in words):
        return True
    owned = any(_OWNER.search(word) for word in words[:-1])
    if owned and pack.is_word("heading_no_place_tails", words[-1]):
        return True
    ends = " ".join((*others, parts.time or ""))
    return any(pack.is_word("heading_no_times", word) for word in _WORD.findall(ends.lower()))
