"""Fit the weights by which the parser knows where scenes open, and print how far they carry.

usage: python bench/fit_scenes.py [--write] FOLDER...

Each folder holds annotated essays as for ``bench/fit_clauses.py``; what counts here are the
sentences under ``scene_changes`` (and those under ``scene_changes_ok``, of which nothing is
learned). The figures are of essays left out of the fit (in seven turns), by the weights alone.
``--write`` fits on all and writes ``scriptgen/parser/lang/en/scene_weights.toml``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from fit_clauses import FEWEST, RIDGE, annotated, essay_of, logistic, table, turns

from scriptgen.catalog import language_pack
from scriptgen.parser import read_prose
from scriptgen.parser.beats import sort_prose
from scriptgen.parser.scene_signs import scene_score, scene_signs

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/scene_weights.toml"
HEAD = """\
# How much each sign of a sentence speaks for a scene that opens with it (above 0) or goes on (below
# 0), as the logarithm of the odds. Made by bench/fit_scenes.py from annotated essays: {essays},
# {changes} changes of scene.
"""


class Row(NamedTuple):
    """A sentence: its signs, and whether a scene opens with it; ``None`` where readers differ."""

    signs: frozenset[str]
    opens: bool | None


def main() -> int:
    essays = [read(path) for path in annotated()]
    if not essays:
        print(__doc__)
        return 2
    judged: list[tuple[float, bool]] = []
    for rest, out in turns(essays):
        weights = fit(rest)
        judged += [
            (scene_score(weights, row.signs), row.opens)
            for essay in out
            for row in essay
            if row.opens is not None
        ]
    changes = sum(opens for _, opens in judged)
    print(f"{len(essays)} essays, {changes} changes of scene")
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        found = [opens for score, opens in judged if score > least]
        right = sum(found)
        print(f"  above {least:4}: right {right / len(found):.3f}, found {right / changes:.3f}")
    if "--write" in sys.argv:
        head = HEAD.format(essays=len(essays), changes=changes)
        OUT.write_text(head + table("scene_weights", fit(essays)), encoding="utf-8")
    return 0


def read(path: Path) -> list[Row]:
    """The sentences of an essay behind the first that shows something."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    essay = essay_of(path, gold)
    reading = read_prose(essay, language_pack("en"))
    text = essay.text
    shown = [*(m.start for m in sort_prose(reading).moments), *(x.start for x in reading.lines)]
    changes = _starts(text, gold.get("scene_changes", []))
    doubtful = _starts(text, gold.get("scene_changes_ok", []))
    out = []
    for sentence, signs in scene_signs(reading, sorted(shown)):
        opens: bool | None = any(sentence.start <= at < sentence.end for at in changes)
        near = reading.doc.sentences[min(sentence.index + 1, len(reading.doc.sentences) - 1)].end
        if not opens and any(sentence.start <= at < near for at in (*changes, *doubtful)):
            opens = None
        if opens or sentence.start > min(shown, default=0):
            out.append(Row(signs, opens))
    return out


def _starts(text: str, phrases: list[str]) -> list[int]:
    return [at for phrase in phrases if (at := text.find(phrase)) >= 0]


def fit(essays: list[list[Row]]) -> dict[str, float]:
    """The weights of the signs."""
    rows = [row for essay in essays for row in essay if row.opens is not None]
    counts = Counter(sign for row in rows for sign in row.signs)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    shown = [dict.fromkeys(sorted(row.signs), 1.0) for row in rows]
    return logistic(shown, [bool(row.opens) for row in rows], names, RIDGE)


if __name__ == "__main__":
    sys.exit(main())
