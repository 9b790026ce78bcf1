"""What of the essay's wording stands on the page, apart from the lines that must stand there."""

from __future__ import annotations

from collections import defaultdict
from heapq import nlargest
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

SHARED, APART = 3, 12
"""Words of the shortest run in a copied sentence, and words of the essay between two of them."""

MOST_RUNS, MOST_PLACES = 60, 20
"""Runs that are paired, the longest, and places of one run that are looked at, the first; so that
an essay that says one thing a thousand times costs no more than another."""

Gram = tuple[str, ...]


class Told(NamedTuple):
    """Words of one element of action or speech."""

    element: int
    words: list[str]


class _Run(NamedTuple):
    """Words ``[start, end)`` of a sentence that stand in the essay, there from ``at`` on."""

    start: int
    end: int
    at: int

    def shared(self, other: _Run) -> int:
        """How many words of the sentence are in both."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


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
    return {run for said in _unspoken(essay, brief) for run in runs(said, COPIED)}


class Wording:
    """An essay's words, the spoken lines left out, to be asked how much of a sentence they hold."""

    def __init__(self, essay: Essay, brief: SceneBrief) -> None:
        self._words = [word for said in _unspoken(essay, brief) for word in (*said, "")]
        self._at: dict[Gram, list[int]] = defaultdict(list)
        self._looked_at: set[int] = set()
        for at, run in enumerate(runs(self._words, SHARED)):
            if len(self._at[run]) < MOST_PLACES:
                self._at[run].append(at)
                self._looked_at.add(at)

    def held(self, said: list[str]) -> int:
        """How many of these words stand in one run of the essay, or in two that are near.

        A run has `SHARED` words or more; near are two `APART` words from each other.
        """
        found = nlargest(MOST_RUNS, self._runs(said), key=lambda run: run.end - run.start)
        return max(
            (
                one.end - one.start + other.end - other.start - one.shared(other)
                for one in found
                for other in found
                if abs(other.at - one.at - (one.end - one.start)) <= APART or one == other
            ),
            default=0,
        )

    def _runs(self, said: list[str]) -> Iterator[_Run]:
        """The longest runs that a sentence and the essay have in common."""
        for start, run in enumerate(runs(said, SHARED)):
            for at in self._at.get(run, ()):
                goes_on = start and at - 1 in self._looked_at
                if goes_on and said[start - 1] == self._words[at - 1]:
                    continue
                back = self._back(said, start, at)
                length = SHARED
                most = min(len(said) - start, len(self._words) - at)
                while length < most and said[start + length] == self._words[at + length]:
                    length += 1
                yield _Run(start - back, start + length, at - back)

    def _back(self, said: list[str], start: int, at: int) -> int:
        """How many words before both are the same: those of a run of too many places."""
        back = 0
        while back < min(start, at) and said[start - back - 1] == self._words[at - back - 1]:
            back += 1
        return back


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


def _unspoken(essay: Essay, brief: SceneBrief) -> Iterator[list[str]]:
    """The words of each piece of a paragraph of the essay that no spoken line breaks."""
    spoken = [line.span for line in brief.lines if line.kind is LineKind.SPOKEN]
    for text in _around(essay.text, spoken):
        yield from map(words, text.split("\n"))


def _around(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """The pieces of a text outside of ``spans``."""
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        yield text[at : max(at, span.start)]
        at = max(at, span.end)
    yield text[at:]
