"""The figures of a draft in one plain phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.cli import printing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scriptgen.run import Run


def figures_told(figures: Mapping[str, int | float]) -> str:
    """What was counted of a draft, in the words of a reader; nothing is told that was not counted.

    What rewards pasting, the moments played, is never told without what was copied.
    """
    return ", ".join(_parts(figures))


def calls_told(run: Run) -> str:
    """What a draft took: ``2 calls, 9,120 tokens``; empty where nothing was asked."""
    if not run.calls:
        return ""
    told = printing.counted(len(run.calls), "call")
    on_record = sum(not call.requests and call.error is None for call in run.calls)
    if on_record:
        told += f" ({'all' if on_record == len(run.calls) else on_record} on record)"
    tokens = run.usage.total_tokens
    return f"{told}, {tokens:,} tokens" if tokens else told


def _parts(figures: Mapping[str, int | float]) -> Iterator[str]:
    if "lines_spoken" not in figures:
        yield printing.counted(int(figures.get("scenes", 0)), "scene")
        yield printing.counted(int(figures.get("speeches", 0)), "speech", "speeches")
        return
    kept, before = figures["lines_kept"], figures.get("lines_kept_before")
    mended = f" ({before:,} before they were put right)" if before not in (None, kept) else ""
    yield f"lines {kept:,} of {figures['lines_spoken']:,}{mended}"
    if "moments" in figures and "copied" in figures:
        yield f"moments {figures.get('moments_played', 0):,} of {figures['moments']:,}"
        yield f"copied {_percent(figures['copied'])}"
    if "leaked" in figures:
        leaked = figures["leaked"]
        yield f"leaked {_percent(leaked)}" if leaked else "leaked 0"
    written = [
        printing.counted(int(figures[name]), one, many)
        for name, one, many in (
            ("invented_speeches", "speech", "speeches"),
            ("invented_actions", "action", "actions"),
        )
        if figures.get(name)
    ]
    if written:
        yield f"written for this draft: {', '.join(written)}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
