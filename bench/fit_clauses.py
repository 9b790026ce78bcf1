"""Fit the weights by which the parser tells film from talk, and print how far they carry.

usage: python bench/fit_clauses.py [--write] FOLDER...

Each folder holds annotated essays: ``NAME.gold.json`` (``key_beats``: phrases that are film,
``must_not_appear``: phrases that are talk) beside the essay, as ``.txt`` or ``.md``, or in a folder
that the file names (``source``). There are some in ``bench/annotated`` and ``tests/golden_briefs``.
The figures are of essays left out of the fit (in seven turns). ``--write`` fits on all and writes
``scriptgen/parser/lang/en/weights.toml``.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from scriptgen.catalog import language_pack
from scriptgen.parser import read_prose
from scriptgen.parser.clauses import joints
from scriptgen.parser.sentences import Block
from scriptgen.parser.signs import signs
from scriptgen.parser.weighing import SURROUNDINGS, in_context, surroundings
from scriptgen.reader import read_essay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.essay import Essay

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/weights.toml"
TURNS = 7
RIDGE = 4.0
FEWEST = 10
SMALLEST = 0.1
HEAD = """\
# How much each sign of a piece of a sentence speaks for film (above 0) or for talk about it (below
# 0), as the logarithm of the odds. Made by bench/fit_clauses.py from annotated essays: {essays},
# {labels} pieces. Of essays left out of the fit, {right:.0%} of the pieces fall on the right side.
"""


T = TypeVar("T")


class Row(NamedTuple):
    """A piece: its signs and, where it is annotated, whether it is film."""

    signs: frozenset[str]
    film: bool | None


Sentences = list[list[Row]]


def main() -> int:
    essays = [read(path) for path in annotated()]
    if not essays:
        print(__doc__)
        return 2
    pairs = []
    for rest, out in turns(essays):
        own, inside = fit(rest)
        for essay in out:
            pairs += judged(essay, own, inside)
    right = sum((score > 0) is film for score, film in pairs) / len(pairs)
    print(f"{len(essays)} essays, {len(pairs)} annotated pieces, {right:.3f} right when left out")
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        kept = [film for score, film in pairs if score > least]
        films = sum(film for _, film in pairs)
        talks = len(pairs) - films
        said = kept.count(False) / talks
        print(f"  above {least:4}: film {sum(kept) / films:.3f}, talk {said:.3f}")
    if "--write" in sys.argv:
        own, inside = fit(essays)
        head = HEAD.format(essays=len(essays), labels=len(pairs), right=right)
        OUT.write_text(head + table("film_weights", own) + table("film_context", inside))
    return 0


def annotated() -> Iterator[Path]:
    """The annotations in the folders of the command line, in order."""
    for name in sys.argv[1:]:
        if not name.startswith("--"):
            yield from sorted(Path(name).glob("*.gold.json"))


def turns(essays: Sequence[T]) -> Iterator[tuple[list[T], list[T]]]:
    """The essays to fit on and those left out, the same turns each time."""
    order = list(range(len(essays)))
    random.Random(1).shuffle(order)  # noqa: S311 - the same turns each time
    for turn in range(TURNS):
        out = order[turn::TURNS]
        yield [essays[at] for at in order if at not in out], [essays[at] for at in out]


def read(path: Path) -> Sentences:
    """The pieces of an essay, sentence by sentence."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    essay = essay_of(path, gold)
    reading = read_prose(essay, language_pack("en"))
    film = _spans(essay.text, gold.get("key_beats", []))
    talk = _spans(essay.text, gold.get("must_not_appear", []))
    out = []
    for sentence in reading.doc.sentences:
        if reading.doc.paragraphs[sentence.paragraph].block not in (Block.PROSE, Block.ITEM):
            continue
        pieces = joints(reading, sentence.start, sentence.end)
        out.append(
            [
                Row(
                    frozenset(found),
                    None if piece.line else _label(piece.start, piece.end, film, talk),
                )
                for piece, found in zip(pieces, signs(reading, pieces), strict=True)
            ]
        )
    return out


