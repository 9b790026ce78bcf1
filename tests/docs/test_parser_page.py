"""The worked examples of docs/parser.md do what the page says."""

from __future__ import annotations

import gzip
import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scriptgen import catalog
from scriptgen.catalog import language_pack, pattern_entries
from scriptgen.parser import parse
from scriptgen.reader import essay_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.brief import SceneBrief

PAGE = Path(__file__).parent.parent.parent / "docs" / "parser.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\w+\.toml)\n")


def blocks(heading: str, kind: str) -> list[str]:
    """The fenced blocks of a kind below a heading of the page."""
    _, _, below = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    section = below.partition("\n## ")[0]
    return [text for found, text in BLOCK.findall(section) if found == kind]


def found(brief: SceneBrief) -> list[str]:
    """What a brief holds, as the page writes it."""
    return [
        *(f"beat: {beat.text}" for beat in brief.beats),
        *(f"prop: {prop.name}" for prop in brief.props),
        *(f"theme: {theme.text}" for theme in brief.themes),
        *(f"{cue.kind}: {cue.span.text.rstrip('.')}." for cue in brief.cues),
    ]


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packs with a copy of English, in place of the real ones."""
    shutil.copytree(catalog._LANGUAGES / "en", tmp_path / "en")
    monkeypatch.setattr(catalog, "_LANGUAGES", tmp_path)
    language_pack.cache_clear()
    yield tmp_path
    language_pack.cache_clear()


def add(folder: Path, block: str) -> None:
    """Add to a pack what a block of the page shows: words of lists, or patterns."""
    named = FILE.match(block)
    assert named is not None
    path = folder / named[1]
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    lists = {k: v for k, v in tomllib.loads(block).items() if isinstance(v, list) and k in text}
    known = {k: words for k, words in lists.items() if k != "pattern"}
    for name, words in known.items():
        more = ", ".join(f'"{word}"' for word in words)
        text, times = re.subn(rf"^{name} = \[", f"{name} = [{more}, ", text, flags=re.MULTILINE)
        assert times == 1
    path.write_text(text if known else f"{text}\n{block}", encoding="utf-8")


def brief_in(text: str, code: str) -> SceneBrief:
    return parse(essay_from_text(text), language_pack(code))


@pytest.mark.parametrize("heading", ["Adding a word", "Adding a rule"])
def test_an_addition_to_english_finds_what_was_missed(heading: str, languages: Path) -> None:
    (block,) = blocks(heading, "toml")
    essay, expected = blocks(heading, "text")
    wanted = expected.splitlines()
    assert set(wanted).isdisjoint(found(brief_in(essay, "en")))
    add(languages / "en", block)
    language_pack.cache_clear()
    assert set(wanted) <= set(found(brief_in(essay, "en")))


def test_the_pattern_on_the_page_is_found_in_its_examples(languages: Path) -> None:
    (block,) = blocks("Adding a rule", "toml")
    add(languages / "en", block)
    (table,) = tomllib.loads(block)["pattern"]
    (entry,) = [e for e in pattern_entries("en") if e.regex.pattern == table["regex"]]
    assert all(entry.regex.search(text) for text in entry.matches)
    assert not any(entry.regex.search(text) for text in entry.not_matches)


def test_the_code_on_the_page_runs() -> None:
    (code,) = blocks("Adding a rule", "python")
    exec(compile(code, str(PAGE), "exec"), {})  # noqa: S102 - the page is ours


def test_a_new_language_finds_beats_and_props(languages: Path) -> None:
    folder = languages / "eo"
    folder.mkdir()
    for block in blocks("Adding a language", "toml"):
        add(folder, block)
    rows, essay, expected = blocks("Adding a language", "text")
    (folder / "lexicon.tsv.gz").write_bytes(gzip.compress(rows.replace("|", "\t").encode()))
    assert found(brief_in(essay, "eo")) == expected.splitlines()
