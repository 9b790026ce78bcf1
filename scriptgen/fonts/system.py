"""Fonts of this machine for characters that Courier Prime lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scriptgen.errors import SetupError
from scriptgen.fonts.outlines import FontFile, open_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scriptgen.exports.pdf.fonts import Fallback

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_PATIENCE = 20.0
"""Seconds that ``fc-list`` may take: the first call on a machine builds its cache."""

_FIRST = (
    *("dejavusansmono", "notosansmono-", "liberationmono", "freemono", "cousine"),
    *(
        "notosanscjk",
        "notosansmonocjk",
        "sourcehansans",
        "wqy",
        "droidsansfallback",
        "notoserifcjk",
    ),
    *("pingfang", "hiragino", "msyh", "simsun", "msgothic", "malgun", "applesdgothic"),
    *("dejavusans", "notonaskharabic", "notosanshebrew", "notosans", "freesans", "freeserif"),
    *("liberation", "arial", "symbola", "notoemoji"),
)
"""Beginnings of file names, folded, of what is asked first: one width, then what has most."""

_KANA, _HANGUL = range(0x3041, 0x3100), range(0xAC00, 0xD7A4)
_STYLED = ("bold", "italic", "oblique", "light", "thin", "black", "medium", "condensed", "narrow")


class _Source(NamedTuple):
    """A font file; ``starts`` and ``ends``: the ranges of code points that it has, where known."""

    path: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] = ()

    def may_have(self, cluster: str) -> bool:
        """Whether it has all characters of a cluster, or nobody knows."""
        return self.starts is None or all(map(self._has, map(ord, cluster)))

    def _has(self, code: int) -> bool:
        at = bisect_right(self.starts or (), code)
        return at > 0 and code <= self.ends[at - 1]


def find_fonts(
    wanted: frozenset[str], named: Sequence[str] = ()
) -> tuple[tuple[Fallback, ...], frozenset[str]]:
    """Fonts for the clusters ``wanted``, and the characters that none has.

    ``named``: font files that are asked first, in this order; the others are those of the machine,
    in an order that depends on their names alone. A cluster (a character and the marks on it)
    comes from one font where one has it all. Fonts that may not be embedded, or that have no
    outlines (pictures of emoji), are passed over. Raises `SetupError`: ``E_CONFIG`` for a named
    file that is no font, ``E_EXTRA`` where fontTools is not installed.
    """
    if not wanted:
        return (), frozenset()
    found: list[Fallback] = []
    rest = set(wanted)
    for font in _fonts(rest, named, _language(wanted)):
        has = {cluster for cluster in rest if font.characters.issuperset(map(ord, cluster))}
        if not has:
            continue
        try:
            found.append(font.fallback(frozenset("".join(has))))
        except (AssertionError, KeyError, ValueError, TypeError, IndexError):
            continue  # a damaged font of the system is none
        rest -= has
        if not rest:
            return tuple(found), frozenset()
    parts = frozenset("".join(cluster for cluster in rest if len(cluster) > 1))
    if parts - rest:
        more, missing = find_fonts(parts, named)
        return (*found, *more), missing | {cluster for cluster in rest if len(cluster) == 1}
    return tuple(found), frozenset("".join(rest))


def _fonts(rest: set[str], named: Sequence[str], language: str) -> Iterator[FontFile]:
    """Fonts that may have some of what is in ``rest`` by then, named ones first."""
    for path in named:
        fonts = open_fonts(str(Path(path).expanduser()))
        if not fonts:
            raise SetupError(
                "E_CONFIG",
                "is no font that can be embedded",
                where=path,
                hint="name a .ttf, .otf or .ttc file in fallback, under [fonts]",
            )
        yield from _by_language(fonts, language)
    for source in _sources():
        if any(map(source.may_have, rest)):
            yield from _by_language(open_fonts(source.path), language)


def _rank(source: _Source) -> tuple[bool, int, str, str]:
    name = Path(source.path).stem.lower().replace(" ", "")
    place = next((at for at, start in enumerate(_FIRST) if name.startswith(start)), len(_FIRST))
    return any(style in name for style in _STYLED), place, name, source.path


def _language(wanted: frozenset[str]) -> str:
    """The end of a family's name that tells whose forms of Han characters it has."""
    codes = {ord(cluster[0]) for cluster in wanted}
    if not codes.isdisjoint(_KANA):
        return "JP"
    if not codes.isdisjoint(_HANGUL):
        return "KR"
    return "SC"


def _by_language(fonts: Sequence[FontFile], language: str) -> Sequence[FontFile]:
    """Of a collection with a font for each language that one, else all."""
    return [font for font in fonts if font.name.endswith(f" {language}")][:1] or fonts


@cache
def _sources() -> tuple[_Source, ...]:
    """The font files of this machine, in the order in which they are asked."""
    found = list(_listed())
    if not found:
        for folder in _folders():
            for where, _, files in os.walk(folder):
                found += [
                    _Source(str(Path(where, file)))
                    for file in files
                    if file.lower().endswith(_SUFFIXES)
                ]
    return tuple(sorted(found, key=_rank))


def _listed() -> Iterator[_Source]:
    """What fontconfig knows, with the characters of each file; nothing where it is not there."""
    program = shutil.which("fc-list")
    if program is None:
        return
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed command
            [program, "--format", "%{file}\t%{charset}\n"],
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return
    # The fonts of a collection have one file, and nearly the same characters.
    seen = dict(
        line.split("\t", 1)
        for line in done.stdout.decode("utf-8", "surrogateescape").splitlines()
        if "\t" in line
    )
    for path, charset in seen.items():
        if path.lower().endswith(_SUFFIXES):
            ranges = sorted(_range(each) for each in charset.split())
            starts, ends = zip(*ranges, strict=True) if ranges else ((), ())
            yield _Source(path, starts, ends)


def _range(told: str) -> tuple[int, int]:
    """The ends of ``20-7e`` or ``a0``."""
    start, _, end = told.partition("-")
    return int(start, 16), int(end or start, 16)


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]
