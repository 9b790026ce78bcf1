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
from traces import Labelled, counted, figures, labelled, overlap

from scriptgen.trace import Trace
from scriptgen.tracing.alignment import align
from scriptgen.tracing.trace import Page
from scriptgen.tracing.weights import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.tracing.trace import Pair

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/trace_weights.toml"
RIDGE = 1.0
ROUNDS = 300
PACE = 0.05
SMALLEST = 0.02
HEAD = """\
# How much each sign speaks for a piece's playing a moment of the essay, as the logarithm of the
# odds: at first sight, and beside what is played around it. Made by bench/fit_tracing.py from
# {drafts} labelled drafts, {pieces} pieces. Of essays left out of the fit: {figures}.
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
    whole: Counter[str] = Counter()
    essays = sorted({each.draft.essay.id for each in cases})
    for essay in essays:
        first, second = fit([each for each in cases if each.draft.essay.id != essay] or cases)
        for each in cases:
            if each.draft.essay.id == essay:
                whole += counted(each.draft, traced(each, first, second))
    print(f"{len(cases)} drafts of {len(essays)} essays left out: {figures(whole)}")
    if "--write" in sys.argv:
        first, second = fit(cases)
        head = HEAD.format(drafts=len(cases), pieces=whole["pieces"], figures=figures(whole))
        tables = table("trace_first", first, SMALLEST) + table("trace_second", second, SMALLEST)
        OUT.write_text(head + tables, encoding="utf-8")
    return 0


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
        odds = each.page.first_odds(first)
        second += rows(each, each.page.second_pairs(odds, align(odds, STEPS), first))
    return first, logistic(second)


def rows(case: Case, pairs: Sequence[Pair]) -> list[Row]:
    """The pairs of labelled pieces, with the answers."""
    return [
        Row(pair.signs, pair.moment in case.plays[pair.piece])
        for pair in pairs
        if case.draft.labels[pair.piece] is not None
    ]


def traced(case: Case, first: dict[str, float], second: dict[str, float]) -> Trace:
    """The trace of a draft by other weights than the pack's."""
    page = case.page
    odds = page.first_odds(first)
    pairs = page.second_pairs(odds, align(odds, STEPS), first)
    again = page.second_odds(pairs, second)
    return Trace(pieces=tuple(page.traced(number, row) for number, row in enumerate(again)))


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
