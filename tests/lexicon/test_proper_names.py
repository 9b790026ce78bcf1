"""Given names: who bears them, and which are short for which."""

from __future__ import annotations

import gzip
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scriptgen.catalog import language_pack

if TYPE_CHECKING:
    from scriptgen.language import ProperNames

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "scriptgen" / "parser" / "lang" / "en"


def english() -> ProperNames:
    """The names of the English pack."""
    names = language_pack("en").proper_names
    assert names is not None
    return names


@pytest.mark.parametrize("name", ["Robin", "Zzyzx", "Wei", "", "Li"])
def test_a_name_of_both_and_an_unknown_one_tell_nothing(name: str) -> None:
    assert english().gender(name) is None


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Gareth", "m"),
        ("Siobhán", "f"),
        ("siobhan", "f"),
        ("Łukasz", "m"),
        ("Lukasz", "m"),
        ("Søren", "m"),
        ("Gennady", "m"),
        ("Yelena", "f"),
        ("Min-jun", "m"),
        ("Ngozi", "f"),
        ("Kyosuke", "m"),
    ],
)
def test_a_name_that_one_gender_bears_tells_it(name: str, gender: str) -> None:
    assert english().gender(name) == gender


def test_a_short_form_is_known_by_its_full_name_and_not_the_other_way() -> None:
    names = english()
    assert names.is_short_for("Liz", "Elizabeth")
    assert names.is_short_for("Kolya", "Nikolai")
    assert not names.is_short_for("Elizabeth", "Liz")
    assert not names.is_short_for("Liz", "")
    assert not names.is_short_for("Zzyzx", "")


def test_a_place_is_known_and_may_be_a_name_of_people_too() -> None:
    names = english()
    assert names.is_place("Rotterdam")
    assert names.is_place("New York")
    assert not names.is_given("Rotterdam")
    assert names.is_place("Florence")
    assert names.gender("Florence") == "f"
    assert not names.is_place("Gareth")


def test_names_are_sorted_and_each_stands_once() -> None:
    rows = (ENGLISH / "proper_names.tsv.gz").read_bytes()
    names = [row.split("\t")[0] for row in gzip.decompress(rows).decode().splitlines()]
    assert names == sorted(set(names))


def test_the_licences_of_the_names_are_shipped() -> None:
    text = (ENGLISH / "NAMES-LICENSES.txt").read_text(encoding="utf-8")
    assert "Daniele Faraglia" in text
    assert "Apache License" in text


@pytest.mark.peers
def test_a_rebuild_of_the_names_gives_the_same_bytes(tmp_path: Path) -> None:
    target = tmp_path / "proper_names.tsv.gz"
    python = Path(os.environ["SCRIPTGEN_PEERS"], "venv/bin/python")
    subprocess.run([python, ROOT / "bench" / "build_names.py", "-o", target], check=True)
    for name in ("proper_names.tsv.gz", "NAMES-LICENSES.txt"):
        assert (tmp_path / name).read_bytes() == (ENGLISH / name).read_bytes()
