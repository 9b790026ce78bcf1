from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nobody import as_nobody

from scriptgen.errors import InputError
from scriptgen.reader import EssaySource, Listing, find_essays
from scriptgen.reader.listing import distinct

if TYPE_CHECKING:
    from pathlib import Path


def plant(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The essay {name}.", encoding="utf-8")


def names(listing: Listing) -> list[str]:
    return [essay.name for essay in listing.essays]


def code_of(essay: EssaySource) -> str | None:
    try:
        essay.load()
    except InputError as error:
        return error.code
    return None


def test_a_folder_gives_its_essays_sorted_and_the_rest_in_one_finding(tmp_path: Path) -> None:
    plant(
        tmp_path, "b.txt", "a.md", "sub/c.markdown", "sub/deep/d.TXT", "README.md", "sub/readme.md"
    )
    plant(tmp_path, ".hidden.txt", ".scriptgen/x.txt", "x.pdf", "y.odt", "sub/z.odt", "rows.jsonl")
    listing = find_essays([str(tmp_path)])
    assert names(listing) == ["a", "b", "sub/c", "sub/deep/d"]
    (finding,) = listing.warnings
    assert (finding.code, finding.count) == ("W_NOT_AN_ESSAY", 4)
    assert ".odt 2" in finding.message
    assert listing.essays[2].where == str(tmp_path / "sub/c.markdown")
    assert listing.essays[2].load().text == "The essay sub/c.markdown."


def test_a_named_file_is_called_after_its_stem(tmp_path: Path) -> None:
    plant(tmp_path, "sub/a.txt")
    assert names(find_essays([str(tmp_path / "sub/a.txt")])) == ["a"]


def test_a_named_file_that_is_missing_fails_when_it_is_loaded(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt")
    listing = find_essays([str(tmp_path / "no.txt"), str(tmp_path / "a.txt")])
    assert names(listing) == ["no", "a"]
    assert [code_of(essay) for essay in listing.essays] == ["E_GONE", None]


def test_a_named_file_of_another_kind_is_passed_over_with_its_name(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "b.odt")
    listing = find_essays([str(tmp_path / "a.txt"), str(tmp_path / "b.odt")])
    assert names(listing) == ["a"]
    assert [(w.code, w.evidence) for w in listing.warnings] == [
        ("W_NOT_AN_ESSAY", str(tmp_path / "b.odt"))
    ]


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    plant(tmp_path, "x.pdf")
    for source in (tmp_path, tmp_path / "*.txt", tmp_path / "no" / "*.txt", tmp_path / "x.pdf"):
        with pytest.raises(InputError) as caught:
            find_essays([str(source)])
        assert caught.value.code == "E_SOURCE"
        assert caught.value.hint
    with pytest.raises(InputError):
        find_essays([])


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a", "b"]),
        ("**/*.txt", ["a", "b", "sub/a", "sub/deep/c"]),
        ("sub/*", ["a", "m"]),
        ("*/deep/?.txt", ["sub/deep/c"]),
        ("[b-z].txt", ["b"]),
        ("**/deep/**", ["sub/deep/c"]),
        ("**/**/a.*", ["a", "sub/a"]),
    ],
)
def test_a_glob_names_files_from_where_its_first_mark_stands(
    tmp_path: Path, pattern: str, expected: list[str]
) -> None:
    plant(tmp_path, "a.txt", "b.txt", "sub/a.txt", "sub/m.md", "sub/deep/c.txt", ".h/x.txt")
    assert names(find_essays([f"{tmp_path}/{pattern}"])) == expected


def test_a_file_with_glob_marks_in_its_name_is_itself(tmp_path: Path) -> None:
    plant(tmp_path, "a [1].txt", "a 1.txt")
    assert names(find_essays([str(tmp_path / "a [1].txt")])) == ["a [1]"]


def test_paths_come_on_standard_input_one_a_line(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "b*.txt", "sub/c.txt")
    lines = f"{tmp_path}/a.txt\n\n{tmp_path}/b*.txt\r\n{tmp_path}/sub\n{tmp_path}/a.txt".encode()
    assert names(find_essays(["-"], stdin=io.BytesIO(lines))) == ["a", "b*", "c"]


def test_a_real_file_counts_once(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "z.txt").symlink_to("a.txt")
    (tmp_path / "a-link").symlink_to("sub")
    listing = find_essays([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "sub")])
    assert names(listing) == ["a", "sub/b"]
    assert listing.warnings == ()


def test_link_loops_end(tmp_path: Path) -> None:
    plant(tmp_path, "dir/a.txt")
    (tmp_path / "dir/loop").symlink_to(".")
    (tmp_path / "dir/up").symlink_to("..")
    (tmp_path / "x.txt").symlink_to("y.txt")
    (tmp_path / "y.txt").symlink_to("x.txt")
    listing = find_essays([str(tmp_path)])
    assert {essay.name: code_of(essay) for essay in listing.essays} == {
        "dir/a": None,
        "x": "E_NOT_REGULAR",
        "y": "E_NOT_REGULAR",
    }


