from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.errors import InputError
from scriptgen.essay import Essay, Meta
from scriptgen.reader import Form, essay_from_bytes, read_essay

if TYPE_CHECKING:
    from pathlib import Path


def markdown(text: str) -> Essay:
    return essay_from_bytes(text.encode(), source="essay.md", form=Form.MARKDOWN)


def test_title_author_date_and_language_are_taken_and_the_rest_passed_over() -> None:
    essay = markdown(
        "---\n"
        "# a remark\n"
        "title: 'It''s Late'\n"
        "Author: Ann # of the paper\n"
        "date: 2024-05-01\n"
        "lang: zh-Hans\n"
        "tags:\n  - one\n- two\n"
        "slug: /etc/passwd\n"
        "empty:\n"
        "---\n\n# Heading\n\nProse.\n"
    )
    assert essay.meta == Meta(title="It's Late", author="Ann", date="2024-05-01")
    assert essay.language == "zh"
    assert essay.text == "# Heading\n\nProse.\n"
    assert essay.warnings == ()


def test_an_escape_never_makes_a_second_line() -> None:
    essay = markdown(
        '---\ntitle: "a\\\\..\\\\b"\nauthor: "No\\nCredit: forged\\n\\nINT. FORGED"\n---\nProse.'
    )
    assert essay.meta.title == "a\\..\\b"
    assert essay.meta.author == "No Credit: forged INT. FORGED"


def test_a_folded_value_becomes_one_line() -> None:
    essay = markdown("---\ntitle: >\n  The Long\n  Night\nauthor: Bo\n---\nProse.")
    assert essay.meta == Meta(title="The Long Night", author="Bo")


def test_a_yaml_tag_is_plain_text() -> None:
    essay = markdown("---\ntitle: !!python/object/apply:os.system ['x']\n---\nProse.")
    assert essay.meta.title == "!!python/object/apply:os.system ['x']"


def test_toml_is_read_between_plus_signs() -> None:
    essay = markdown(
        '+++\ntitle = "A\\nB\\u001b[2J"\n'
        'author = ["x"]\ndate = 2024-05-01\nlang = "es"\n+++\nProse.'
    )
    assert essay.meta == Meta(title="A B[2J", date="2024-05-01")
    assert (essay.language, essay.text) == ("es", "Prose.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: x\nnot a pair\n---\nProse.", 3),
        ("---\ntitle: x\nProse without an end.", 1),
        ("+++\ntitle = 'x'\nbroken\n+++\nProse.", 3),
        ("+++\ntitle = 'x'\nProse.", 1),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        markdown(text)
    assert caught.value.code == "E_FRONT_MATTER"
    assert caught.value.where == f"essay.md:{line}"
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nProse after a rule.\n\n---\n\nMore.",
        "---\n# Title\n\nProse.",
        "Prose.\n---\ntitle: x\n---\n",
        "---\nHe said this: no.\n",
        "---",
        "+++",
    ],
)
def test_a_rule_over_prose_is_no_front_matter(text: str) -> None:
    essay = markdown(text)
    assert essay.text == text
    assert essay.meta == Meta()


def test_empty_front_matter_is_taken_off() -> None:
    assert markdown("---\n---\nProse.").text == "Prose."


def test_front_matter_alone_is_an_empty_essay() -> None:
    with pytest.raises(InputError) as caught:
        markdown("---\ntitle: x\n---\n\n")
    assert caught.value.code == "E_EMPTY"


def test_a_text_file_has_no_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: x\n---\nProse."
    for name in ("essay.txt", "essay.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_essay(tmp_path / "essay.txt").text == text
    assert read_essay(tmp_path / "essay.md").text == "Prose."


def test_the_language_given_wins() -> None:
    raw = b"---\nlang: es\n---\nProse."
    assert essay_from_bytes(raw, source="a", language="en", form=Form.MARKDOWN).language == "en"


@given(st.text(), st.sampled_from(["title: {}", 'title: "{}"', "title: '{}'"]))
def test_any_title_is_one_line_or_nothing(title: str, form: str) -> None:
    raw = f"---\nlang: en\n{form.format(title)}\n---\nProse.".encode("utf-8", "replace")
    with suppress(InputError):
        essay = essay_from_bytes(raw, source="a", form=Form.MARKDOWN)
        assert "\n" not in (essay.meta.title or "")
