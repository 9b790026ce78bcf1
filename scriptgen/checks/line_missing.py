"""Whether the lines that the essay quotes are spoken."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scriptgen.checks.subject import within, words
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action, Centered, Note
from scriptgen.wording import base, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay
    from scriptgen.spoken import Match
    from scriptgen.wording import Placed

FEWEST = 3
"""Words of a line that is known again within other writing; fewer may be a name, or chance."""

_EMPHASIS = "*_"
_OPENS = "\"'\u201c\u201e\u2018\u201a\u00ab\u300c\u300e*_"
"""Marks before words that are set apart."""

_CLOSES = '.!?\u2026"\u201d\u2019\u00bb\u300d\u300f*_'
"""Marks behind words that are set apart whole."""

_QUOTES = "\"'\u201c\u201d\u201e\u2018\u201a\u00ab\u00bb\u300c\u300e\u2014\u2013"
_STOPS = ".!?\u2026\n"

MARKS = 8
"""Signs before a line in which its marks stand."""


def line_missing(subject: Subject) -> Iterator[Finding]:
    """Name each spoken line of the essay that nobody speaks on the page, not even in other words.

    An error where the essay says whose line it is. Where it does not, a warning, since it may be
    no line; and nothing where a note hands it to the writer, who knows. What stands on the page as
    writing, as a message does, is there; and what the essay sets in italics, without quote marks or
    a name beside it, may be what a look says.
    """
    before: Match | None = None
    writing = _Writing(subject.screenplay, subject.pack)
    for match in subject.lines.found:
        lost = not match.spots and not match.near and not is_noted(match, subject)
        if lost and not writing.has(words(match.text)) and not _is_in_italics(match, subject):
            place = f", right after \u201c{before.text}\u201d" if before else ""
            yield Finding(
                code="W_LINE_MISSING",
                severity=severity(match),
                message=f"{owner(match, subject)} in the essay and nobody says it here: have it "
                f"spoken word for word{place}",
                evidence=match.text,
            )
        before = match


def severity(match: Match) -> Severity:
    """An error where the essay says whose line it is."""
    return Severity.ERROR if match.lines[0].speaker else Severity.WARNING


def owner(match: Match, subject: Subject) -> str:
    """Whose line it is, as the beginning of a sentence."""
    speaker = match.lines[0].speaker
    cue = subject.lines.cast.cue(speaker) if speaker else None
    return f"{cue} says this line" if cue else "this line is spoken"


def is_noted(match: Match, subject: Subject) -> bool:
    """Whether a line of nobody is handed to the writer in a note."""
    return not match.lines[0].speaker and any(
        isinstance(each, Note) and within(words(match.text), words(each.text))
        for each in subject.screenplay.elements
    )


def _is_in_italics(match: Match, subject: Subject) -> bool:
    """Whether only emphasis sets the words apart in the essay, and no name stands beside them."""
    line = match.lines[0]
    if subject.essay is None or line.tagged:
        return False
    before = subject.essay.text[max(0, line.span.start - MARKS) : line.span.start]
    marked = before[-1:] in _EMPHASIS or line.text[:1] in _EMPHASIS
    return bool(before) and marked and before.rstrip(_EMPHASIS)[-1:] not in _QUOTES


class _Writing:
    """What stands on a page to be read: set apart in its action, and nobody says it there."""

    def __init__(self, screenplay: Screenplay, pack: LanguagePack | None) -> None:
        self._pack = pack
        self._paragraphs: list[tuple[str, str, list[Placed]]] = []
        self._at: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._centered: list[list[str]] = []
        before = ""
        for element in screenplay.elements:
            if isinstance(element, Centered):
                self._centered.append(words(element.text))
            if isinstance(element, Action):
                found = placed(element.text)
                for at, word in enumerate(found):
                    self._at[word.text].append((len(self._paragraphs), at))
                self._paragraphs.append((before, element.text, found))
            before = element.text if isinstance(element, Action) else ""

    def has(self, wanted: list[str]) -> bool:
        """Whether these words stand there as writing."""
        if any(_holds(wanted, said) for said in self._centered):
            return True
        for paragraph, at in self._at.get(wanted[0], ()) if wanted else ():
            before, text, found = self._paragraphs[paragraph]
            run = found[at : at + len(wanted)]
            if [word.text for word in run] == wanted:
                told = _told_before(text, run, before)
                if told is not None and not any(_is_said(w, self._pack) for w in words(told)):
                    return True
        return False


def _holds(wanted: list[str], said: list[str]) -> bool:
    return within(wanted, said) if len(wanted) >= FEWEST else wanted == said


def _told_before(text: str, run: list[Placed], before: str) -> str | None:
    """What the sentence tells in front of words that are set apart; ``None``: they are not.

    ``before``: the paragraph before ``text``.
    """
    start, end = run[0].start, run[-1].end
    lead = text[:start].rstrip() or (before.rstrip() if before.rstrip()[-1:] == ":" else "")
    long = len(run) >= FEWEST
    whole = long or not text[end:].strip() or text[end : end + 1] in _CLOSES
    if (long and text[start:end].isupper()) or (whole and _opens(lead)):
        return lead[max(lead.rfind(mark) for mark in _STOPS) + 1 :]
    return None


def _opens(lead: str) -> bool:
    """Whether a text ends in a mark that opens something; an apostrophe behind a word does not."""
    mark, before = lead[-1:], lead[-2:-1]
    return mark == ":" or (bool(mark) and mark in _OPENS and not before.isalnum())


def _is_said(word: str, pack: LanguagePack | None) -> bool:
    """Whether a word says that somebody speaks, and does not read."""
    if pack is None or pack.lexicon is None:
        return False
    kinds = pack.kinds(word) | pack.kinds(base(word, pack.lexicon))
    return "speech_verbs" in kinds and "reading_verbs" not in kinds
