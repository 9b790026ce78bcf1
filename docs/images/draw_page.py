"""Draws the first page of a draft as an SVG, for the README.

usage: python docs/images/draw_page.py DRAFT.fountain > docs/images/draft-page.svg

US Letter at 72 units an inch, Courier 12, ten characters an inch, six lines an inch; the columns
are those of a US spec script. It draws one page and no more: it is a picture, not an export.
"""

from __future__ import annotations

import sys
import textwrap
from html import escape
from pathlib import Path

from scriptgen import read_fountain
from scriptgen.screenplay import Action, Dialogue, Heading, Note, Parenthetical

WIDTH, HEIGHT, LINES = 612, 792, 52
LEFT, DIALOGUE, PAREN, CUE = 108, 180, 223, 266
ACTION_WIDTH, DIALOGUE_WIDTH, PAREN_WIDTH = 60, 35, 24


def page(path: Path) -> list[tuple[int, str, str]]:
    """The lines of the first page: column in points, text, style."""
    rows: list[tuple[int, str, str]] = []

    def put(column: int, text: str, width: int, style: str = "") -> None:
        rows.extend((column, line, style) for line in textwrap.wrap(text, width) or [""])

    for element in read_fountain(path.read_text(encoding="utf-8")).elements:
        if rows:
            rows.append((LEFT, "", ""))
        if isinstance(element, Heading):
            put(LEFT, element.text, ACTION_WIDTH, "bold")
        elif isinstance(element, Action):
            put(LEFT, element.text.replace("*", ""), ACTION_WIDTH)
        elif isinstance(element, Note):
            put(LEFT, f"[[{element.text}]]", ACTION_WIDTH, "note")
        elif isinstance(element, Dialogue):
            put(CUE, element.cue, ACTION_WIDTH)
            for part in element.parts:
                if isinstance(part, Parenthetical):
                    put(PAREN, f"({part.text})", PAREN_WIDTH)
                else:
                    put(DIALOGUE, part.text, DIALOGUE_WIDTH)
    rows = rows[:LINES]
    while rows and (rows[-1][2] == "bold" or not rows[-1][1]):
        rows.pop()
    return rows


def svg(rows: list[tuple[int, str, str]]) -> str:
    """The page as one self-contained SVG."""
    style = {"bold": ' font-weight="bold"', "note": ' fill="#8a6d3b"', "": ""}
    body = "\n".join(
        f'<text x="{x}" y="{84 + 12 * n}"{style[kind]} xml:space="preserve">{escape(text)}</text>'
        for n, (x, text, kind) in enumerate(rows)
        if text
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="The first page of a draft">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf8" stroke="#ccc"/>\n'
        "<g font-family=\"'Courier Prime','Courier New',Courier,monospace\" "
        f'font-size="12" fill="#222">\n{body}\n</g>\n</svg>\n'
    )


if __name__ == "__main__":
    sys.stdout.write(svg(page(Path(sys.argv[1]))))
