"""A line given back to the one who says it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.screenplay import Dialogue, Note, Section, Speech, Synopsis
from scriptgen.wording import words

if TYPE_CHECKING:
    from scriptgen.screenplay import Element, Screenplay
    from scriptgen.spoken import Match, Matches

_CONTINUED = "CONT"


class Moved(NamedTuple):
    """The page, the index of the speech given back, and its cue ``before`` and ``after``."""

    screenplay: Screenplay
    element: int
    before: str
    after: str


def moved(screenplay: Screenplay, found: Matches, match: Match) -> Moved | None:
    """The page with the speech under the cue of the line's speaker; ``None`` where it is not safe.

    Safe: the line is all that the speech says, it stands nowhere else, and neither neighbour has
    that cue.
    """
    said = found.said(match.spots[0])
    index = said[0].element
    element = screenplay.elements[index]
    speaker = match.lines[0].speaker
    if (
        len(match.spots) > 1
        or not speaker
        or not isinstance(element, Dialogue)
        or not _is_all(element, [word.text for word in said])
        or _is_odd(element)
    ):
        return None
    cue = _cue(found, speaker)
    beside = (_neighbour(screenplay, index, step) for step in (-1, 1))
    if cue is None or any(isinstance(each, Dialogue) and _clashes(each, cue) for each in beside):
        return None
    elements = list(screenplay.elements)
    elements[index] = element.model_copy(update={"cue": cue, "extension": None})
    page = screenplay.model_copy(update={"elements": tuple(elements)})
    return Moved(page, index, element.cue, cue)


def _is_all(element: Dialogue, said: list[str]) -> bool:
    parts = [part.text for part in element.parts if isinstance(part, Speech)]
    return words("\n".join(parts)) == said


def _is_odd(element: Dialogue) -> bool:
    """Whether the speech is said at the same time as another, or from off the scene."""
    extension = (element.extension or "").upper()
    return element.dual or (bool(extension) and not extension.startswith(_CONTINUED))


def _clashes(other: Dialogue, cue: str) -> bool:
    return other.cue == cue or other.dual


def _cue(found: Matches, speaker: str) -> str | None:
    """How the page calls somebody, or the brief's cue where nobody else speaks under it."""
    used = Counter(
        turn.cue
        for turn in found.turns
        if turn.cue is not None and found.cast.may_mean(turn.cue) == {speaker}
    )
    if used:
        return used.most_common(1)[0][0]
    cue = found.cast.cue(speaker)
    return cue if cue and found.cast.may_mean(cue) == {speaker} else None


def _neighbour(screenplay: Screenplay, index: int, step: int) -> Element | None:
    at = index + step
    while 0 <= at < len(screenplay.elements):
        element = screenplay.elements[at]
        if not isinstance(element, Note | Section | Synopsis):
            return element
        at += step
    return None
