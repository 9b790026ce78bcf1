"""What the essay and the page of a trace share: the sources, and the pieces that play them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.screenplay import Dialogue, PageBreak
from scriptgen.trace import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scriptgen.brief import SceneBrief
    from scriptgen.screenplay import Element, Screenplay
    from scriptgen.trace import Trace, Traced
    from scriptgen.values import Span

_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Source:
    """Something of the essay, and the numbers (from 1) of the pieces that play it.

    ``number``: of the source; ``kind``: what a line or a beat is called; ``spans``: where it
    stands; ``owed``: whether a draft is to play it.
    """

    id: str
    number: int
    origin: Origin
    kind: str
    spans: tuple[Span, ...]
    pieces: tuple[int, ...]
    owed: bool

    @property
    def anchor(self) -> str:
        """Where it begins in the essay."""
        return f"at-{self.id}"

    @property
    def mark(self) -> str:
        """The class of all that belongs to it, in the essay and on the page."""
        return f"s{self.number}"

    @property
    def words(self) -> str:
        """The essay's words, cut where they are many."""
        text = " ".join(self.spans[0].text.split())
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0] or text}…"


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of the page with its number (from 1), its text, what it comes from, its sources."""

    number: int
    piece: Traced
    text: str
    origin: Origin
    sources: tuple[Source, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"p-{self.number}"

    @property
    def marks(self) -> str:
        """The classes of its sources."""
        return " ".join(source.mark for source in self.sources)


def sources_of(
    trace: Trace, brief: SceneBrief, spans: Mapping[str, Sequence[Span]]
) -> dict[str, Source]:
    """All that a page plays and all that it might have, by id; in the order of the essay."""
    played: dict[str, list[int]] = {}
    for number, piece in enumerate(trace.pieces, start=1):
        for name in piece.sources:
            played.setdefault(name, []).append(number)
    kinds = {beat.id: (Origin.BEAT, beat.certainty.value) for beat in brief.beats}
    kinds |= {line.id: (Origin.LINE, line.kind.value) for line in brief.lines}
    kinds |= {place.id: (Origin.PLACE, "place") for place in brief.places}
    known = [
        (name, tuple(where))
        for name, where in spans.items()
        if where and (name in played or name in kinds)
    ]
    known.sort(key=lambda each: (each[1][0].start, -each[1][0].end, each[0]))
    found = {}
    for number, (name, where) in enumerate(known):
        origin, kind = kinds.get(name, (Origin.PASSAGE, "passage"))
        owed = kind in ("shown", "spoken")
        pieces = tuple(played.get(name, ()))
        found[name] = Source(name, number, origin, kind, where, pieces, owed)
    return found


def told_pieces(
    trace: Trace, screenplay: Screenplay, sources: Mapping[str, Source]
) -> dict[int, list[Told]]:
    """The pieces of the page by the elements they stand in, sources that nobody knows left out."""
    found: dict[int, list[Told]] = {}
    origins = trace.origins(screenplay)
    for number, (piece, origin) in enumerate(zip(trace.pieces, origins, strict=True), start=1):
        text = _shown(screenplay.elements[piece.element])[piece.start : piece.end]
        known = tuple(sources[name] for name in piece.sources if name in sources)
        found.setdefault(piece.element, []).append(Told(number, piece, text, origin, known))
    return found


def _shown(element: Element) -> str:
    if isinstance(element, Dialogue):
        return element.said
    return "" if isinstance(element, PageBreak) else element.text
