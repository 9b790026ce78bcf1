"""Marks of readers on drafts, and what the rules are measured by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from quality.records import essays_in
from story_form import write_form
from story_marks import About, Draft, filled_in, findings, wanted

from scriptgen.drafting.path import parse_with_pack
from scriptgen.fountain import read_reply
from scriptgen.reader import read_essay

if TYPE_CHECKING:
    from pathlib import Path

ESSAY = (
    'Oda stands in the cellar and counts the jars. "Nine were sold," she says. '
    "Her brother Piet lifts the lid of the oldest one and shuts it.\n\n"
    "He whispers to the dog, and the rain drowns it. He carries the lamp upstairs.\n"
)
PAGE = """INT. CELLAR - NIGHT

ODA counts jars.

ODA
Eight were sold.

PIET lifts a lid.

A bailiff nails a notice to the door.

PIET
Good dog.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("essay.txt", ESSAY), ("draft.txt", PAGE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_form(tmp_path / "essay.txt", tmp_path / "draft.txt", None, tmp_path / "form")
    return tmp_path


def answered(folder: Path, **changed: Any) -> dict[str, Any]:
    path = folder / "form" / "answers.json"
    answers = json.loads(path.read_text(encoding="utf-8"))
    plain = {
        "moments": "played 2",
        "lines": "altered 3",
        "tells": "said 6",
        "questions": "open",
        "headings": "place-same time-unsaid",
    }
    answers = {
        name: dict.fromkeys(value, plain[name]) if name in plain else []
        for name, value in answers.items()
    }
    answers |= {"more_tells": {}, **changed}
    path.write_text(json.dumps(answers), encoding="utf-8")
    return filled_in(folder / "form", essays_in([folder]))


def test_a_form_has_the_essay_the_page_and_the_quoted_words_by_numbers(folder: Path) -> None:
    form = (folder / "form" / "FORM.txt").read_text(encoding="utf-8")
    assert "[e2] He whispers to the dog" in form
    assert "[3] ODA: Eight were sold." in form
    assert "B1 (e1) Nine were sold." in form
    assert "W_" not in form


def test_an_empty_form_is_not_taken(folder: Path) -> None:
    with pytest.raises(ValueError, match="form: moments A1: ''"):
        filled_in(folder / "form", essays_in([folder]))


def test_what_is_kept_holds_no_words_of_the_essay(folder: Path) -> None:
    kept = answered(folder, more_tells={"whispers to the dog": "muted 4"})
    assert kept["answers"]["more_tells"] == [
        [ESSAY.index("whispers"), ESSAY.index(", and the rain"), "muted 4"]
    ]
    assert "whispers" not in json.dumps(kept)


def test_told_speech_in_words_that_the_essay_lacks_is_not_taken(folder: Path) -> None:
    with pytest.raises(ValueError, match="not in the essay"):
        answered(folder, more_tells={"shouts at the dog": "muted 4"})


def test_marks_are_of_the_rules_that_are_to_tell_them(folder: Path) -> None:
    parsed = parse_with_pack(read_essay(folder / "essay.txt"))
    page = read_reply(PAGE).screenplay
    draft = Draft(parsed, page, answered(folder, new_events=[[5]]))
    marks = wanted(draft)
    assert marks["W_EVENT_NEW"] == [About(frozenset((5,)))]
    assert marks["W_SPEECH_WRITTEN"] == [About(frozenset((6,)))]
    assert [mark.numbers for mark in marks["W_LINE_ALTERED"]] == [{3}]
    assert marks["W_MOMENT_MISSING"] == []
    assert "W_LINE_ALTERED" in {each.code for each in findings(draft)[0]}
