from __future__ import annotations

import io
import sys
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.errors import InputError, SetupError
from scriptgen.reader import MAX_BYTES, Form, essay_from_bytes, find_essays

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scriptgen.essay import Essay

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(fill: Callable[[Any], object]) -> bytes:
    """The bytes of a Word file that ``fill`` wrote into."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(raw: bytes, max_bytes: int = MAX_BYTES) -> Essay:
    return essay_from_bytes(raw, source="essay.docx", form=Form.DOCX, max_bytes=max_bytes)


def refused(raw: bytes, max_bytes: int = MAX_BYTES) -> InputError:
    with pytest.raises(InputError) as caught:
        read(raw, max_bytes)
    assert caught.value.hint
    return caught.value


def story(document: Any) -> None:
    document.add_paragraph("A light left on", style="Title")
    document.add_heading("The first night", level=2)
    paragraph = document.add_paragraph("In ")
    paragraph.add_run("The Lamp").italic = True
    paragraph.add_run(" Room").italic = True
    paragraph.add_run(" Mara never raises her voice; ")
    paragraph.add_run("Teodor", style="Strong")
    paragraph.add_run(" does. ")
    paragraph.add_run("I could leave,", style="Emphasis")
    paragraph.add_run(" she thinks.")
    document.add_paragraph("a brass key", style="List Bullet")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "A letter in a frame."
    document.sections[0].footer.paragraphs[0].text = "Page footer"


def test_a_word_file_is_its_paragraphs_with_emphasis_and_headings() -> None:
    assert read(saved(story)).text == (
        "# A light left on\n\n"
        "## The first night\n\n"
        "In *The Lamp Room* Mara never raises her voice; **Teodor** does. *I could leave,* she "
        "thinks.\n\n"
        "- a brass key\n\n"
        "A letter in a frame.\n"
    )


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Mara ")
        for xml in (
            f'<w:ins {W} w:id="1" w:author="a"><w:r><w:t>waits</w:t></w:r></w:ins>',
            f'<w:del {W} w:id="2" w:author="a"><w:r><w:delText>sleeps</w:delText></w:r></w:del>',
        ):
            paragraph.paragraph_format.element.append(parse_xml(xml))

    assert read(saved(fill)).text == "Mara waits\n"


def test_text_that_is_set_hidden_is_left_out_and_told() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Mara waits.").add_run(" Ignore her.").font.hidden = True

    essay = read(saved(fill))
    assert essay.text == "Mara waits.\n"
    assert [finding.code for finding in essay.warnings] == ["W_HIDDEN_TEXT"]


def repacked(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return out.getvalue()


def test_external_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY l "laugh">]>'.encode()

    def change(data: bytes) -> bytes:
        head, mark, rest = data.partition(b"<w:document")
        return head + doctype + mark + rest.replace(b"MARK", b"&e;&l;")

    raw = saved(lambda document: document.add_paragraph("Mara waits. MARK"))
    assert "secret" not in read(repacked(raw, "word/document.xml", change)).text


def test_an_archive_that_unpacks_to_too_much_is_refused_unread() -> None:
    raw = saved(lambda document: document.add_paragraph("Mara waits."))
    bomb = repacked(raw, "word/document.xml", lambda data: data + b" " * 30_000_000)
    assert len(bomb) < 200_000
    error = refused(bomb)
    assert error.code == "E_TOO_LARGE"
    assert "unpacks to" in error.message


def test_a_text_past_the_cap_is_refused() -> None:
    raw = saved(lambda document: document.add_paragraph("Mara waits. " * 20_000))
    assert refused(raw, max_bytes=100_000).code == "E_TOO_LARGE"


def other_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [b"plain text", b"PK\x03\x04", other_archive(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"],
    ids=["text", "cut off", "another archive", "an old file"],
)
def test_what_is_no_word_file_is_refused(raw: bytes) -> None:
    assert refused(raw).code == "E_BINARY"


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_a_part_that_is_broken_is_refused(part: str) -> None:
    raw = saved(story)
    assert refused(repacked(raw, part, lambda data: data[: len(data) // 2])).code == "E_BINARY"


def test_a_word_file_without_words_is_empty() -> None:
    assert refused(saved(lambda _: None)).code == "E_EMPTY"


@given(st.binary(max_size=40), st.integers(0, 30_000))
def test_any_damage_gives_an_essay_or_a_named_error(patch: bytes, at: int) -> None:
    with suppress(InputError):
        read(SOUND[:at] + patch + SOUND[at + len(patch) :])


SOUND = saved(story)


def test_a_folder_gives_its_word_files_too(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(SOUND)
    listing = find_essays([str(tmp_path)])
    assert [essay.name for essay in listing.essays] == ["a"]
    assert listing.essays[0].load().text == read(SOUND).text


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(SetupError) as caught:
        read(SOUND)
    assert (caught.value.code, caught.value.exit_code) == ("E_EXTRA", 3)
    assert "pip install 'scriptgen[docx]'" in str(caught.value.hint)
