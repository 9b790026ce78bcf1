"""What a PDF shows, embeds and says of itself."""

from __future__ import annotations

import io
import re
import socket
from typing import TYPE_CHECKING

import pytest
from fountain_strategies import screenplays
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from long_screenplays import long_screenplay
from pypdf import PdfReader

from scriptgen.exporting import ExportOptions, export, paginated, printed
from scriptgen.exports.pdf.loading import in_halves
from scriptgen.fountain import read_fountain
from scriptgen.layout import A4, LETTER, Paper
from scriptgen.report import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pypdf import PageObject

    from scriptgen.screenplay import Screenplay

NO_FONT_HAS = "\U0010fffd"

DRAFT = """\
Title: The _Lamp_ Room
Author: Mara Okafor

INT. LAMP ROOM - NIGHT #4A#

MARA stands with a **lantern**, *alone*, ***quite*** _still_.

TEODOR
I came in the dark.

EXT. QUAY - DAY

Gulls.
"""


def read(text: str, **options: object) -> PdfReader:
    made = export(read_fountain(text), "pdf", ExportOptions(**options))  # type: ignore[arg-type]
    return PdfReader(io.BytesIO(made.data), strict=True)


def squeezed(page: PageObject) -> str:
    return "".join(page.extract_text().split())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_a_pdf_has_the_pages_of_the_layout_and_on_each_its_words(number: int) -> None:
    screenplay = long_screenplay(number)
    options = ExportOptions(outline=True)
    layout = paginated(printed(screenplay)[0], options)
    pages = PdfReader(io.BytesIO(export(screenplay, "pdf", options).data)).pages
    assert len(pages) == len(layout.pages) + 1
    for sheet, page in zip(pages[1:], layout.pages, strict=True):
        shown = squeezed(sheet)
        for row in page.rows:
            if row.text.isascii():
                assert "".join(row.text.split()) in shown


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(screenplays())
def test_any_screenplay_becomes_a_pdf(screenplay: Screenplay) -> None:
    data = export(screenplay, "pdf").data
    assert len(PdfReader(io.BytesIO(data)).pages) >= 1


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert export(read_fountain(DRAFT), "pdf") == export(read_fountain(DRAFT), "pdf")


def test_it_says_its_title_and_author_and_no_date() -> None:
    told: Mapping[str, object] = read(DRAFT).metadata or {}
    assert {key: str(value) for key, value in told.items()} == {
        "/Title": "The Lamp Room",
        "/Author": "Mara Okafor",
        "/Creator": "scriptgen",
    }


def test_every_scene_has_a_bookmark_on_its_page() -> None:
    reader = read(DRAFT + "\n===\n\nINT. CELLAR - NIGHT\n\nDrip.\n")
    found = [
        (mark.title, reader.get_destination_page_number(mark))  # type: ignore[union-attr,arg-type]
        for mark in reader.outline
    ]
    assert found == [
        ("4A. INT. LAMP ROOM - NIGHT", 1),
        ("EXT. QUAY - DAY", 1),
        ("INT. CELLAR - NIGHT", 2),
    ]


def test_every_font_is_embedded_and_emphasis_has_faces_of_its_own() -> None:
    fonts = read(DRAFT).pages[1]["/Resources"]["/Font"].values()  # type: ignore[index]
    names = {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts}
    assert names == {
        "CourierPrime",
        "CourierPrime-Bold",
        "CourierPrime-Italic",
        "CourierPrime-BoldItalic",
    }
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts)


def test_pages_are_numbered_from_the_second_on_and_the_title_page_is_not() -> None:
    title, first, second = (page.extract_text() for page in read(DRAFT + "\n===\n\nEnd.\n").pages)
    assert "1." not in title + first
    assert second.startswith("2.")


def test_a_draft_without_a_title_page_gets_none() -> None:
    assert [page.extract_text() for page in read("Rain.\n").pages] == ["Rain."]


def test_the_paper_is_the_one_asked_for() -> None:
    box = read("Rain.\n", paper=A4).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


@pytest.mark.parametrize(("strict", "severity"), [(False, "warning"), (True, "error")])
def test_a_character_that_no_font_has_is_a_box_and_is_named(*, strict: bool, severity: str) -> None:
    options = ExportOptions(strict_fonts=strict)
    made = export(read_fountain(f"Rain {NO_FONT_HAS} rain {NO_FONT_HAS}.\n"), "pdf", options)
    (finding,) = made.findings
    assert (finding.code, finding.severity, finding.count) == ("W_FONT", Severity(severity), 2)
    assert "U+10FFFD" in finding.message
    content = PdfReader(io.BytesIO(made.data)).pages[0].get_contents()
    assert content is not None
    assert content.get_data().count(b" re") == 2


