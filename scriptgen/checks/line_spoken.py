"""Whether something is spoken aloud, or written out, that nobody hears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.brief import LineKind
from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Centered, Parenthetical
from scriptgen.spoken import likenesses, spoken_lines
from scriptgen.wording import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import Line
    from scriptgen.checks.subject import Subject
    from scriptgen.language import LanguagePack

_SILENT = (LineKind.IMAGINED, LineKind.UNHEARD)
_APART = re.compile(
    r"[\"\u201c\u00ab\u2018]([^\"\u201c\u201d\u00ab\u00bb\u2018\u2019]+(?:[\u2019'][a-z]+[^\"\u201c"
    r"\u201d\u00ab\u00bb\u2018\u2019]*)*)[\"\u201d\u00bb\u2019]"
    r"|(?<!\\)[*_]+([^*_]+)[*_]+|:\s+([^.!?\n]+)"
)
_STOPS = (". ", "! ", "? ", "\n")
TELLING = 3
"""Words; a shorter line, such as "No", is only meant where a whole speech says nothing else."""

NEAR, FEWEST = 0.78, 4
"""Likeness from which other words are the line, where it has so many words."""

TOLD = 2
"""Words that how something is said has in common with how the essay tells of it."""


def line_spoken(subject: Subject) -> Iterator[Finding]:
    """Name each imagined or unheard line that is said or written out, whatever the fidelity.

    Words that the essay also has spoken may be spoken. Of an unheard line the essay tells only how
    it is said: its speaker may not say words of his own in that way.
    """
    aloud = [words(line.text) for line in spoken_lines(subject.brief)]
    for line in subject.brief.lines:
        silent = words(line.text)
        if line.kind not in _SILENT or not silent or any(within(silent, each) for each in aloud):
            continue
        found = _said(subject, line, silent)
        if found is None and line.kind is LineKind.IMAGINED:
            found = _written(subject, silent)
        elif found is None:
            found = _overheard(subject, line)
        if found:
            index, who = found
            what = "nobody says" if line.kind is LineKind.IMAGINED else "we do not hear"
            yield Finding(
                code="W_LINE_SPOKEN",
                severity=Severity.ERROR,
                message=f"{who} what {what} in the essay: take the words out and play the look",
                element=index,
                evidence=line.text,
            )


def _said(subject: Subject, line: Line, silent: list[str]) -> tuple[int, str] | None:
    for index, dialogue, said in subject.speeches:
        if said == silent or (len(silent) >= TELLING and within(silent, said)):
            return index, f"{dialogue.cue} says"
    if len(silent) < FEWEST or line.kind is LineKind.UNHEARD:
        return None
    lines = subject.lines
    taken = [spot for match in lines.found for spot in (*match.spots, match.near) if spot]
    for run in likenesses(lines.turns, line.text, taken):
        if run.likeness >= NEAR:
            spoken = lines.turns[run.turn]
            return spoken.words[run.start].element, f"{spoken.cue or 'somebody'} says nearly"
    return None


def _written(subject: Subject, silent: list[str]) -> tuple[int, str] | None:
    """Where the line stands in action as words on a screen, in a voice, or between quotes."""
    from rapidfuzz.distance import Indel

    if len(silent) < TELLING:
        return None
    for index, element in enumerate(subject.screenplay.elements):
        if not isinstance(element, Action | Centered):
            continue
        pieces = [next(filter(None, found.groups())) for found in _APART.finditer(element.text)]
        if isinstance(element, Centered):
            pieces.append(element.text)
        for piece in pieces:
            said = words(piece)
            if within(silent, said) or (
                len(silent) >= FEWEST and Indel.normalized_similarity(silent, said) >= NEAR
            ):
                return index, "the action puts into words"
    return None


def _overheard(subject: Subject, line: Line) -> tuple[int, str] | None:
    """Where the speaker of an unheard line says words of this draft's own, told as it is told.

    How a speech is said stands in its parenthetical and in the action right before it. A whisper
    of which the essay says only that it is one may be heard; not so where it says that a tram
    drowns it.
    """
    pack, lines = subject.pack, subject.lines
    if pack is None or not line.speaker or not _is_inaudible(subject, line):
        return None
    ways = _ways(line.text, pack)
    spots = [spot for match in lines.found for spot in match.spots]
    own = {word.element for spot in spots for word in lines.said(spot)}
    elements = subject.screenplay.elements
    for index, dialogue, said in subject.speeches:
        if index in own or not said or line.speaker not in lines.cast.may_mean(dialogue.cue):
            continue
        how = " ".join(part.text for part in dialogue.parts if isinstance(part, Parenthetical))
        before = elements[index - 1] if index else None
        shown = before.text if isinstance(before, Action) else ""
        shared = ways & set(terms(how, pack))
        around = ways & set(terms(f"{how} {shown}", pack))
        plays = subject.trace is not None and any(
            piece.element == index - 1 and not {line.id, line.beat}.isdisjoint(piece.sources)
            for piece in subject.trace.pieces
        )
        if (
            any(pack.is_word("speech_verbs", term) for term in shared)
            or len(around) >= TOLD
            or (plays and _ways(shown, pack))
        ):
            return index, f"{dialogue.cue} says words, and says them aloud,"
    return None


def _ways(text: str, pack: LanguagePack) -> set[str]:
    """The words of a text that tell how something is said: whispered, into an ear."""
    return {
        term
        for term in terms(text, pack)
        if pack.is_word("speaking_parts", term)
        or (pack.is_word("speech_verbs", term) and not pack.is_word("plain_speech_verbs", term))
    }


def _is_inaudible(subject: Subject, line: Line) -> bool:
    """Whether the essay says, in this sentence or the next, that nobody hears the words."""
    if subject.essay is None or subject.pack is None:
        return False
    text = subject.essay.text
    start = max(text.rfind(mark, 0, line.span.start) for mark in _STOPS) + 1
    end = line.span.end
    for _ in range(2):
        stops = (text.find(mark, end + 1) for mark in _STOPS)
        end = min((at for at in stops if at >= 0), default=len(text))
    return subject.pack.has("inaudible", text, start, end)
