# ruff: noqa: RUF001 - essays hold look-alike characters
from __future__ import annotations

import io
import os
import socket
import sys
import tracemalloc
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nobody import as_nobody

from scriptgen.errors import InputError
from scriptgen.reader import MAX_BYTES, essay_from_bytes, essay_from_text, read_essay

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scriptgen.essay import Essay

PROSE = "The ferry stopped running in the autumn.\n\n“Nobody announced it,” she said.\n"
CHINESE = "渡轮停航的那个秋天，外婆八十岁。没有人宣布。县里来的人拧下时刻表，折了两次。"


def refused(work: Callable[[], object]) -> InputError:
    with pytest.raises(InputError) as caught:
        work()
    assert caught.value.hint
    return caught.value


def from_bytes(raw: bytes, encoding: str | None = None) -> Essay:
    return essay_from_bytes(raw, source="essay.txt", encoding=encoding)


def codes(essay: Essay) -> list[str]:
    return [finding.code for finding in essay.warnings]


def test_plain_prose_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "essay.txt"
    path.write_bytes(PROSE.encode())
    essay = read_essay(path)
    assert essay.text == PROSE
    assert essay.id == sha256(PROSE.encode()).hexdigest() == essay.raw_sha256
    assert essay.source == str(path)
    assert essay.language == "und"
    assert essay.warnings == ()


def test_a_language_is_a_code_or_a_usage_error() -> None:
    assert essay_from_text(PROSE, language="EN-gb").language == "en"
    assert refused(lambda: essay_from_text(PROSE, language="English!")).code == "E_USAGE"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_dropped(mark: bytes, encoding: str) -> None:
    essay = from_bytes(mark + PROSE.encode(encoding))
    assert essay.text == PROSE
    assert codes(essay) == ["W_BOM"]
    assert essay.id == from_bytes(PROSE.encode()).id
    assert essay.raw_sha256 != essay.id


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
def test_a_named_encoding_drops_the_mark_too(encoding: str) -> None:
    marked = "\ufeff" if encoding == "utf-16-le" else ""
    essay = from_bytes((marked + PROSE).encode(encoding), encoding)
    assert essay.text == PROSE
    assert codes(essay) == ["W_BOM"]


def test_bytes_that_are_not_utf_8_are_refused_with_offset_and_candidates() -> None:
    error = refused(lambda: from_bytes(b"abc " + CHINESE.encode("gb18030")))
    assert error.code == "E_DECODE"
    assert "at byte 4" in error.message
    assert "gb18030" in error.message
    assert error.hint == "name the encoding: --encoding gb18030, or save the essay as UTF-8"


def test_broken_utf_16_is_refused_with_the_offset_in_the_file() -> None:
    error = refused(lambda: from_bytes(b"\xff\xfea\0\x00\xd8b\0"))
    assert error.code == "E_DECODE"
    assert "utf-16-le at byte 4" in error.message


def test_a_named_encoding_is_taken_at_its_word() -> None:
    essay = from_bytes(CHINESE.encode("gb18030"), "gb18030")
    assert essay.text == CHINESE
    assert essay.warnings == ()
    error = refused(lambda: from_bytes(b"\x81\x8d", "cp1252"))
    assert (error.code, "at byte 0" in error.message) == ("E_DECODE", True)


def test_a_guess_is_made_only_when_asked_and_is_a_finding() -> None:
    raw = CHINESE.encode("gb18030")
    essay = from_bytes(raw, "auto")
    assert essay.text == CHINESE
    assert codes(essay) == ["W_ENC_GUESSED"]
    assert from_bytes(PROSE.encode(), "auto").warnings == ()


@pytest.mark.parametrize("name", ["utf-9", "hex", "rot13", "idna", "unicode_escape", "", "a\0b"])
def test_an_encoding_that_is_none_is_a_usage_error(name: str) -> None:
    if name:
        assert refused(lambda: from_bytes(b"abc", name)).code == "E_USAGE"
    else:
        assert from_bytes(b"abc", name).text == "abc"


def test_a_nul_is_binary_and_its_byte_is_named() -> None:
    error = refused(lambda: from_bytes("déjà\0vu".encode()))
    assert error.code == "E_BINARY"
    assert "NUL at byte 6" in error.message
    assert refused(lambda: essay_from_text("a\0b")).code == "E_BINARY"
    wide = refused(lambda: from_bytes(b"\xff\xfea\0\0\0", "utf-16"))
    assert "NUL at byte 4" in wide.message


