from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_pages import read_page

from scriptgen.brief import (
    Beat,
    Character,
    Commentary,
    CommentaryKind,
    Cue,
    CueKind,
    Flag,
    IntExt,
    Line,
    LineKind,
    Place,
    Prop,
    Scene,
    SceneBrief,
    Status,
    Title,
)
from scriptgen.essay import Essay
from scriptgen.exports.brief_page import Fate, brief_page, shares_of
from scriptgen.exports.brief_page.labels import Kind
from scriptgen.exports.brief_page.style import GROUNDS, style
from scriptgen.exports.colours import DARK, LIGHT
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = """\
# The Lamp Room

Mara stands at the window with a lantern. “You should have told me,” says Teodor softly. \
The series is better for its silences. What will she do?

Rain falls and nobody has a word for that sentence."""


def essay_of(text: str, source: str = "essay.txt") -> Essay:
    return Essay(
        text=text,
        id=sha256(text.encode("utf-8", "replace")).hexdigest(),
        raw_sha256="0",
        source=source,
    )


def cut(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span.cut(text, start, start + len(words))


def full_brief() -> SceneBrief:
    beat = cut("Mara stands at the window with a lantern.")
    return SceneBrief(
        essay_id="0",
        language="en",
        title=Title(text="The Lamp Room", span=cut("The Lamp Room")),
        characters=(
            Character(
                id="c01",
                name="Mara",
                cue="MARA",
                status=Status.GIVEN,
                evidence=(cut("Mara"),),
                wardrobe=(cut("a lantern"),),
            ),
            Character(
                id="c02",
                name="Teodor",
                cue="TEODOR",
                status=Status.ASSUMED,
                evidence=(cut("Teodor"),),
            ),
        ),
        places=(
            Place(
                id="p01",
                name="window",
                int_ext=IntExt.INT,
                time="NIGHT",
                evidence=(cut("the window"),),
                inferred=("int_ext",),
            ),
        ),
        scenes=(Scene(id="s01", start=0, place="p01", beats=("b01",), told=1, story=2),),
        beats=(Beat(id="b01", text=beat.text, span=beat, characters=("c01",)),),
        lines=(
            Line(
                id="d01",
                text="You should have told me,",
                kind=LineKind.SPOKEN,
                span=cut("You should have told me,"),
                candidates=("c01", "c02"),
                delivery=cut("softly"),
                beat="b01",
            ),
        ),
        props=(Prop(name="lantern", motif=True, evidence=(cut("lantern"),)),),
        cues=(Cue(kind=CueKind.SOUND, span=cut("silences")),),
        themes=(cut("better for its silences"),),
        questions=(cut("What will she do?"),),
        commentary=(
            Commentary(
                kind=CommentaryKind.COMMENTARY, span=cut("The series is better for its silences.")
            ),
        ),
        flags=(Flag(message="window or door?", evidence=(cut("window"),)),),
    )


def test_the_whole_essay_stands_on_the_page_in_order() -> None:
    page = read_page(brief_page(essay_of(TEXT), full_brief()))
    assert page.faults == []
    assert page.lines == [line for line in TEXT.split("\n") if line]


def test_each_entry_of_the_sheet_leads_to_its_words_and_they_lead_back() -> None:
    page = read_page(brief_page(essay_of(TEXT), full_brief()))
    for there, here in (
        ("b01", "at-b01"),
        ("d01", "at-d01"),
        ("s01", "at-s01"),
        ("c01", "at-c01-1"),
        ("p01", "at-p01-1"),
        ("prop-1", "at-prop-1-1"),
        ("q-1", "at-q-1"),
    ):
        assert page.ids[there] == page.ids[here] == 1
        assert f"#{there}" in page.links
        assert f"#{here}" in page.links
    for name in ("at-cue-1", "at-theme-1", "at-flag-1-1", "at-c01-wears1"):
        assert f"#{name}" in page.links


def test_the_page_says_what_each_piece_became() -> None:
    words = " ".join("".join(read_page(brief_page(essay_of(TEXT), full_brief())).words).split())
    for told in (
        "b01 beat · Mara",
        "d01 spoken · by Mara or Teodor? (softly)",
        "left out commentary · “The series is better for its silences”",
        "not used “Rain falls and nobody has a word for…”",
        "concluded: inside or outside",
        "number 2 in the story",
        "window or door?",
    ):
        assert told in words


def test_text_that_nothing_took_is_marked_as_such_and_counted() -> None:
    shares = shares_of(essay_of(TEXT), full_brief())
    assert sum(shares.values()) == pytest.approx(1)
    assert all(shares[fate] > 0 for fate in Fate)
    empty = SceneBrief(essay_id="0", language="en")
    assert shares_of(essay_of(TEXT), empty)[Fate.UNUSED] == 1
    page = read_page(brief_page(essay_of(TEXT), empty))
    assert page.faults == []
    assert page.classes["g-unused"] >= 3


HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "--></title></textarea>",
    '"\' onmouseover=alert(1) x="',
    "&lt;b&gt; &amp;#60; ]]>",
    "\x1b]0;title\x07\x1b[2J\x9b31m",
    "\u202egnp.exe\u2066\u2069",
    "NUL \0 and half a pair \ud800 and \ufffe",
    "hidden\u200bwords\u00ad \ufeff",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_essay_cannot_break_the_page(words: str) -> None:
    text = f"{words} walks in. {words}"
    span = Span.cut(text, 0, len(words))
    brief = SceneBrief(
        essay_id="0",
        language=words,
        title=Title(text=words, span=span),
        characters=(
            Character(id="c01", name=words, cue=words, status=Status.GIVEN, evidence=(span,)),
        ),
        places=(Place(id="p01", name=words, time=words, evidence=(span,)),),
        scenes=(
            Scene(id="s01", start=0, place="p01", time=words, beats=("b01",), told=1, story=1),
        ),
        beats=(Beat(id="b01", text=words, span=span, characters=("c01",)),),
        lines=(Line(id="d01", text=words, kind=LineKind.IMAGINED, span=span, speaker="c01"),),
        props=(Prop(name=words, evidence=(span,)),),
        flags=(Flag(message=words),),
    )
    page = brief_page(essay_of(text, source=words), brief)
    assert read_page(page).faults == []
    hidden = [c for c in page if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"]
    assert hidden == []
    page.encode()


def test_hidden_characters_are_made_visible() -> None:
    page = brief_page(essay_of("one\u202etwo\0three"), SceneBrief(essay_id="0", language="en"))
    assert read_page(page).lines == ["oneU+202EtwoU+0000three"]
    assert 'title="right-to-left override"' in page


@given(
    st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=9)
)
def test_any_text_gives_a_sound_page(text: str, ranges: list[tuple[int, int]]) -> None:
    spans = [
        Span.cut(text, start, min(len(text), start + length))
        for start, length in ranges
        if text[start : start + length].strip()
    ]
    brief = SceneBrief(
        essay_id="0",
        language="en",
        beats=tuple(
            Beat(id=f"b{n:02d}", text=span.text, span=span) for n, span in enumerate(spans[::2])
        ),
        commentary=tuple(Commentary(kind=CommentaryKind.FUTURE, span=span) for span in spans[1::2]),
    )
    assert read_page(brief_page(essay_of(text), brief)).faults == []


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_stands_out_from_its_ground(palette: Mapping[str, str]) -> None:
    pairs = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("ink", "aim")]
    pairs += [("link", "paper"), ("link", "card"), ("paper", "ink"), ("reported", "card")]
    pairs += [("remark", "paper"), ("talk", "talk-bg")]
    for name in GROUNDS:
        pairs += [("ink", f"{name}-bg"), (name, f"{name}-bg"), (name, "paper")]
    poor = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


def test_the_style_fetches_nothing_and_names_only_colours_there_are() -> None:
    text = style()
    assert not re.search(r"url\(|@import|https?:|</", text)
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= LIGHT.keys()
    assert LIGHT.keys() == DARK.keys()
    assert text.count("{") == text.count("}")


def test_every_rule_has_a_selector_on_one_line_and_every_mark_its_rule() -> None:
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"@media[^{]*\{", "", style()))
    selectors = [rule.strip() for rule in rules]
    assert [one for one in selectors if "\n" in one] == []
    told = ",".join(selectors)
    for kind in Kind:
        look = "d" if kind.fate is Fate.NOTED else "g"
        assert f".{look}-{kind.slug}" in told or kind is Kind.SPOKEN
    for fate in Fate:
        assert f".f-{fate.name.lower()}" in told
