"""How many essays of 7 KB one core parses in a second, beside a plain word count of the same text.

usage: python bench/parse.py [SECONDS]    (default 3)
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from pathlib import Path

from scriptgen.catalog import language_pack
from scriptgen.parser import parse
from scriptgen.reader import read_essay

SIZE = 7_000
LEAST = 50


def main() -> int:
    folder = Path(__file__).parent.parent / "seeds"
    essays = [read_essay(p) for p in sorted(folder.iterdir()) if p.stem != "README"]
    pack = language_pack("en")
    parse(essays[0], pack)
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    rates, floor = [], []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for essay in essays:
            start = time.process_time()
            parse(essay, pack)
            rates.append(len(essay.text) / SIZE / (time.process_time() - start))
            start = time.process_time()
            re.findall(r"\w+", essay.text)
            floor.append(time.process_time() - start)
    rate = statistics.median(rates)
    print(
        f"parse: {rate:.0f} essays of 7 KB a second on one core (median of {len(rates)}; the goal "
        f"is {LEAST}), {1 / rate / max(statistics.median(floor), 1e-9):.0f} times a word split"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
