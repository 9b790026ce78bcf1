"""A strict reader of our pages: every tag closed in order, every name once, every link alive."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"hr", "meta"}
ALLOWED_URLS = ("#",)


class StrictReader(HTMLParser):
    """What a page holds; ``faults`` names what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.lines: list[str] = []
        self.words: list[str] = []
        self.classes: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"script", "iframe", "object", "embed", "link", "img", "form", "base", "svg"}:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in {"src", "srcset", "action"}:
                self.faults.append(f"{name}={value}")
        if len(told) != len(attrs):
            self.faults.append(f"<{tag}> names an attribute twice")
        if "id" in told:
            self.ids[told["id"] or ""] += 1
        if "href" in told:
            href = told["href"] or ""
            self.links.append(href)
            if not href.startswith(ALLOWED_URLS):
                self.faults.append(f"leads out: {href}")
        self.classes.update((told.get("class") or "").split())
        if tag == "p" and "text" in (told.get("class") or "").split():
            self.lines.append("")
        if tag not in VOID:
            self.open.append((tag, told))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1][0] if self.open else 'nothing'}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        self.words.append(data)
        in_text = any(
            tag == "p" and "text" in (told.get("class") or "").split() for tag, told in self.open
        )
        if in_text and "sup" not in tags:
            self.lines[-1] += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")


def read_page(page: str) -> StrictReader:
    """Read a page; what is wrong with it is in ``faults``."""
    reader = StrictReader()
    reader.feed(page)
    reader.close()
    reader.faults += [f"<{tag}> is never closed" for tag, _ in reader.open]
    reader.faults += [f"two are called {name}" for name, n in reader.ids.items() if n > 1]
    reader.faults += [
        f"{link} leads nowhere" for link in reader.links if link[1:] not in reader.ids
    ]
    return reader