def font_file(path: Path, char: str, *, truetype: bool) -> Path:
    """A font that shows ``char`` as a square."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000, isTTF=truetype)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(char): "square"})
    pens = {
        name: TTGlyphPen(None) if truetype else T2CharStringPen(1000, None)
        for name in (".notdef", "square")
    }
    for pen in pens.values():
        pen.moveTo((100, 0))
        for corner in ((100, 800), (900, 800), (900, 0)):
            pen.lineTo(corner)
        pen.closePath()
    if truetype:
        builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    else:
        drawn = {name: pen.getCharString() for name, pen in pens.items()}
        builder.setupCFF("Squares", {}, drawn, {})
    builder.setupHorizontalMetrics(dict.fromkeys(pens, (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


@pytest.mark.parametrize("truetype", [True, False], ids=["truetype", "postscript"])
def test_a_named_font_shows_what_courier_lacks(tmp_path: Path, *, truetype: bool) -> None:
    path = font_file(tmp_path / "squares.otf", "中", truetype=truetype)
    options = ExportOptions(fallback_fonts=(str(path),))
    made = export(read_fountain("Rain 中.\n"), "pdf", options)
    assert made.findings == ()
    page = PdfReader(io.BytesIO(made.data)).pages[0]
    assert page.extract_text() == "Rain 中."
    assert made == export(read_fountain("Rain 中.\n"), "pdf", options)


def test_a_character_above_ffff_is_told_in_utf_16() -> None:
    from reportlab.pdfbase.ttfonts import makeToUnicodeCMap

    told = in_halves(makeToUnicodeCMap("Font", [0x41, 0x20BB7, 0x1F600]))
    assert "<00> <0041>\n<01> <D842DFB7>\n<02> <D83DDE00>\n" in told


@pytest.mark.parametrize("paper", [LETTER, A4])
@pytest.mark.parametrize(
    ("number", "shown", "told"),
    [("101-AB", "101-AB", 0), ("101-A-12B", "101-A-12B", 0), ("101-A-12-BC", "101-A-12…", 1)],
)
def test_a_scene_number_stays_in_its_margin(
    paper: Paper, number: str, shown: str, told: int
) -> None:
    draft = read_fountain(f"INT. {'LONG LAMP ROOM ' * 6} #{number}#\n\nRain.\n")
    made = export(draft, "pdf", ExportOptions(paper=paper))
    assert [finding.code for finding in made.findings] == ["W_REWORDED"] * told
    content = PdfReader(io.BytesIO(made.data)).pages[0].get_contents()
    assert content is not None
    places = re.findall(rb"1 0 0 1 ([\d.]+) ([\d.]+) Tm", content.get_data())
    top = max(float(y) for _, y in places)
    left, right = sorted(float(x) / 7.2 for x, y in places if float(y) == top and x != b"108.00")
    assert 0 < left <= 14 - len(shown)
    assert paper.right < right <= paper.width / 7.2 - len(shown)


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    hostile = 'See ![x](http://example.org/x.png) <img src="http://example.org/y"> /etc/passwd\n'
    assert "example.org/x.png" in read(hostile).pages[0].extract_text()


@pytest.mark.parametrize(
    "text",
    [
        "Rain. [[a note without an end\n\nMore rain.\n",
        "Rain. /* a boneyard without an end\n\nMore rain.\n",
        "word " * 2_000,
        "x" * 10_000,
        "MARA\n" + "x" * 10_000,
        "INT. " + "X" * 10_000,
        "> " + "TO " * 3_000,
        "@" + "N" * 10_000 + "\nHello.\n",
        "MARA\n(" + "softly " * 2_000 + ")\nHello.\n",
        "Rain\x01\x02\x1b[31m\x7f rain.\n",
        "\u202eRain \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627.\n",
        "a" + "\u0301" * 5_000 + " rain\n",
        "===\n\n===\n\n===\n",
    ],
    ids=lambda text: text[:12],
)
def test_a_draft_that_is_hard_to_print_is_printed(text: str) -> None:
    assert len(read(text).pages) >= 1
