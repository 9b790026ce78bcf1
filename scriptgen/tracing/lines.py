"""Which speeches are lines of the essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.spoken import matches

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.screenplay import Screenplay


def lines_said(
    screenplay: Screenplay, brief: SceneBrief, essay: Essay
) -> dict[int, tuple[str, ...]]:
    """The ids of the spoken lines that elements say, whole, in part or nearly, by their indices."""
    page = matches(screenplay, brief, essay.text)
    found: dict[int, set[tuple[int, str]]] = {}
    for match in page.found:
        for spot in match.spots or ((match.near,) if match.near else ()):
            for element in {word.element for word in page.said(spot)}:
                found.setdefault(element, set()).update(
                    (line.span.start, line.id) for line in match.lines
                )
    return {element: tuple(name for _, name in sorted(each)) for element, each in found.items()}