def test_links_out_of_the_folder_are_followed_only_when_asked(tmp_path: Path) -> None:
    plant(tmp_path, "in/a.txt", "out/secret.txt", "out/more/b.txt")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "out/secret.txt")
    (tmp_path / "in/folder").symlink_to(tmp_path / "out/more")
    listing = find_essays([str(tmp_path / "in")])
    assert names(listing) == ["a"]
    (finding,) = listing.warnings
    assert (finding.code, finding.count) == ("W_SYMLINK", 2)
    assert finding.evidence == "folder, link.txt"
    followed = find_essays([str(tmp_path / "in")], follow_symlinks=True)
    assert names(followed) == ["a", "folder/b", "link"]
    assert followed.essays[2].load().text == "The essay out/secret.txt."


def test_a_file_that_a_link_replaced_since_the_listing_is_not_read(tmp_path: Path) -> None:
    plant(tmp_path, "in/a.txt", "secret.txt")
    (essay,) = find_essays([str(tmp_path / "in")]).essays
    (tmp_path / "in/a.txt").unlink()
    assert code_of(essay) == "E_GONE"
    (tmp_path / "in/a.txt").symlink_to(tmp_path / "secret.txt")
    assert code_of(essay) == "E_NOT_REGULAR"


def test_a_folder_named_as_an_essay_fails_and_its_essays_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "essay.md/a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    listing = find_essays([str(tmp_path)])
    assert {essay.name: code_of(essay) for essay in listing.essays} == {
        "essay": "E_NOT_REGULAR",
        "essay.md/a": None,
        "pipe": "E_NOT_REGULAR",
    }


def test_closed_files_and_folders_fail_alone(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "b.txt", "closed/c.txt")
    (tmp_path / "b.txt").chmod(0)
    (tmp_path / "closed").chmod(0)

    def work() -> str:
        essays = find_essays(["."]).essays
        return " ".join(f"{essay.name}={code_of(essay)}" for essay in essays)

    told = as_nobody(tmp_path, work)
    (tmp_path / "closed").chmod(0o755)
    assert told == "a=None b=E_PERMISSION closed=E_PERMISSION"


def test_a_folder_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    plant(tmp_path, "closed/c.txt")
    (tmp_path / "closed").chmod(0)

    def work() -> str:
        with pytest.raises(InputError) as caught:
            find_essays(["closed"])
        return caught.value.code

    told = as_nobody(tmp_path, work)
    (tmp_path / "closed").chmod(0o755)
    assert told == "E_PERMISSION"


def test_odd_names_are_handled_and_shown_escaped(tmp_path: Path) -> None:
    plant(tmp_path, "-rf.txt", "a\nb.txt", "a\x1b[31m.txt", "漂流" * 14 + ".txt")
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.txt", "wb") as file:  # noqa: PTH123 - bytes
        file.write(b"Odd.")
    listing = find_essays([str(tmp_path)])
    assert set(names(listing)) == {"-rf", "a\\nb", "a\\x1b[31m", "漂流" * 14, "\\xff\\xfe"}
    for essay in listing.essays:
        assert code_of(essay) is None
        assert essay.where.isprintable()
        assert essay.load().source.isprintable()


def test_namesakes_are_told_apart_whatever_their_order(tmp_path: Path) -> None:
    plant(tmp_path, "one/x.txt", "one/x.md", "two/x.txt", "one/y.txt")
    os.link(tmp_path / "one/y.txt", tmp_path / "two/y.txt")
    sources = [str(tmp_path / "one"), str(tmp_path / "two")]
    there, back = find_essays(sources), find_essays(sources[::-1])
    assert len(set(names(there))) == 5
    assert {essay.path: essay.name for essay in there.essays} == {
        essay.path: essay.name for essay in back.essays
    }
    assert all(name[:2] in ("x-", "y-") and len(name) == 10 for name in names(there))


@given(st.lists(st.sampled_from(["a", "b", "a-", "a/b"]), max_size=8))
def test_distinct_names_are_distinct(stems: list[str]) -> None:
    found = [EssaySource(stem, f"/f{i}/{stem}.txt") for i, stem in enumerate(stems)]
    essays, dropped = distinct(found)
    assert dropped == 0
    assert [essay.path for essay in essays] == [essay.path for essay in found]
    assert len({essay.name for essay in essays}) == len(stems)


def test_a_change_on_disk_since_the_reading_is_told(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt")
    (source,) = find_essays([str(tmp_path)]).essays
    essay = source.load()
    assert not source.changed_since(essay)
    (tmp_path / "a.txt").write_text("Another.", encoding="utf-8")
    assert source.changed_since(essay)
    (tmp_path / "a.txt").unlink()
    assert source.changed_since(essay)
