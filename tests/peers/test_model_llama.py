"""Our client against a real llama.cpp server with a tiny model of random weights."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import pytest
from asking import PROMPT
from model_peers import HERE, Peer, call, folder, running
from pydantic import BaseModel, ConfigDict

from scriptgen.llm.json_reply import read_json
from scriptgen.prompt import JsonSchema, Message, Parameters, Prompt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.peers

SLOT = 2_048


class Claim(BaseModel):
    """What is asked for as JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)

    field: Literal["place", "time"]
    value: str
    quote: str
    sure: bool


SCHEMA = {
    "type": "object",
    "properties": {
        "field": {"type": "string", "enum": ["place", "time"]},
        "value": {"type": "string", "maxLength": 20},
        "quote": {"type": "string", "maxLength": 20},
        "sure": {"type": "boolean"},
    },
    "required": ["field", "value", "quote", "sure"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """The server, with a model that is made for it."""
    place: Path = tmp_path_factory.mktemp("llama")
    program = folder() / "venv/bin/python"
    with running(program, HERE / "serve_llama.py", place) as peer:
        yield peer


def prompt(words: str = "A lamp goes out.", **parameters: object) -> Prompt:
    """A prompt with a seed, so that the random words hardly ever change."""
    asked = {"temperature": 1.0, "max_tokens": 300, "seed": 11, **parameters}
    return PROMPT.model_copy(
        update={
            "messages": (PROMPT.messages[0], Message(role="user", content=words)),
            "parameters": Parameters.model_validate(asked),
        }
    )


def test_a_text_reply_comes_with_its_tokens_and_the_servers_fingerprint(server: Peer) -> None:
    end = call(server, prompt=prompt())
    reply = end.reply
    assert reply is not None, end.error
    assert reply.text
    assert (reply.finish_reason, reply.attempts, reply.dropped) == ("stop", 1, ())
    assert reply.usage.prompt_tokens
    assert reply.usage.completion_tokens
    assert reply.fingerprint
    assert (end.requests, end.kept) == (1, 1)


def test_a_parameter_it_does_not_know_costs_no_second_request(server: Peer) -> None:
    end = call(server, prompt=prompt(reasoning_effort="low", top_p=0.9))
    assert end.reply is not None
    assert (end.requests, end.reply.dropped) == (1, ())


def test_a_reply_that_reaches_its_limit_is_truncated_and_kept(server: Peer) -> None:
    end = call(server, prompt=prompt(max_tokens=3))
    assert (end.said, end.requests, end.kept) == ("E_TRUNCATED", 1, 1)


@pytest.mark.parametrize("words", ["lamp " * SLOT, "lamp " * 50 * SLOT])
def test_a_prompt_longer_than_its_context_is_told_in_its_own_numbers(
    words: str, server: Peer
) -> None:
    end = call(server, prompt=prompt(words))
    assert (end.said, end.requests, end.kept) == ("E_TOO_LONG", 1, 0)
    assert str(SLOT) in str(end.error)


def test_its_grammar_obeys_a_schema(server: Peer) -> None:
    for seed in range(8):
        asked = prompt(seed=seed).model_copy(
            update={"json_schema": JsonSchema(name="claim", text=json.dumps(SCHEMA))}
        )
        end = call(server, prompt=asked)
        assert end.reply is not None, end.error
        assert end.requests == 1
        answer = read_json(end.reply, Claim)
        assert not answer.repaired
        assert len(answer.value.value) <= 20


class Watcher:
    """A tap that joins what it sees."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def begin(self) -> None:
        self.seen.clear()

    def more(self, text: str) -> None:
        self.seen.append(text)

    def end(self) -> None:
        pass


def test_a_stream_adds_up_to_the_reply_and_tells_its_tokens(server: Peer) -> None:
    watcher = Watcher()
    end = call(server, prompt=prompt(), tap=watcher)
    assert end.reply is not None
    assert "".join(watcher.seen) == end.reply.text
    assert end.reply.finish_reason == "stop"
    assert end.reply.usage.completion_tokens
    assert (end.requests, end.kept) == (1, 1)


def test_a_stream_that_reaches_its_limit_is_truncated(server: Peer) -> None:
    end = call(server, prompt=prompt(max_tokens=3), tap=Watcher())
    assert (end.said, end.requests, end.kept) == ("E_TRUNCATED", 1, 1)
