"""A streamed reply is read as the plain one that says the same, however its bytes are split."""

from __future__ import annotations

import json
from itertools import pairwise

import fault_server as fs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streams import DONE, USAGE, chunk, event, events, stream

from scriptgen.errors import ProviderError, ScriptgenError
from scriptgen.llm import read_body
from scriptgen.llm.events import StreamedReply, assemble, is_stream
from scriptgen.llm.reply_shape import read_usage
from scriptgen.prompt import Usage

WORDS = st.text(st.characters(exclude_categories=()), max_size=20)


def code(body: bytes) -> str:
    """The code of the error that a body is."""
    with pytest.raises(ScriptgenError) as caught:
        read_body(200, body)
    return caught.value.code


def split(body: bytes, cuts: list[int]) -> list[bytes]:
    """``body`` in pieces."""
    marks = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
    return [body[start:end] for start, end in pairwise(marks)]


def escaped(pieces: list[str], *, finish: str = "stop") -> bytes:
    """A stream whose JSON is plain ASCII, which can hold halves of pairs."""
    told = [{"choices": [{"delta": {"content": piece}}]} for piece in pieces]
    last = {"choices": [{"delta": {}, "finish_reason": finish}]}
    return b"".join(b"data: %s\n\n" % json.dumps(each).encode() for each in (*told, last)) + DONE


def test_a_stream_says_what_the_plain_completion_says() -> None:
    plain = read_body(200, json.dumps(fs.completion("INT. BARN - DAY\n\nHay.")).encode())
    streamed = read_body(200, stream("INT. BARN", " - DAY\n", "\nHay."))
    assert streamed == plain
    assert streamed.usage == Usage(prompt_tokens=11, completion_tokens=7, total_tokens=18)
    assert streamed.model == "loopback-1"


@given(st.lists(WORDS), st.lists(st.integers(0, 100_000), max_size=40), st.sampled_from("\r\n,"))
@example(["\ud83d", "\ude00"], [], "\n")
@example(["a\ud83d", "b"], [3, 5, 60], "\r")
def test_any_split_of_the_bytes_gives_the_same_text(
    pieces: list[str], cuts: list[int], ends: str
) -> None:
    body = escaped(pieces).replace(b"\n", ends.replace(",", "\r\n").encode())
    reply = StreamedReply()
    shown = "".join(map(reply.feed, split(body, cuts))) + reply.end()
    whole = "".join(pieces).encode("utf-16-le", "surrogatepass")
    assert shown == whole.decode("utf-16-le", "surrogatepass")
    assert reply.document() == assemble(body)
    document, trouble = assemble(body)
    assert trouble is None
    assert isinstance(document, dict)
    assert (document["choices"][0]["message"]["content"] or "") == shown


@given(st.binary(max_size=200) | st.lists(st.sampled_from(events(["a", "é"]))).map(b"".join))
def test_no_bytes_at_all_make_the_reading_fail_without_a_name(noise: bytes) -> None:
    for body in (noise, b"data: " + noise, stream("a")[:40] + noise):
        try:
            reply = read_body(200, body)
        except ScriptgenError:
            continue
        assert reply.text


@given(st.integers(1, len(stream("INT. BARN - DAY", "\n\nHay — é 干草.")) - 1))
def test_a_stream_cut_off_anywhere_before_its_end_mark_is_never_a_reply(length: int) -> None:
    whole = stream("INT. BARN - DAY", "\n\nHay — é 干草.")
    cut = whole[:length]
    if whole[length:].strip():
        assert code(cut) in ("E_TRUNCATED", "E_PROTOCOL")


def test_a_stream_that_ends_early_is_cut_off_and_not_whole() -> None:
    pieces = events(["INT. BARN"])
    assert code(b"".join(pieces[:2])) == "E_TRUNCATED"
    assert code(b"".join(pieces[:4])) == "E_TRUNCATED"
    assert code(b"".join([*pieces[:2], DONE])) == "E_TRUNCATED"
    assert code(stream("INT. BARN", finish="length")) == "E_TRUNCATED"
    assert code(stream("INT. BARN", finish="content_filter")) == "E_FILTERED"


def test_a_character_cut_in_half_at_the_end_is_part_of_what_was_cut_off() -> None:
    assert code(chunk({"content": "Hay"}) + chunk({"content": "干"})[:-40]) == "E_TRUNCATED"


def test_lines_may_end_in_any_way_and_the_last_blank_one_may_be_missing() -> None:
    body = stream("Hay.")
    for other in (
        body.replace(b"\n", b"\r\n"),
        body.replace(b"\n", b"\r"),
        body.rstrip(),
        b"\xef\xbb\xbf" + body,
        b"\n\n" + body,
        body.replace(b"data: ", b"data:"),
    ):
        assert is_stream(other)
        assert read_body(200, other).text == "Hay."


def test_comments_names_and_other_fields_are_no_part_of_the_reply() -> None:
    beat = b": keep-alive\n\nevent: ping\ndata: {}\n\nid: 7\nretry: 10\n\n"
    body = b"".join(beat + each for each in events(["Hay."]))
    assert read_body(200, body).text == "Hay."


def test_the_data_of_one_event_may_stand_on_several_lines() -> None:
    pretty = json.dumps({"choices": [{"delta": {"content": "Hay."}}]}, indent=1)
    body = "".join(f"data: {line}\n" for line in pretty.splitlines()).encode() + b"\n"
    assert read_body(200, body + chunk({}, finish="stop") + DONE).text == "Hay."


