"""Takes the pictures of a draft as HTML and of its chart, for the documentation.

usage: python docs/images/shoot_script.py [DRAFT]

Writes ``script-page.png`` (a wide screen and a phone), ``script-dark.png`` and ``script-chart.png``
beside itself; without DRAFT, of what is made from ``seeds/night_ferry.md`` without a model. Needs
Chromium or Chrome (``CHROMIUM`` names another one).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from shoot_page import browser

import scriptgen
from scriptgen.exporting import ExportOptions, export, figures, read_draft
from scriptgen.stats import chart

HERE = Path(__file__).parent
ESSAY = "seeds/night_ferry.md"
DESK, PHONE, HEIGHT, GAP = 1180, 390, 1100, 20
FRAMES = f"""<!doctype html><meta charset="utf-8">
<style>body{{margin:0;background:#999;display:flex;gap:{GAP}px}}iframe{{border:0;height:{HEIGHT}px}}
</style><iframe src="page.html#p1" width="{DESK}"></iframe>
<iframe src="page.html" width="{PHONE}"></iframe>
"""


def shoot(folder: Path, name: str, size: tuple[int, int], target: Path, *flags: str) -> None:
    """A picture of a file in ``folder``, ``size`` pixels wide and high, written to ``target``."""
    subprocess.run(
        [
            browser(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--window-size={size[0]},{size[1]}",
            f"--screenshot={target}",
            *flags,
            (folder / name).as_uri(),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main(draft: str | None) -> None:
    """Take the three pictures."""
    play = (
        read_draft(draft).screenplay
        if draft
        else scriptgen.read_fountain(scriptgen.draft(ESSAY).draft)
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_bytes(export(play, "html", ExportOptions(numbers=True)).data)
        (folder / "frames.html").write_text(FRAMES, encoding="utf-8")
        (folder / "chart.svg").write_text(chart(figures(play)), encoding="utf-8")
        wide = (DESK + GAP + PHONE, HEIGHT)
        shoot(folder, "frames.html", wide, HERE / "script-page.png")
        dark = "--blink-settings=preferredColorScheme=0"
        shoot(folder, "frames.html", wide, HERE / "script-dark.png", dark)
        people = min(len(figures(play).characters), 40)
        shoot(folder, "chart.svg", (700, 110 + 24 * max(people, 1)), HERE / "script-chart.png")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
