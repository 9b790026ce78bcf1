"""The figures as one table of comma-separated values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.stats.figures import Stats

    Cell = str | int | float | None

COLUMNS = (
    *("table", "number", "name", "setting", "place", "time", "light", "page", "eighths"),
    *("scenes", "speeches", "words", "people"),
)
_QUOTED = re.compile(r'[",;\r\n]')
_FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a cell begins with that a spreadsheet takes for a formula."""


def csv_table(stats: Stats) -> str:
    """The figures as CSV (RFC 4180, lines end with LF): a row a scene, place, character and speech.

    ``table`` says what a row is; a cell that does not apply is empty. Text that a spreadsheet
    would take for a formula has an apostrophe before it.
    """
    rows = [COLUMNS, *([row.get(name) for name in COLUMNS] for row in _rows(stats))]
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)


def _rows(stats: Stats) -> Iterator[dict[str, Cell]]:
    yield {
        "table": "draft",
        "name": stats.title,
        "page": stats.pages,
        "scenes": len(stats.scenes),
        "words": stats.dialogue_words + stats.action_words,
        "people": len(stats.characters),
    }
    for scene in stats.scenes:
        yield {
            "table": "scene",
            "number": scene.number,
            "name": scene.heading,
            "setting": scene.setting,
            "place": scene.place,
            "time": scene.time,
            "light": scene.light,
            "page": scene.page,
            "eighths": scene.eighths,
            "words": sum(scene.speaking.values()),
            "people": "; ".join((*scene.speaking, *scene.seen)),
        }
    for place in stats.places:
        yield {
            "table": "place",
            "name": place.name,
            "setting": "; ".join(place.settings),
            "eighths": place.eighths,
            "scenes": len(place.scenes),
        }
    for person in stats.characters:
        yield {
            "table": "character",
            "name": person.name,
            "page": person.first_page,
            "scenes": len(person.scenes),
            "speeches": person.speeches,
            "words": person.words,
        }
    for speech in stats.speeches:
        yield {
            "table": "speech",
            "name": speech.opening,
            "page": speech.page,
            "words": speech.words,
            "people": speech.name,
        }


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    safe = f"'{value}" if value[:1] in _FORMULA else value
    return '"{}"'.format(safe.replace('"', '""')) if _QUOTED.search(safe) else safe
