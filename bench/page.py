"""What the page costs: reading and writing Fountain, beside fountain-py, and how both grow.

Then what a PDF costs, beside screenplain (`paper.py`).

    SCRIPTGEN_PEERS=FOLDER python bench/page.py [--short]

``SCRIPTGEN_PEERS`` names the folder of the other parsers (`.ci/run` makes it). Each figure is
taken in a process of its own; times are processor time. ``--short`` stops at 1,000 pages.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from paper import LONG as PDF_LONG
from paper import SHORT as PDF_SHORT
from paper import show_pdf
from scripts import LINES_A_PAGE

SHORT, LONG = (100, 1_000), (100, 1_000, 10_000)
GOES = 3

_WRITES = """
import sys
from scriptgen.fountain import write_fountain
from scripts import script
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write(write_fountain(script(int(sys.argv[2]))))
"""
_OURS = """
from time import process_time as now
import resource, sys
from scriptgen.fountain import read_fountain, read_reply, write_fountain
text = open(sys.argv[1], encoding="utf-8").read()
write_fountain(read_fountain(text[:20_000]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = now(); play = read_fountain(text); read = now() - start
start = now(); again = write_fountain(play); wrote = now() - start
assert again == text
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = now(); read_reply(text); reply = now() - start
print(read, wrote, reply, (peak - before) / 1024)
"""
_PEER = """
from time import process_time as now
import sys
from fountain import FountainParser
text = open(sys.argv[1], encoding="utf-8").read()
FountainParser().parse(text[:20_000])
start = now(); FountainParser().parse(text); print(now() - start)
"""


class Cost(NamedTuple):
    """Seconds to read, to write and to read as a model's reply, and the megabytes it took."""

    read: float
    write: float
    reply: float
    memory: float


def child(program: str, code: str, page: Path, *more: str) -> list[float]:
    """The figures that a fresh interpreter prints.

    All that is big is made in one: the peak memory of a child counts from that of its parent.
    """
    path = os.pathsep.join(sys.path) if program == sys.executable else ""
    done = subprocess.run(
        [program, "-c", code, page, *more],
        env={**os.environ, "PYTHONPATH": path},
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(figure) for figure in done.stdout.split()]


def cost(page: Path) -> Cost:
    """The least of several goes."""
    return Cost(
        *map(min, zip(*(child(sys.executable, _OURS, page) for _ in range(GOES)), strict=True))
    )


def peer(page: Path) -> float | None:
    """Seconds that fountain-py takes, ``None`` where it is not installed."""
    folder = os.environ.get("SCRIPTGEN_PEERS")
    if not folder:
        return None
    program = str(Path(folder) / "venv" / "bin" / "python")
    return min(child(program, _PEER, page)[0] for _ in range(GOES))


def show_growth(costs: dict[int, Cost]) -> None:
    """The cost of a page at each length, and against that of a page of the shortest script."""
    print(f"{'pages':>8} {'read':>16} {'write':>16} {'as a reply':>16} {'memory':>16}")
    first = costs[min(costs)]
    for pages, taken in costs.items():
        cells = []
        for name, unit, scale in (
            *((n, "us", 1e6) for n in Cost._fields[:3]),
            ("memory", "KB", 1024),
        ):
            each = getattr(taken, name) / pages
            base = getattr(first, name) / min(costs)
            cells.append(f"{each * scale:7.0f} {unit} x{each / base if base else 0:4.2f}")
        print(f"{pages:8,}", *(f"{cell:>16}" for cell in cells))


def show_fountain(sizes: tuple[int, ...]) -> None:
    """Reading against fountain-py, writing against reading, and both by length."""
    costs = {}
    with TemporaryDirectory() as folder:
        page = Path(folder) / "script.fountain"
        for pages in sizes:
            child(sys.executable, _WRITES, page, str(pages))
            costs[pages] = cost(page)
        other = peer(page)
    taken = costs[sizes[-1]]
    print(f"Fountain, {sizes[-1]:,} pages of {LINES_A_PAGE} lines")
    if other is None:
        print("  fountain-py is not there: SCRIPTGEN_PEERS names no folder")
    else:
        print(f"  read / fountain-py reads   {taken.read / other:5.2f}   (goal: 1 at most)")
        print(f"  as a reply / fountain-py   {taken.reply / other:5.2f}")
    print(f"  write / read               {taken.write / taken.read:5.2f}   (goal: 1 at most)")
    print("a page, and how many times the cost of one in the shortest script")
    show_growth(costs)


def main(*, short: bool) -> int:
    """Measure and print; always 0, for a busy machine is no fault."""
    show_fountain(SHORT if short else LONG)
    print()
    show_pdf(PDF_SHORT if short else PDF_LONG)
    return 0


if __name__ == "__main__":
    sys.exit(main(short="--short" in sys.argv[1:]))
