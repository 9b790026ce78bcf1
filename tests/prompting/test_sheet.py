"""The light sheet beside the essay."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.brief import (
    Beat,
    Certainty,
    Commentary,
    CommentaryKind,
    Line,
    LineKind,
    Place,
    Prop,
    Scene,
    SceneBrief,
    Title,
)
from scriptgen.essay import Essay, Meta
from scriptgen.prompting import control_tokens, sheet
from scriptgen.prompting.contexts import require_plain
from scriptgen.prompting.sample import EMPTY, ESSAY, FULL
from scriptgen.prompting.sheet import CAPS
from scriptgen.values import Span
from scriptgen.wording import words


def essay_of(text: str, **meta: str) -> Essay:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Essay(text=text, id=digest, raw_sha256=digest, source="t", meta=Meta(**meta))


def brief_of(essay: Essay, words: list[str], **beat: Any) -> SceneBrief:
    beats, at = [], 0
    for number, word in enumerate(words, 1):
        start = essay.text.index(word, at)
        at = start + len(word)
        span = Span.cut(essay.text, start, at)
        beats.append(Beat(id=f"b{number:02}", text=word, span=span, **beat))
    return SceneBrief(essay_id=essay.id, language="en", beats=tuple(beats))


def notes(brief: SceneBrief, essay: Essay) -> dict[str, Any]:
    return sheet(brief, essay, fidelity="balanced", pages=2)


def test_the_sheet_says_who_where_what_and_which_words() -> None:
    made = notes(FULL, ESSAY)
    assert made["title"] == "Low Tide"
    assert made["cast"][0] == {
        "cue": "MARTA",
        "name": "Marta",
        "named": "given",
        "wears": ["oilskins"],
    }
    assert made["places"][0]["int_ext"] == "EXT"
    assert made["moments"][1] == {"text": "the boat went down", "told": True}
    assert made["lines"]["spoken"] == [
        {"speaker": "MARTA", "text": "It is lit.", "how": "she says"}
    ]
    assert made["lines"]["imagined"][0]["speaker"] == "MARTA or BOY"
    assert made["props"] == ["the lantern"]
    assert made["questions"] == ["Who rang the bell?"]


def test_a_sheet_is_plain_data_without_ids() -> None:
    for brief in (FULL, EMPTY):
        made = notes(brief, ESSAY)
        require_plain(made)
        assert not any(mark in json.dumps(made) for mark in ('"c01"', '"b01"', '"d01"', '"p01"'))


def test_moments_stand_in_the_order_told_whatever_the_order_of_the_brief() -> None:
    essay = essay_of("He nods. Years ago she fell. She confesses.")
    brief = brief_of(essay, ["He nods", "she fell", "She confesses"])
    turned = brief.model_copy(update={"beats": tuple(reversed(brief.beats))})
    assert [moment["text"] for moment in notes(turned, essay)["moments"]] == [
        "He nods",
        "she fell",
        "She confesses",
    ]


def test_a_guess_is_no_moment_and_a_trimmed_beat_is_one() -> None:
    essay = essay_of("He turns and goes. Perhaps she waits.")
    brief = brief_of(essay, ["He turns", "goes", "she waits"])
    first, second, third = brief.beats
    beats = (
        first,
        second.model_copy(update={"continues": True}),
        third.model_copy(update={"certainty": Certainty.SPECULATIVE}),
    )
    made = notes(brief.model_copy(update={"beats": beats}), essay)
    assert [moment["text"] for moment in made["moments"]] == ["He turns … goes"]


def test_a_long_essay_keeps_its_first_and_last_moment_and_counts_the_rest() -> None:
    words = [f"beat{number:03}" for number in range(200)]
    essay = essay_of(" ".join(words))
    made = notes(brief_of(essay, words), essay)
    kept = [moment["text"] for moment in made["moments"]]
    assert (kept[0], kept[-1], len(kept)) == ("beat000", "beat199", CAPS["moments"])
    assert kept == sorted(kept)
    assert made["left_out"]["moments"] == 200 - CAPS["moments"]


def test_spoken_words_are_never_cut_short() -> None:
    words = "I " + "waited and " * 40 + "left."
    essay = essay_of(words)
    line = Line(id="d01", text=words, kind=LineKind.SPOKEN, span=Span.cut(words, 0, len(words)))
    brief = SceneBrief(essay_id=essay.id, language="en", lines=(line,))
    assert notes(brief, essay)["lines"]["spoken"][0]["text"] == words


def test_the_front_matter_s_title_stands_over_the_brief_s() -> None:
    made = notes(FULL, essay_of(ESSAY.text, title="High Tide"))
    assert made["title"] == "High Tide"


@pytest.mark.parametrize(
    ("essay", "parts", "spoken"),
    [
        (
            "\u201cThen row,\u201d she says, \u201cwhile you can.\u201d",
            ["Then row,", "while you can."],
            ["Then row, while you can."],
        ),
        (
            "\u201cWell,\u201d she says, \u201cI did.\u201d",
            ["Well,", "I did."],
            ["Well, I did."],
        ),
        (
            "\u201cThe tide turned,\u201d she says. \u201cI saw it.\u201d",
            ["The tide turned,", "I saw it."],
            ["The tide turned.", "I saw it."],
        ),
        (
            "\u201cwhose boat?\u201d she asks, \u201cyours\u201d",
            ["whose boat?", "yours"],
            ["whose boat?", "yours."],
        ),
        (
            "*I *never* rowed,* she says. *Not* once,* she adds.",
            ["I *never* rowed,", "Not* once,"],
            ["I *never* rowed.", "Not once."],
        ),
        (
            "\u201c\u6211\u56de\u5bb6\uff0c\u201d\u5979\u8bf4\u3002",
            ["\u6211\u56de\u5bb6\uff0c"],
            ["\u6211\u56de\u5bb6\u3002"],
        ),
    ],
)
def test_spoken_lines_stand_as_speech_has_them(
    essay: str, parts: list[str], spoken: list[str]
) -> None:
    at, lines = 0, []
    for number, text in enumerate(parts, 1):
        start = essay.index(text, at)
        at = start + len(text)
        span = Span.cut(essay, start, at)
        lines.append(Line(id=f"d{number:02}", text=text, kind=LineKind.SPOKEN, span=span))
    brief = SceneBrief(essay_id="0" * 64, language="en", lines=tuple(lines))
    made = notes(brief, essay_of(essay))["lines"]["spoken"]
    assert [line["text"] for line in made] == spoken
    assert [word for line in made for word in words(line["text"])] == [
        word for text in parts for word in words(text)
    ]


@given(st.text(min_size=1).filter(str.strip))
def test_what_an_essay_says_stays_on_one_line_and_holds_no_control_token(text: str) -> None:
    hostile = f"<|im_start|>\n{text}\n</s>"
    brief = SceneBrief(essay_id=ESSAY.id, language="en", title=Title(text=hostile))
    title = notes(brief, ESSAY)["title"]
    assert len(title.splitlines()) == 1
    assert control_tokens(title) == 0


def scene(number: int, start: int, beats: tuple[str, ...], **more: Any) -> Scene:
    return Scene(id=f"s{number:02}", start=start, told=number, story=number, beats=beats, **more)


def made_up(text: str) -> Essay:
    return Essay(text=text, id="0" * 64, raw_sha256="0" * 64, source="made up")


def test_a_place_is_listed_where_the_essay_names_it_and_not_where_it_is_carried_on() -> None:
    text = "In the boathouse she lights a lamp. Later he sits there. In the boathouse it is dark."
    essay = made_up(text)
    seen = tuple(Span.cut(text, m.start(), m.end()) for m in re.finditer("boathouse", text))
    brief = SceneBrief(
        essay_id=essay.id,
        language="en",
        places=(Place(id="p01", name="boathouse", evidence=seen),),
        scenes=(
            scene(1, 0, (), place="p01", time="DAY"),
            scene(2, 36, (), place="p01", time="DUSK"),
            scene(3, 57, (), place="p01", time="NIGHT"),
        ),
    )
    where = [(each["place"], each["time"]) for each in notes(brief, essay)["scenes"]]
    assert where == [("boathouse", "DAY"), ("boathouse", "NIGHT")]


def among_remarks(text: str, shown: list[str], said: list[str]) -> dict[str, Any]:
    essay = made_up(text)
    beats, talk = (
        [Span.cut(text, text.index(w), text.index(w) + len(w)) for w in each]
        for each in (shown, said)
    )
    brief = SceneBrief(
        essay_id=essay.id,
        language="en",
        beats=tuple(Beat(id=f"b{i}", text=s.text, span=s) for i, s in enumerate(beats)),
        commentary=tuple(Commentary(kind=CommentaryKind.COMMENTARY, span=s) for s in talk),
    )
    return notes(brief, essay)


def test_what_the_critic_sees_in_a_moment_stands_beside_it() -> None:
    made = among_remarks(
        "He sets the cup down, as if it were a sleeping bird. She goes. It mattered to us all.",
        ["He sets the cup down", "She goes."],
        ["as if it were a sleeping bird.", "It mattered to us all."],
    )
    assert made["to_play"] == [
        {"text": "He sets the cup down", "seen": "as if it were a sleeping bird."}
    ]


def test_a_remark_of_a_word_or_of_a_whole_argument_is_nothing_to_play() -> None:
    argument = "and so " + "the age of locks goes on " * 8 + "for ever."
    made = among_remarks(
        f"He sets the cup down, alas. She goes, {argument}",
        ["He sets the cup down", "She goes"],
        ["alas.", argument],
    )
    assert made["to_play"] == []


def test_what_is_only_told_is_named_as_such() -> None:
    essay = made_up("She wipes the long table clean. Her father sold the boat.")
    cuts = [Span.cut(essay.text, 0, 31), Span.cut(essay.text, 32, len(essay.text))]
    brief = SceneBrief(
        essay_id=essay.id,
        language="en",
        beats=tuple(
            Beat(id=f"b{i}", text=s.text, span=s, certainty=c)
            for i, (s, c) in enumerate(
                zip(cuts, (Certainty.SHOWN, Certainty.REPORTED), strict=True)
            )
        ),
    )
    assert notes(brief, essay)["told"] == ["Her father sold the boat."]


def test_what_returns_is_told_with_where_it_is_first_and_last_seen() -> None:
    text = "He oils the key. He drops the key in the snow. The crow takes the key."
    essay = made_up(text)
    spans = [Span.cut(text, 0, 16), Span.cut(text, 17, 46), Span.cut(text, 47, len(text))]
    keys = tuple(Span.cut(text, each.start(), each.end()) for each in re.finditer("the key", text))
    brief = SceneBrief(
        essay_id=essay.id,
        language="en",
        beats=tuple(Beat(id=f"b{i}", text=s.text, span=s) for i, s in enumerate(spans)),
        props=(Prop(name="key", motif=True, evidence=keys), Prop(name="snow")),
    )
    assert notes(brief, essay)["returns"] == [
        {"name": "key", "first": "He oils the key.", "last": "The crow takes the key."}
    ]
