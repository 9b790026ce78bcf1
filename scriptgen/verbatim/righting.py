"""What of a page's speech is put right, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity
from scriptgen.spoken import matches
from scriptgen.values import Value
from scriptgen.verbatim.mending import mended
from scriptgen.verbatim.moving import moved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief
    from scriptgen.screenplay import Screenplay
    from scriptgen.spoken import Match, Matches


class Righted(Value):
    """One change.

    ``lines``: the ids of the lines that it puts right; ``element``: the index of the speech (of its
    beginning, where action parts it); ``before`` and ``after``: its words, or its cue where the
    line was given to another (``moved``).
    """

    lines: tuple[str, ...]
    element: int
    before: str
    after: str
    moved: bool = False


def put_right(
    screenplay: Screenplay, brief: SceneBrief, essay: str | None = None
) -> tuple[Screenplay, tuple[Righted, ...]]:
    """The page with the essay's words where a speech strays from them, and what was changed.

    ``essay``: its text, where it is at hand. A speech is mended only where it is sure to be the
    line; a line is moved to its speaker only where a name beside it in the essay says so, it is
    the whole speech, and no cue comes to stand twice in a row. Parentheticals, action between the
    parts of a line and the rest of a speech stay as they are. A page with nothing to put right is
    given back as the same value; putting right twice changes nothing more.
    """
    changes: list[Righted] = []
    refused: set[tuple[str, ...]] = set()
    found = matches(screenplay, brief, essay)
    while True:
        step = next(_steps(screenplay, found, refused), None)
        if step is None:
            return screenplay, tuple(changes)
        page, change = step
        then = matches(page, brief, essay)
        kept, now = found.kept(), then.kept()
        if kept <= now and set(change.lines) <= now - kept:
            screenplay, found = page, then
            changes.append(change)
            refused.clear()
        else:
            refused.add(change.lines)


def lines_kept(screenplay: Screenplay, brief: SceneBrief, essay: str | None = None) -> int:
    """How many spoken lines of the essay are on the page word for word, and not in a wrong mouth.

    Wrong is what a name beside the line in the essay says is wrong.
    """
    return len(matches(screenplay, brief, essay).kept())


def righted_findings(changes: tuple[Righted, ...]) -> tuple[Finding, ...]:
    """What is to be said about the changes, for information."""
    return tuple(
        Finding(
            code="W_LINE_RIGHTED",
            severity=Severity.INFO,
            message=(
                f"a line was given back to {each.after}, who says it in the essay"
                if each.moved
                else "a line was put right, word for word as the essay has it"
            ),
            element=each.element,
            evidence=f"{each.before} \u2192 {each.after}",
        )
        for each in changes
    )


def _steps(
    screenplay: Screenplay, found: Matches, refused: set[tuple[str, ...]]
) -> Iterator[tuple[Screenplay, Righted]]:
    for match in found.found:
        ids = tuple(line.id for line in match.lines)
        if ids in refused:
            continue
        if match.near and match.sure:
            step = _mended(screenplay, found, match, ids)
        elif found.strays(match):
            step = _moved(screenplay, found, match, ids)
        else:
            continue
        if step:
            yield step


def _mended(
    screenplay: Screenplay, found: Matches, match: Match, ids: tuple[str, ...]
) -> tuple[Screenplay, Righted] | None:
    said = found.said(match.near) if match.near else ()
    page = mended(screenplay, said, match.text)
    if page is None:
        return None
    before = found.shown(match.near, screenplay) if match.near else ""
    return page, Righted(lines=ids, element=said[0].element, before=before, after=match.text)


def _moved(
    screenplay: Screenplay, found: Matches, match: Match, ids: tuple[str, ...]
) -> tuple[Screenplay, Righted] | None:
    step = moved(screenplay, found, match)
    if step is None:
        return None
    return step.screenplay, Righted(
        lines=ids, element=step.element, before=step.before, after=step.after, moved=True
    )
