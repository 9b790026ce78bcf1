"""Asking a model what the final page plays, over a real socket, and what becomes of its answer."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from asking import model_at
from fault_server import FaultServer, Request, reply, status

from scriptgen.drafting import DraftOptions, Means, adraft, draft, replay, work_key
from scriptgen.drafting.forecasting import forecast, reply_caps
from scriptgen.prompting import extract_fenced
from scriptgen.reader import essay_from_text
from scriptgen.report import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fault_server import Behaviour

    from scriptgen.ledger import Ledger
    from scriptgen.run import Run

ESSAY = essay_from_text(
    "In the boathouse at night, Marta Quill lifts the lantern from its nail. Joss Abney stands in"
    " the doorway with a coil of rope. She sets the lantern on the bench, and he lowers the rope.",
    source="essay.txt",
)
PAGE = (
    "INT. BOATHOUSE - NIGHT\n\nMarta lifts the lantern from its nail.\n\n"
    "Joss stands in the doorway with a coil of rope.\n\nHe lets the rope sink.\n\n"
    "A gull complains somewhere.\n"
)
ANNOTATE = DraftOptions(annotate=True, revisions=0)


def mapping(*pieces: tuple[int, list[str]]) -> str:
    return json.dumps({"pieces": [{"piece": at, "sources": names} for at, names in pieces]})


def drafted(
    behaviours: Sequence[Behaviour],
    ledger: Ledger | None = None,
    options: DraftOptions = ANNOTATE,
    origin: str | None = None,
) -> tuple[Run, list[Request]]:
    with FaultServer(behaviours) as server:
        origin = origin or server.origin
        sink = ledger.sink(origin=origin, repeat=0) if ledger else None
        model = model_at(server, sink=sink)

        async def ask() -> Run:
            try:
                return await adraft(
                    ESSAY, options=options, model=model, origin=origin, ledger=ledger
                )
            finally:
                await model.close()

        return asyncio.run(ask()), server.requests


def notes(run: Run) -> list[str]:
    return [line for line in run.draft.splitlines() if line.startswith("[[")]


def test_what_code_can_verify_of_the_mapping_stands_in_the_notes() -> None:
    plain = notes(drafted([reply(PAGE)], options=DraftOptions(trace=True, revisions=0))[0])
    run, requests = drafted([reply(PAGE), reply(mapping((4, ["b03", "b99"]), (5, ["b01"])))])
    assert len(requests) == 2
    assert [call.purpose for call in run.calls] == ["draft", "annotate"]
    assert run.calls[1].template == "annotate"
    found = notes(run)
    assert found[:2] == plain[:2]
    assert found[3] == "[[b03]]"
    assert run.report.figures["sources_claimed"] == 3
    assert run.report.figures["sources_taken"] < 3
    told = [each.message for each in run.report.findings if each.code == "W_ANNOTATE"]
    assert "of 3 sources and inventions of loopback-1 were taken" in told[0]
    assert any("unknown" in message for message in told)


def test_the_model_gets_the_essay_in_its_fence_and_the_page_in_numbered_pieces() -> None:
    _, requests = drafted([reply(PAGE), reply(mapping())])
    messages = requests[1].json()["messages"]
    assert isinstance(messages, list)
    system, user = (message["content"] for message in messages)
    mark = user.split()[2]
    assert extract_fenced(user, mark) == ESSAY.text
    assert PAGE.splitlines()[2] not in system
    page = user.partition("THE PAGE")[2].split("\n")
    assert page[1:3] == ["INT. BOATHOUSE - NIGHT", "2. Marta lifts the lantern from its nail."]
    assert "- b01: " in user


def test_the_page_itself_and_what_the_checks_say_stay_as_they_are() -> None:
    plain, _ = drafted([reply(PAGE)], options=DraftOptions(revisions=0))
    run, _ = drafted([reply(PAGE), reply(mapping((2, []), (3, []), (4, []), (5, [])))])
    without = [line for line in run.draft.splitlines() if not line.startswith("[[")]
    assert [line for line in without if line] == [line for line in plain.draft.splitlines() if line]
    ours = [each for each in run.report.findings if each.code != "W_ANNOTATE"]
    assert ours == list(plain.report.findings)


@pytest.mark.parametrize(
    "answer",
    [
        reply("I would rather not."),
        reply('{"pieces": [{"piece": 2, "sou', finish_reason="length"),
        reply(""),
        status(400),
        status(401),
    ],
    ids=["text", "cut off", "empty", "refused", "key"],
)
def test_a_call_that_fails_never_loses_the_page(answer: Behaviour) -> None:
    run, _ = drafted([reply(PAGE), *([answer] * 6)])
    assert "Marta lifts the lantern from its nail." in run.draft
    (lost,) = [each for each in run.report.findings if each.code == "W_ANNOTATE"]
    assert lost.severity is Severity.WARNING
    assert lost.message.startswith("the page was not annotated: ")
    assert "sources_claimed" not in run.report.figures


def test_a_run_is_made_again_from_its_record_and_paid_once(ledger: Ledger) -> None:
    answer = mapping((4, ["b03"]))
    run, _ = drafted([reply(PAGE), reply(answer)], ledger)
    assert replay(run, ledger).same
    again, requests = drafted([], ledger, origin=run.base_url)
    assert (again.id, requests) == (run.id, [])
    shown = ledger.prompt(run.calls[1].call_key)
    assert shown is not None
    assert shown.template == "annotate"


def test_a_failed_annotation_is_made_again_from_the_record_too(ledger: Ledger) -> None:
    run, _ = drafted([reply(PAGE), *([reply("no")] * 6)], ledger)
    assert replay(run, ledger).same


def test_it_is_other_work_than_the_draft_alone() -> None:
    with FaultServer([]) as server:
        model = model_at(server)
        keys = {
            work_key(ESSAY, Means(options, model))
            for options in (DraftOptions(), DraftOptions(annotate=True))
        }
        asyncio.run(model.close())
    assert len(keys) == 2
    offline = {work_key(ESSAY, Means(options)) for options in (DraftOptions(), ANNOTATE)}
    assert len(offline) == 1


def test_without_a_model_nothing_is_asked_and_nothing_changes() -> None:
    assert draft(ESSAY, options=ANNOTATE).draft == draft(ESSAY).draft


def test_a_forecast_counts_the_call() -> None:
    with FaultServer([]) as server:
        model = model_at(server)
        plain, more = (
            forecast([ESSAY], [60], Means(options, model), None)
            for options in (DraftOptions(revisions=0), ANNOTATE)
        )
        assert "annotate" in reply_caps(Means(ANNOTATE, model))
        asyncio.run(model.close())
    assert (more.low.calls, more.high.calls) == (plain.low.calls + 1, plain.high.calls + 1)
    assert more.high.prompt_tokens > 2 * plain.high.prompt_tokens
