"""Fit the weights by which the parser tells people of the drama from other names.

usage: python bench/fit_names.py [--write] FOLDER...

Each folder holds annotated essays as for ``bench/fit_clauses.py``; what counts here are the names
and aliases under ``characters``, and the speakers. Printed is what becomes of the capitalised runs
of essays left out of the fit (in seven turns). ``--write`` fits on all and writes
``scriptgen/parser/lang/en/name_weights.toml``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fit_clauses import annotated, essay_of, logistic, table, turns

from scriptgen.catalog import language_pack
from scriptgen.parser.name_runs import find_forms
from scriptgen.parser.name_signs import find_makers, find_outsiders
from scriptgen.parser.name_weighing import SURE, name_signs
from scriptgen.parser.sentences import read_document
from scriptgen.parser.title import find_title, title_spans
from scriptgen.parser.typography import cover

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/name_weights.toml"
RIDGE, FEWEST = 3.0, 5
HEAD = """\
# How much each sign of a capitalised run speaks for somebody of the drama (above 0) or against it
# (below 0), as the logarithm of the odds. Made by bench/fit_names.py from annotated essays:
# {essays}, {names} runs. Of essays left out of the fit, {right:.0%} of the runs taken for people
# are some.
"""
_WORD = re.compile(r"[\w’'-]+")
_TAIL = re.compile(r"\s(?:in|from|of|at|to|with|behind)\s")


class Row(NamedTuple):
    """A run of capitalised words: its signs, and whether somebody is called so."""

    signs: frozenset[str]
    person: bool


def main() -> int:
    essays = [rows for path in annotated() if (rows := read(path))]
    if not essays:
        print(__doc__)
        return 2
    pairs = []
    for rest, out in turns(essays):
        weights = fit([row for essay in rest for row in essay])
        pairs += [(likelihood(row, weights), row.person) for essay in out for row in essay]
    people = sum(person for _, person in pairs)
    print(f"{len(essays)} essays, {len(pairs)} runs, {people} of them people; when left out")
    right = 0.0
    for least in (-0.5, 0.0, 0.5, SURE, 1.5):
        taken = [person for score, person in pairs if score >= least]
        share = sum(taken) / len(taken)
        right = share if least == SURE else right
        print(f"  above {least:4}: right {share:.3f}, found {sum(taken) / people:.3f}")
    if "--write" in sys.argv:
        weights = fit([row for rows in essays for row in rows])
        head = HEAD.format(essays=len(essays), names=len(pairs), right=right)
        OUT.write_text(head + table("name_weights", weights))
    return 0


def read(path: Path) -> list[Row]:
    """The capitalised runs of an English essay."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    essay = essay_of(path, gold)
    if essay.language not in {"und", "en"}:
        return []
    pack = language_pack("en")
    doc = read_document(essay.text, pack)
    titles = title_spans(doc, find_title(doc, pack, essay.meta))
    forms = find_forms(doc, pack, cover(doc.text, titles))
    makers = find_makers(doc, pack, forms)
    outsiders = find_outsiders(doc, pack, forms, makers)
    called = set(_called(gold))
    return [
        Row(frozenset(signs), all(word in called for word in core))
        for core, signs in name_signs(doc, pack, forms, outsiders).items()
        if core not in makers
    ]


def _called(gold: dict[str, Any]) -> Iterator[str]:
    """The words that somebody of the essay is called by, without where they are from."""
    phrases = [p for c in gold["characters"] for p in (c["name"], *c["aliases"])]
    phrases += [line["speaker"] or "" for line in gold["dialogue"]]
    for phrase in phrases:
        for word in _WORD.findall(_TAIL.split(phrase)[0]):
            yield word.replace("’", "'")


def fit(rows: list[Row]) -> dict[str, float]:
    """The weights of the signs."""
    counts = Counter(sign for row in rows for sign in row.signs)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    signs = [dict.fromkeys(sorted(row.signs), 1.0) for row in rows]
    return logistic(signs, [row.person for row in rows], names, RIDGE)


def likelihood(row: Row, weights: dict[str, float]) -> float:
    """The logarithm of the odds that a run is somebody."""
    return sum(weights.get(sign, 0.0) for sign in sorted(row.signs))


if __name__ == "__main__":
    sys.exit(main())
