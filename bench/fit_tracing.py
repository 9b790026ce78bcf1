"""Fit the weights by which pieces of a page are traced to an essay, and print how far they carry.

usage: python bench/fit_tracing.py [--write] FOLDER...

Each folder holds labels (see ``bench/traces.py``). The figures are of essays left out of the fit,
in turns. ``--write`` fits on all and writes ``scriptgen/parser/lang/en/trace_weights.toml``.

Two fits, one after the other: of a piece and a moment at first sight, and, with the path through
the essay that the first gives, of both beside what is played around them.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fit_clauses import table
from traces import Labelled, by_beats, by_element, counted, figures, labelled, overlap

from scriptgen.trace import Trace
from scriptgen.tracing.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scriptgen.tracing.page import Pair

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/trace_weights.toml"
RIDGE = 2.0
ROUNDS = 300
PACE = 0.1
SMALLEST = 0.02
BEST = (-1.2, -1.0, -0.8, -0.6, -0.4, -0.2)
MORE = (-0.6, -0.4, -0.2, 0.0, 0.2)
"""The limits that are tried (see `Page.traced`)."""
HEAD = """\
# How much each sign speaks for a piece's playing a moment of the essay, as the logarithm of the
# odds: at first sight, and beside what is played around it; and from which odds it is a source.
# Made by bench/fit_tracing.py from {drafts} labelled drafts of {essays} essays, {pieces} pieces.
# Of essays left out of the fit: sources precision {precision:.2f}, recall {recall:.2f}; inventions
# precision {invented:.2f}, recall {missed:.2f}.
"""


class Row(NamedTuple):
    """The signs of a piece and a moment, and whether the one plays the other."""

    signs: dict[str, float]
    plays: bool


class Case(NamedTuple):
    """A labelled draft, ready to be traced."""

    draft: Labelled
    page: Page
    plays: list[set[int]]
    """Of each piece the numbers of the moments that a label gives it."""


def main() -> int:
    cases = [case(draft) for draft in labelled()]
    if not cases:
        print(__doc__)
        return 2
    left_out: list[tuple[Case, list[dict[int, float]]]] = []
    essays = sorted({each.draft.essay.id for each in cases})
    for essay in essays:
        rest = [each for each in cases if each.draft.essay.id != essay]
        first, second = fit(rest or cases)
        for each in cases:
            if each.draft.essay.id == essay:
                odds = each.page.second_odds(each.page.first_odds(first), second)
                left_out.append((each, odds))
    tried = [(best, more) for best in BEST for more in MORE if best <= more]
    limits, counts = max(
        ((limits, measured(left_out, *limits)) for limits in tried), key=lambda pair: even(pair[1])
    )
    print(f"{len(cases)} drafts of {len(essays)} essays left out: {figures(counts)}")
    print(f"element by element: {figures(measured(left_out, *limits, by_element))}")
    print(f"its beats or invented: {figures(measured(left_out, *limits, by_beats))}")
    if "--write" in sys.argv:
        first, second = fit(cases)
        head = HEAD.format(
            drafts=len(cases), essays=len(essays), pieces=counts["pieces"], **shares(counts)
        )
        tables = (
            table("trace_limits", dict(zip(("best", "more"), limits, strict=True)), 0.0)
            + table("trace_first", first, SMALLEST)
            + table("trace_second", second, SMALLEST)
        )
        OUT.write_text(head + tables, encoding="utf-8")
    return 0


def measured(
    left_out: Sequence[tuple[Case, list[dict[int, float]]]],
    best: float,
    more: float,
    count: Callable[[Labelled, Trace], Counter[str]] = counted,
) -> Counter[str]:
    """The counts of all drafts with these limits."""
    whole: Counter[str] = Counter()
    for each, odds in left_out:
        whole += count(each.draft, traced(each.page, odds, {"best": best, "more": more}))
    return whole


def shares(counts: Counter[str]) -> dict[str, float]:
    """Precision and recall of sources and of inventions."""
    return {
        "precision": counts["right"] / max(1, counts["found"]),
        "recall": counts["hit"] / max(1, counts["wanted"]),
        "invented": counts["rightly invented"] / max(1, counts["invented"]),
        "missed": counts["rightly invented"] / max(1, counts["really invented"]),
    }


def even(counts: Counter[str]) -> float:
    """The mean of what the harmonic means of precision and recall are for both."""
    each = shares(counts)
    pairs = ((each["precision"], each["recall"]), (each["invented"], each["missed"]))
    return sum(2 * one * other / max(1e-9, one + other) for one, other in pairs) / 2


def case(draft: Labelled) -> Case:
    """A draft with the moments that its labels mean."""
    page = Page(draft.screenplay, draft.brief, draft.essay, draft.pack)
    plays = [
        {
            number
            for number, moment in enumerate(page.told)
            if label and any(overlap((moment.start, moment.end), each) for each in label.sources)
        }
        for label in draft.labels
    ]
    return Case(draft, page, plays)


def fit(cases: Sequence[Case]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of the first and of the second look."""
    first = logistic([row for each in cases for row in rows(each, each.page.first_pairs())])
    second = []
    for each in cases:
        second += rows(each, each.page.second_pairs(each.page.first_odds(first)))
    return first, logistic(second)


def rows(case: Case, pairs: Sequence[Pair]) -> list[Row]:
    """The pairs of labelled pieces, with the answers."""
    return [
        Row(pair.signs, pair.moment in case.plays[pair.piece])
        for pair in pairs
        if case.draft.labels[pair.piece] is not None
    ]


def traced(page: Page, odds: Sequence[dict[int, float]], limits: dict[str, float]) -> Trace:
    """The trace of a page by other weights than the pack's."""
    return Trace(pieces=tuple(page.traced(number, row, limits) for number, row in enumerate(odds)))


def logistic(rows: Sequence[Row]) -> dict[str, float]:
    """The weights under which the answers are likeliest, with a ridge (Adam)."""
    names = sorted({sign for row in rows for sign in row.signs})
    number = {sign: at for at, sign in enumerate(names)}
    data = [([(number[s], v) for s, v in row.signs.items() if v], row.plays) for row in rows]
    weights, speed, size = ([0.0] * len(names) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        slope = [RIDGE * weight for weight in weights]
        for signs, plays in data:
            total = sum(weights[at] * value for at, value in signs)
            pull = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - plays
            for at, value in signs:
                slope[at] += pull * value
        for at, pull in enumerate(slope):
            speed[at] = 0.9 * speed[at] + 0.1 * pull
            size[at] = 0.99 * size[at] + 0.01 * pull * pull
            root = math.sqrt(size[at] / (1 - 0.99**turn)) + 1e-8
            weights[at] -= PACE * speed[at] / (1 - 0.9**turn) / root
    return dict(zip(names, weights, strict=True))


if __name__ == "__main__":
    sys.exit(main())
