"""How well the rules about the language of a page tell its faults: precision and recall.

    python bench/page_sentences.py [FILE.toml|FILE.json ...]

Without a file: the sentences in ``page_sentences.toml``. A JSON file is a list of objects with
``text`` and ``rules``. ``-v`` prints what is told wrongly.
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
Labelled = tuple[str, frozenset[str]]


def found(text: str) -> frozenset[str]:
    """The rules that speak about a sentence."""
    page = Screenplay(elements=(Action(text=text),))
    report = check_screenplay(page, None, pack=language_pack("en"), writer="model")
    return frozenset(CODES[each.code] for each in report.findings if each.code in CODES)


def sentences(path: Path) -> list[Labelled]:
    """The labelled sentences of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return [(row["text"], frozenset(row["rules"])) for row in json.loads(text)]
    groups = tomllib.loads(text)["sentences"]
    return [(each, frozenset(group["rules"])) for group in groups for each in group["texts"]]


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
        show(Path(name).name, sentences(Path(name)), verbose=verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
