"""The page of a screenplay: line for line what the layout has, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from fountain_strategies import drafts, screenplays
from hypothesis import HealthCheck, given, settings
from reading_pages import read_page

from scriptgen.exporting import ExportOptions, export, figures, paginated, printed
from scriptgen.exports.html import write_html
from scriptgen.exports.markup import shown
from scriptgen.fountain import read_fountain
from scriptgen.layout import A4, Layout

if TYPE_CHECKING:
    from scriptgen.screenplay import Screenplay

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "nav", "h1", "h2", "p", "ol", "li"),
    *("span", "bdi", "main", "section", "div", "b", "i", "u"),
}
ATTRIBUTES = {
    *("charset", "name", "content", "http-equiv", "class", "href", "id", "style", "dir"),
    *("aria-label", "aria-hidden", "title"),
}
OURS = re.compile(
    r"[a-z -]+|#?[sp]\d+|#script|script|--gap:\d+(?:;--column:\d+)?|page \d+|Page \d+"
    r"|Title page|Outline|U\+[0-9A-F]+"
)
ONLY_NUMBERS = ExportOptions(numbers=True)


class _Sheets(HTMLParser):
    """The lines of each sheet, and every tag and attribute after the head."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[list[str]] = []
        self.tags: set[str] = set()
        self.odd: list[str] = []
        self._depth = 0
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        classes = (told.get("class") or "").split()
        self.tags.add(tag)
        self._in_body |= tag == "body"
        for name, value in attrs if self._in_body else ():
            if name not in ATTRIBUTES or not OURS.fullmatch(value or ""):
                self.odd.append(f"{name}={value}")
        if tag == "section":
            self.sheets.append([])
        if self._depth:
            self._depth += 1
        elif "line" in classes or "cover-line" in classes:
            self._depth = 1
            self.sheets[-1].append("")

    def handle_endtag(self, _: str) -> None:
        self._depth = max(self._depth - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.sheets[-1][-1] += data


def _read(page: str) -> _Sheets:
    reader = _Sheets()
    reader.feed(page)
    reader.close()
    return reader


def _made(screenplay: Screenplay, options: ExportOptions = ONLY_NUMBERS) -> tuple[Layout, str]:
    page, _ = printed(screenplay)
    layout = paginated(page, options)
    return layout, write_html(page, layout)


def _seen(text: str) -> str:
    return unescape(re.sub("<[^>]*>", "", shown(text)))


def _lines(layout: Layout) -> list[list[str]]:
    sheets = [layout.title_rows] if layout.title_rows or not layout.pages else []
    sheets += [page.rows for page in layout.pages]
    return [sorted(_seen(row.text) for row in rows) for rows in sheets]


@SOME
@given(screenplays())
def test_nothing_of_a_hostile_draft_becomes_markup(screenplay: Screenplay) -> None:
    layout, page = _made(screenplay, ExportOptions(notes=True))
    assert read_page(page).faults == []
    reader = _read(page)
    assert reader.tags <= TAGS
    assert reader.odd == []
    assert [sorted(sheet) for sheet in reader.sheets] == _lines(layout)


@SOME
@given(drafts())
def test_the_page_has_the_sheets_and_lines_of_the_layout(draft: Screenplay) -> None:
    layout, page = _made(draft)
    reader = _read(page)
    assert [sorted(sheet) for sheet in reader.sheets] == _lines(layout)
    assert page.count('<section class="sheet" id="p') == len(layout.pages)
    assert [f'href="#s{at}"' in page for at in range(1, len(layout.scenes) + 2)] == [
        *[True] * len(layout.scenes),
        False,
    ]


ATTACK = """\
Title: </title><script>alert(1)</script>

INT. "><IMG SRC=X ONERROR=ALERT(1)> - NIGHT #1#

</p></main></style><script src="http://127.0.0.1:9/x"></script> <!-- ]]> --> &lt;b&gt;

@<svg onload=alert(2)>
javascript:alert(3) {{ 7 * 7 }} <iframe srcdoc="x">
"""


def test_an_attack_is_words_on_the_page() -> None:
    _, page = _made(read_fountain(ATTACK))
    assert read_page(page).faults == []
    assert _read(page).tags <= TAGS
    assert "&lt;script" in page
    assert "&amp;lt;b&amp;gt;" in page
    assert "<script" not in page


def test_nothing_is_fetched_and_no_script_is_needed() -> None:
    _, page = _made(read_fountain("INT. HALL - DAY\n\nDust.\n"))
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not re.search(r"url\(|@import|https?:|src=", page)


def test_lines_flow_into_each_other_but_where_the_text_ends_them() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve thirteen"
    text = f"INT. HALL - DAY\n\n!{words}\n!And again.\n\n!" + "雨" * 40 + "\n"
    _, page = _made(read_fountain(text))
    assert "eleven</span> <span" in page.replace('class="line ends"', 'class="line"')
    assert '<span class="line ends">twelve thirteen</span>' in page
    assert "雨</span><span" in page


def test_speeches_side_by_side_stand_in_two_columns() -> None:
    text = (
        "INT. HALL - DAY\n\nADA\nSo you say, and so they all say, every day of the year.\n\n"
        "TOM ^\n(low)\nNo.\n"
    )
    _, page = _made(read_fountain(text))
    pair = page[page.index('class="pair"') : page.index("</section>", page.index('class="pair"'))]
    left, right = pair.split("</div><div>")
    assert "ADA" in left
    assert "TOM" not in left
    assert "(low)" in right


def test_scenes_are_linked_with_their_numbers_and_pages() -> None:
    _, page = _made(
        read_fountain("# One\n\nINT. A - DAY #7B#\n\nX.\n\n===\n\nEXT. B - DAY\n\nY.\n")
    )
    assert '<li class="part"><bdi>One</bdi></li>' in page
    assert (
        '<a href="#s1"><span class="no">7B</span><bdi class="slug">INT. A - DAY</bdi>'
        '<span class="on" title="page 1">1</span></a>'
    ) in page
    assert '<h2 class="heading" id="s2">' in page


def test_a4_has_its_own_sheet() -> None:
    page, _ = printed(read_fountain("INT. A - DAY\n\nX.\n"))
    made = write_html(page, paginated(page, ExportOptions(paper=A4)))
    assert "@page{size:8.268in 11.693in;margin:0}" in made


def test_html_pdf_and_figures_count_the_same_pages() -> None:
    scene = "INT. A - DAY\n\n" + "A long day. " * 60 + "\n\nMIA\n" + "No, never. " * 50 + "\n\n"
    for text in (scene * 9, f"Title: The Mill\n\n{scene}"):
        play = read_fountain(text)
        sheets = export(play, "html").data.count(b'<section class="sheet')
        pdf = export(play, "pdf").data
        assert sheets == len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
        assert sheets == figures(play).pages + bool(play.title_page)
