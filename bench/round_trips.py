"""Ten thousand generated screenplays, written and read back; the tests try a thousand.

    python bench/round_trips.py [COUNT]

Half are hostile in every word, half as they are written. Each has to come back as what the page
can hold, with its sources where they are written, and what the page can hold has to be held as it
is; the same through FDX, for what FDX can hold. Ends with the smallest screenplay that does not,
if there is one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

sys.path.append(str(Path(__file__).parents[1] / "tests" / "fountain"))

from fountain_strategies import drafts, screenplays

from scriptgen.exports.fdx import in_fdx, read_fdx, write_fdx
from scriptgen.fountain import printable_with_findings, read_fountain, write_fountain

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scriptgen.screenplay import Screenplay

COUNT = 10_000


def comes_back(screenplay: Screenplay) -> None:
    """Raises ``AssertionError`` where the screenplay does not come back."""
    page, _ = printable_with_findings(screenplay)
    assert read_fountain(write_fountain(screenplay, trace=True)) == page
    assert printable_with_findings(page) == (page, ())
    plain = read_fountain(write_fountain(screenplay))
    assert [
        each.model_copy(update={"sources": (), "invented": False}) for each in page.elements
    ] == [*plain.elements]
    assert plain.title_page == page.title_page
    for trace in (False, True):
        fdx = write_fdx(screenplay, trace=trace)
        assert read_fdx(fdx) == in_fdx(screenplay, trace=trace)


def try_many(strategy: SearchStrategy[Screenplay], count: int) -> int:
    """How many screenplays came back; raises for the first that does not."""
    tried = 0

    @settings(
        max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def each(screenplay: Screenplay) -> None:
        nonlocal tried
        comes_back(screenplay)
        tried += 1

    each()
    return tried


def main(count: int) -> int:
    """Try and print."""
    for name, strategy in (("hostile", screenplays()), ("as written", drafts())):
        print(f"{name:12} {try_many(strategy, count // 2):7,} screenplays came back", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
