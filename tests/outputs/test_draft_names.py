# ruff: noqa: RUF001 - names hold look-alike characters
from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathvalidate import is_valid_filename

from scriptgen.outputs import draft_paths

if TYPE_CHECKING:
    from random import Random

NAMES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.text(st.sampled_from("aAéE\u0301./\\ _-~\0\n:*?漢Ｃ／．"), max_size=8),
        st.sampled_from(
            [
                "CON",
                "con",
                "nul.x",
                "aux /b",
                "LPT1",
                "..",
                "../x",
                "/x",
                "x.",
                "x ",
                "a/x",
                "a",
                "A",
            ]
        ),
        st.builds(lambda c, n: c * n, st.sampled_from("a漢é\U0001f600"), st.integers(100, 400)),
        st.builds("/".join, st.lists(st.sampled_from(["a", "b.fountain", "..", "B"]), min_size=1)),
    ),
    unique=True,
    max_size=8,
)


def test_a_portable_name_stays_as_it_is() -> None:
    kept = [
        "essay",
        "sub/deep/b",
        "Café Émigré",
        "E.T., part (2) & more",
        "第一集：雪",
        "wait ... what",
    ]
    assert draft_paths(kept) == [f"{name}.fountain" for name in kept]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../../../tmp/escape\\..\\..\\evil", "tmp/escape_.._.._evil"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\x", "C__x"),
        ("a\0b\n\x1b[2J", "a_b__[2J"),
        ("-rf", "_rf"),
        (".hidden/.x", "_hidden/_x"),
        ("~root", "_root"),
        ("dot.", "dot"),
        ("blank ", "blank"),
        ("CON", "CON_"),
        ("con.txt", "con_.txt"),
        ("nul /aux .b", "nul_/aux_ .b"),
        ("what?", "what_"),
        ("\u202eevil", "_evil"),
        ("../", "_"),
        ("", "_"),
        ("essay.v2", "essay_v2"),
        ("essay.bak1", "essay_bak1"),
    ],
)
def test_a_name_that_had_to_be_changed_gets_a_hash(name: str, stem: str) -> None:
    (path,) = draft_paths([name])
    assert path.startswith(f"{stem}-")
    assert len(path) == len(stem) + len("-01234567.fountain")


def test_a_long_name_is_cut_between_characters() -> None:
    first, second = draft_paths(["漂流" * 60, "漂流" * 61])
    for path in (first, second):
        assert len(path.encode()) <= 120
        assert path.startswith("漂流漂流")
    assert first != second
    (fits,) = draft_paths(["x" * 111])
    assert fits == "x" * 111 + ".fountain"


def test_twins_on_some_file_system_get_names_of_their_own() -> None:
    twins = ["Café", "Cafe\u0301", "CAFÉ", "straße", "STRASSE", "other"]
    paths = draft_paths(twins)
    assert len({unicodedata.normalize("NFC", path).casefold() for path in paths}) == len(twins)
    assert paths[-1] == "other.fountain"
    assert all("-" in path for path in paths[:-1])


def test_no_draft_stands_where_another_needs_a_folder() -> None:
    file, inner = draft_paths(["x", "x.fountain/y"])
    assert inner == "x.fountain/y.fountain"
    assert file.startswith("x-")


def test_equal_names_are_refused() -> None:
    with pytest.raises(ValueError, match="'x'"):
        draft_paths(["x", "y", "x"])


@given(NAMES, st.randoms())
def test_paths_are_portable_distinct_inside_and_free_of_order(
    names: list[str], chance: Random
) -> None:
    paths = draft_paths(names)
    root = Path("/outputs")
    keys = {unicodedata.normalize("NFC", unicodedata.normalize("NFD", p).casefold()) for p in paths}
    assert len(keys) == len(names)
    for path in paths:
        assert path.endswith(".fountain")
        assert not any(other.startswith(f"{path}/") for other in paths)
        assert root.joinpath(path).resolve().is_relative_to(root)
        assert unicodedata.is_normalized("NFC", path)
        for part in path.split("/"):
            assert len(part.encode()) <= 120
            assert is_valid_filename(part, platform="universal", max_len=120)
            assert part.isprintable()
            assert part[0] not in "-.~ "
    shuffled = list(zip(names, paths, strict=True))
    chance.shuffle(shuffled)
    assert draft_paths([name for name, _ in shuffled]) == [path for _, path in shuffled]
