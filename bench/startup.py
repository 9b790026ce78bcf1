"""What ``scriptgen --help`` costs, beside an empty click program.

    python bench/startup.py [RUNS]

Runs both in turn, so that a busy machine slows both alike; prints the medians and their ratio
(the goal is 2.0 at most), and exits 1 if the help loads a library that only work needs.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

EMPTY = """
import click
@click.group()
def program(): "Nothing."
program(["--help"])
"""
HELP = (
    "import sys; from scriptgen.__main__ import main; sys.argv[1:] = ['--help']; sys.exit(main())"
)
VERSION = HELP.replace("--help", "--version")
FORBIDDEN = (
    "aiohttp",
    "asyncio",
    "charset_normalizer",
    "docx",
    "jinja2",
    "lxml",
    "openai",
    "pathvalidate",
    "pydantic",
    "pydantic_settings",
    "rich",
    "sqlite3",
    "tenacity",
)


def seconds(code: str) -> float:
    """Wall time of a fresh interpreter that runs ``code``."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def loaded(code: str) -> list[str]:
    """The forbidden libraries that ``code`` loads."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    modules = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    return sorted(modules.intersection(FORBIDDEN))


def main(runs: int) -> int:
    """Measure and print; gives the exit code."""
    for code in (EMPTY, HELP):
        seconds(code)
    pairs = [(seconds(EMPTY), seconds(HELP)) for _ in range(runs)]
    empty, ours = (median(column) for column in zip(*pairs, strict=True))
    print(f"empty click program  {empty * 1000:7.1f} ms")
    print(f"scriptgen --help     {ours * 1000:7.1f} ms")
    print(f"ratio                {ours / empty:7.2f}    (goal: at most 2.00)")
    found = sorted({*loaded(HELP), *loaded(VERSION)})
    print(f"loaded though not needed: {', '.join(found) or 'nothing'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
