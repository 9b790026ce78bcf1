"""What holds for every text."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_essays import brief_of, spans

PIECES = st.sampled_from(
    [
        "Amara Nwosu", "Tobias", "she says", "“Sit,”", "“Why?”", "says Tobias", ".", "?", "!", "…",
        ",", "—", "(", ")", "*", "_", "“", "”", "‘", "’", "'", '"', "\n", "\n\n", "> ", "# ", "- ",
        "the man in the grey vest", "her mother", "let’s call him", "in the kitchen", "at night",
        "Cut to", "ten years earlier", "Back in", "whispers something", "like a cat", "takes the",
        "lantern", "Mr.", "Dr. Haddad", "the camera", "I", "It’s about", "who", "—Hola —dice",
        "İ", "ß", "\u200b", "座って。", "他", "a", "-", "’s", "her left hand", "his right hand",
    ]
)  # fmt: skip
ODD = st.characters(
    categories=["Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp", "So", "Lo", "Lm", "Co", "Cn"]
)
"""Controls, bidi and zero-width characters, combining marks, odd blanks, astral letters."""
ESSAYS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(PIECES, ODD), max_size=60).map("".join),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES).map("".join),
)


def in_order(ids: list[str], letter: str) -> bool:
    return ids == [f"{letter}{number:02d}" for number in range(1, len(ids) + 1)]


@settings(max_examples=150, deadline=None)
@given(text=ESSAYS, language=st.sampled_from(["en", "es"]))
def test_any_text_gives_a_brief_that_is_only_the_essay(text: str, language: str) -> None:
    brief = brief_of(text, language=language)
    assert all(text[s.start : s.end] == s.text for s in spans(brief))
    assert in_order([c.id for c in brief.characters], "c")
    assert in_order([p.id for p in brief.places], "p")
    assert in_order([s.id for s in brief.scenes], "s")
    assert in_order([b.id for b in brief.beats], "b")
    assert in_order([line.id for line in brief.lines], "d")
    starts = [b.span.start for b in brief.beats]
    assert starts == sorted(starts)
    assert sorted(s.story for s in brief.scenes) == [s.told for s in brief.scenes]


@settings(max_examples=60, deadline=None)
@given(text=ESSAYS)
def test_everything_a_brief_points_to_is_in_it(text: str) -> None:
    brief = brief_of(text)
    people = {c.id for c in brief.characters}
    beats = {b.id for b in brief.beats}
    places = {p.id for p in brief.places}
    for line in brief.lines:
        assert line.speaker is None or line.speaker in people
        assert set(line.candidates) <= people
        assert line.beat is None or line.beat in beats
    for beat in brief.beats:
        assert set(beat.characters) <= people
        assert beat.subject is None or beat.subject in people
    for scene in brief.scenes:
        assert scene.place is None or scene.place in places
        assert set(scene.beats) <= beats
    cues = [c.cue for c in brief.characters]
    assert len(cues) == len(set(cues))
    assert all(len(cue) <= 40 for cue in cues)


@settings(max_examples=40, deadline=None)
@given(text=ESSAYS)
def test_the_same_text_gives_the_same_brief(text: str) -> None:
    assert brief_of(text) == brief_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 66_000,
        "Aa-" * 22_000,
        " “word" * 5_000,
        " ‘word" * 5_000,
        "," * 10_000,
        "(" * 20_000,
        "." * 60_000 + "a",
        "he, " * 5_000,
        "— a" * 5_000,
        "Mr. " * 5_000,
        "\n" * 60_000 + "a",
    ],
    ids=lambda text: f"{text[:4]!r} {len(text)}",
)
def test_a_text_without_end_is_read_to_its_end(text: str) -> None:
    brief = brief_of(text)
    assert all(text[s.start : s.end] == s.text for s in spans(brief))


def test_the_order_of_sets_changes_nothing() -> None:
    program = (
        "from reading_essays import brief_of\n"
        "from shapes import SHAPES\n"
        "print(brief_of('Mr. Osei, the cook, and Ada Osei wait. A guard stares. “Go,” says the '"
        "'guard. “No,” says Osei. Her mother, the nurse, sighs at the gate.').model_dump_json())\n"
        "for name in sorted(SHAPES):\n"
        "    for language in ('en', 'es'):\n"
        "        text = SHAPES[name](20_000 if name == 'essays' else 1_000)\n"
        "        print(brief_of(text, language=language).model_dump_json())\n"
    )
    here = os.path.dirname(__file__)  # noqa: PTH120 - a search path is a string
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join([*sys.path, here]),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
