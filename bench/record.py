"""What the record of a run costs: bytes on disk by what they hold, and its share of a batch.

    python bench/record.py [ESSAYS]

A batch of ``ESSAYS`` (100 unless told) essays of about 7 KB goes through a model with a script.
Then every run is replayed. Times are processor time.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

from shapes import seeds

from scriptgen.batch import BatchOptions, run_batch
from scriptgen.drafting import DraftOptions, Means, draft, replay
from scriptgen.ledger import Ledger
from scriptgen.ledger.kept import keep_essay, keep_prompts
from scriptgen.llm import ScriptedModel
from scriptgen.reader import essay_from_text, find_essays

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGIN = "http://model.test"
HELD = {
    "the draft and its report (runs)": "SELECT sum(length(record)) FROM runs",
    "raw replies": "SELECT sum(length(body)) FROM replies",
    "essays": "SELECT sum(length(essay)) FROM essays",
    "prompts": "SELECT sum(length(prompt)) FROM prompts",
}


def essays(folder: Path, count: int) -> None:
    """Write ``count`` essays that one page suits, no two alike."""
    for number in range(count):
        text = f"{seeds()[0]}\n\nThis was review number {number} of the season.\n"
        (folder / f"e{number:05}.txt").write_text(text, encoding="utf-8")


def drafted(folder: Path, outputs: Path, page: str) -> tuple[float, float]:
    """Draft all essays; gives all seconds, and those that keeping essays and prompts took."""
    keeping = [0.0]

    def timed(keep: Callable[..., None]) -> Callable[..., None]:
        def keep_timed(*told: object) -> None:
            began = process_time()
            keep(*told)
            keeping[0] += process_time() - began

        return keep_timed

    with ExitStack() as stack:
        for keep in (keep_prompts, keep_essay):
            name = f"scriptgen.ledger.ledger.{keep.__name__}"
            stack.enter_context(patch(name, timed(keep)))
        ledger = stack.enter_context(Ledger.open(outputs / ".scriptgen" / "ledger.sqlite3"))
        model = ScriptedModel([page], sink=ledger.sink(origin=ORIGIN))
        means = Means(DraftOptions(revisions=0), model, ORIGIN, ledger)
        found = find_essays([str(folder)]).essays
        began = process_time()
        done = run_batch(found, means, outputs=outputs, options=BatchOptions(jobs=4))
        taken = process_time() - began
    if done.done != len(found):
        raise SystemExit(f"{len(found) - done.done} essays have no draft: {done.failed[0].message}")
    return taken, keeping[0]


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
    with TemporaryDirectory() as name:
        folder, outputs = Path(name) / "essays", Path(name) / "outputs"
        folder.mkdir()
        essays(folder, count)
        taken, keeping = drafted(folder, outputs, page)
        print(
            f"{taken / count * 1000:.1f} ms a run, {keeping / count * 1000:.2f} of them for keeping"
            f" essay and prompt ({keeping / taken:.1%})"
        )
        tell_sizes(outputs, count)
        tell_replays(outputs)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
