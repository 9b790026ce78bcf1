"""Figures as tables to read in a terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.cli.columns import columns
from scriptgen.cli.printing import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scriptgen.stats import Character, LongSpeech, Place, Scene, Stats

    Row = list[tuple[str, str]]
    """Pieces of one row: text, and its look as SGR numbers (empty for none)."""

WIDEST = 110
NARROWEST = 48
BOLD, DIM, HEAD = "1", "2", "1;36"
EIGHTHS = 8


class _Column(NamedTuple):
    """A column: its head, and how it is set; the one that ``gives`` is cut where room is short."""

    head: str
    right: bool = False
    gives: bool = False


_SCENES = (
    _Column("#", right=True),
    _Column("heading", gives=True),
    _Column("page", right=True),
    _Column("length", right=True),
    _Column("who", gives=True),
)
_PLACES = (
    _Column("place", gives=True),
    _Column("in or out"),
    _Column("scenes", right=True),
    _Column("length", right=True),
)
_PEOPLE = (
    _Column("name", gives=True),
    _Column("first page", right=True),
    _Column("speeches", right=True),
    _Column("words", right=True),
    _Column("scenes", right=True),
)
_SPEECHES = (
    _Column("name"),
    _Column("words", right=True),
    _Column("page", right=True),
    _Column("opening", gives=True),
)


def sheet(stats: Stats) -> Iterator[Row]:
    """The rows: title and figures, then a table each of scenes, places, people and speeches."""
    yield [(one_line(stats.title or "(no title)"), BOLD)]
    yield [(_figures(stats), "")]
    yield [(_shares(stats), DIM)]
    yield from _table("scenes", _SCENES, map(_scene, stats.scenes))
    yield from _table("places", _PLACES, map(_place, stats.places))
    yield from _table("people", _PEOPLE, map(_person, stats.characters))
    yield from _table("longest speeches", _SPEECHES, map(_speech, stats.speeches))


def _scene(scene: Scene) -> tuple[str, ...]:
    who = ", ".join((*scene.speaking, *(f"({name})" for name in scene.seen)))
    return scene.number, scene.heading, str(scene.page), pages(scene.eighths), who


def _place(place: Place) -> tuple[str, ...]:
    settings = ", ".join(place.settings)
    return place.name, settings, str(len(place.scenes)), pages(place.eighths)


def _person(person: Character) -> tuple[str, ...]:
    counts = (person.speeches, person.words, len(person.scenes))
    return person.name, str(person.first_page), *(f"{count:,}" for count in counts)


def _speech(speech: LongSpeech) -> tuple[str, ...]:
    return speech.name, f"{speech.words:,}", str(speech.page), speech.opening


def _figures(stats: Stats) -> str:
    minutes = "about a minute" if stats.minutes == 1 else f"about {stats.minutes:g} minutes"
    counts = (
        counted(len(stats.scenes), "scene"),
        counted(len(stats.places), "place"),
        counted(len(stats.characters), "speaker"),
    )
    return f"{counted(stats.pages, 'page')}, {minutes}; {', '.join(counts)}"


def pages(eighths: int) -> str:
    """A length as schedules write it: ``3/8``, ``1 2/8``, ``2``."""
    whole, rest = divmod(eighths, EIGHTHS)
    return " ".join([*([str(whole)] if whole else []), *([f"{rest}/8"] if rest else [])]) or "0"


def _shares(stats: Stats) -> str:
    told = []
    if stats.dialogue_share is not None:
        told.append(
            f"{stats.dialogue_share:.0%} dialogue, {1 - stats.dialogue_share:.0%} action "
            f"({stats.dialogue_words:,} and {stats.action_words:,} words)"
        )
    told += [
        ", ".join(f"{count} {name}" for name, count in counts.items())
        for counts in (stats.settings, stats.lights)
        if counts
    ]
    return "; ".join(told)


def _table(name: str, heads: Sequence[_Column], rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    cells = [[one_line(cell) for cell in row] for row in rows]
    if not cells:
        return
    widths = [
        max(columns(head.head), *(columns(row[at]) for row in cells))
        for at, head in enumerate(heads)
    ]
    _fit(widths, heads)
    yield []
    yield [(name.upper(), HEAD)]
    yield [(_set([head.head for head in heads], heads, widths), DIM)]
    for row in cells:
        yield [(_set(row, heads, widths), "")]


def _fit(widths: list[int], heads: Sequence[_Column]) -> None:
    """Narrow the columns that give until the table fits."""
    wide = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
    spare = wide - 2 - sum(widths) - 2 * (len(widths) - 1)
    giving = [at for at, head in enumerate(heads) if head.gives]
    while spare < 0 and giving:
        widest = max(giving, key=lambda at: widths[at])
        if widths[widest] <= columns(heads[widest].head) + 2:
            return
        widths[widest] -= 1
        spare += 1


def _set(row: Sequence[str], heads: Sequence[_Column], widths: Sequence[int]) -> str:
    cells = []
    for text, head, width in zip(row, heads, widths, strict=True):
        short = _cut(text, width)
        blank = " " * (width - columns(short))
        cells.append(blank + short if head.right else short + blank)
    return "  " + "  ".join(cells).rstrip()


def _cut(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    kept = ""
    for character in text:
        if columns(kept + character) > width - 1:
            break
        kept += character
    return f"{kept.rstrip()}…"
