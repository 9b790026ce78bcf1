"""Opens the page of a screenplay in Chromium through playwright; prints what came of it as JSON.

usage: measure_script.py PAGE.html CHROMIUM
"""

from __future__ import annotations

import json
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

SCREENS = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1280, 900)}
MEASURE = """() => {
  const root = document.documentElement;
  const sheets = [...document.querySelectorAll('.sheet')];
  const line = document.querySelector('.action .line') || document.querySelector('.line');
  return {
    overflow: root.scrollWidth - root.clientWidth,
    ground: getComputedStyle(document.body).backgroundColor,
    sheets: sheets.length,
    cut: sheets.filter(
      e => e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth
    ).length,
    size: parseFloat(getComputedStyle(line).fontSize),
    flows: getComputedStyle(line).display === 'inline',
    scripts: document.scripts.length,
  };
}"""


def measures(page_path: str, chromium: str) -> dict[str, object]:
    """What each screen and scheme shows, what was fetched, and how many sheets are printed."""
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
                context.close()
        page = browser.new_page()
        page.goto(Path(page_path).as_uri())
        printed = page.pdf(prefer_css_page_size=True)
        found["printed"] = len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
        browser.close()
    return found


if __name__ == "__main__":
    json.dump(measures(sys.argv[1], sys.argv[2]), sys.stdout)
