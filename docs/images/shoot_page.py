"""Takes the picture of a brief's page for the README.

usage: python docs/images/shoot_page.py [ESSAY] > docs/images/brief-page.png

Needs Chromium or Chrome (``CHROMIUM`` names another one).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scriptgen import parse_essay, read_essay
from scriptgen.exports.brief_page import brief_page

NAMES = ("chromium", "chromium-browser", "google-chrome")
ESSAY = "seeds/night_ferry.md"
SIZE = (1180, 1240)


def browser() -> str:
    """The browser's program; ends the script where there is none."""
    for name in filter(None, (os.environ.get("CHROMIUM"), *NAMES)):
        if found := shutil.which(name):
            return found
    sys.exit("no Chromium here; on Debian: apt install chromium")


def picture(page: str, *, size: tuple[int, int] = SIZE, at: str = "") -> bytes:
    """``page`` as a PNG of ``size`` pixels; ``at``: the anchor it is led to, else its top."""
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                browser(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                f"--window-size={size[0]},{size[1]}",
                f"--screenshot={shot}",
                f"{source.as_uri()}#{at}" if at else source.as_uri(),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return shot.read_bytes()


if __name__ == "__main__":
    essay = read_essay(sys.argv[1] if len(sys.argv) > 1 else ESSAY)
    sys.stdout.buffer.write(picture(brief_page(essay, parse_essay(essay))))
