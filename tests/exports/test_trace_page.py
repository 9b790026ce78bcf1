from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_pages import read_page

from scriptgen.brief import Beat, Line, LineKind, Place, SceneBrief
from scriptgen.essay import Essay
from scriptgen.exports.colours import DARK, LIGHT
from scriptgen.exports.trace_page import trace_page
from scriptgen.exports.trace_page.style import GROUNDS, style
from scriptgen.report import Finding, Report, Severity
from scriptgen.screenplay import (
    Action,
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Speech,
    TitleField,
    Transition,
)
from scriptgen.trace import Origin, Trace, Traced
from scriptgen.values import Span

TEXT = """\
# The Lamp Room

In the lamp room Mara stands at the window with a lantern. “You should have told me,” says Teodor. \
He takes off his wet coat.

Rain falls."""
SCREENPLAY = Screenplay(
    title_page=(TitleField(key="Title", lines=("*The* Lamp Room",)),),
    elements=(
        Heading(text="INT. LAMP ROOM - NIGHT"),
        Action(text="Mara waits with a lantern. A dog barks. Rain."),
        Dialogue(
            cue="TEODOR",
            extension="O.S.",
            parts=(Parenthetical(text="softly"), Speech(text="You should have told me.")),
        ),
        Dialogue(cue="MARA", parts=(Speech(text="Sit *down*."),)),
        Note(text="ask about the dog"),
        PageBreak(),
        Transition(text="CUT TO:"),
    ),
)
TRACE = Trace(
    pieces=(
        Traced(element=0, start=0, end=22, sources=("p01",)),
        Traced(element=1, start=0, end=26, sources=("b01",)),
        Traced(element=1, start=27, end=39, invented=True),
        Traced(element=1, start=40, end=45, sources=("e151",)),
        Traced(element=2, start=0, end=24, sources=("d01",)),
        Traced(element=3, start=0, end=11, invented=True),
        Traced(element=6, start=0, end=7, invented=True),
    )
)
REPORT = Report(
    findings=(
        Finding(
            code="W_UNFILMABLE",
            severity=Severity.WARNING,
            message="nobody can film this",
            element=1,
            evidence="A dog barks.",
        ),
        Finding(code="W_PAGES", severity=Severity.ERROR, message="the draft is short"),
        Finding(code="W_INFO", severity=Severity.INFO, message="only to know"),
    )
)


def essay_of(text: str, source: str = "essay.txt") -> Essay:
    key = sha256(text.encode("utf-8", "replace")).hexdigest()
    return Essay(text=text, id=key, raw_sha256="0", source=source)


