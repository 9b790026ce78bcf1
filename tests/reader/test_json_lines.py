from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scriptgen.errors import InputError
from scriptgen.reader import EssaySource, Listing, find_essays, rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def rows_of(path: Path, *lines: bytes | Mapping[str, object]) -> Listing:
    path.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    )
    return find_essays([str(path)])


def code_of(essay: EssaySource) -> str | None:
    try:
        essay.load()
    except InputError as error:
        return error.code if error.where == essay.where else f"at {error.where}"
    return None


def test_rows_are_essays_named_by_id_name_or_hash(tmp_path: Path) -> None:
    path = tmp_path / "essays.jsonl"
    listing = rows_of(
        path,
        {"id": "first", "name": "unused", "text": "One “quoted” line.\r\nTwo."},
        {"id": 7, "text": "Seven."},
        b"",
        {"name": "sub/named", "text": "Named."},
        {"text": "Anonymous."},
    )
    names = [essay.name for essay in listing.essays]
    assert names[:3] == ["first", "7", "sub/named"]
    assert len(names[3]) == 16
    assert [essay.where for essay in listing.essays] == [f"{path}:{n}" for n in (1, 2, 4, 5)]
    essay = listing.essays[0].load(language="en")
    assert (essay.text, essay.language) == ("One “quoted” line.\nTwo.", "en")
    assert essay.source == f"{path}:1"
    assert not listing.essays[0].changed_since(essay)


def test_a_bad_row_fails_alone(tmp_path: Path) -> None:
    listing = rows_of(
        tmp_path / "essays.jsonl",
        b"\xef\xbb\xbf" + json.dumps({"id": "a", "text": "One."}).encode(),
        b"not json",
        b"[1, 2]",
        {"id": "no text"},
        {"id": "number", "text": 5},
        b'{"id": "x", "text": "\xff"}',
        b'{"id": "half", "text": "\\ud83d"}',
        b'{"id": "nul", "text": "a\\u0000b"}',
        {"id": "blank", "text": " \n\u200b"},
        b"[" * 100_000,
        b'{"id": ' + b"9" * 10_000 + b', "text": "x"}',
        {"id": "z", "text": "Last."},
    )
    assert {essay.name: code_of(essay) for essay in listing.essays} == {
        "a": None,
        "line-2": "E_SOURCE",
        "line-3": "E_SOURCE",
        "line-4": "E_SOURCE",
        "line-5": "E_SOURCE",
        "line-6": "E_DECODE",
        "half": "E_DECODE",
        "nul": "E_BINARY",
        "blank": "E_EMPTY",
        "line-10": "E_SOURCE",
        "line-11": "E_SOURCE",
        "z": None,
    }


def test_a_row_past_the_cap_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_LONGEST_ROW", 100)
    monkeypatch.setattr(rows, "_CHUNK", 7)
    listing = rows_of(
        tmp_path / "essays.jsonl", {"id": "a", "text": "x" * 500}, {"id": "b", "text": "Short."}
    )
    assert [code_of(essay) for essay in listing.essays] == ["E_TOO_LARGE", None]
    with pytest.raises(InputError) as caught:
        listing.essays[1].load(max_bytes=3)
    assert caught.value.code == "E_TOO_LARGE"


def test_rows_of_one_name_are_told_apart_and_repeats_left_out(tmp_path: Path) -> None:
    same = {"id": "x", "text": "One."}
    listing = rows_of(tmp_path / "e.jsonl", same, {"id": "x", "text": "Two."}, same)
    names = [essay.name for essay in listing.essays]
    assert len(set(names)) == 2
    assert all(name.startswith("x-") for name in names)
    assert [(w.code, w.count) for w in listing.warnings] == [("W_NOT_AN_ESSAY", 1)]
    alone = rows_of(tmp_path / "e.jsonl", same, same)
    assert [essay.name for essay in alone.essays] == ["x"]


def test_a_row_that_changed_since_the_listing_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    listing = rows_of(path, {"id": "a", "text": "One."})
    essay = listing.essays[0].load()
    path.write_text(json.dumps({"id": "a", "text": "Two."}), encoding="utf-8")
    assert code_of(listing.essays[0]) == "E_GONE"
    assert listing.essays[0].changed_since(essay)


def test_an_odd_id_becomes_a_printable_name(tmp_path: Path) -> None:
    listing = rows_of(
        tmp_path / "e.jsonl",
        {"id": "a\n\x1b[2J", "text": "One."},
        b'{"id": "\\ud83d", "text": "Two."}',
        {"id": "", "name": "  ", "text": "Three."},
        {"id": True, "text": "Four."},
    )
    names = [essay.name for essay in listing.essays]
    assert names[:2] == ["a\\n\\x1b[2J", "\\ud83d"]
    assert all(len(name) == 16 for name in names[2:])


def test_a_missing_or_empty_file_of_rows(tmp_path: Path) -> None:
    (essay,) = find_essays([str(tmp_path / "no.jsonl")]).essays
    assert code_of(essay) == "E_GONE"
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(InputError) as caught:
        find_essays([str(tmp_path / "empty.jsonl")])
    assert caught.value.code == "E_SOURCE"


def test_a_glob_reads_rows_too(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "r", "text": "x"}\n', encoding="utf-8")
    (tmp_path / "b.txt").write_text("y", encoding="utf-8")
    assert [essay.name for essay in find_essays([f"{tmp_path}/*"]).essays] == ["r", "b"]
