"""A draft is made again from the record alone, byte for byte."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lamp_room import ESSAY, LACKING, WHOLE

from scriptgen.drafting import DraftOptions, draft, modelled, replay, reply_page
from scriptgen.errors import InputError, ScriptgenError
from scriptgen.ledger import Ledger
from scriptgen.llm import CallPolicy, FakeClock, ScriptedModel
from scriptgen.prompt import Message
from scriptgen.prompting import TemplateSet
from scriptgen.reader import essay_from_text

if TYPE_CHECKING:
    from scriptgen.drafting import Replay
    from scriptgen.prompt import Prompt
    from scriptgen.run import Run

ORIGIN = "http://model.test"
CHATTY = f"Here is your script:\n\n```\n{WHOLE}```\n"
CUT = {"text": "INT. LAMP", "finish_reason": "length"}
TALK = "I am sorry, there is nothing that I can write about this essay."


class Desk:
    """Drafts by a model with a script, and the ledger they are recorded in."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.sent: list[Prompt] = []

    def draft(self, *steps: Any, source: str = "essay.txt", **options: Any) -> Run:
        desk = self

        class Heard(ScriptedModel):
            async def reply(self, prompt: Prompt) -> Any:
                desk.sent.append(prompt)
                return await super().reply(prompt)

        model = Heard(
            steps,
            name="m-1",
            sink=self.ledger.sink(origin=ORIGIN),
            clock=FakeClock(),
            policy=CallPolicy(attempts=3),
        )
        return draft(
            essay_from_text(ESSAY, source=source),
            options=DraftOptions(**options),
            model=model,
            origin=ORIGIN,
            ledger=self.ledger,
        )

    def replay(self, name: str = "last") -> Replay:
        run = self.ledger.run(name)
        assert run is not None
        return replay(run, self.ledger)


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    """A desk with an empty ledger."""
    return Desk(ledger)