def essay_of(path: Path, gold: dict[str, Any]) -> Essay:
    """The essay that ``path`` annotates."""
    stem = path.name.removesuffix(".gold.json")
    names = (gold.get("source"), f"{stem}.txt", f"{stem}.md")
    root = path.parent
    places = (root, root / "../work", root.parent / "seeds", root.parent.parent / "seeds")
    found = next(p for f in places for n in names if n and (p := f / n).is_file())
    return read_essay(found)


def _spans(text: str, phrases: list[str]) -> list[tuple[int, int]]:
    return [(at, at + len(p)) for p in phrases if (at := text.find(p)) >= 0]


def _label(
    start: int, end: int, film: list[tuple[int, int]], talk: list[tuple[int, int]]
) -> bool | None:
    shown = sum(max(0, min(end, b) - max(start, a)) for a, b in film) / (end - start)
    said = sum(max(0, min(end, b) - max(start, a)) for a, b in talk) / (end - start)
    within = any(start <= a and b <= end + 1 for a, b in talk)
    if said >= 0.5 or (within and shown < 0.3):
        return False
    return True if shown >= 0.5 else None


def fit(essays: list[Sentences]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of the signs, then those of a piece's surroundings."""
    labelled = [row for essay in essays for rows in essay for row in rows if row.film is not None]
    counts = Counter(sign for row in labelled for sign in row.signs)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    films = [bool(row.film) for row in labelled]
    own = logistic([dict.fromkeys(sorted(row.signs), 1.0) for row in labelled], films, names, RIDGE)
    around = [
        (dict(zip(SURROUNDINGS, surrounding, strict=True)), bool(row.film))
        for essay in essays
        for rows, near in zip(essay, surroundings(scored(essay, own)), strict=True)
        for row, surrounding in zip(rows, near, strict=True)
        if row.film is not None
    ]
    inside = logistic([x for x, _ in around], [y for _, y in around], list(SURROUNDINGS), 1.0)
    return own, inside


def scored(essay: Sentences, own: dict[str, float]) -> list[list[float | None]]:
    """The pieces' own scores; ``None`` for lines."""
    return [
        [
            None if "line" in row.signs else sum(own.get(sign, 0.0) for sign in sorted(row.signs))
            for row in rows
        ]
        for rows in essay
    ]


def judged(
    essay: Sentences, own: dict[str, float], inside: dict[str, float]
) -> list[tuple[float, bool]]:
    """The score of each annotated piece, and whether it is film."""
    return [
        (score, row.film)
        for rows, scores in zip(essay, in_context(scored(essay, own), inside), strict=True)
        for row, score in zip(rows, scores, strict=True)
        if row.film is not None
    ]


def logistic(
    rows: list[dict[str, float]], films: list[bool], names: list[str], ridge: float
) -> dict[str, float]:
    """Logistic regression with a ridge, one weight after the other until all stand still."""
    columns: dict[str, list[tuple[int, float]]] = {name: [] for name in names}
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in columns:
                columns[name].append((number, value))
    weights = dict.fromkeys(names, 0.0)
    sums = [0.0] * len(rows)
    for _ in range(25):
        farthest = 0.0
        for name in names:
            pull = 0.01 if name == "always" else ridge
            slope, bend = pull * weights[name], pull
            for number, value in columns[name]:
                odds = 1 / (1 + math.exp(-sums[number]))
                slope += (odds - films[number]) * value
                bend += odds * (1 - odds) * value * value
            step = max(-1.0, min(1.0, -slope / (bend + 1e-9)))
            weights[name] += step
            for number, value in columns[name]:
                sums[number] += step * value
            farthest = max(farthest, abs(step))
        if farthest < 0.01:
            break
    return weights


def table(name: str, weights: dict[str, float], smallest: float = SMALLEST) -> str:
    """A table of the weights that count, the strongest first on each side."""
    kept = {sign: weight for sign, weight in weights.items() if abs(weight) >= smallest}
    lines = [f'"{sign}" = {kept[sign]:.2f}' for sign in sorted(kept, key=lambda s: (kept[s], s))]
    return f"\n[{name}]\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
