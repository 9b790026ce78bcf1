"""Speech that the essay tells of without giving its words: unheard and reported lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.parser.turns import Spoken
from scriptgen.parser.typography import cover

if TYPE_CHECKING:
    import re

    from scriptgen.language import LanguagePack
    from scriptgen.parser.cast import Person
    from scriptgen.parser.mentions import MentionIndex
    from scriptgen.parser.sentences import Document

_SHORTEST_REPORT = 4
_KINDS = ((LineKind.UNHEARD, "unheard"), (LineKind.REPORTED, "reported"))


def find_told(
    doc: Document, pack: LanguagePack, index: MentionIndex, found: list[Spoken]
) -> list[Spoken]:
    """The unheard and the reported lines, none of which covers a line of ``found``."""
    out: list[Spoken] = []
    covered = cover(doc.text, ((line.start, line.end) for line in found))
    for kind, name in _KINDS:
        for match in doc.found(pack, name):
            line = _told(doc, pack, index, match, kind)
            if line is not None and 1 not in covered[line.start : line.end]:
                covered[line.start : line.end] = b"\x01" * (line.end - line.start)
                out.append(line)
    return out


def _told(
    doc: Document,
    pack: LanguagePack,
    index: MentionIndex,
    match: re.Match[str],
    kind: LineKind,
) -> Spoken | None:
    start, end = match.start(), match.end()
    if doc.is_quoted(start):
        return None
    sentence = doc.sentence_at(start)
    stops = (p.search(doc.text, end, sentence.end) for p in pack.patterns.get("told_stop", ()))
    end = min((stop.start() for stop in stops if stop), default=sentence.end)
    if 1 in doc.quoted[start:end]:
        return None
    speaker = _speaker(index, kind, (start, match.end()), sentence.start)
    if kind is LineKind.REPORTED and (
        speaker is None or len(doc.words_in(start, end)) < _SHORTEST_REPORT
    ):
        return None
    return Spoken(start, end, start, end, kind, speaker=speaker)


def _speaker(
    index: MentionIndex, kind: LineKind, phrase: tuple[int, int], sentence_start: int
) -> Person | None:
    """The subject in the phrase, else before it in the sentence, else of the sentence before.

    A reporting verb opens its phrase, so that whoever stands in it is only asked or told.
    """
    before = index.last_subject_in(sentence_start, phrase[0] + 1)
    within = index.subject_in(*phrase)
    subject = before or within if kind is LineKind.REPORTED else within or before
    if subject is None and kind is LineKind.UNHEARD:
        subject = index.subject_before(sentence_start)
    return subject.person if subject else None
