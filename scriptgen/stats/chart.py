"""Who is in which scene, as a picture."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scriptgen.stats.figures import Character, Scene, Stats

MOST_PEOPLE = 40
"""Rows of the picture; those who say least are left out."""

_ROW = 24
_TOP = 58
_LEFT = 190
_WIDEST = 1200
_WIDE, _NARROW = 26, 3
_EVERY = 26
"""Pixels that a scene's number needs."""

_LONGEST_NAME = 22
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STYLE = (
    ":root{--paper:#fff;--ink:#201d19;--soft:#5e574e;--hair:#ddd6c9;--say:#1b4f8a;--band:#f5f2ea}"
    "@media(prefers-color-scheme:dark){:root{--paper:#181613;--ink:#ece6db;--soft:#b1a899;"
    "--hair:#3b362f;--say:#9cc6f5;--band:#211e1a}}"
    "text{font:13px system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;fill:var(--ink)}"
    ".t{font-size:16px;font-weight:600}.s{font-size:11px;fill:var(--soft)}"
    ".p{fill:var(--paper)}.b{fill:var(--band)}.h{stroke:var(--hair)}"
    ".y{fill:var(--say)}.n{fill:none;stroke:var(--say);stroke-width:1.5}"
)


def chart(stats: Stats) -> str:
    """A self-contained SVG: a row for each of `MOST_PEOPLE` who say most, a column for each scene.

    A full square is somebody who speaks in a scene, the higher the more words; an empty one is
    somebody whom its action names. Light and dark follow the reader's screen. Nothing is fetched,
    no script is in it, and no text becomes markup.
    """
    people = stats.characters[:MOST_PEOPLE]
    count = max(len(stats.scenes), 1)
    step = max(_NARROW, min(_WIDE, (_WIDEST - _LEFT) / count))
    width = round(max(_LEFT + step * count + 24, 460))
    height = _TOP + _ROW * max(len(people), 1) + 40
    most = max((words for scene in stats.scenes for words in scene.speaking.values()), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' width="{width}" height="{height}" role="img" aria-labelledby="title">',
        f'<title id="title">{_shown(_title(stats))}</title>',
        f"<style>{_STYLE}</style>",
        f'<rect class="p" width="{width}" height="{height}"/>',
        f'<text class="t" x="16" y="28">{_shown(_title(stats, 60))}</text>',
    ]
    for at, person in enumerate(people):
        parts.append(_person(person, at, width))
    for column, scene in enumerate(stats.scenes):
        parts += _scene(scene, column, people, step, most)
    if not people:
        parts.append(f'<text class="s" x="16" y="{_TOP + 16}">nobody speaks</text>')
    foot = "full: speaks, the higher the more words; empty: named in the action"
    left_out = len(stats.characters) - len(people)
    if left_out:
        foot += f"; {left_out} who say less are left out"
    parts.append(f'<text class="s" x="16" y="{height - 14}">{foot}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _title(stats: Stats, longest: int = 1_000) -> str:
    title = stats.title or "Untitled"
    short = title if len(title) <= longest else f"{title[: longest - 1]}…"
    return f"Who is in which scene: {short}"


def _person(person: Character, at: int, width: int) -> str:
    top = _TOP + at * _ROW
    name = person.name
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    band = f'<rect class="b" x="0" y="{top}" width="{width}" height="{_ROW}"/>' if at % 2 else ""
    return (
        f'{band}<text x="{_LEFT - 10}" y="{top + 16}" text-anchor="end">{_shown(short)}'
        f"<title>{_shown(name)}</title></text>"
    )


def _scene(
    scene: Scene, column: int, people: tuple[Character, ...], step: float, most: int
) -> list[str]:
    left = _LEFT + column * step
    every = max(1, round(_EVERY / step + 0.49))
    found = []
    if column % every == 0:
        found.append(
            f'<text class="s" x="{left + step / 2:.1f}" y="{_TOP - 8}" text-anchor="middle">'
            f"{_shown(scene.number[:6])}<title>{_shown(scene.heading)}</title></text>"
            f'<line class="h" x1="{left:.1f}" x2="{left:.1f}" y1="{_TOP - 4}" y2="{_TOP}"/>'
        )
    room = step - 2 if step > 2 * _NARROW else step
    for at, person in enumerate(people):
        top = _TOP + at * _ROW
        words = scene.speaking.get(person.name)
        if words is not None:
            tall = 6 + round((_ROW - 10) * (words / max(most, 1)) ** 0.5)
            look = f'class="y" y="{top + _ROW - 2 - tall}" height="{tall}"'
            does = f"{words} words" if words != 1 else "1 word"
        elif person.name in scene.seen:
            look = f'class="n" y="{top + _ROW - 9}" height="6"'
            does = "named in the action"
        else:
            continue
        told = _shown(f"{person.name}, scene {scene.number}, {scene.heading}: {does}")
        found.append(
            f'<rect {look} x="{left + 1:.1f}" width="{room:.1f}"><title>{told}</title></rect>'
        )
    return found


def _shown(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))