def test_an_error_in_the_stream_is_an_error_whatever_text_came_before() -> None:
    begun = chunk({"content": "INT. BARN"})
    busy = event({"error": {"message": "overloaded", "code": 503}})
    assert code(begun + busy + DONE) == "E_PROTOCOL"
    assert code(begun + b"event: error\ndata: overloaded\n\n") == "E_PROTOCOL"
    assert code(begun + b'event: error\ndata: {"message": "overloaded"}\n\n') == "E_PROTOCOL"
    quota = event({"error": {"message": "no", "code": "insufficient_quota"}})
    assert code(quota) == "E_FATAL"
    failed = {"choices": [{"delta": {"content": ""}, "finish_reason": "error"}]}
    assert code(begun + event({**failed, "error": {"message": "lost"}}) + DONE) == "E_PROTOCOL"


@pytest.mark.parametrize(
    ("first", "code_"), [("length", "E_TRUNCATED"), ("content_filter", "E_FILTERED")]
)
def test_a_stop_after_another_reason_to_end_does_not_make_a_reply_whole(
    first: str, code_: str
) -> None:
    begun = chunk({"content": "INT. BARN"})
    assert code(begun + chunk({}, finish=first) + chunk({}, finish="stop") + DONE) == code_
    assert code(begun + chunk({}, finish="stop") + chunk({}, finish=first) + DONE) == code_


def test_a_stream_of_more_events_than_any_page_has_is_not_read_on() -> None:
    with pytest.raises(ProviderError, match="more than 200,000 events"):
        read_body(200, b"data: {}\n\n" * 200_001 + stream("Hay."))


def test_reasoning_is_no_text_and_a_refusal_is_a_refusal() -> None:
    thinking = chunk({"content": None, "reasoning_content": "Where is the hay?"})
    end = chunk({}, finish="stop") + DONE
    assert read_body(200, thinking + chunk({"content": "Hay."}) + end).text == "Hay."
    assert code(thinking + end) == "E_EMPTY_REPLY"
    assert code(chunk({"refusal": "I would "}) + chunk({"refusal": "rather not"}) + end) == (
        "E_REFUSED"
    )


def test_the_pieces_of_tool_calls_are_put_together_by_their_index() -> None:
    def piece(index: int, **function: str) -> bytes:
        return chunk({"tool_calls": [{"index": index, "id": f"t{index}", "function": function}]})

    body = (
        piece(0, name="brief", arguments='{"a"')
        + piece(1, name="other", arguments="{}")
        + piece(0, arguments=": 1}")
        + chunk({}, finish="tool_calls")
        + DONE
    )
    document, _ = assemble(body)
    assert isinstance(document, dict)
    calls = document["choices"][0]["message"]["tool_calls"]
    assert [call["function"] for call in calls] == [
        {"name": "brief", "arguments": '{"a": 1}'},
        {"name": "other", "arguments": "{}"},
    ]
    assert [call["id"] for call in calls] == ["t0", "t1"]


def test_a_whole_message_counts_where_no_delta_came_and_only_there() -> None:
    choice = {"message": {"content": "INT. BARN - DAY"}, "finish_reason": "stop"}
    whole = event({"choices": [choice]}) + DONE
    assert read_body(200, whole).text == "INT. BARN - DAY"
    assert read_body(200, chunk({"content": "INT. BARN - DAY"}) + whole).text == "INT. BARN - DAY"


def test_content_in_parts_is_read_as_in_a_plain_reply() -> None:
    end = chunk({}, finish="stop") + DONE
    part = chunk({"content": [{"type": "text", "text": "Hay"}]})
    assert read_body(200, part + chunk({"content": "."}) + end).text == "Hay."
    assert code(chunk({"content": 7}) + end) == "E_PROTOCOL"
    assert code(chunk({"content": [{"type": "image", "url": "x"}]}) + end) == "E_PROTOCOL"


def test_another_choice_than_the_first_is_left_out() -> None:
    other = event({"choices": [{"index": 1, "delta": {"content": "no"}, "finish_reason": "stop"}]})
    assert read_body(200, other + stream("Hay.")).text == "Hay."


@pytest.mark.parametrize(
    "body",
    [
        DONE,
        b": nothing\n\n",
        b"data: <html>\n\n" + DONE,
        b"data: [1]\n\n" + DONE,
        b'data: {"choices": "\xff"}\n\n' + DONE,
        b"data: " + b"[" * 100_000 + b"\n\n" + DONE,
        stream("Hay.", finish="tool_calls"),
    ],
)
def test_a_stream_that_is_no_completion_is_a_fault_of_the_server(body: bytes) -> None:
    assert code(body) == "E_PROTOCOL"


def test_a_body_that_is_no_stream_is_never_taken_for_one() -> None:
    for body in (b"", b'{"data": 1}', b' {"a": "data: x"}', b"<html>data: x", b'["data:"]'):
        assert not is_stream(body)


def test_the_tokens_are_counted_even_in_a_stream_that_is_no_reply() -> None:
    expected = Usage(**USAGE)
    assert read_usage(event({"choices": [], "usage": USAGE})) == expected
    failed = event({"error": {"message": "lost"}}) + event({"choices": [], "usage": USAGE})
    assert read_usage(failed) == expected
    assert read_usage(chunk({"content": "Hay"})) is None


def test_what_no_file_can_hold_is_replaced_and_counted_as_in_a_plain_reply() -> None:
    reply = read_body(200, escaped(["a\0", "b\ud83d", "c"]))
    assert (reply.text, reply.replaced) == ("a\ufffdb\ufffdc", 2)
