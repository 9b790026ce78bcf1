"""The command line: a face that holds nothing the Python API lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Run one command; gives the exit code and raises nothing.

    0 done, 1 findings of severity error or some essays failed, 2 usage, input or template,
    3 set-up, 4 provider, 5 reply unusable, 6 outputs not writable, 130 interrupted, 141 the reader
    of standard output went away, 143 terminated.
    """
    from scriptgen.cli.failures import guarded

    return guarded(argv)
