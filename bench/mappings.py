"""Measure what of a mapping of a page to its essay is kept, and what that does to the trace.

usage: python bench/mappings.py FOLDER...

Each folder holds labels (see ``bench/traces.py``). The labels of the pieces that a model is asked
about are handed over as its mapping: as they are, with a fifth of them put at random, and all at
random. Prints the figures of code's own trace, and those of the trace with what was kept of each.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import TYPE_CHECKING

from fit_tracing import Case, case
from traces import counted, figures, labelled

from scriptgen.brief import LineKind
from scriptgen.tracing import Proposal, annotated, asked_about, trace_screenplay

if TYPE_CHECKING:
    from collections.abc import Iterator

WRONG = (0.0, 0.2, 1.0)
SEED = 3
MOST_NAMED = 3


def main() -> int:
    """Print the figures; 2 without labels."""
    cases = [case(draft) for draft in labelled()]
    if not cases:
        print(__doc__)
        return 2
    for wrong in (None, *WRONG):
        draws = random.Random(SEED)  # noqa: S311 -- the same draws each time, no secret
        counts: Counter[str] = Counter()
        claims, dropped = 0, Counter[str]()
        for each in cases:
            given = (each.draft.screenplay, each.draft.brief, each.draft.essay, each.draft.pack)
            trace = trace_screenplay(*given)
            if wrong is not None:
                found = annotated(trace, mapping(each, wrong, draws), *given)
                trace, claims = found.trace, claims + found.claims
                dropped.update({reason.value: n for reason, n in found.dropped.items()})
            counts += counted(each.draft, trace)
        told = "code alone" if wrong is None else f"{wrong:.0%} of a mapping at random"
        print(f"{told}: {figures(counts)}; {claims} claims, dropped {dict(dropped)}")
    return 0


def mapping(labels: Case, wrong: float, draws: random.Random) -> Iterator[Proposal]:
    """What the labels say of each piece; ``wrong``: the share that is put at random."""
    draft = labels.draft
    told = {number: moment.id for number, moment in enumerate(labels.page.told)}
    spoken = {line.id for line in draft.brief.lines if line.kind is LineKind.SPOKEN}
    named = [number for number, name in told.items() if name[0] in "bd" and name not in spoken]
    asked = asked_about(draft.screenplay, draft.brief, draft.essay, draft.pack)
    rows = zip(draft.labels, labels.plays, asked, strict=True)
    for at, (label, plays, (_, ask)) in enumerate(rows, start=1):
        if label is None or not ask or not named:
            continue
        meant = [number for number in sorted(plays) if number in named][:MOST_NAMED]
        if draws.random() < wrong:
            meant = [draws.choice(named)]
        if meant or not label.sources:
            yield Proposal(piece=at, sources=tuple(told[number] for number in meant))


if __name__ == "__main__":
    sys.exit(main())
