"""Opens a page in Chromium through playwright and prints what came of it as JSON.

usage: measure_page.py PAGE.html CHROMIUM
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

SCREENS = {"phone": (360, 740), "desk": (1280, 900)}
MEASURE = """() => {
  const root = document.documentElement;
  const ink = getComputedStyle(document.body);
  const dead = [...document.querySelectorAll('a[href]')]
    .filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length;
  const unseen = [...document.querySelectorAll('.text span:not(.at), .text a')]
    .filter(e => e.textContent.trim() && e.getClientRects().length === 0).length;
  const row = document.querySelector('.row').getBoundingClientRect();
  const text = document.querySelector('.row .text').getBoundingClientRect();
  return {
    overflow: root.scrollWidth - root.clientWidth,
    ground: ink.backgroundColor, ink: ink.color, dead, unseen,
    scripts: document.scripts.length, beside: text.width < row.width * 0.8,
  };
}"""


def measures(page_path: str, chromium: str) -> dict[str, object]:
    """What each screen and scheme shows, what was fetched, and what the keyboard reaches first."""
    found: dict[str, object] = {}
    api: Any = import_module("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (width, height) in SCREENS.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                page = context.new_page()
                asked: list[str] = []
                said: list[str] = []
                page.on("request", lambda request, asked=asked: asked.append(request.url))
                page.on("console", lambda message, said=said: said.append(message.text))
                page.on("dialog", lambda dialog, said=said: said.append(dialog.message))
                page.goto(Path(page_path).as_uri())
                found[f"{name} {scheme}"] = {
                    **page.evaluate(MEASURE),
                    "requests": len(asked),
                    "said": said,
                }
                if name == "desk" and scheme == "light":
                    page.keyboard.press("Tab")
                    found["first"] = page.evaluate("document.activeElement.textContent")
                    found["pdf"] = page.pdf()[:4].decode()
                context.close()
        browser.close()
    return found


if __name__ == "__main__":
    json.dump(measures(sys.argv[1], sys.argv[2]), sys.stdout)
