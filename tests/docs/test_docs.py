"""The documentation names what is there: files, codes, and the lists of the English pack."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from scriptgen.catalog import language_pack, pattern_entries
from scriptgen.errors import CODES

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    page
    for deep in ("*.md", "docs/**/*.md", "outputs/README.md", "seeds/*.md", "tests/**/*.md")
    for page in ROOT.glob(deep)
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"\b[EW]_[A-Z]+(?:_[A-Z]+)*\b")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page can be linked to."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w -]", "", text.lower()).strip().replace(" ", "-") for text in headings}


def dead_links(page: Path) -> list[str]:
    """The relative links of a page that lead to no file, or to no heading of one."""
    found = []
    text = SPAN.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_leads_to_a_file_of_the_project(page: Path) -> None:
    assert dead_links(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One two\n[a](#one-two) [b](#three) [c](none.md) [d](page.md) [e](https://x.example)\n"
        "```\n[f](code.md)\n```\n`[g](code.md)`\n"
    )
    assert dead_links(page) == ["#three", "none.md"]


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_code_that_a_page_names_is_listed(page: Path) -> None:
    named = set(CODE.findall(page.read_text(encoding="utf-8")))
    assert named - CODES.keys() == set()


def test_the_page_of_codes_is_up_to_date() -> None:
    script = Path(__file__).parent / "render_codes.py"
    rendered: str = runpy.run_path(str(script))["rendered"]()
    there = (DOCS / "codes.md").read_text(encoding="utf-8")
    assert there == rendered, "run: python tests/docs/render_codes.py"


def test_every_decision_has_a_number_of_its_own_and_is_listed() -> None:
    pages = sorted(page.name for page in (DOCS / "decisions").glob("*.md"))
    listed = re.findall(
        r"^\| \[(\d{4})\]\(decisions/(.+)\)", (DOCS / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert [page for _, page in listed] == pages
    assert [number for number, _ in listed] == [page[:4] for page in pages]
    assert len({number for number, _ in listed}) == len(pages)
    for number, page in listed:
        assert (DOCS / "decisions" / page).read_text("utf-8").startswith(f"# {number} "), page


def test_every_name_that_the_code_asks_a_pack_for_is_documented() -> None:
    pack = language_pack("en")
    there = {*pack.words, *pack.maps, *(entry.name for entry in pattern_entries("en"))}
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("parser", "offline", "checks")
        for path in sorted((ROOT / "scriptgen" / folder).rglob("*.py"))
    )
    asked = {name for name in there if f'"{name}"' in code}
    page = (DOCS / "language-packs.md").read_text(encoding="utf-8")
    documented = {
        name
        for row in re.findall(r"^\| (`[^|]*) \|", page, re.MULTILINE)
        for name in re.findall(r"`([a-z_]+)`", row)
    }
    assert asked - documented == set(), "add these to docs/language-packs.md"
    assert documented - there == set(), "no list or pattern of English has these names"
