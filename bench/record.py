"""What the record of a run costs: bytes on disk by what they hold, and time beside a batch without.

    python bench/record.py [ESSAYS]

A batch of ``ESSAYS`` (100 unless told) essays of about 7 KB goes through a model with a script, in
turns with and without essays and prompts kept; processor time, least of three goes. Then every
run is replayed.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from unittest.mock import patch

from shapes import seeds

from scriptgen.batch import BatchOptions, run_batch
from scriptgen.drafting import DraftOptions, Means, draft, replay
from scriptgen.ledger import Ledger
from scriptgen.llm import ScriptedModel
from scriptgen.reader import essay_from_text, find_essays

GOES = 3
ORIGIN = "http://model.test"
KEEPERS = ("scriptgen.ledger.ledger.keep_prompts", "scriptgen.ledger.ledger.keep_essay")
HELD = {
    "the draft and its report (runs)": "SELECT sum(length(record)) FROM runs",
    "raw replies": "SELECT sum(length(body)) FROM replies",
    "essays": "SELECT sum(length(essay)) FROM essays",
    "prompts": "SELECT sum(length(prompt)) FROM prompts",
}


def essays(folder: Path, count: int) -> None:
    """Write ``count`` essays, no two alike."""
    texts = seeds()
    for number in range(count):
        text = f"{texts[number % len(texts)]}\n\nThis was review number {number} of the season.\n"
        (folder / f"e{number:05}.txt").write_text(text, encoding="utf-8")


def drafted(folder: Path, outputs: Path, page: str, *, kept: bool) -> tuple[float, float]:
    """Draft all essays; gives processor and wall seconds."""
    with ExitStack() as stack:
        for keeper in () if kept else KEEPERS:
            stack.enter_context(patch(keeper))
        ledger = stack.enter_context(Ledger.open(outputs / ".scriptgen" / "ledger.sqlite3"))
        model = ScriptedModel([page], sink=ledger.sink(origin=ORIGIN))
        means = Means(DraftOptions(revisions=0), model, ORIGIN, ledger)
        found = find_essays([str(folder)]).essays
        used, began = process_time(), perf_counter()
        done = run_batch(found, means, outputs=outputs, options=BatchOptions(jobs=4))
        taken = process_time() - used, perf_counter() - began
    assert done.done == len(found), done
    return taken


def tell_sizes(outputs: Path, count: int) -> None:
    """Bytes a run takes, by what they hold."""
    path = outputs / ".scriptgen" / "ledger.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for name, query in HELD.items():
            print(f"{db.execute(query).fetchone()[0] / count:10,.0f} bytes a run: {name}")
    print(f"{path.stat().st_size / count:10,.0f} bytes a run: the whole ledger")


def tell_replays(outputs: Path) -> None:
    """Replay every run; each is the same draft."""
    with Ledger.open(outputs / ".scriptgen" / "ledger.sqlite3") as ledger:
        runs = list(ledger.runs())
        began = process_time()
        same = sum(replay(run, ledger).same for run in runs)
        print(
            f"{same} of {len(runs)} drafts replayed byte for byte,"
            f" {(process_time() - began) / len(runs) * 1000:.0f} ms each"
        )


def main(count: int) -> int:
    """Print it all."""
    page = draft(essay_from_text(seeds()[0], source="seed")).draft
    taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    with TemporaryDirectory() as name:
        folder = Path(name) / "essays"
        folder.mkdir()
        essays(folder, count)
        for go in range(GOES):
            for kept in (True, False):
                outputs = Path(name) / f"outputs-{go}-{kept}"
                taken[kept].append(drafted(folder, outputs, page, kept=kept))
        tell_sizes(Path(name) / "outputs-0-True", count)
        tell_replays(Path(name) / "outputs-0-True")
    for at, kind in enumerate(("processor", "wall")):
        with_, without = (min(each[at] for each in taken[kept]) for kept in (True, False))
        print(
            f"{kind} time: {with_ / count * 1000:.2f} ms a run with essays and prompts kept,"
            f" {without / count * 1000:.2f} without, {with_ / without:.3f} times"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
