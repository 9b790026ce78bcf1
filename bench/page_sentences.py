"""How well the rules about the language of a page tell its faults: precision and recall.

    python bench/page_sentences.py [FILE.toml|FILE.json ...]

Without a file: the sentences in ``page_sentences.toml``, those at even places (looked at while the
rules were written) and those at odd places apart. A JSON file is a list of objects with ``text``
and ``rules``.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

from scriptgen.catalog import language_pack
from scriptgen.checks import check_screenplay
from scriptgen.screenplay import Action, Screenplay

HERE = Path(__file__).parent
CODES = {
    "W_COMMENTARY": "commentary",
    "W_ASIDE": "aside",
    "W_NEGATIVE": "negative",
    "W_FEELING": "feeling",
    "W_UNFILMABLE": "unfilmable",
    "W_CAMERA": "camera",
    "W_TENSE": "tense",
    "W_QUESTION": "question",
}
DISGUISED = {"aside": "aside", "negative": "aside"}
Labelled = tuple[str, frozenset[str]]


def found(text: str) -> frozenset[str]:
    """The rules that speak about a sentence."""
    page = Screenplay(elements=(Action(text=text),))
    report = check_screenplay(page, None, pack=language_pack("en"), writer="model")
    return frozenset(CODES[each.code] for each in report.findings if each.code in CODES)


def sentences(path: Path) -> tuple[list[Labelled], list[Labelled]]:
    """The labelled sentences of a file: those at even and at odd places of their list."""
    if path.suffix == ".json":
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [], [(row["text"], frozenset(row["rules"])) for row in rows]
    halves: tuple[list[Labelled], list[Labelled]] = [], []
    for group in tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]:
        for place, text in enumerate(group["texts"]):
            halves[place % 2].append((text, frozenset(group["rules"])))
    return halves


def show(title: str, labelled: list[Labelled], *, verbose: bool) -> None:
    """Print a line for each rule, and with ``verbose`` what it got wrong."""
    right, spoke, meant = Counter[str](), Counter[str](), Counter[str]()
    anywhere = Counter[str]()
    for text, rules in labelled:
        said = found(text)
        spoke.update(said)
        meant.update(rules)
        right.update(said & rules)
        anywhere.update([f"{bool(rules)} {bool(said)}"])
        if verbose and said != rules:
            print(f"  {sorted(rules)} -> {sorted(said)}: {text}")
    print(f"{title}: {len(labelled)} sentences")
    for rule in dict.fromkeys(CODES.values()):
        precision = right[rule] / spoke[rule] if spoke[rule] else 1.0
        recall = right[rule] / meant[rule] if meant[rule] else 1.0
        print(
            f"  {rule:11} precision {precision:.2f} ({right[rule]} of {spoke[rule]})"
            f"   recall {recall:.2f} ({right[rule]} of {meant[rule]})"
        )
    both, missed, false = (anywhere[key] for key in ("True True", "True False", "False True"))
    print(
        f"  any rule    precision {both / max(1, both + false):.2f}"
        f"   recall {both / max(1, both + missed):.2f}"
    )


def main(arguments: list[str]) -> int:
    """Measure; 0."""
    verbose = "-v" in arguments
    for name in [each for each in arguments if each != "-v"] or [str(HERE / "page_sentences.toml")]:
        even, odd = sentences(Path(name))
        if even:
            show(f"{Path(name).name}, looked at", even, verbose=verbose)
        show(f"{Path(name).name}, not looked at", odd, verbose=verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
