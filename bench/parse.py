"""What parsing costs: essays a second, time by pass, growth with the text, memory, import.

    python bench/parse.py [--short]

``--short`` leaves out the texts over 100 KB. Whatever depends on the machine stands beside
something plain measured in the same run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict
from functools import partial, wraps
from inspect import getmembers, isfunction
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from shapes import SHAPES, essays, seeds

from scriptgen import parser
from scriptgen.catalog import language_pack
from scriptgen.essay import Essay

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.brief import SceneBrief

SIZE = 7_000
SHORT, LONG = (100_000,), (100_000, 500_000, 2_000_000)
RATE, MEGABYTES, IMPORT_MS = 80, 120, 150
PACK = language_pack("en")


def parse(text: str) -> SceneBrief:
    """The brief of ``text``, as an English essay."""
    return parser.parse(Essay(text=text, id="0", raw_sha256="0", source="bench"), PACK)


def seconds(work: Callable[[], object], times: int) -> float:
    """The least processor time of several goes."""
    taken = []
    for _ in range(times):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return min(taken)


def show_rate(goes: int) -> None:
    """Essays of 7 KB that one core parses in a second."""
    texts = seeds()
    size = sum(map(len, texts))
    ours = sum(seconds(partial(parse, text), goes) for text in texts)
    plain = sum(seconds(partial(re.findall, r"\w+", text), goes) for text in texts)
    print(
        f"essays of 7 KB a second, one core  {size / SIZE / ours:7.0f}    (goal: {RATE}; "
        f"{ours / plain:.0f} times a word split)"
    )


def show_passes(goes: int) -> None:
    """Where the time of one essay of 7 KB goes: each pass without the passes it calls."""
    spent: dict[str, float] = defaultdict(float)
    inner = [0.0]

    def timed(name: str, function: Callable[..., object]) -> Callable[..., object]:
        @wraps(function)
        def run(*args: object, **named: object) -> object:
            inner.append(0.0)
            start = perf_counter()
            try:
                return function(*args, **named)
            finally:
                taken = perf_counter() - start
                spent[name] += taken - inner.pop()
                inner[-1] += taken

        return run

    texts = seeds()
    found = [(n, f) for n, f in getmembers(parser, isfunction) if n not in ("parse", "_read")]
    for name, function in found:
        setattr(parser, name, timed(name, function))
    start = perf_counter()
    for _ in range(goes):
        for text in texts:
            parse(text)
    whole = perf_counter() - start
    for name, function in found:
        setattr(parser, name, function)
    spent["the rest"] = whole - sum(spent.values())
    essay = whole * SIZE / (goes * sum(map(len, texts)))
    for name, taken in sorted(spent.items(), key=lambda pair: -pair[1]):
        if taken > whole / 100:
            print(f"  {name:<32} {essay * taken / whole * 1000:7.2f} ms {taken / whole:4.0%}")


def show_growth(sizes: tuple[int, ...]) -> None:
    """The cost of a character in long texts, as a multiple of its cost in 7 KB of the same."""
    print(f"growth: {'us a character at 7 KB':>32}", *(f"x at {s // 1000:>4} KB" for s in sizes))
    for name, shape in SHAPES.items():
        text = shape(SIZE)
        base = seconds(partial(parse, text), 5) / len(text)
        ratios = [seconds(partial(parse, shape(size)), 1) / size / base for size in sizes]
        print(f"  {name:<20} {base * 1e6:17.2f}", *(f"{ratio:12.2f}" for ratio in ratios))


def child(code: str, compiled: str) -> str:
    """What a fresh interpreter prints that runs ``code`` beside this file.

    ``compiled``: the folder of the byte code, which an installed package has.
    """
    path = f"import sys; sys.path[:0] = {sys.path!r}\n"
    own = {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(
        [sys.executable, "-c", path + code],
        env={**os.environ, **own},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def show_memory(compiled: str, *, long: bool) -> None:
    """The most memory a process holds that parses essays of 7 KB, and one of 2 MB."""
    peak = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    some = child(
        f"import parse, shapes\nfor t in shapes.seeds() * 5: parse.parse(t)\n{peak}", compiled
    )
    print(f"peak memory, essays of 7 KB        {float(some):7.0f} MB (goal: {MEGABYTES} at most)")
    if long:
        much = child(
            f"import parse, shapes\nparse.parse(shapes.essays(2_000_000))\n{peak}", compiled
        )
        print(f"peak memory, an essay of 2 MB      {float(much):7.0f} MB")


def show_import(goes: int, compiled: str) -> None:
    """What importing the parser adds to importing pydantic."""
    clock = "from time import perf_counter as now; a = now(); import {}; print(now() - a)"
    plain, ours = (
        min(float(child(clock.format(name), compiled)) for _ in range(goes + 1))
        for name in ("pydantic.main", "scriptgen.parser")
    )
    print(
        f"import of scriptgen.parser         {(ours - plain) * 1000:7.0f} ms more than pydantic's "
        f"{plain * 1000:.0f} (goal: {IMPORT_MS} at most)"
    )


def main(*, short: bool) -> int:
    """Measure and print; always 0, for a busy machine is no fault."""
    # A child's peak counts from its parent's, which is still small here.
    with TemporaryDirectory() as compiled:
        show_memory(compiled, long=not short)
        show_import(3 if short else 9, compiled)
    parse(essays(SIZE))
    show_rate(5 if short else 20)
    show_passes(3 if short else 20)
    show_growth(SHORT if short else LONG)
    return 0


if __name__ == "__main__":
    sys.exit(main(short="--short" in sys.argv[1:]))
