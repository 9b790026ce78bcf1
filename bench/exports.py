"""What FDX, HTML and the figures of a draft cost, and how they grow.

    python bench/exports.py [--short]

Each length is taken in a process of its own; times are processor time, memory is what was added to
that of the screenplay. ``--short`` stops at 1,000 pages.
"""

from __future__ import annotations

import sys
from pathlib import Path

from page import child

SHORT, LONG = (100, 1_000), (100, 1_000, 10_000)
GOES = 3
NAMES = ("write FDX", "read FDX", "HTML", "figures")

_TAKES = """
from time import process_time as now
import resource, sys
from scripts import script
from scriptgen.exports.fdx import in_fdx, read_fdx, write_fdx
from scriptgen.exports.html import write_html
from scriptgen.fountain import printable
from scriptgen.layout import paginate
from scriptgen.stats import measure
small = printable(script(2))
write_html(small, paginate(small)), measure(small, paginate(small)), read_fdx(write_fdx(small))
play = printable(script(int(sys.argv[2])))
layout = paginate(play)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = now(); fdx = write_fdx(play); wrote = now() - start
start = now(); again = read_fdx(fdx); read = now() - start
assert again == in_fdx(play)
start = now(); write_html(play, layout); html = now() - start
start = now(); measure(play, layout); figures = now() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(wrote, read, html, figures, (peak - before) / 1024)
"""


def show_exports(sizes: tuple[int, ...]) -> None:
    """The cost of a page at each length, and against that of a page of the shortest script."""
    print(f"{'pages':>8}", *(f"{name:>16}" for name in (*NAMES, "memory")))
    first: list[float] = []
    for pages in sizes:
        goes = [child(sys.executable, _TAKES, Path(), str(pages)) for _ in range(GOES)]
        each = [min(figures) / pages for figures in zip(*goes, strict=True)]
        first = first or each
        cells = [
            f"{cost * 1e6:7.0f} us x{cost / base:4.2f}"
            for cost, base in zip(each, first, strict=True)
        ]
        cells[-1] = f"{each[-1] * 1024:7.0f} KB x{each[-1] / first[-1] if first[-1] else 0:4.2f}"
        print(f"{pages:8,}", *(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    show_exports(SHORT if "--short" in sys.argv[1:] else LONG)
