"""How much of an essay was taken, left out, noted or not used."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scriptgen.exports.brief_page.labels import Fate, labels
from scriptgen.exports.segments import segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scriptgen.brief import SceneBrief
    from scriptgen.essay import Essay
    from scriptgen.exports.brief_page.labels import Kind, Label
    from scriptgen.exports.segments import Segment

_LETTERS = re.compile(r"[^\W_]")


def letters(text: str) -> int:
    """How many letters and digits ``text`` has: marks and blanks are nobody's."""
    return len(_LETTERS.findall(text))


def fate(segment: Segment[Label]) -> Fate:
    """The strongest fate among the labels of a segment."""
    fates = {label.kind.fate for label in segment.over}
    return next((one for one in Fate if one in fates), Fate.UNUSED)


def shares(text: str, cut: Iterable[Segment[Label]]) -> tuple[dict[Fate, float], dict[Kind, float]]:
    """The share of the letters of ``text`` (0 to 1) by fate, and under each kind of label.

    The fates add up to 1 where there is a letter at all; kinds overlap.
    """
    by_fate: Counter[Fate] = Counter()
    by_kind: Counter[Kind] = Counter()
    for segment in cut:
        count = letters(text[segment.start : segment.end])
        by_fate[fate(segment)] += count
        for kind in {label.kind for label in segment.over}:
            by_kind[kind] += count
    whole = by_fate.total() or 1
    return (
        {one: by_fate[one] / whole for one in Fate},
        {kind: count / whole for kind, count in by_kind.items()},
    )


def shares_of(essay: Essay, brief: SceneBrief) -> dict[Fate, float]:
    """The share of the essay's letters (0 to 1) by what became of them."""
    return shares(essay.text, segments(len(essay.text), labels(brief)))[0]
