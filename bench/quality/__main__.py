"""What drafts are worth, by code alone: recorded replies and offline drafts side by side.

    python bench/quality [--essays DIR]... [--gold DIR] [--way WAY]... [--json]

Every essay at hand is drafted on the project's own path, without a model: offline, and from each
recorded reply that fits it, which is read, put right, traced and checked, without a revision.
Essays at hand are those in ``seeds/`` and in the folders of ``--essays``. ``--gold``: compare also
with the annotations of a folder; ``--way``: only this way of asking. Exits 1 where an element has
neither a source nor a mark, which must never be.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from quality.drafts import OFFLINE, Drafted, offline, pooled, replied
from quality.gold import Gold, gold_figures, golds_in
from quality.records import (
    SEEDS,
    Record,
    essays_in,
    records,
    staleness,
    template_changed,
    text_of,
)
from quality.table import COLUMNS, GOLD_COLUMNS, LEGEND, table
from scriptgen.drafting.path import parse_with_pack
from scriptgen.reader import read_essay

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA_VERSION = 1
WAYS = ("draft", "draft.bare", "request", OFFLINE)
"""The ways that are shown unless others are asked for, in this order."""

Figures = dict[str, int | float]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--essays", action="append", default=[], type=Path)
    parser.add_argument("--gold", action="append", default=[], type=Path)
    parser.add_argument("--way", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    known = answering(records())
    at_hand = essays_in([SEEDS, *given.essays])
    golds = {name: gold for folder in given.gold for name, gold in golds_in(folder).items()}
    ways = given.way or WAYS
    measured = {
        path.name: figures
        for id_, path in at_hand.items()
        if (figures := of_essay(path, known.get(id_, {}), ways, golds.get(path.name)))
    }
    stale = {
        record.reply: why
        for id_, answers in known.items()
        for record in answers.values()
        if record.way in ways and (why := staleness(record, at_hand.get(id_)))
    }
    if given.json:
        print(json.dumps(document(measured, ways, stale), indent=1))
    else:
        show(measured, ways, stale)
    return int(any(each["neither"] for rows in measured.values() for each in rows.values()))


def answering(kept: Iterable[Record]) -> dict[str, dict[str, Record]]:
    """By essay and way the last reply to the template as it is; where there is none, the last."""
    found: dict[str, dict[str, Record]] = {}
    for record in sorted(kept, key=lambda each: not template_changed(each)):
        found.setdefault(record.essay_id, {})[record.way] = record
    return found


def of_essay(
    path: Path, answers: dict[str, Record], ways: Iterable[str], gold: Gold | None
) -> dict[str, Figures]:
    """The figures of each way that an essay's draft is there for."""
    parsed = parse_with_pack(read_essay(path))
    rows: dict[str, Figures] = {}
    for way in ways:
        drafted: Drafted | None = None
        if way == OFFLINE:
            drafted = offline(parsed)
        elif way in answers:
            drafted = replied(way, text_of(answers[way]), parsed, path)
        if drafted is not None:
            rows[way] = drafted.figures
            if gold:
                rows[way] |= gold_figures(drafted.screenplay, drafted.before, parsed, gold)
    return rows


def in_all(measured: dict[str, dict[str, Figures]], ways: Iterable[str]) -> dict[str, Figures]:
    """The figures of each way over the essays, with how many these are (``essays``).

    The essays that have a draft of every way that there is at all; where there is none, all.
    """
    there = {way for rows in measured.values() for way in rows}
    common = [rows for rows in measured.values() if there <= rows.keys()]
    found: dict[str, Figures] = {}
    for way in ways:
        drafts = [rows[way] for rows in common or measured.values() if way in rows]
        if drafts:
            found[way] = {"essays": len(drafts), **pooled(drafts)}
    return found


def document(
    measured: dict[str, dict[str, Figures]], ways: Iterable[str], stale: dict[str, str]
) -> dict[str, object]:
    """All figures as plain data, in the order they are shown."""
    return {
        "schema_version": SCHEMA_VERSION,
        "essays": measured,
        "in_all": in_all(measured, ways),
        "stale": stale,
    }


def show(
    measured: dict[str, dict[str, Figures]], ways: Iterable[str], stale: dict[str, str]
) -> None:
    """Print the tables, those against annotations apart, and which replies are stale."""
    print(LEGEND)
    for essay, rows in measured.items():
        print(f"\n{essay}\n{table(rows, COLUMNS)}")
    whole = in_all(measured, ways)
    if whole:
        print(f"\n{_drafts(whole)}; shares are the mean of the drafts\n{table(whole, COLUMNS)}")
    read = {
        essay: gold
        for essay, rows in measured.items()
        if (gold := {way: each for way, each in rows.items() if "gold_lines" in each})
    }
    if read:
        told = in_all(read, ways)
        print("\nAgainst what a careful reader found:")
        for essay, rows in read.items():
            print(f"\n{essay}\n{table(rows, GOLD_COLUMNS)}")
        print(f"\n{_drafts(told)}\n{table(told, GOLD_COLUMNS)}")
    for reply, why in stale.items():
        print(f"stale: {reply}: {why}")


def _drafts(whole: dict[str, Figures]) -> str:
    return "In all: " + ", ".join(f"{way} {each['essays']}" for way, each in whole.items())


if __name__ == "__main__":
    sys.exit(main())
