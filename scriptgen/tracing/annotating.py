"""A model's mapping of a page to its essay, of which only what code can verify is kept.

The model sees each piece and each beat and line, and says what plays what. A source that it names
is kept where the piece shares something with it, words, likeness or people, and where what code
sees of both does not speak too strongly against it. Pieces that it calls invented become so, but
not against a source that code is sure of. Speeches that are lines of the essay, and headings, are
settled by code and not asked about.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.brief import LineKind
from scriptgen.trace import Trace, Traced
from scriptgen.tracing.page import Page
from scriptgen.tracing.weights import PLAIN_FIRST, PLAIN_SECOND

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.language import LanguagePack
    from scriptgen.screenplay import Screenplay
    from scriptgen.tracing.pieces import Piece
    from scriptgen.tracing.proposals import Proposal

BORNE_OUT = -3.0
"""The least logarithm of the odds, at the better of both looks, of a source that a model names."""
SURE = 1.5
"""From here on a source is too sure to be called invented."""


class Unproved(StrEnum):
    """Why something that a model said is dropped."""

    UNKNOWN = "unknown"
    NOT_THE_LINE = "not_the_line"
    NOT_BORNE_OUT = "not_borne_out"
    SURE = "sure"


TOLD = {
    Unproved.UNKNOWN: "there is no such piece, beat or line to choose",
    Unproved.NOT_THE_LINE: "a spoken line that the piece does not say",
    Unproved.NOT_BORNE_OUT: "the piece shares too little with its source",
    Unproved.SURE: "called invented, but code is sure of its source",
}


class Annotation(NamedTuple):
    """A trace with what a model added; ``claims`` it made, and why some were dropped."""

    trace: Trace
    claims: int
    dropped: Counter[Unproved]

    @property
    def taken(self) -> int:
        """The claims that were kept."""
        return self.claims - self.dropped.total()


def asked_about(
    screenplay: Screenplay, brief: SceneBrief, essay: Essay, pack: LanguagePack
) -> list[tuple[Piece, bool]]:
    """The pieces of a page in order, each with whether a model is to be asked about it."""
    page = Page(screenplay, brief, essay, pack)
    return [(piece, not page.settled(at)) for at, piece in enumerate(page.cut)]


def annotated(
    trace: Trace,
    proposals: Iterable[Proposal | None],
    screenplay: Screenplay,
    brief: SceneBrief,
    essay: Essay,
    pack: LanguagePack,
) -> Annotation:
    """The trace with what of a model's proposals code can verify.

    ``trace``: code's own, of this ``screenplay``. A piece gets the sources that were kept, and of
    its own those that code is sure of; where nothing that was said of it is kept, it stays as it
    was. What is said of a piece a second time is dropped. Each source that is named is a claim, and
    so is each piece that is called invented.
    """
    judge = _Judge(Page(screenplay, brief, essay, pack), brief, pack)
    pieces = list(trace.pieces)
    dropped: Counter[Unproved] = Counter()
    claims = 0
    seen: set[int] = set()
    for proposal in proposals:
        claims += max(1, len(proposal.sources)) if proposal else 1
        at = proposal.piece - 1 if proposal else -1
        if proposal is None or at in seen or not judge.asks(at):
            dropped[Unproved.UNKNOWN] += max(1, len(proposal.sources)) if proposal else 1
            continue
        seen.add(at)
        kept, why = judge.kept(at, proposal.sources)
        dropped.update(why)
        if kept is not None:
            pieces[at] = _with_sources(pieces[at], kept, speech=judge.speaks(at))
    return Annotation(Trace(pieces=tuple(pieces)), claims, dropped)


def _with_sources(piece: Traced, sources: tuple[str, ...], *, speech: bool) -> Traced:
    """A piece with other sources; a speech stays what was written for this draft."""
    return piece.model_copy(update={"sources": sources, "invented": speech or not sources})


class _Judge:
    """What code knows of each piece and each source."""

    def __init__(self, page: Page, brief: SceneBrief, pack: LanguagePack) -> None:
        self._page = page
        self._weights = pack.weights.get("trace_first", PLAIN_FIRST)
        first = page.first_odds(self._weights)
        self._again = page.second_odds(first, pack.weights.get("trace_second", PLAIN_SECOND))
        self._spoken = {line.id for line in brief.lines if line.kind is LineKind.SPOKEN}
        self._known = {beat.id for beat in brief.beats} | {line.id for line in brief.lines}

    def asks(self, at: int) -> bool:
        """Whether a piece is there to be asked about."""
        return 0 <= at < len(self._page.cut) and not self._page.settled(at)

    def speaks(self, at: int) -> bool:
        """Whether a piece is a speech."""
        return self._page.cut[at].kind == "speech"

    def kept(
        self, at: int, sources: Sequence[str]
    ) -> tuple[tuple[str, ...] | None, list[Unproved]]:
        """The sources of a piece in the order of the essay, ``None`` to leave it; what is dropped.

        ``sources``: as they were named, none where the piece is called invented.
        """
        sure = {j for j, odds in self._again[at].items() if odds >= SURE}
        if not sources:
            return (None, [Unproved.SURE]) if sure else ((), [])
        why: list[Unproved] = []
        named: set[int] = set()
        for source in sources:
            reason = self._refused(at, source)
            if reason is None:
                named.add(self._page.number_of(source))
            else:
                why.append(reason)
        if not named:
            return None, why
        return tuple(self._page.told[j].id for j in sorted(named | sure)), why

    def _refused(self, at: int, source: str) -> Unproved | None:
        if source not in self._known:
            return Unproved.UNKNOWN
        if self.speaks(at) and source in self._spoken:
            return Unproved.NOT_THE_LINE
        j = self._page.number_of(source)
        odds = max(self._page.odds(at, j, self._weights), self._again[at].get(j, BORNE_OUT - 1))
        borne = self._page.shares(at, j) and odds >= BORNE_OUT
        return None if borne else Unproved.NOT_BORNE_OUT
