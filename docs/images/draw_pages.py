"""Draws a page of each kind from its PDF, for the documentation.

usage: python docs/images/draw_pages.py

Writes the pictures beside itself: from ``pages.fountain`` a title page, a page whose end parts a
speech, the page after it with dual dialogue, scene numbers, other alphabets; and the first page of
a draft made from an essay. Needs the extra ``pdf`` and pdftoppm (Debian: poppler-utils); the other
alphabets need fonts (fonts-noto-cjk, fonts-dejavu).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import scriptgen
from scriptgen.exporting import ExportOptions, export, read_draft
from scriptgen.fountain import read_fountain

HERE = Path(__file__).parent
ESSAY = HERE.parent.parent / "seeds" / "night_ferry.md"
RESOLUTION = "75"
"""Pixels an inch."""

PLAIN = ExportOptions()
NUMBERED = ExportOptions(numbers=True)
PICTURES = {
    "page-title": (PLAIN, 1),
    "page-plain": (PLAIN, 2),
    "page-dual": (PLAIN, 3),
    "page-numbers": (NUMBERED, 2),
    "page-alphabets": (PLAIN, 4),
}
"""Name of a picture to how the PDF is made and which of its sheets is drawn."""


def draw(pdf: bytes, sheet: int, name: str) -> None:
    """One sheet of a PDF as a grey PNG in this folder."""
    program = shutil.which("pdftoppm") or sys.exit(
        "no pdftoppm; on Debian: apt install poppler-utils"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pages.pdf")
        source.write_bytes(pdf)
        subprocess.run(
            [
                *(program, "-png", "-gray", "-singlefile", "-r", RESOLUTION),
                *("-f", str(sheet), "-l", str(sheet), source, HERE / name),
            ],
            check=True,
        )


if __name__ == "__main__":
    screenplay = read_draft(HERE / "pages.fountain").screenplay
    for name, (options, sheet) in PICTURES.items():
        draw(export(screenplay, "pdf", options).data, sheet, name)
    draft = read_fountain(scriptgen.draft(ESSAY).draft)
    draw(export(draft, "pdf", PLAIN).data, 2, "draft-page")
