"""Opens the page of a trace in Chromium through playwright and prints what came of it as JSON.

usage: measure_trace.py PAGE.html CHROMIUM
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

SCREENS = {"phone": (400, 800), "desk": (1400, 900)}
MEASURE = """() => {
  const root = document.documentElement;
  const box = name => document.getElementById(name).getBoundingClientRect();
  const dead = [...document.querySelectorAll('a[href]')]
    .filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length;
  return {
    overflow: root.scrollWidth - root.clientWidth,
    ground: getComputedStyle(document.body).backgroundColor,
    dead, scripts: document.scripts.length,
    beside: box('page').left >= box('essay').right,
  };
}"""
MARKED = """() => {
  const aim = getComputedStyle(document.documentElement).getPropertyValue('--aim').trim();
  const shade = document.createElement('i');
  shade.style.background = aim;
  document.body.append(shade);
  const wanted = getComputedStyle(shade).backgroundColor;
  shade.remove();
  const lit = side => [...document.querySelectorAll(`#${side} .to`)]
    .filter(e => getComputedStyle(e).backgroundColor === wanted).length;
  return {essay: lit('essay'), page: lit('page')};
}"""
SEEN = """name => {
  const at = document.getElementById(name).getBoundingClientRect();
  const pane = document.getElementById('essay').getBoundingClientRect();
  const low = Math.max(0, pane.top), high = Math.min(innerHeight, pane.bottom);
  return at.top >= low - 1 && at.bottom <= high + 1;
}"""


def looks(page: Any) -> dict[str, object]:
    """What pointing, the keyboard and a click on the last piece with a source do."""
    last = page.locator("#page .piece .to").last
    found: dict[str, object] = {"nothing": page.evaluate(MARKED)}
    last.hover()
    found["pointed"] = page.evaluate(MARKED)
    page.mouse.move(1, 1)
    last.focus()
    found["focused"] = page.evaluate(MARKED)
    page.keyboard.press("Enter")
    name = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    found["source seen"] = page.evaluate(SEEN, name)
    page.evaluate("document.activeElement.blur()")
    found["led to"] = page.evaluate(MARKED)
    return found


def measures(page_path: str, chromium: str) -> dict[str, object]:
    """What each screen and scheme shows, what was fetched, and what leads where."""
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
                if scheme == "light" and page.locator("#page .piece .to").count():
                    found[f"{name} looks"] = looks(page)
                if name == "desk" and scheme == "light":
                    found["pdf"] = page.pdf()[:4].decode()
                context.close()
        browser.close()
    return found


if __name__ == "__main__":
    json.dump(measures(sys.argv[1], sys.argv[2]), sys.stdout)
