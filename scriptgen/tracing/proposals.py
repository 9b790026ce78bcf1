"""What a model says that the pieces of a page play: by their numbers, with ids of the essay."""

from __future__ import annotations

from pydantic import BaseModel

from scriptgen.schemas import strict_schema
from scriptgen.values import Value

MOST_SOURCES = 6
"""Sources of one piece that are looked at, the first ones."""


class Proposal(Value):
    """``piece``: its number; ``sources``: ids of beats and lines, none where it is invented."""

    piece: int
    sources: tuple[str, ...]


class Proposals(Value):
    """A reply as it is asked for."""

    pieces: tuple[Proposal, ...]


class Proposed(BaseModel):
    """A reply as it comes: it is read proposal by proposal, so that one may be wrong."""

    pieces: tuple[object, ...]


PROPOSALS_SCHEMA = strict_schema(Proposals, "mapping")


def proposals_in(proposed: Proposed) -> list[Proposal | None]:
    """The proposals of a reply in order, ``None`` for each that is none."""
    return [_proposal(item) for item in proposed.pieces]


def _proposal(item: object) -> Proposal | None:
    if not isinstance(item, dict):
        return None
    piece, sources = item.get("piece"), item.get("sources")
    if not isinstance(piece, int) or isinstance(piece, bool) or not isinstance(sources, list):
        return None
    if not all(isinstance(source, str) for source in sources):
        return None
    names = dict.fromkeys(source.strip() for source in sources)
    return Proposal(piece=piece, sources=tuple(names)[:MOST_SOURCES])