@pytest.fixture
def nothing_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates can no longer be found and no model be asked."""

    def missing(*_: object, **__: object) -> None:
        raise AssertionError("a replay reads no template and opens no model")

    monkeypatch.setattr(TemplateSet, "find", missing)
    monkeypatch.setattr(ScriptedModel, "reply", missing)


@pytest.mark.parametrize(
    "options",
    [{}, {"trace": True}, {"outline": True}, {"fidelity": "strict", "pages": 3}, {"repeat": 2}],
    ids=str,
)
def test_a_draft_by_a_model_is_made_again_without_model_and_templates(
    options: dict[str, Any], desk: Desk, request: pytest.FixtureRequest
) -> None:
    run = desk.draft(WHOLE, **options)
    request.getfixturevalue("nothing_on_disk")
    again = desk.replay()
    assert again.same
    assert (again.draft, again.unasked) == (run.draft, ())


@pytest.mark.parametrize("options", [{}, {"trace": True, "outline": True}], ids=str)
def test_an_offline_draft_is_made_again(options: dict[str, bool], ledger: Ledger) -> None:
    essay = essay_from_text(ESSAY, source="essay.txt")
    run = draft(essay, options=DraftOptions(**options), ledger=ledger)
    assert run.calls == ()
    assert replay(run, ledger).same


def test_a_revision_that_was_kept_is_in_the_draft_again(desk: Desk) -> None:
    run = desk.draft(LACKING, WHOLE)
    assert [call.purpose for call in run.calls] == ["draft", "revise"]
    assert "TEODOR" in run.draft
    assert desk.replay().same


def test_a_revision_that_was_no_better_is_left_out_again(desk: Desk) -> None:
    run = desk.draft(LACKING, LACKING.replace("lifts", "drops"))
    assert "drops" not in run.draft
    assert len(run.calls) == 2
    assert desk.replay().same


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (CUT, "E_TRUNCATED"),
        ({"error": 500}, "E_PROVIDER"),
        ({"text": ""}, "E_EMPTY_REPLY"),
    ],
)
def test_a_revision_that_failed_fails_again_and_the_first_page_stands(
    fault: dict[str, object], code: str, desk: Desk
) -> None:
    run = desk.draft(LACKING, fault)
    assert [call.error for call in run.calls] == [None, code]
    assert code in {finding.code for finding in run.report.findings}
    again = desk.replay()
    assert again.same
    assert again.unasked == ()


def test_the_prompts_are_kept_as_they_were_sent(desk: Desk) -> None:
    run = desk.draft(LACKING, WHOLE)
    kept = [desk.ledger.prompt(call.call_key, fence=call.fence) for call in run.calls]
    assert kept == desk.sent
    assert all(
        call.fence and call.fence in str(prompt)
        for call, prompt in zip(run.calls, kept, strict=True)
    )


def test_one_request_under_two_marks_is_kept_once_and_told_apart(
    desk: Desk, ledger: Ledger
) -> None:
    first = desk.draft(WHOLE).calls[0]
    prompt = desk.sent[0]
    assert prompt.fence is not None
    other = prompt.model_copy(
        update={
            "fence": "0" * 16,
            "messages": tuple(
                Message(role=each.role, content=each.content.replace(prompt.fence, "0" * 16))
                for each in prompt.messages
            ),
        }
    )
    ledger.add_reply(other, first.call_key, origin=ORIGIN, model="m-1", status=200, body=b"{}")
    assert ledger.prompt(first.call_key, fence="0" * 16) == other
    assert ledger.prompt(first.call_key, fence=prompt.fence) == prompt


def test_a_run_whose_reply_was_on_record_names_it_and_is_made_again(desk: Desk) -> None:
    first = desk.draft(WHOLE)
    second = desk.draft(WHOLE, outline=True)
    assert len(desk.sent) == 1
    assert (second.requests, second.usage.total_tokens) == (0, None)
    assert second.calls[0].raw_id == first.calls[0].raw_id
    assert second.calls[0].requests == 0
    assert desk.replay().same


def test_the_record_of_a_twin_cost_nothing_and_is_made_again(desk: Desk) -> None:
    first = desk.draft(LACKING, WHOLE)
    twin = desk.draft(WHOLE, source="another.txt")
    assert (twin.id != first.id, twin.requests) == (True, 0)
    assert [call.requests for call in twin.calls] == [0, 0]
    assert desk.replay(twin.id).same


def test_replies_that_could_not_be_used_are_counted_in_what_a_call_took(desk: Desk) -> None:
    plain = desk.draft(WHOLE)
    retried = desk.draft({"raw": "<html>"}, {"text": ""}, WHOLE, fresh=True)
    assert (plain.requests, retried.requests) == (1, 3)
    assert plain.usage.prompt_tokens is not None
    # The page of HTML counts nothing, the empty reply its prompt.
    assert retried.usage.prompt_tokens == 2 * plain.usage.prompt_tokens
    assert retried.calls[0].usage == retried.usage


def test_a_run_without_a_draft_leaves_what_it_asked(desk: Desk) -> None:
    with pytest.raises(ScriptgenError) as caught:
        desk.draft(TALK, {"text": "I am", "finish_reason": "length"})
    assert list(desk.ledger.runs()) == []
    (failed,) = desk.ledger.all_failed()
    assert desk.ledger.failed(failed.id) == desk.ledger.failed(failed.id[:12]) == failed
    assert desk.ledger.failed("none") is None
    assert failed.code == caught.value.code
    assert [(call.purpose, call.error) for call in failed.calls] == [
        ("draft", None),
        ("revise", "E_TRUNCATED"),
    ]
    assert failed.calls[1].usage.total_tokens
    kept = [desk.ledger.prompt(call.call_key, fence=call.fence) for call in failed.calls]
    assert kept == desk.sent
    essay = desk.ledger.essay(failed.essay_record)
    assert essay is not None
    assert essay.text == ESSAY
    replies = [desk.ledger.replies_to(call.call_key) for call in failed.calls]
    assert [len(each) for each in replies] == [1, 1]


def test_a_run_without_a_draft_is_no_longer_listed_once_there_is_one(desk: Desk) -> None:
    with pytest.raises(ScriptgenError):
        desk.draft(CUT)
    (failed,) = desk.ledger.all_failed()
    desk.draft(WHOLE)
    assert list(desk.ledger.all_failed()) == []
    assert desk.ledger.failed(failed.id) == failed


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("number", [1, 2])
def test_killed_after_any_reply_was_stored_the_next_run_goes_on_from_it(
    number: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[str] = []

    def store_and_stop(*args: Any, **told: Any) -> str:
        stored.append(Ledger.__dict__["_store"](*args, **told))
        if len(stored) == number:
            raise Killed
        return stored[-1]

    monkeypatch.setattr(Ledger, "_store", Ledger.add_reply, raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "add_reply", store_and_stop)
        with pytest.raises(Killed):
            desk.draft(LACKING, WHOLE)
    run = desk.draft(*[LACKING, WHOLE][number:], WHOLE)
    assert len(desk.sent) == 2, "each call was made once"
    assert [call.requests for call in run.calls] == [0] * number + [1] * (2 - number)
    assert "TEODOR" in run.draft
    assert desk.replay().same


@pytest.mark.parametrize("step", ["add_run", "add_failed"])
def test_killed_before_the_record_is_written_the_next_run_writes_it(
    step: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[Any] = [LACKING, WHOLE] if step == "add_run" else [CUT]

    def stop(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, step, stop)
        with pytest.raises(Killed):
            desk.draft(*steps)
    assert column(desk.ledger, "SELECT count(*) FROM essays") == [0]
    assert column(desk.ledger, "SELECT count(*) FROM prompts") == [len(steps)]
    run = desk.draft(WHOLE)
    assert run.requests == (0 if step == "add_run" else 1)
    assert desk.replay().same


def test_a_version_that_reads_the_reply_otherwise_says_what_differs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = desk.draft(WHOLE)
    read = reply_page.__dict__["read_reply"]

    def shouted(text: str) -> Any:
        return read(text.replace("lifts", "DROPS"))

    monkeypatch.setattr(reply_page, "read_reply", shouted)
    again = desk.replay()
    assert not again.same
    assert "-Mara lifts the lantern." in again.difference()
    assert "+Mara DROPS the lantern." in again.difference()
    assert desk.ledger.run("last") == run


def test_a_version_that_checks_otherwise_does_without_calls_that_were_not_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.draft(WHOLE)
    with monkeypatch.context() as patch:
        patch.setattr(modelled, "is_sent_back", lambda _: True)
        again = desk.replay()
    assert again.same
    desk.draft(LACKING, WHOLE, fresh=True)
    monkeypatch.setattr(modelled, "is_sent_back", lambda _: False)
    again = desk.replay()
    assert not again.same
    assert [call.purpose for call in again.unasked] == ["revise"]


def test_a_version_that_refuses_the_replies_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reply_page.__dict__["read_reply"]
    for revisions, reason in ((0, "nothing was published"), (1, "no such call (revise)")):
        desk.draft(WHOLE, revisions=revisions)
        with monkeypatch.context() as patch:
            patch.setattr(reply_page, "read_reply", lambda _: read(TALK))
            again = desk.replay()
        assert (again.same, again.draft) == (False, None)
        assert again.refused is not None
        assert reason in again.refused


@pytest.mark.parametrize("table", ["essays", "prompts", "replies"])
def test_a_run_is_not_made_again_from_less_than_all(table: str, desk: Desk) -> None:
    desk.draft(WHOLE)
    column(desk.ledger, f"DELETE FROM {table}")  # noqa: S608 - constant
    with pytest.raises(InputError) as caught:
        desk.replay()
    assert caught.value.code == "E_RECORD"
    assert caught.value.hint is not None
    assert "--draft" in caught.value.hint


STREAM = "".join(
    f"data: {json.dumps({'choices': [choice]})}\n\n"
    for choice in (
        {"delta": {"content": LACKING}},
        {"delta": {"content": WHOLE.removeprefix(LACKING)}},
        {"delta": {}, "finish_reason": "stop"},
    )
)


def test_a_streamed_reply_is_read_again_as_it_came(desk: Desk) -> None:
    run = desk.draft({"raw": f"{STREAM}data: [DONE]\n\n"})
    assert "TEODOR" in run.draft
    assert desk.replay().same


CLAIMS = {
    "claims": [
        {"field": "prop", "target": None, "value": "lantern", "quote": "lifts the lantern"},
        {"field": "prop", "target": None, "value": "sword", "quote": "draws a sword of steel"},
    ]
}
TOLD = json.dumps(CLAIMS)
CALLED = {
    "choices": [
        {
            "message": {
                "content": None,
                "tool_calls": [
                    {"type": "function", "function": {"name": "claims", "arguments": TOLD}}
                ],
            },
            "finish_reason": "tool_calls",
        }
    ]
}


@pytest.mark.parametrize(
    "claims",
    [TOLD, {"raw": json.dumps(CALLED)}],
    ids=["text", "tool"],
)
def test_an_enriched_draft_is_made_again_from_the_same_claims(
    claims: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = desk.draft(claims, LACKING, WHOLE, enrich=True, trace=True, outline=True)
    assert [call.purpose for call in run.calls] == ["brief", "draft", "revise"]
    assert run.report.figures["claims"] == 2
    monkeypatch.setattr(TemplateSet, "find", None)
    again = desk.replay()
    assert again.same
    assert again.unasked == ()


@pytest.mark.parametrize("lost", ["no claims to be read", CUT, {"text": ""}], ids=str)
def test_an_enrichment_that_failed_fails_again(lost: Any, desk: Desk) -> None:
    steps = [lost, lost, WHOLE] if lost == {"text": ""} else [lost, WHOLE]
    run = desk.draft(*steps, enrich=True, trace=True)
    assert [call.purpose for call in run.calls] == ["brief", "draft"]
    assert "W_ENRICH" in {finding.code for finding in run.report.findings}
    assert desk.replay().same


def test_a_reply_that_an_older_ledger_kept_makes_a_run_that_can_be_made_again(
    desk: Desk,
) -> None:
    desk.draft(WHOLE)
    for table in ("runs", "essays", "prompts"):
        column(desk.ledger, f"DELETE FROM {table}")  # noqa: S608 - constant
    run = desk.draft(TALK)
    assert run.requests == 0
    assert desk.replay().same


def test_a_run_of_a_version_that_kept_no_prompts_cannot_be_made_again(desk: Desk) -> None:
    run = desk.draft(WHOLE)
    old = {
        key: value
        for key, value in json.loads(run.model_dump_json()).items()
        if key not in ("calls", "essay_record", "options")
    }
    with pytest.raises(InputError, match="scriptgen 0"):
        replay(type(run).model_validate(old), desk.ledger)


def test_a_replay_needs_no_event_loop_and_minds_none(desk: Desk) -> None:
    desk.draft(WHOLE)

    async def inside() -> Replay:
        return desk.replay()

    assert asyncio.run(inside()).same


def test_an_essay_is_kept_once_however_often_it_is_drafted(desk: Desk) -> None:
    desk.draft(WHOLE)
    desk.draft(WHOLE, source="another.txt", trace=True)
    draft(essay_from_text(ESSAY, source="third.txt"), ledger=desk.ledger)
    assert column(desk.ledger, "SELECT count(*) FROM essays") == [1]
    assert column(desk.ledger, "SELECT count(*) FROM prompts") == [1]


STEPS = st.lists(
    st.sampled_from(
        [
            WHOLE,
            LACKING,
            CHATTY,
            TALK,
            TOLD,
            {"text": WHOLE, "finish_reason": "length"},
            {"text": ""},
            {"text": f"{WHOLE}\nMara \ud83d leaves.\0\n"},
            {"error": 429, "retry_after": 1},
            {"error": 503},
            {"error": 400},
            {"raw": "<html>busy</html>"},
            {"raw": '{"choices": []}'},
            {"raw": 'data: {"choices": [{"delta": {"content": "INT. X - DAY"}}]}\n\n'},
        ]
    )
    | st.text(max_size=200).map(lambda text: f"{LACKING}\n{text}"),
    min_size=1,
    max_size=8,
)


@given(
    steps=STEPS,
    revisions=st.integers(0, 2),
    trace=st.booleans(),
    enrich=st.booleans(),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_replied_the_draft_is_made_again(
    steps: list[str | dict[str, object]],
    revisions: int,
    *,
    trace: bool,
    enrich: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("any") / "l" / "ledger.sqlite3") as ledger:
        desk = Desk(ledger)
        try:
            run = desk.draft(*steps, revisions=revisions, trace=trace, outline=trace, enrich=enrich)
        except ScriptgenError:
            assert len(list(ledger.all_failed())) == 1
            return
        again = desk.replay()
        assert again.same
        assert again.unasked == ()
        assert len(run.calls) == len(desk.sent)


def column(ledger: Ledger, query: str) -> list[Any]:
    """The first column of what a query finds."""
    with sqlite3.connect(ledger.path) as db:
        return [row[0] for row in db.execute(query)]
