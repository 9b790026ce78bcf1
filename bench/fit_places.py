"""Fit the weights by which the parser knows where scenes are set, and print how far they carry.

usage: python bench/fit_places.py [--write] FOLDER...

Each folder holds annotated essays as for ``bench/fit_clauses.py``; what counts here are the
sentences under ``scene_changes`` and the names under ``places``. Printed is how many of the scenes
of essays left out of the fit (in seven turns) are given a place, and how many of those a right
one. ``--write`` fits on all and writes ``scriptgen/parser/lang/en/place_weights.toml``.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from fit_clauses import FEWEST, RIDGE, TURNS, essay_of, logistic, table

from scriptgen.catalog import language_pack
from scriptgen.parser import read_prose
from scriptgen.parser.beats import sort_prose
from scriptgen.parser.place_signs import likelihood, places_at_first, places_of_scene

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/place_weights.toml"
HEAD = """\
# How much each sign of a noun phrase speaks for the place of the scene that it opens (above 0) or
# against (below 0), as the logarithm of the odds. Made by bench/fit_places.py from annotated
# essays: {essays}, {scenes} scenes.
"""
_WORD = re.compile(r"[\w’'-]+")


class Row(NamedTuple):
    """A noun phrase: its signs, and whether it names a place of the essay."""

    signs: frozenset[str]
    right: bool


Scene = list[Row]


def main() -> int:
    folders = [Path(name) for name in sys.argv[1:] if name != "--write"]
    essays = [read(path) for folder in folders for path in sorted(folder.glob("*.gold.json"))]
    if not essays:
        print(__doc__)
        return 2
    order = list(range(len(essays)))
    random.Random(1).shuffle(order)  # noqa: S311 - the same turns each time
    scenes = sum(map(len, essays))
    chosen: list[tuple[float, bool]] = []
    for turn in range(TURNS):
        out = order[turn::TURNS]
        weights = fit([essays[at] for at in order if at not in out])
        for at in out:
            for scene in essays[at]:
                scored = [(likelihood(weights, row.signs), row.right) for row in scene]
                chosen += [max(scored)] if scored else []
    print(f"{len(essays)} essays, {scenes} scenes")
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        kept = [right for score, right in chosen if score > least]
        given, right = len(kept) / scenes, sum(kept) / len(kept)
        print(f"  above {least:4}: given {given:.3f}, right {right:.3f}")
    if "--write" in sys.argv:
        head = HEAD.format(essays=len(essays), scenes=scenes)
        OUT.write_text(head + table("place_weights", fit(essays)), encoding="utf-8")
    return 0


def read(path: Path) -> list[Scene]:
    """The scenes of an essay, each with the noun phrases that stand where it opens."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    essay = essay_of(path, gold)
    reading = read_prose(essay, language_pack("en"))
    moments = [m.start for m in sort_prose(reading).moments]
    shown = sorted([*moments, *(line.start for line in reading.lines)])
    text = essay.text
    starts = sorted(at for x in gold.get("scene_changes", []) if (at := text.find(x)) >= 0)
    names = [_words(place["name"]) for place in gold.get("places", [])]
    limit = starts[0] if starts else len(text)
    opened = [places_at_first(reading, limit, shown)]
    opened += [places_of_scene(reading, start) for start in starts]
    return [
        [Row(c.signs, _is_one(text[c.place.start : c.place.end], names)) for c in found]
        for found in opened
    ]


def _words(name: str) -> frozenset[str]:
    words = (word.removesuffix("’s") for word in _WORD.findall(name.lower().replace("'", "’")))
    kinds = language_pack("en").kinds
    return frozenset(w for w in words if not kinds(w) & {"determiners", "prepositions"})


def _is_one(text: str, names: list[frozenset[str]]) -> bool:
    """Whether half of the words of the shorter name stand in the other."""
    words = _words(text)
    return any(
        words and name and 2 * len(words & name) >= min(len(words), len(name)) for name in names
    )


def fit(essays: list[list[Scene]]) -> dict[str, float]:
    """The weights of the signs."""
    rows = [row for essay in essays for scene in essay for row in scene]
    counts = Counter(sign for row in rows for sign in row.signs)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    shown = [dict.fromkeys(sorted(row.signs), 1.0) for row in rows]
    return logistic(shown, [row.right for row in rows], names, RIDGE)


if __name__ == "__main__":
    sys.exit(main())
