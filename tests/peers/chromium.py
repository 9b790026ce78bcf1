"""The machine's Chromium, driven by a script of this folder in an environment with playwright.

``SCRIPTGEN_PEERS`` names a folder with ``venv/`` that has playwright.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def measured(script: str, page: str, folder: Path) -> dict[str, Any]:
    """What ``script`` prints of ``page``, as JSON."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "Chromium is not installed"
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    python = Path(os.environ["SCRIPTGEN_PEERS"], "venv/bin/python")
    done = subprocess.run(
        [python, HERE / script, path, chromium],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found
