"""What of the essay's wording stands on the page, apart from the lines that must stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import LineKind
from scriptgen.checks.subject import runs, words
from scriptgen.screenplay import Action, Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.checks.subject import Subject
    from scriptgen.essay import Essay
    from scriptgen.values import Span

COPIED, LEAKED = 5, 4
"""Words of a run that shows copying, and of one that shows the critic's talk."""

Gram = tuple[str, ...]


class Told(NamedTuple):
    """Words of one element of action or speech."""

    element: int
    words: list[str]


def told(subject: Subject) -> list[Told]:
    """The words of each element that tells or says something, headings and cues left out."""
    found = []
    for index, element in enumerate(subject.screenplay.elements):
        if isinstance(element, Action):
            found.append(Told(index, words(element.text)))
        elif isinstance(element, Dialogue):
            found.append(Told(index, words(element.said)))
    return found


def essay_grams(essay: Essay, brief: SceneBrief) -> set[Gram]:
    """The essay's runs of `COPIED` words, those that touch a spoken line left out."""
    spoken = [line.span for line in brief.lines if line.kind is LineKind.SPOKEN]
    return {
        run
        for text in _around(essay.text, spoken)
        for paragraph in text.split("\n")
        for run in runs(words(paragraph), COPIED)
    }


def critics_grams(brief: SceneBrief) -> set[Gram]:
    """The runs of `LEAKED` words in the critic's talk that are no part of the drama."""
    shown = [beat.span for beat in brief.beats]
    shown += [line.span for line in brief.lines]
    shown += [cue.span for cue in brief.cues]
    for person in brief.characters:
        shown += [*person.wardrobe, *person.aliases]
    for place in brief.places:
        shown += [*place.evidence, *([place.light] if place.light else [])]
    dramas = {run for span in shown for run in runs(words(span.text), LEAKED)}
    return {
        run for each in brief.commentary for run in runs(words(each.span.text), LEAKED)
    } - dramas


def stretches(said: list[str], known: set[Gram], length: int) -> Iterator[tuple[int, int]]:
    """The longest pieces ``[start, end)`` of ``said`` all of whose runs are ``known``."""
    start = None
    for at, run in enumerate(runs(said, length)):
        if run in known:
            start = at if start is None else start
        elif start is not None:
            yield start, at + length - 1
            start = None
    if start is not None:
        yield start, len(said)


def _around(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """The pieces of a text outside of ``spans``."""
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        yield text[at : max(at, span.start)]
        at = max(at, span.end)
    yield text[at:]
