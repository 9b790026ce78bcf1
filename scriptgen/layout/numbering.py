"""Scene numbers for headings that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def numbers(own: Iterable[str | None]) -> list[str]:
    """A number for each heading, none twice: its own, or else the next.

    Where no heading has one they are counted from 1. A heading between numbered ones gets the
    number before it with a letter, as scenes do that are added to a script in production.
    """
    given = list(own)
    taken = {number for number in given if number}
    if not taken:
        return [str(count) for count in range(1, len(given) + 1)]
    found = []
    before = "0"
    letters = 0
    for number in given:
        if number:
            before, letters = number, 0
            found.append(number)
            continue
        while (new := f"{before}{_letters(letters)}") in taken:
            letters += 1
        taken.add(new)
        found.append(new)
    return found


def _letters(count: int) -> str:
    """``A`` to ``Z``, then ``AA``."""
    name = ""
    count += 1
    while count:
        count, at = divmod(count - 1, 26)
        name = chr(ord("A") + at) + name
    return name