def cut(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span.cut(text, start, start + len(words))


def spans() -> dict[str, tuple[Span, ...]]:
    return {
        "b01": (cut("Mara stands at the window with a lantern"),),
        "b02": (cut("He takes off his wet coat"),),
        "d01": (cut("You should have told me,"),),
        "p01": (cut("the lamp room"), cut("The Lamp Room")),
        "e151": (cut("Rain falls"),),
        "e17": (cut("In the"),),
    }


def brief() -> SceneBrief:
    where = spans()
    return SceneBrief(
        essay_id="0",
        language="en",
        places=(Place(id="p01", name="lamp room", evidence=where["p01"]),),
        beats=tuple(
            Beat(id=name, text=where[name][0].text, span=where[name][0]) for name in ("b01", "b02")
        ),
        lines=(
            Line(
                id="d01",
                text=where["d01"][0].text,
                kind=LineKind.SPOKEN,
                span=where["d01"][0],
            ),
        ),
    )


def page_of(screenplay: Screenplay = SCREENPLAY, trace: Trace = TRACE, **told: object) -> str:
    report = told.get("report", REPORT)
    assert isinstance(report, Report)
    return trace_page(
        essay_of(TEXT), brief(), screenplay, trace, spans(), report=report, draft="draft.fountain"
    )


def words_of(page: str) -> str:
    return " ".join("".join(read_page(page).words).split())


def test_the_whole_essay_and_the_whole_page_stand_on_it() -> None:
    page = read_page(page_of())
    assert page.faults == []
    assert page.lines == [line for line in TEXT.split("\n") if line]
    words = "".join(page.words)
    for told in ("A dog barks.", "TEODOR (O.S.)", "(softly)", "ask about the dog", "CUT TO:"):
        assert told in words


def test_each_piece_leads_to_its_source_and_back() -> None:
    page = read_page(page_of())
    for piece, source in ((1, "p01"), (2, "b01"), (4, "e151"), (5, "d01")):
        assert page.ids[f"p-{piece}"] == page.ids[f"at-{source}"] == 1
        assert f"#p-{piece}" in page.links
        assert f"#at-{source}" in page.links


def test_what_is_not_the_essays_is_marked_and_counted() -> None:
    words = words_of(page_of())
    assert "3A dog barks.invented" in words
    assert "Sit down.written for this draft" in words
    assert "1 written for this draft1 invented" in words
    assert "CUT TO:invented" not in words


def test_what_the_essay_shows_and_the_page_lacks_is_named() -> None:
    page = page_of()
    assert "Not on the page: b02" in words_of(page)
    assert "#at-b02" in read_page(page).links
    assert "b02 (shown): not on the page" in page


def test_findings_stand_at_their_lines_and_those_of_the_whole_before_them() -> None:
    words = words_of(page_of())
    assert words.index("error the draft is short") < words.index("1INT. LAMP ROOM")
    at = words.index(
        "warning nobody can film this “A dog barks.”".replace("“", "").replace("”", "")
    )
    assert words.index("A dog barks") < at < words.index("TEODOR")
    assert "only to know" not in words


def test_pointing_at_either_side_marks_both_without_a_script() -> None:
    page = page_of()
    (mark,) = re.findall(r'<sup id="at-b01" class="o-beat (s\d+)">', page)
    assert f'class="to o-beat {mark}"' in page
    assert f'class="piece o-beat {mark}"' in page
    assert f"body:has(.{mark}:is(:hover,:target,:focus-within)) .{mark}.to" in page
    assert "<script" not in page


def test_the_title_is_the_drafts_or_else_its_file() -> None:
    assert "<title>The Lamp Room - where each line comes from</title>" in page_of()
    bare = SCREENPLAY.model_copy(update={"title_page": ()})
    assert "<title>draft.fountain - where each line comes from</title>" in page_of(bare)


def test_what_a_piece_comes_from_is_its_surest_source() -> None:
    assert TRACE.origins(SCREENPLAY) == (
        Origin.PLACE,
        Origin.BEAT,
        Origin.INVENTED,
        Origin.PASSAGE,
        Origin.LINE,
        Origin.WRITTEN,
        Origin.MARK,
    )
    both = Trace(pieces=(Traced(element=1, start=0, end=4, sources=("b01", "d01")),))
    assert both.origins(SCREENPLAY) == (Origin.LINE,)


HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "--></title></textarea></main>",
    '"\' onmouseover=alert(1) x="',
    "&lt;b&gt; &amp;#60; ]]>",
    "\x1b]0;title\x07\x1b[2J\x9b31m",
    "\u202egnp.exe\u2066\u2069",
    "NUL \0 and half a pair \ud800 and \ufffe",
    "hidden\u200bwords\u00ad \ufeff",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_essay_and_a_hostile_draft_cannot_break_the_page(words: str) -> None:
    text = f"{words} walks in. {words}"
    span = Span.cut(text, 0, len(words))
    told = SceneBrief(
        essay_id="0",
        language=words,
        beats=(Beat(id="b01", text=words, span=span),),
        places=(Place(id="p01", name=words, evidence=(span,)),),
    )
    screenplay = Screenplay(
        title_page=(TitleField(key="Title", lines=(words,)),),
        elements=(
            Heading(text=words),
            Action(text=words, sources=(words,), invented=True),
            Dialogue(
                cue=words,
                extension=words,
                parts=(Parenthetical(text=words), Speech(text=words)),
            ),
            Note(text=words),
        ),
    )
    trace = Trace(
        pieces=tuple(
            Traced(element=at, start=0, end=len(words), sources=("b01", "p01", words))
            for at in range(3)
        )
    )
    finding = Finding(code=words, severity=Severity.ERROR, message=words, element=1, evidence="x")
    page = trace_page(
        essay_of(text, source=words),
        told,
        screenplay,
        trace,
        {"b01": (span,), "p01": (span,)},
        report=Report(findings=(finding, finding.model_copy(update={"element": None}))),
        draft=words,
        figures=words,
    )
    assert read_page(page).faults == []
    hidden = [c for c in page if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"]
    assert hidden == []
    page.encode()


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8),
    st.lists(st.tuples(st.text(max_size=20), st.integers(0, 25), st.integers(0, 25)), max_size=5),
)
def test_any_essay_and_any_page_give_a_sound_page(
    text: str, ranges: list[tuple[int, int]], drawn: list[tuple[str, int, int]]
) -> None:
    found = [
        Span.cut(text, start, min(len(text), start + length))
        for start, length in ranges
        if text[start : start + length].strip()
    ]
    where = {f"b{n:02d}": (span,) for n, span in enumerate(found)}
    told = SceneBrief(
        essay_id="0",
        language="en",
        beats=tuple(Beat(id=name, text=s.text, span=s) for name, (s,) in where.items()),
    )
    screenplay = Screenplay(elements=tuple(Action(text=words) for words, _, _ in drawn))
    trace = Trace(
        pieces=tuple(
            Traced(element=at, start=start, end=end, sources=tuple(where)[at:])
            for at, (_, start, end) in enumerate(drawn)
        )
    )
    page = trace_page(
        essay_of(text), told, screenplay, trace, where, report=Report(), draft="draft"
    )
    assert read_page(page).faults == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_names_only_colours_there_are_and_fetches_nothing(
    palette: dict[str, str],
) -> None:
    text = style(["s0", "s1"])
    assert not re.search(r"url\(|@import|https?:|</", text)
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= palette.keys()
    assert text.count("{") == text.count("}")
    assert "body:has" in text
    assert "body:has" not in style(f"s{number}" for number in range(501))
    assert set(GROUNDS) == {origin.value for origin in Origin} - {"mark"}
