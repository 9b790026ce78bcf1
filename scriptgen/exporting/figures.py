"""The figures of a draft, counted on the same pages that every export has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exporting.options import ExportOptions, paginated, printed

if TYPE_CHECKING:
    from scriptgen.screenplay import Screenplay
    from scriptgen.stats import Stats


def figures(screenplay: Screenplay, options: ExportOptions | None = None) -> Stats:
    """Pages, scenes, places, people and speeches of a screenplay; see `scriptgen.stats.Stats`."""
    from scriptgen.stats import measure

    page, _ = printed(screenplay)
    return measure(page, paginated(page, options or ExportOptions()))
