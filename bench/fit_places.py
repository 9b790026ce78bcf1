"""Fit the weights by which the parser knows where scenes are set, and print how far they carry.

usage: python bench/fit_places.py [--write] FOLDER...

Each folder holds annotated essays as for ``bench/fit_clauses.py``; what counts here are the
sentences under ``scene_changes`` and what stands under ``places``. Printed is how many of the
scenes of essays left out of the fit (in seven turns) are given a place, how many of those a right
one, and of how many places it is told rightly whether they are indoors. ``--write`` fits on all
and writes ``scriptgen/parser/lang/en/place_weights.toml``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from fit_clauses import FEWEST, RIDGE, annotated, essay_of, logistic, table, turns

from scriptgen.catalog import language_pack
from scriptgen.parser import read_prose
from scriptgen.parser.beats import sort_prose
from scriptgen.parser.indoors import indoor_signs
from scriptgen.parser.place_signs import likelihood, places_at_first, places_of_scene

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/place_weights.toml"
HEAD = """\
# How much each sign of a noun phrase speaks for the place of the scene that it opens (above 0) or
# against (below 0), as the logarithm of the odds. Made by bench/fit_places.py from annotated
# essays: {essays}, {scenes} scenes.
"""
_WORD = re.compile(r"[\w’'-]+")


class Row(NamedTuple):
    """A noun phrase: its signs, those of indoors, whether it names a place, and one indoors."""

    signs: frozenset[str]
    indoor_signs: frozenset[str]
    right: bool
    indoors: bool | None


Scene = list[Row]


def main() -> int:
    essays = [read(path) for path in annotated()]
    if not essays:
        print(__doc__)
        return 2
    scenes = sum(map(len, essays))
    chosen: list[tuple[float, bool]] = []
    sides: list[bool] = []
    for rest, out in turns(essays):
        weights, indoors = fit(rest), fit_indoors(rest)
        for scene in (scene for essay in out for scene in essay if scene):
            best = max(scene, key=lambda row: likelihood(weights, row.signs))
            chosen.append((likelihood(weights, best.signs), best.right))
            if best.indoors is not None:
                sides.append((likelihood(indoors, best.indoor_signs) > 0) is best.indoors)
    print(f"{len(essays)} essays, {scenes} scenes")
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        kept = [right for score, right in chosen if score > least]
        given, right = len(kept) / scenes, sum(kept) / len(kept)
        print(f"  above {least:4}: given {given:.3f}, right {right:.3f}")
    print(f"  indoors or not: right {sum(sides) / len(sides):.3f}")
    if "--write" in sys.argv:
        head = HEAD.format(essays=len(essays), scenes=scenes)
        tables = table("place_weights", fit(essays))
        tables += table("indoor_weights", fit_indoors(essays))
        OUT.write_text(head + tables, encoding="utf-8")
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
    names = [(_words(place["name"]), place["int_ext"]) for place in gold.get("places", [])]
    limit = starts[0] if starts else len(text)
    opened = [places_at_first(reading, limit, shown)]
    opened += [places_of_scene(reading, start) for start in starts]
    scenes = []
    for found in opened:
        scene = []
        for place, signs in found:
            told = reading.doc.sentence_at(place.start)
            near = indoor_signs(reading, place, (told.start, told.end))
            side = _side(text[place.start : place.end], names)
            indoors = {"INT": True, "EXT": False}.get(side or "")
            scene.append(Row(signs, near, side is not None, indoors))
        scenes.append(scene)
    return scenes


def _words(name: str) -> frozenset[str]:
    words = (word.removesuffix("’s") for word in _WORD.findall(name.lower().replace("'", "’")))
    kinds = language_pack("en").kinds
    return frozenset(w for w in words if not kinds(w) & {"determiners", "prepositions"})


def _side(text: str, names: list[tuple[frozenset[str], str | None]]) -> str | None:
    """INT or EXT of the place named; ``None`` where it is none, ``""`` where readers do not say.

    Half of the words of the shorter name must stand in the other.
    """
    words = _words(text)
    for name, side in names:
        if words and name and 2 * len(words & name) >= min(len(words), len(name)):
            return side or ""
    return None


def fit(essays: list[list[Scene]]) -> dict[str, float]:
    """The weights of the signs."""
    rows = [row for essay in essays for scene in essay for row in scene]
    return _fitted([(row.signs, row.right) for row in rows])


def fit_indoors(essays: list[list[Scene]]) -> dict[str, float]:
    """The weights of the signs of indoors."""
    rows = [row for essay in essays for scene in essay for row in scene]
    return _fitted([(r.indoor_signs, r.indoors) for r in rows if r.indoors is not None])


def _fitted(rows: list[tuple[frozenset[str], bool]]) -> dict[str, float]:
    counts = Counter(sign for signs, _ in rows for sign in signs)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    shown = [dict.fromkeys(sorted(signs), 1.0) for signs, _ in rows]
    return logistic(shown, [right for _, right in rows], names, RIDGE)


if __name__ == "__main__":
    sys.exit(main())
