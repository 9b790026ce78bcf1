"""One JSON object out of a reply's text: the one that was meant, or a named error."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from scriptgen.errors import ReplyError
from scriptgen.llm import find_object, read_json
from scriptgen.llm.json_mending import DEEPEST
from scriptgen.llm.json_mending import LONGEST as LONGEST_MENDED
from scriptgen.llm.json_reply import LONGEST
from scriptgen.prompt import Reply
from scriptgen.values import Value

LAMP = {"kind": "beat", "quote": 'The lamp goes out, and "no" is said: {twice}.'}
PLAIN = json.dumps(LAMP)


def read(text: str, *, whole: bool = True) -> object:
    """The object in ``text``, or the code of the error."""
    try:
        return find_object(text, whole=whole).value
    except ReplyError as error:
        return error.code


def deep(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (PLAIN, "whole"),
        (f"\ufeff\n {PLAIN} \n", "whole"),
        (json.dumps(LAMP, indent=2), "whole"),
        (f"<think>Is it {{}}? It may be {PLAIN}</think>\n{PLAIN}", "whole"),
        (f"```json\n{PLAIN}\n```", "fenced"),
        (f"Here it is.\n\n```\n{PLAIN}\n```\nThe braces {{x}} are mine.", "fenced"),
        (f"A plan:\n```text\nfind, then copy\n```\nand\n```json\n{PLAIN}\n```", "fenced"),
        (f"Here is the JSON: {PLAIN} I hope that it helps.", "embedded"),
        (f"```json {PLAIN} ```", "embedded"),
        (f"```json\n{PLAIN}", "embedded"),
    ],
)
def test_the_one_object_is_found_wherever_it_stands(text: str, how: str) -> None:
    found = find_object(text, whole=False)
    assert found.value == LAMP
    assert found.how == how


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAIN}{PLAIN}",
        f"{PLAIN}\n\n{PLAIN}",
        f"First {PLAIN}, then {PLAIN}.",
        f"```json\n{PLAIN}\n```\nOr better:\n```json\n{PLAIN}\n```",
        f"{PLAIN}\n```json\n{PLAIN}\n```",
        f"Of {{}}: {PLAIN} and {{}}" + f" {PLAIN}" * 3,
    ],
)
def test_two_objects_are_ambiguous(text: str) -> None:
    assert read(text) in ("E_AMBIGUOUS_JSON", "E_NOT_JSON")
    if text.startswith(("{", "First", "```")):
        assert read(text) == "E_AMBIGUOUS_JSON"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "I cannot do that.",
        "null",
        "7",
        '"{}"',
        f"[{PLAIN}]",
        f"[1, {PLAIN}]",
        f"[{PLAIN}, 1]",
        f"[{PLAIN}",
        f'"claims": {PLAIN}',
        f'"claims": {PLAIN}}}',
        "{",
        "}",
        "}{",
        "{{}}",
        f"{{ {PLAIN}",
        f"{PLAIN} }}",
        f"Use {{braces}}: {PLAIN}",
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        '{"a\\u0000": 1, "a\\ud800": 1}',
        '{"a": NaN}',
        '{"a": -Infinity}',
        '{"a": 1e999}',
        '{"a": ' + "9" * 5_000 + "}",
        '{"a": undefined}',
        '{"a": 1, b}',
        '{"a": [1 2]}',
        '{"a": "x" "b": "y"}',
        '{"a": 01}',
        '{"a": 1,, "b": 2}',
        "{,}",
        '{"a": "\\x41"}',
        f"<think>{PLAIN}",
        deep(DEEPEST + 1),
        deep(100_000),
        "{" * 100_000,
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"a": "' + '"' * 100_000,
        "{/*" * 30_000,
        "```\n" * 30_000 + "{",
        PLAIN + " " * LONGEST,
    ],
    ids=lambda text: text[:30],
)
def test_what_is_not_exactly_one_strict_object_is_refused(text: str) -> None:
    assert read(text) == "E_NOT_JSON"


def test_as_many_levels_as_are_allowed_are_read() -> None:
    assert read(deep(DEEPEST)) == json.loads(deep(DEEPEST))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{'a': 'it\\'s', 'b': [True, False, None]}", {"a": "it's", "b": [True, False, None]}),
        ("{'a': 'it's late'}", {"a": "it's late"}),
        ('{"a": "it\\\'s"}', {"a": "it's"}),
        ('{"a": "She says "no" and leaves"}', {"a": 'She says "no" and leaves'}),
        ('{"a": "one\ntwo"}', {"a": "one\ntwo"}),
        ('{"a": "She says "no""}', {"a": 'She says "no"'}),
        ("{“a”: “He said it”}", {"a": "He said it"}),
        ("{a: 1, b_2: [1, 2,],}", {"a": 1, "b_2": [1, 2]}),
        ('{"a": 1, // one\n"b": 2 /* two } */, # three\n}', {"a": 1, "b": 2}),
        ('{"a": "http://a.b/c", }', {"a": "http://a.b/c"}),
        ('{"a": [{"b": 1} {"b": 2}], }', {"a": [{"b": 1}, {"b": 2}]}),
        ('Here:\n```json\n{"a": 1,}\n```', {"a": 1}),
        ('{"a": "\\ud83d\\ude00\\ud83d",}', {"a": "\U0001f600\ufffd"}),
    ],
)
def test_slips_of_form_are_mended_in_a_reply_that_ended_by_itself(text: str, value: object) -> None:
    assert find_object(text, whole=True).value == value
    assert find_object(text, whole=True).how == "mended"
    assert read(text, whole=False) == "E_NOT_JSON"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "She says "no", and leaves"}',
        '{"a": ["x", "y"',
        '{"a": ["x", "y"}',
        '{"a": ["x", "y", "b": 1}',
        '{"a": "x}',
        '[{"a": 1,}]',
        '"b": {"a": 1,}',
        "{'a': 'x', 'b': 'y'",
        '{"a": ["x" "y"]}',
        '{"a": ["x" 1, "y"]}',
        '{"a": ["x"1,"y"]}',
        '{"a": "x" and "y"}',
        '{"a": "she said "no}',
        '{"a": "she said "no"}',
    ],
)
def test_what_could_be_read_in_two_ways_or_is_cut_off_is_not_mended(text: str) -> None:
    assert read(text) == "E_NOT_JSON"


def test_a_very_long_reply_is_read_but_not_mended() -> None:
    long = json.dumps({"a": "x" * LONGEST_MENDED})
    assert find_object(long, whole=True).how == "whole"
    assert read(long.replace("}", ",}")) == "E_NOT_JSON"


def test_characters_that_no_file_can_hold_are_replaced() -> None:
    assert read('{"a\\u0000": ["\\ud83d", {"b": "\\u0000"}]}') == {
        "a\ufffd": ["\ufffd", {"b": "\ufffd"}]
    }


# What models do to JSON, and what it may become: the original, or an error.

WORDS = st.text("abé {}[]:,\"'\\/#\n\u2028😀“”", max_size=12)
VALUES = st.recursive(
    WORDS | st.integers(-999, 999) | st.booleans() | st.none() | st.sampled_from([0.5, -2.25]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(WORDS, VALUES, max_size=4)
PROSE = st.text("ab .!?:\n`*(){}[]\"',", max_size=20).filter(
    lambda text: not re.search("\\{.*[\"']", text, re.DOTALL)  # which would begin an object itself
)
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


def is_original_or_error(text: str, value: object) -> None:
    for whole in (True, False):
        found = read(text, whole=whole)
        assert found == value or found in ("E_NOT_JSON", "E_AMBIGUOUS_JSON")


@given(OBJECTS, st.sampled_from([{}, {"indent": 1}, {"ensure_ascii": False}]))
def test_valid_json_is_read_as_it_is(value: dict[str, Any], form: dict[str, Any]) -> None:
    text = json.dumps(value, **form)
    assert read(text) == value
    assert read(f"```json\n{text}\n```") == value
    assert read(f"The claims:\n\n{text}\n\nThat is all.") == value


@given(OBJECTS, PROSE, PROSE, st.sampled_from(["\n```json\n{}\n```\n", "\n\n{}\n\n", " {} "]))
def test_prose_around_never_makes_it_another_object(
    value: dict[str, Any], before: str, after: str, frame: str
) -> None:
    text = before + frame.replace("{}", json.dumps(value, ensure_ascii=False)) + after
    found = read(text)
    assert found == value or found in ("E_NOT_JSON", "E_AMBIGUOUS_JSON")


@given(OBJECTS.filter(bool), st.integers(0, 400), PROSE.filter(lambda text: "}" not in text))
@example({"a": [{"k": 1}, {"k": 2}]}, 16, "")
@example({"a": {"b": 1}, "c": 2}, 13, "")
@example({"a": '"}'}, 11, "")
def test_a_reply_that_was_cut_off_never_becomes_a_shorter_one(
    value: dict[str, Any], cut: int, after: str
) -> None:
    text = json.dumps(value, ensure_ascii=False)
    is_original_or_error(text[: cut % len(text)] + after, value)


@given(OBJECTS, st.data())
def test_a_closing_bracket_that_was_dropped_is_never_guessed(
    value: dict[str, Any], data: st.DataObject
) -> None:
    tokens = TOKEN.findall(json.dumps(value, ensure_ascii=False))
    closing = [index for index, token in enumerate(tokens) if token in ("}", "]")]
    dropped = data.draw(st.sets(st.sampled_from(closing), min_size=1))
    kept = [token for index, token in enumerate(tokens) if index not in dropped]
    is_original_or_error(" ".join(kept), value)


@given(OBJECTS, st.data())
def test_a_comma_that_was_dropped_never_makes_one_value_of_two(
    value: dict[str, Any], data: st.DataObject
) -> None:
    tokens = TOKEN.findall(json.dumps(value, ensure_ascii=False))
    commas = [index for index, token in enumerate(tokens) if token == ","]
    assume(commas)
    dropped = data.draw(st.sets(st.sampled_from(commas), min_size=1))
    kept = [" " if index in dropped else token for index, token in enumerate(tokens)]
    is_original_or_error("".join(kept), value)


COMMENTS = st.sampled_from(["", "// so\n", '/* "a": 1, } */', "# it's\n", " "])


@given(OBJECTS, st.data())
def test_comments_and_trailing_commas_are_left_out_and_nothing_else(
    value: dict[str, Any], data: st.DataObject
) -> None:
    tokens = TOKEN.findall(json.dumps(value, ensure_ascii=False))
    parts = []
    for before, token in zip(["{", *tokens], tokens, strict=False):
        if token in ("}", "]") and before not in ("{", "[") and data.draw(st.booleans()):
            parts.append(",")
        parts += [data.draw(COMMENTS), token]
    assert read("".join(parts)) == value


@given(OBJECTS)
def test_a_python_literal_is_read_as_the_same_object(value: dict[str, Any]) -> None:
    is_original_or_error(repr(value), value)
    if "\\" not in repr(value) and '"' not in repr(value):
        assert read(repr(value)) == value


@given(st.text(max_size=60) | st.text("{}[]\"':,\\/*#\n`a1- ", max_size=60))
def test_any_text_is_an_object_or_our_own_error(text: str) -> None:
    found = read(text)
    assert isinstance(found, dict) or found in ("E_NOT_JSON", "E_AMBIGUOUS_JSON")


class Claim(Value):
    kind: Literal["beat", "prop"]
    quote: str
    who: str | None = None


class Claims(Value):
    claims: tuple[Claim, ...]


def answer(text: str, finish_reason: str = "stop") -> Reply:
    return Reply(text=text, finish_reason=finish_reason)


def test_a_reply_is_read_into_the_model_that_was_asked_for() -> None:
    claims = '{"claims": [{"kind": "prop", "quote": "a lamp", "who": null}]}'
    read_claims = read_json(answer(claims), Claims)
    assert read_claims.value == Claims(claims=(Claim(kind="prop", quote="a lamp"),))
    assert not read_claims.repaired
    assert read_json(answer(claims.replace("null", "None")), Claims).repaired


@pytest.mark.parametrize(
    "claims",
    [
        '{"claims": {}}',
        '{"claims": [{"kind": "beat"}]}',
        '{"claims": [{"kind": "BEAT", "quote": "a lamp"}]}',
        '{"claims": [{"kind": "beat", "quote": 7}]}',
        '{"claims": [{"kind": "beat", "quote": "a lamp", "sure": true}]}',
        '{"claims": [], "\\u001b[31mmore": 1}',
        '{"name": "claims", "arguments": {"claims": []}}',
        "{}",
    ],
)
def test_an_object_of_another_shape_is_refused_whoever_promised_it(claims: str) -> None:
    with pytest.raises(ReplyError) as caught:
        read_json(answer(claims), Claims)
    assert caught.value.code == "E_JSON_SHAPE"
    assert caught.value.exit_code == 5
    assert caught.value.message.isprintable()


def test_the_complaint_names_places_and_is_short() -> None:
    many = json.dumps({"claims": [{"kind": "x" * 500}] * 50})
    with pytest.raises(ReplyError, match=r"claims\.0\.kind: .*and 97 more") as caught:
        read_json(answer(many), Claims)
    assert "x" * 20 not in caught.value.message


def test_only_a_reply_that_ended_by_itself_is_mended() -> None:
    with pytest.raises(ReplyError, match="not one JSON object"):
        read_json(answer('{"claims": [],}', "length"), Claims)
    assert read_json(answer('{"claims": [],}', "tool_calls"), Claims).repaired