def test_utf_16_without_a_mark_is_binary_with_the_encoding_to_try() -> None:
    error = refused(lambda: from_bytes(PROSE.encode("utf-16-le")))
    assert error.code == "E_BINARY"
    assert "--encoding utf-16-le" in (error.hint or "")
    assert from_bytes(PROSE.encode("utf-16-le"), "utf-16-le").text == PROSE


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0\x06\0", "DOCX"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
    ],
)
def test_a_known_binary_format_is_named(raw: bytes, kind: str) -> None:
    error = refused(lambda: from_bytes(raw, "latin-1"))
    assert error.code == "E_BINARY"
    assert kind in error.message


@pytest.mark.parametrize(
    "raw",
    [b"", b" \n\t\r\n", "\u200b\u2060\ufeff\u00a0\u3000".encode(), b"\x1b\x07", b"\xef\xbb\xbf"],
)
def test_what_is_blank_once_the_invisible_is_gone_is_empty(raw: bytes) -> None:
    assert refused(lambda: from_bytes(raw)).code == "E_EMPTY"


def test_half_a_surrogate_pair_is_a_decoding_error() -> None:
    error = refused(lambda: essay_from_text("ab\ud83dc"))
    assert (error.code, error.message) == ("E_DECODE", "half a surrogate pair at character 2")


def test_a_file_past_the_cap_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    error = refused(lambda: read_essay(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code == "E_TOO_LARGE"
    assert "50,000,000" in error.message
    assert peak < 5_000_000


def test_a_file_that_grows_while_it_is_read_is_cut_off_at_the_cap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "essay.txt"
    path.write_bytes(b"x" * 100)
    real = os.fstat

    def small(descriptor: int) -> os.stat_result:
        return os.stat_result((*real(descriptor)[:6], 5, *real(descriptor)[7:]))

    monkeypatch.setattr(os, "fstat", small)
    assert refused(lambda: read_essay(path, max_bytes=50)).code == "E_TOO_LARGE"


def test_a_missing_file_is_gone(tmp_path: Path) -> None:
    assert refused(lambda: read_essay(tmp_path / "no.txt")).code == "E_GONE"
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert refused(lambda: read_essay(tmp_path / "a.txt" / "b.txt")).code == "E_GONE"
    assert refused(lambda: read_essay("a\0b")).code == "E_GONE"


def test_pipes_sockets_devices_folders_and_link_loops_are_not_waited_for(tmp_path: Path) -> None:
    pipe, folder, loop = tmp_path / "pipe.txt", tmp_path / "essay.md", tmp_path / "loop.txt"
    os.mkfifo(pipe)
    folder.mkdir()
    loop.symlink_to(tmp_path / "back.txt")
    (tmp_path / "back.txt").symlink_to(loop)
    plug = tmp_path / "s.txt"
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(tmp_path, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{here}/s.txt" if sys.platform == "linux" else str(plug))
        os.close(here)
        for path in (pipe, folder, loop, plug, "/dev/null"):
            assert refused(partial(read_essay, path)).code == "E_NOT_REGULAR"


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert read_essay(tmp_path / "link.txt").text == PROSE


def test_a_file_that_may_not_be_read_is_a_permission_error(tmp_path: Path) -> None:
    path = tmp_path / "essay.txt"
    path.write_text(PROSE, encoding="utf-8")
    path.chmod(0)

    def work() -> str:
        try:
            read_essay("essay.txt")
        except InputError as error:
            return error.code
        return "read"

    assert as_nobody(tmp_path, work) == "E_PERMISSION"


def test_standard_input_is_an_essay_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def pipe(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="ascii"))

    pipe(PROSE.encode())
    essay = read_essay("-")
    assert (essay.text, essay.source) == (PROSE, "standard input")
    pipe(b"x" * (MAX_BYTES + 1))
    assert refused(lambda: read_essay("-")).code == "E_TOO_LARGE"
    monkeypatch.setattr(sys, "stdin", None)
    assert refused(lambda: read_essay("-")).code == "E_GONE"


def test_an_odd_file_name_is_shown_escaped(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\nb\x1b[31m\xff.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(PROSE.encode())
    assert read_essay(os.fsdecode(path)).source == f"{tmp_path}/a\\nb\\x1b[31m\\xff.txt"
    error = refused(lambda: read_essay(f"{tmp_path}/\x1b[2J.txt"))
    assert error.where == f"{tmp_path}/\\x1b[2J.txt"


@given(st.binary(max_size=300), st.sampled_from([None, "auto", "utf-16", "cp1252", "gb18030"]))
def test_any_bytes_give_an_essay_or_a_named_error(raw: bytes, encoding: str | None) -> None:
    with suppress(InputError):
        essay = from_bytes(raw, encoding)
        assert essay.id == sha256(essay.text.encode()).hexdigest()
        assert essay.text.strip()
