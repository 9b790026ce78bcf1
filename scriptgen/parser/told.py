"""Lines that no marks set apart: unheard and reported speech, and what a face is read to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.parser.turns import Spoken
from scriptgen.parser.typography import cover
from scriptgen.parser.words import WATCHERS

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
    """The unheard, reported and thought lines, none of which covers a line of ``found``."""
    out: list[Spoken] = []
    covered = cover(doc.text, ((line.start, line.end) for line in found))
    opened = {line.outer_start for line in found}
    for match in doc.found(pack, "thought"):
        thought = _thought(doc, index, match)
        if thought is not None and 1 not in covered[thought.start : thought.end]:
            covered[thought.start : thought.end] = b"\x01" * (thought.end - thought.start)
            out.append(thought)
    for kind, name in _KINDS:
        for match in doc.found(pack, name):
            line = _told(doc, pack, index, match, kind)
            if line is None or (kind is LineKind.UNHEARD and _next(doc, line.end) in opened):
                continue
            if 1 not in covered[line.start : line.end]:
                covered[line.start : line.end] = b"\x01" * (line.end - line.start)
                out.append(line)
    out.sort(key=lambda line: line.start)
    return [line for at, line in enumerate(out) if not at or not _repeats(doc, out[at - 1], line)]


def _next(doc: Document, offset: int) -> int:
    """Where what follows a sentence begins."""
    behind = doc.text[offset : offset + _STOP]
    return offset + len(behind) - len(behind.lstrip(". "))


_STOP = 4


def _repeats(doc: Document, line: Spoken, following: Spoken) -> bool:
    """Whether words nobody hears are told of once more, in the same breath or the next."""
    if line.kind is not LineKind.UNHEARD or following.kind is not LineKind.UNHEARD:
        return False
    one, other = doc.sentence_at(line.end - 1), doc.sentence_at(following.start)
    return one.paragraph == other.paragraph and other.index - one.index <= 1


def _thought(doc: Document, index: MentionIndex, match: re.Match[str]) -> Spoken | None:
    """The rest of a sentence that gives what a face or a mind says, as if quoted."""
    start, sentence = match.end(), doc.sentence_at(match.start())
    words = doc.words_in(start, sentence.end)
    orders = bool(words) and words[0].form == "plain"
    speaks = orders or any(w.kinds & WATCHERS for w in words)
    shouts = doc.text[start : sentence.end].isupper()
    if (
        shouts
        or not speaks
        or len(words) < _SHORTEST_REPORT
        or 1 in doc.quoted[match.start() : sentence.end]
    ):
        return None
    line = Spoken(start, sentence.end, start, sentence.end, LineKind.IMAGINED)
    owner = next(iter(index.before(start, since=sentence.start)), None)
    subject = owner or index.subject_before(sentence.start)
    line.speaker = subject.person if subject else None
    return line


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
        speaker is None
        or len(doc.words_in(start, end)) < _SHORTEST_REPORT
        or doc.text[sentence.end - 1] in "?？"
        or _is_not_done(doc, start)
    ):
        return None
    if kind is LineKind.UNHEARD and _is_none(doc, sentence.start, start):
        return None
    return Spoken(start, end, start, end, kind, speaker=speaker)


def _is_not_done(doc: Document, start: int) -> bool:
    """Whether the verb at ``start`` is no deed of its subject: "to ask", "had been told"."""
    at = doc.word_index(start)
    before = doc.words[max(0, at - 2) : at]
    if not before:
        return False
    passive = any("copulas" in word.kinds for word in before)
    return "infinitive_marks" in before[-1].kinds or (
        passive and doc.words[at].form in ("perfect", "both")
    )


def _is_none(doc: Document, sentence_start: int, start: int) -> bool:
    """Whether nothing is said in the story: the critic does, lips move in reading, or denied."""
    words = doc.words_in(sentence_start, start)
    if words and "first_person" in words[-1].kinds:
        return True
    return any("reading_verbs" in word.verb_kinds for word in words) or any(
        "negations" in word.kinds for word in words[-2:]
    )


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
