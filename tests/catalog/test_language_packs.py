"""Language packs, and the examples that each of their patterns carries."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from scriptgen import catalog
from scriptgen.catalog import PatternEntry, language_pack, pattern_entries
from scriptgen.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODES = sorted(path.parent.name for path in catalog._LANGUAGES.glob("*/pack.toml"))
ENTRIES = [(code, entry) for code in CODES for entry in pattern_entries(code)]


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packs with one, ``xx``, in place of the real ones."""
    monkeypatch.setattr(catalog, "_LANGUAGES", tmp_path)
    language_pack.cache_clear()
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "pack.toml").write_text('code = "xx"\nname = "Exish"\n')
    yield folder
    language_pack.cache_clear()


@pytest.mark.parametrize(
    "entry", [e for _, e in ENTRIES], ids=[f"{c}-{n}-{e.name}" for n, (c, e) in enumerate(ENTRIES)]
)
def test_a_pattern_is_found_in_its_examples_and_not_in_the_others(entry: PatternEntry) -> None:
    assert entry.matches
    assert entry.not_matches
    assert [text for text in entry.matches if not entry.regex.search(text)] == []
    assert [text for text in entry.not_matches if entry.regex.search(text)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_pack_can_be_read_and_calls_itself_by_its_folder(code: str) -> None:
    pack = language_pack(code)
    assert pack.known
    assert pack.code == code
    assert pack.name


def test_english_is_there_under_its_regional_names_too() -> None:
    assert language_pack("en").known
    assert language_pack("en-GB").name == language_pack("EN_us").name == language_pack("en").name


@pytest.mark.parametrize("code", ["zz", "und", "", "../en", "/etc", "en/../..", "e\0n", "*"])
def test_an_unknown_language_gets_a_stand_in(code: str) -> None:
    pack = language_pack(code)
    assert (pack.code, pack.name, pack.known) == (code, code, False)
    assert not pack.is_word("he", "he")


def test_words_maps_and_patterns_come_from_every_file_of_the_folder(languages: Path) -> None:
    (languages / "words.toml").write_text('he = ["Han", "HON"]\n')
    (languages / "maps.toml").write_text('[times]\nkveld = "EVENING"\n')
    (languages / "patterns.toml").write_text(
        "[[pattern]]\nname = 'a'\nregex = 'X y'\nflags = 'ix'\nmatches = ['xy']\n"
        "not_matches = ['x y']\n[[pattern]]\nname = 'a'\nregex = 'z'\n"
    )
    (languages / "weights.toml").write_text('[scales]\n"opens:x" = -0.5\ny = 2\n')
    (languages / "more.toml").write_text('she = ["hun"]\n[[pattern]]\nname = "b"\nregex = "b"\n')
    pack = language_pack("xx")
    assert pack.words == {"he": {"han", "hon"}, "she": {"hun"}}
    assert pack.is_word("he", "Hon")
    assert pack.maps == {"times": {"kveld": "EVENING"}}
    assert pack.weights == {"scales": {"opens:x": -0.5, "y": 2.0}}
    assert [regex.pattern for regex in pack.patterns["a"]] == ["X y", "z"]
    assert pack.patterns["a"][0].search("aXYb")
    assert pack.patterns["b"]
    assert pack.lexicon is None


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("words.toml", "he = ", "Invalid value"),
        ("words.toml", "he = [1]", "neither a list of words nor"),
        ("maps.toml", "[times]\nx = true", "neither a list of words nor"),
        ("patterns.toml", "pattern = 3", "pattern is not a list"),
        ("patterns.toml", "[[pattern]]\nregex = 'x'", "has no name"),
        ("patterns.toml", "[[pattern]]\nname = 'a'\nregex = '('", "no usable regex"),
        ("patterns.toml", "[[pattern]]\nname = 'a'\nregex = 'x'\nflags = 'q'", "no usable regex"),
        ("patterns.toml", "[[pattern]]\nname = 'a'\nregex = 'x'\nnotes = 'q'", "unknown key"),
    ],
)
def test_a_pack_that_cannot_be_read_names_its_file(
    file: str, text: str, said: str, languages: Path
) -> None:
    (languages / file).write_text(text)
    with pytest.raises(SetupError, match=said) as caught:
        language_pack("xx")
    assert str(caught.value.where).endswith(file)


def test_one_list_in_two_files_is_an_error(languages: Path) -> None:
    (languages / "words.toml").write_text("he = ['han']")
    (languages / "weights.toml").write_text('[scales]\n"opens:x" = -0.5\ny = 2\n')
    (languages / "more.toml").write_text("he = ['hon']")
    with pytest.raises(SetupError, match="he stands in another file too"):
        language_pack("xx")


def test_a_lexicon_is_read_when_it_is_first_asked(languages: Path) -> None:
    path = languages / "lexicon.tsv.gz"
    path.write_bytes(b"not yet gzip")
    pack = language_pack("xx")
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("lantern\tartefact\n")
    assert pack.lexicon is not None
    assert pack.lexicon.nouns("lantern") == {"artefact"}
    assert pack.lexicon.nouns("xyzzy") == frozenset()
