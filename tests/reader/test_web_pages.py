from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest

from scriptgen.errors import InputError, SetupError
from scriptgen.reader import MAX_BYTES, Form, essay_from_bytes, find_essays, read_essay

if TYPE_CHECKING:
    from pathlib import Path

    from scriptgen.essay import Essay

PAGE = """\
<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>A light left on | Harbour Notes</title><meta property="og:title" content="A light left on">
<meta name="author" content="Ada Writer">
<script>document.write("scripted")</script><style>p { color: red }</style></head><body>
<nav><ul><li><a href="/">Home page</a></li><li><a href="/films">All films</a></li></ul></nav>
<div class="cookie-banner">We use cookies to improve your visit. Accept them all?</div>
<article><h1>A light left on</h1>
<p>In <em>The Lamp Room</em> Mara <i>never</i> raises her voice, and <strong>Teodor</strong> does.
“You should have told me,” he says on the stairs, with the lantern in his left hand.</p>
<h2>The <em>second</em> night</h2>
<p>She puts the lantern on the table. <em>I could leave,</em> she thinks.<br>Then the rain falls on
the iron stairs and the whole house listens to it for a long time, as if it were news.</p>
<blockquote><p>“Nobody came,” she says at last to the <a href="https://x.example/">window</a>.</p>
</blockquote><ul><li>a <i>brass</i> key</li><li>a letter</li></ul>
</article><aside><p>Subscribe to our newsletter for more!</p></aside>
<footer><p>Copyright Harbour Notes. All rights reserved.</p></footer></body></html>
"""


def read(page: str | bytes, max_bytes: int = MAX_BYTES) -> Essay:
    raw = page if isinstance(page, bytes) else page.encode()
    return essay_from_bytes(raw, source="page.html", form=Form.HTML, max_bytes=max_bytes)


def refused(page: str | bytes, max_bytes: int = MAX_BYTES) -> str:
    with pytest.raises(InputError) as caught:
        read(page, max_bytes)
    assert caught.value.hint
    return caught.value.code


def test_a_page_is_its_article_with_emphasis_and_headings() -> None:
    essay = read(PAGE)
    assert essay.text == (
        "# A light left on\n\n"
        "In *The Lamp Room* Mara *never* raises her voice, and **Teodor** does. “You should have "
        "told me,” he says on the stairs, with the lantern in his left hand.\n\n"
        "## The *second* night\n\n"
        "She puts the lantern on the table. *I could leave,* she thinks.\n"
        "Then the rain falls on the iron stairs and the whole house listens to it for a long time, "
        "as if it were news.\n\n"
        "> “Nobody came,” she says at last to the window.\n\n"
        "- a *brass* key\n\n- a letter\n"
    )


def test_what_the_page_tells_of_itself_is_kept_and_names_no_drama() -> None:
    essay = read(PAGE)
    assert (essay.meta.title, essay.meta.author, essay.language) == (None, "Ada Writer", "en")


def test_italics_by_other_means_are_italics() -> None:
    page = PAGE.replace("<em>The Lamp Room</em>", "<cite>The Lamp Room</cite>")
    page = page.replace("<i>never</i>", '<span style="font-style: italic">never</span>')
    page = page.replace(">Teodor<", '><span style="font-weight:700">Teodor</span><')
    assert read(page).text == read(PAGE).text


def test_what_is_not_the_article_is_left_out() -> None:
    text = read(PAGE).text
    for words in ("Home page", "cookies", "newsletter", "Copyright", "scripted", "color"):
        assert words not in text


def test_a_page_is_decoded_as_it_says() -> None:
    page = PAGE.replace("utf-8", "windows-1252").encode("cp1252")
    assert "“You should have told me,”" in read(page).text
    assert refused(PAGE.replace("utf-8", "utf-8").encode("cp1252")) == "E_DECODE"
    assert refused(PAGE.replace("utf-8", "no-such-thing")) == "E_USAGE"


@pytest.mark.parametrize(
    "page",
    ["", "<html></html>", "<p> </p>", "<script>x()</script>", "<div>" * 100_000, "&" * 9_999],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    assert refused(page) == "E_EMPTY"


def test_a_library_that_logs_says_nothing_on_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    assert refused("<p> </p>") == "E_EMPTY"
    assert capfd.readouterr() == ("", "")
    assert all(logging.getLogger(name).handlers for name in ("trafilatura", "htmldate"))


def test_a_page_past_the_cap_is_refused_before_it_is_read() -> None:
    assert refused(PAGE, max_bytes=500) == "E_TOO_LARGE"


def test_a_page_that_scriptgen_made_is_no_essay() -> None:
    made = PAGE.replace("<title>", '<meta name="generator" content="scriptgen brief"><title>')
    assert refused(made) == "E_SOURCE"


def test_a_folder_gives_its_pages_too(tmp_path: Path) -> None:
    (tmp_path / "b.HTM").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    listing = find_essays([str(tmp_path)])
    assert [essay.name for essay in listing.essays] == ["a", "b"]
    assert listing.essays[1].load().text == read_essay(tmp_path / "a.html").text


def test_a_missing_library_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(SetupError) as caught:
        read(PAGE)
    assert (caught.value.code, caught.value.exit_code) == ("E_EXTRA", 3)
    assert "pip install 'scriptgen[html]'" in str(caught.value.hint)
