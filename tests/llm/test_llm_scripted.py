from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from asking import PROMPT, Kept, Purse, ask, fail

from scriptgen.errors import FatalProviderError, SetupError
from scriptgen.llm import CallPolicy, FakeClock, ScriptedModel, open_model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scriptgen.ports import Model
    from scriptgen.prompt import Reply

SCRIPT = "FADE IN:\n\nINT. KITCHEN - NIGHT\n\nA lamp goes out. É 灯\n"


def from_file(path: Path, content: object) -> Model:
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return open_model(f"scripted:{path}", environ={}, clock=FakeClock())


def test_a_text_file_is_one_reply_for_every_call(tmp_path: Path) -> None:
    model = from_file(tmp_path / "reply.fountain", SCRIPT)
    assert model.name == f"scripted:{tmp_path / 'reply.fountain'}"
    for _ in range(3):
        reply = ask(model)
        assert reply.text == SCRIPT
        assert reply.attempts == 1
        assert reply.usage.completion_tokens == -(-len(SCRIPT) // 4)


def test_steps_are_taken_in_turn_and_the_last_is_repeated() -> None:
    model = ScriptedModel(["ONE", {"text": "TWO"}])
    assert [ask(model).text for _ in range(4)] == ["ONE", "TWO", "TWO", "TWO"]
    assert model.requests == 4


def test_an_error_step_is_retried_like_a_servers(tmp_path: Path) -> None:
    steps: list[str | Mapping[str, object]] = [
        {"error": 429, "retry_after": 9},
        {"error": 503},
        "FADE IN:",
    ]
    clock = FakeClock()
    reply = ask(ScriptedModel(steps, clock=clock))
    assert (reply.text, reply.attempts) == ("FADE IN:", 3)
    assert 9 <= clock.slept[0] <= 9.9
    assert ask(from_file(tmp_path / "steps.json", steps)).attempts == 3


@pytest.mark.parametrize(
    ("step", "code", "requests"),
    [
        ({"error": 503}, "E_PROVIDER", 4),
        ({"error": 401}, "E_FATAL", 1),
        ({"error": 429, "code": "insufficient_quota"}, "E_FATAL", 1),
        ({"error": 307}, "E_CONFIG", 1),
        ({"raw": "<html>"}, "E_PROTOCOL", 3),
        ({"raw": "\ud83d"}, "E_PROTOCOL", 3),
        ({"text": ""}, "E_EMPTY_REPLY", 2),
        ({"text": "INT.", "finish_reason": "length"}, "E_TRUNCATED", 1),
        ({"text": "INT.", "finish_reason": "content_filter"}, "E_FILTERED", 1),
    ],
)
def test_failures_can_be_rehearsed(step: dict[str, object], code: str, requests: int) -> None:
    model = ScriptedModel([step], clock=FakeClock())
    error = fail(model)
    assert error.code == code
    assert model.requests == requests
    assert isinstance(error, FatalProviderError) == (code == "E_FATAL")


def test_budget_and_sink_see_a_scripted_call_like_any_other() -> None:
    kept, purse = Kept(), Purse()
    reply = ask(ScriptedModel(["FADE IN:"], sink=kept, budget=purse))
    assert reply.raw_id == "raw-1"
    assert kept.statuses == [200]
    assert purse.settled == [reply.usage]


def test_calls_at_once_share_the_steps_without_losing_one() -> None:
    async def together() -> list[Reply]:
        model = ScriptedModel([str(i) for i in range(50)])
        return await asyncio.gather(*(model.reply(PROMPT) for _ in range(50)))

    assert [reply.text for reply in asyncio.run(together())] == [str(i) for i in range(50)]


def test_the_policy_holds_for_a_scripted_model() -> None:
    model = ScriptedModel([{"error": 500}], clock=FakeClock(), policy=CallPolicy(attempts=2))
    fail(model)
    assert model.requests == 2


@pytest.mark.parametrize(
    "steps",
    [
        [],
        {},
        [7],
        [{}],
        [{"text": 1}],
        [{"raw": 1}],
        [{"error": "x"}],
        [{"error": True}],
        [{"error": 200}],
        [{"error": 600}],
        [{"text": "a", "error": 500}],
        [{"text": "a", "colour": "red"}],
        "[",
        "7",
    ],
)
def test_a_script_that_is_none_is_refused_with_its_place(tmp_path: Path, steps: object) -> None:
    path = tmp_path / "steps.json"
    with pytest.raises(SetupError) as caught:
        from_file(path, steps)
    assert caught.value.code == "E_CONFIG"
    assert str(path) in (caught.value.where or "")


def test_a_script_that_cannot_be_read_is_refused_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    for name in ("missing.txt", "latin.txt", ""):
        with pytest.raises(SetupError) as caught:
            open_model(f"scripted:{tmp_path / name}", environ={})
        assert "scripted:FILE" in (caught.value.hint or "")
