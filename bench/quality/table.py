"""The figures side by side: for each essay and in all, a line for each way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SILENT = "-"


def _count(name: str) -> Callable[[Mapping[str, int | float]], str]:
    return lambda figures: f"{figures[name]:,.0f}" if name in figures else SILENT


def _of(part: str, whole: str) -> Callable[[Mapping[str, int | float]], str]:
    def shown(figures: Mapping[str, int | float]) -> str:
        if part not in figures or whole not in figures:
            return SILENT
        return f"{figures[part]:.0f}/{figures[whole]:.0f}"

    return shown


def _share(part: str, whole: str | None = None) -> Callable[[Mapping[str, int | float]], str]:
    def shown(figures: Mapping[str, int | float]) -> str:
        if part not in figures or (whole and not figures.get(whole)):
            return SILENT
        share = figures[part] / figures[whole] if whole else figures[part]
        return f"{100 * share:.1f}%"

    return shown


def _per_hundred(part: str) -> Callable[[Mapping[str, int | float]], str]:
    def shown(figures: Mapping[str, int | float]) -> str:
        if not figures.get("sentences"):
            return SILENT
        return f"{100 * figures[part] / figures['sentences']:.1f}"

    return shown


COLUMNS: dict[str, Callable[[Mapping[str, int | float]], str]] = {
    "lines before": _of("lines_kept_before", "lines_spoken"),
    "after": _of("lines_kept", "lines_spoken"),
    "unheard": _count("unheard_spoken"),
    "names": _count("names_invented"),
    "moments": _of("moments_played", "moments"),
    "copied": _share("copied"),
    "in order": _share("moments_in_order"),
    "leaked": _share("leaked"),
    "asides": _per_hundred("asides"),
    "unfilmable": _per_hundred("unfilmable"),
    "camera": _per_hundred("camera"),
    "source": _share("sourced", "printed"),
    "mark": _share("marked", "printed"),
    "neither": _count("neither"),
    "pages": _count("pages"),
    "calls": _count("calls"),
    "tokens": _count("tokens"),
}
"""What each column shows; a figure that nothing gives is `SILENT`."""

GOLD_COLUMNS: dict[str, Callable[[Mapping[str, int | float]], str]] = {
    "gold lines before": _of("gold_lines_before", "gold_lines"),
    "after": _of("gold_lines_kept", "gold_lines"),
    "unheard": _count("gold_unheard"),
    "moments": _of("gold_beats_played", "gold_beats"),
    "copied": _share("copied"),
    "critic's phrases": _of("gold_critic_found", "gold_critic"),
    "leaked": _share("gold_grams_found", "gold_grams"),
}

LEGEND = """\
lines: the essay's spoken lines that are word for word on the page and not in a wrong mouth, before
and after code put them right; unheard: imagined or unheard lines that are spoken; names: named
people that the essay does not have; moments: those of the essay that are played, always beside
copied: of the page's runs of five words those that stand in the essay outside its spoken lines;
in order: of the events played those in one rising order; leaked: of the runs of four words in the
critic's talk those on the page; asides, unfilmable, camera: findings in a hundred sentences of
action; source, mark, neither: of the elements that print.
Tokens are estimated, at 4.5 characters each, since a recorded reply does not say what it took."""


def table(
    rows: Mapping[str, Mapping[str, int | float]],
    columns: Mapping[str, Callable[[Mapping[str, int | float]], str]],
) -> str:
    """One line for each way under the names of the columns."""
    shown = {way: [cell(figures) for cell in columns.values()] for way, figures in rows.items()}
    widths = [
        max(len(name), *(len(cells[at]) for cells in shown.values()))
        for at, name in enumerate(columns)
    ]
    first = max(map(len, shown))
    lines = [
        f"  {name:{first}}  " + "  ".join(map(str.rjust, cells, widths))
        for name, cells in {"": list(columns), **shown}.items()
    ]
    return "\n".join(lines)
