"""Asking for JSON: the ways to ask, one below the other, and the servers that refuse them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import fault_server as fs
import pytest
from asking import Kept, Purse, ask, fail, model_at
from fault_server import FaultServer
from json_servers import CLAIMS, FORMATS, STYLES, Style, call, encoded, error, rung_of

from scriptgen.drafting.asking import stored_reply
from scriptgen.drafting.means import Means
from scriptgen.errors import FatalProviderError, ReplyError
from scriptgen.ledger import Ledger
from scriptgen.llm import read_json
from scriptgen.llm.profile import RUNGS
from scriptgen.llm.rungs import refused
from scriptgen.prompt import Message, Parameters, Prompt
from scriptgen.prompting import call_key
from scriptgen.schemas import strict_schema
from scriptgen.values import Value

if TYPE_CHECKING:
    from pathlib import Path

    from scriptgen.llm.json_reply import JsonAnswer
    from scriptgen.ports import Memory
    from scriptgen.prompt import Reply


class Claim(Value):
    kind: Literal["beat", "prop"]
    quote: str


class Claims(Value):
    claims: tuple[Claim, ...]


EXPECTED = Claims.model_validate_json(CLAIMS)
SCHEMA = strict_schema(Claims, "claims")
PROMPT = Prompt(
    messages=(
        Message(role="system", content="You note what can be seen."),
        Message(role="user", content="A lamp goes out."),
    ),
    parameters=Parameters(max_tokens=900),
    template="brief",
    template_hash="0" * 64,
    json_schema=SCHEMA,
)


def style_of(name: str) -> Style:
    return Style(STYLES[name][0])


def claims_of(reply: Reply) -> JsonAnswer[Claims]:
    return read_json(reply, Claims)


@pytest.mark.parametrize("name", STYLES)
def test_each_refused_rung_costs_one_request_and_is_never_asked_again(name: str) -> None:
    refusals, ends_on = STYLES[name]
    steps = RUNGS.index(ends_on) + 1
    purse = Purse(prompt=PROMPT)
    with FaultServer(Style(refusals)) as server:
        reply = ask(model_at(server, budget=purse), PROMPT)
        again = ask(model_at(server), PROMPT)
    assert [rung_of(request) for request in server.requests] == [*RUNGS[:steps], ends_on]
    assert (reply.attempts, again.attempts) == (steps, 1)
    assert reply.rung == again.rung == ends_on
    assert claims_of(reply).value == claims_of(again).value == EXPECTED
    assert len(purse.settled) == steps
    assert {request.headers["x-stainless-retry-count"] for request in server.requests} == {"0"}


def test_what_each_rung_asks_for() -> None:
    style = style_of("vLLM")
    with FaultServer(style) as server:
        ask(model_at(server), PROMPT)
    schema, plain, tool, text = (request.json() for request in server.requests)
    shape = json.loads(SCHEMA.text)
    assert schema["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "claims", "strict": True, "schema": shape},
    }
    assert plain["response_format"] == {"type": "json_object"}
    assert tool["tools"] == [
        {
            "type": "function",
            "function": {
                "name": "claims",
                "description": "Takes the answer, whole.",
                "parameters": shape,
            },
        }
    ]
    assert tool["tool_choice"] == "required"
    assert not text.keys() & {"response_format", "tools", "tool_choice"}


def test_the_schema_stands_in_the_prompt_where_the_request_does_not_hold_it() -> None:
    style = style_of("vLLM")
    with FaultServer(style) as server:
        ask(model_at(server), PROMPT)
    told: list[Any] = [request.json()["messages"] for request in server.requests]
    sent = [{"role": each.role, "content": each.content} for each in PROMPT.messages]
    assert told[0] == told[2] == sent
    assert told[1] == told[3]
    assert told[1][1:] == sent[1:]
    assert told[1][0]["content"].startswith("You note what can be seen.\n\nAnswer with one JSON")
    assert SCHEMA.text in told[1][0]["content"]


def test_a_prompt_without_a_system_message_gets_one_for_the_schema() -> None:
    style = style_of("DeepSeek")
    prompt = PROMPT.model_copy(update={"messages": PROMPT.messages[1:]})
    with FaultServer(style) as server:
        ask(model_at(server), prompt)
    told: Any = server.requests[1].json()["messages"]
    assert [each["role"] for each in told] == ["system", "user"]


def test_a_prompt_that_wants_text_asks_for_no_json() -> None:
    with FaultServer([fs.reply()]) as server:
        reply = ask(model_at(server), PROMPT.model_copy(update={"json_schema": None}))
    assert rung_of(server.requests[0]) == "text"
    assert "JSON" not in server.requests[0].body.decode()
    assert reply.rung is None


@dataclass
class Notes:
    """A memory that outlives the process."""

    lessons: dict[str, str] = field(default_factory=dict)

    def recall(self, origin: str, model: str) -> dict[str, str]:
        assert origin.startswith("http://127.0.0.1")
        assert model
        return dict(self.lessons)

    def learn(self, origin: str, model: str, topic: str, lesson: str) -> None:
        assert origin
        assert model
        self.lessons[topic] = lesson


def asked_with(memory: Memory, style: Style) -> list[str]:
    with FaultServer(style) as server:  # each server has an origin of its own
        assert claims_of(ask(model_at(server, memory=memory), PROMPT)).value == EXPECTED
    return [rung_of(request) for request in server.requests]


def test_the_rung_that_works_is_kept_for_the_next_process() -> None:
    style = style_of("xAI, before")
    notes = Notes()
    assert asked_with(notes, style) == ["json_schema", "json_object", "tool"]
    assert notes.lessons == {"rung": "tool"}
    assert asked_with(notes, style) == ["tool"]


def test_a_rung_on_record_that_nobody_knows_is_no_lesson() -> None:
    assert asked_with(Notes({"rung": "telepathy"}), Style({})) == ["json_schema"]


def test_calls_at_once_that_are_refused_together_step_down_once_each() -> None:
    async def together() -> list[Reply]:
        model = model_at(server)
        try:
            return await asyncio.gather(*(model.reply(PROMPT) for _ in range(8)))
        finally:
            await model.close()

    with FaultServer(style_of("vLLM")) as server:
        replies = asyncio.run(together())
        assert ask(model_at(server), PROMPT).attempts == 1
    assert max(reply.attempts for reply in replies) <= len(RUNGS)
    assert {claims_of(reply).value for reply in replies} == {EXPECTED}
    assert rung_of(server.requests[-1]) == "text"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (400, error("Your prompt was flagged.")),
        (400, error("'temperature' must be at most 2", param="temperature")),
        (
            400,
            error(
                "This model's maximum context length is 4097 tokens. However, you requested 9000"
                " tokens (8000 in the messages, 100 in the functions, 900 in the completion)."
            ),
        ),
        (400, error("response_format: quota used up", code="insufficient_quota")),
        (401, error("response_format is fine, the key is not")),
        (404, {"error": {"message": 'model "json_schema-7b" not found, try pulling it first'}}),
        (422, {"detail": [{"loc": ["body", "n"], "msg": "no", "input": {"response_format": 1}}]}),
        (400, "<html>response_format</html>"),
        (400, ""),
    ],
)
def test_an_error_that_does_not_refuse_the_rung_steps_nowhere(code: int, said: object) -> None:
    with FaultServer([fs.body(encoded(said), code=code)]) as server:
        assert fail(model_at(server), PROMPT).exit_code == 4
    assert len(server.requests) == 1


def test_a_server_error_that_only_mentions_the_rung_is_retried_on_it() -> None:
    overloaded = fs.status(500, message="the worker for json_schema crashed")
    with FaultServer([overloaded, fs.reply(CLAIMS)]) as server:
        assert claims_of(ask(model_at(server), PROMPT)).value == EXPECTED
    assert [rung_of(request) for request in server.requests] == ["json_schema"] * 2


def test_a_server_that_refuses_whatever_it_is_asked_ends_on_text_with_its_error() -> None:
    with FaultServer(
        [fs.status(400, message="response_format and tools are not supported")]
    ) as server:
        assert fail(model_at(server), PROMPT).code == "E_PROVIDER"
    assert [rung_of(request) for request in server.requests] == list(RUNGS)


def test_a_model_that_is_not_found_stops_all_though_a_rung_was_asked_for() -> None:
    with FaultServer(
        [fs.status(404, message="no such model", error_code="model_not_found")]
    ) as server:
        assert isinstance(fail(model_at(server), PROMPT), FatalProviderError)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "content",
    [
        "INT. KITCHEN - NIGHT\n\nAnna waits.\n",
        '{"scenes": []}',
        '{"claims": [{"kind": "beat"}]}',
        f"{CLAIMS}\n{CLAIMS}",
        '{"claims": [',
    ],
)
def test_a_server_that_takes_a_schema_and_ignores_it_is_found_out(content: str) -> None:
    kept, purse = Kept(prompt=PROMPT), Purse(prompt=PROMPT)
    with FaultServer([fs.reply(content)]) as server:
        reply = ask(model_at(server, sink=kept, budget=purse), PROMPT)
    with pytest.raises(ReplyError) as caught:
        claims_of(reply)
    assert caught.value.code in ("E_NOT_JSON", "E_AMBIGUOUS_JSON", "E_JSON_SHAPE")
    assert len(server.requests) == 1
    # It was paid for: the body is on record whole, and its tokens are counted.
    assert json.loads(kept.bodies[0])["choices"][0]["message"]["content"] == content
    assert reply.raw_id == "raw-1"
    assert [usage.total_tokens for usage in purse.settled if usage] == [18]


def test_a_schema_that_is_ignored_does_no_harm_where_the_reply_fits_all_the_same() -> None:
    with FaultServer([fs.reply(f"Sure! Here it is:\n```json\n{CLAIMS}\n```")]) as server:
        assert claims_of(ask(model_at(server), PROMPT)).value == EXPECTED


def answered(behaviour: fs.Behaviour) -> Style:
    """A server that takes tools and text only, and answers with ``behaviour``."""
    return Style({rung: STYLES["OpenAI, oldest"][0][rung] for rung in FORMATS}, behaviour)


@pytest.mark.parametrize(
    "behaviour",
    [
        call(CLAIMS),
        call(CLAIMS, finish="stop"),
        call(json.loads(CLAIMS)),
        call(CLAIMS.replace("]}", "],}")),
        fs.reply(CLAIMS),
        fs.reply(f"I call nothing: {CLAIMS}"),
    ],
    ids=["called", "ended with stop", "arguments as an object", "mended", "as text", "in prose"],
)
def test_the_arguments_of_the_one_call_are_the_reply_and_text_will_do(
    behaviour: fs.Behaviour,
) -> None:
    with FaultServer(answered(behaviour)) as server:
        assert claims_of(ask(model_at(server), PROMPT)).value == EXPECTED


@pytest.mark.parametrize(
    ("behaviour", "code", "requests"),
    [
        (call(CLAIMS, times=2), "E_AMBIGUOUS_JSON", 3),
        (call(CLAIMS, finish="length"), "E_TRUNCATED", 3),
        (call(""), "E_EMPTY_REPLY", 4),
        (call(CLAIMS, name="shell"), "E_PROTOCOL", 5),
        (call(7), "E_PROTOCOL", 5),
    ],
    ids=["two calls", "cut off", "no arguments", "another tool", "no text"],
)
def test_a_call_that_is_not_the_one_asked_for_is_a_named_error(
    behaviour: fs.Behaviour, code: str, requests: int
) -> None:
    with FaultServer(answered(behaviour)) as server:
        assert fail(model_at(server), PROMPT).code == code
    assert len(server.requests) == requests


def test_a_call_on_record_is_read_as_it_was_when_it_came(tmp_path: Path) -> None:
    with FaultServer(answered(call(CLAIMS))) as server, Ledger.open(tmp_path / "l") as ledger:
        model = model_at(server, sink=ledger.sink(origin=server.origin))
        came = ask(model, PROMPT)
        means = Means(model=model, origin=server.origin, ledger=ledger)
        key = call_key(PROMPT, model=model.name, origin=server.origin)
        assert stored_reply(key, PROMPT, means) == came.model_copy(
            update={"attempts": 0, "seconds": 0.0, "rung": None}
        )


def test_a_call_where_text_was_wanted_is_no_reply() -> None:
    with FaultServer([call("x")]) as server:
        error = fail(model_at(server), PROMPT.model_copy(update={"json_schema": None}))
    assert error.code == "E_PROTOCOL"


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"null", b'"no"', b"[" * 100_000])
def test_any_body_is_looked_at_without_an_exception(rung: str, body: bytes) -> None:
    for status in (200, 400, 404, 500):
        assert not refused(rung, status, body)
