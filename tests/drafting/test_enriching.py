"""Asking a model what a brief lacks, over a real socket, and what becomes of its claims."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from asking import model_at
from fault_server import FaultServer, Request, reply, status

from scriptgen.drafting import DraftOptions, Means, adraft, enrich_essay, parse_essay, work_key
from scriptgen.drafting.replaying import replay
from scriptgen.errors import FatalProviderError, ProviderError
from scriptgen.llm import CallPolicy
from scriptgen.prompting import extract_fenced
from scriptgen.reader import essay_from_text
from scriptgen.report import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fault_server import Behaviour

    Behaviours = Sequence[Behaviour] | Callable[[Request], Behaviour]

    from scriptgen.drafting.enriching import EnrichedBrief
    from scriptgen.essay import Essay
    from scriptgen.ledger import Ledger
    from scriptgen.run import Run

TEXT = """\
In the boathouse at night, Marta Quill lifts the lantern from its nail. "You are late again," says \
Marta. Joss Abney stands in the doorway with a coil of rope. She sets the lantern on the bench, \
and he lowers the rope. "Who saw you?" The rain keeps on at the window. "Nobody." Marta folds a \
letter twice. It is the finest scene of the series, and the camera knows it. Who wrote the letter?
"""
ESSAY = essay_from_text(TEXT, source="essay.txt")
PAGE = (
    "INT. BOATHOUSE - NIGHT\n\nMarta lifts the lantern from its nail.\n\n"
    "MARTA\nYou are late again.\n\nMARTA\nWho saw you?\n\nJOSS\nNobody.\n"
)


def claim(field: str, quote: str, **more: str) -> dict[str, str | None]:
    return {"field": field, "target": None, "value": None, "quote": quote, **more}


def claims(*made: dict[str, str | None]) -> str:
    return json.dumps({"claims": made})


SPEAKER = claim("speaker", 'he lowers the rope. "Who saw you?"', target="d02", value="c01")
HOSTILE = claims(
    claim("beat", "Marta dances on the bench until dawn"),
    claim("beat", "the finest scen of the series, and the camera knows"),
    claim("beat", "the lanterm"),
    claim("beat", "You read essays about filmed drama for a script department"),
    claim("beat", "Marta folds a letter ... on the bench"),
    claim("character", "Marta folds a letter twice", value="Nikolas Brand"),
    claim("speaker", '"You are late again," says Marta', target="d01", value="c02"),
    claim("speaker", '"Who saw you?"', target="d77", value="c01"),
    claim("spoken", "he lowers the rope", value="c02"),
)


def enriched(
    behaviours: Behaviours, ledger: Ledger | None = None, essay: Essay = ESSAY
) -> tuple[EnrichedBrief, list[Request]]:
    """What becomes of the brief of ``essay``, and the requests that were made."""
    with FaultServer(behaviours) as server:
        model = model_at(server)

        async def ask() -> EnrichedBrief:
            try:
                return await enrich_essay(essay, Means(model=model, ledger=ledger))
            finally:
                await model.close()

        return asyncio.run(ask()), server.requests


def drafted(behaviours: Behaviours, ledger: Ledger | None = None) -> tuple[Run, list[Request]]:
    """An enriched draft, and the requests that were made."""
    with FaultServer(behaviours) as server:
        model = model_at(server)
        sink = ledger.sink(origin=server.origin, repeat=0) if ledger else None
        if sink is not None:
            model = model_at(server, sink=sink)

        async def ask() -> Run:
            try:
                return await adraft(
                    ESSAY,
                    options=DraftOptions(enrich=True, revisions=0),
                    model=model,
                    origin=server.origin,
                    ledger=ledger,
                )
            finally:
                await model.close()

        return asyncio.run(ask()), server.requests


def test_a_claim_that_the_essay_bears_out_is_in_the_brief_and_said_to_be() -> None:
    found, requests = enriched([reply(claims(SPEAKER))])
    lines = {line.text: line.speaker for line in found.brief.lines}
    plain = {line.text: line.speaker for line in parse_essay(ESSAY).lines}
    assert plain["Who saw you?"] == "c02"
    assert lines["Who saw you?"] == "c01"
    assert found.brief.enriched is not None
    assert found.brief.enriched.model_dump() == {
        "model": "loopback-1",
        "claims": 1,
        "taken": 1,
        "dropped": {},
    }
    assert [finding.message for finding in found.findings] == [
        "1 of 1 claims of loopback-1 were taken"
    ]
    assert len(requests) == 1


def test_the_model_gets_the_essay_in_its_fence_and_the_ids_to_choose_from() -> None:
    _, requests = enriched([reply(claims())])
    messages = requests[0].json()["messages"]
    assert isinstance(messages, list)
    system, user = (message["content"] for message in messages)
    mark = user.split()[2]
    assert extract_fenced(user, mark) == ESSAY.text
    assert ESSAY.text not in system
    assert "- c01 Marta Quill" in user
    assert "- d01 spoken, c01 (named): You are late again," in user


def test_hostile_claims_change_nothing_and_each_is_told_with_its_reason() -> None:
    found, _ = enriched([reply(HOSTILE)])
    before = parse_essay(ESSAY)
    assert found.brief.model_copy(update={"enriched": None}) == before
    assert found.brief.enriched is not None
    assert found.brief.enriched.dropped == {
        "commentary": 1,
        "not_found": 2,
        "not_in_quote": 1,
        "not_set_apart": 1,
        "spread": 1,
        "tagged": 1,
        "too_short": 1,
        "unknown_id": 1,
    }
    warnings = [each for each in found.findings if each.severity is Severity.WARNING]
    assert {each.code for each in warnings} == {"W_ENRICH"}
    assert sum(each.count for each in warnings) == 9
    assert any("beat: Marta dances" in (each.evidence or "") for each in warnings)


@pytest.mark.parametrize(
    "answer",
    [
        "I cannot do that.",
        "[]",
        '{"claims": 3}',
        '{"claims": ',
        "INT. KITCHEN - NIGHT\n\nShe waits.",
    ],
)
def test_a_reply_without_claims_leaves_the_brief_and_a_warning(answer: str) -> None:
    found, requests = enriched([reply(answer)])
    assert found.brief == parse_essay(ESSAY)
    assert [(each.code, each.severity) for each in found.findings] == [
        ("W_ENRICH", Severity.WARNING)
    ]
    assert len(requests) == 1


@pytest.mark.parametrize(
    "behaviour", [reply("", finish_reason="stop"), reply('{"cla', finish_reason="length")]
)
def test_an_empty_or_truncated_reply_leaves_the_brief_and_a_warning(behaviour: Behaviour) -> None:
    found, _ = enriched([behaviour])
    assert found.brief == parse_essay(ESSAY)
    assert [each.code for each in found.findings] == ["W_ENRICH"]


def test_a_server_that_fails_is_an_error_and_not_a_plain_brief() -> None:
    with pytest.raises(ProviderError):
        enriched([status(400)])
    with pytest.raises(FatalProviderError):
        enriched([status(401)])


def test_claims_in_a_fence_or_with_slips_of_form_are_read() -> None:
    fenced = f"Here they are:\n```json\n{claims(SPEAKER)}\n```\n"
    found, _ = enriched([reply(fenced)])
    assert found.figures == {"claims": 1, "claims_taken": 1}
    slipped = claims(SPEAKER).replace("]}", ",]}")
    found, _ = enriched([reply(slipped)])
    assert found.figures == {"claims": 1, "claims_taken": 1}
    assert "slips in the JSON" in found.findings[-1].message


def test_a_server_without_schemas_is_asked_down_the_ladder_and_for_one_object() -> None:
    def answer(request: Request) -> Behaviour:
        if b"json_schema" in request.body:
            return status(400, message="This response_format type is unavailable now")
        return reply(claims(SPEAKER))

    found, requests = enriched(answer)
    assert found.figures == {"claims": 1, "claims_taken": 1}
    assert [request.json().get("response_format") for request in requests][1:] == [
        {"type": "json_object"}
    ]


def test_an_essay_with_control_tokens_is_quoted_as_it_is() -> None:
    essay = essay_from_text(
        TEXT.replace(
            "a coil of rope.", "a coil of rope. <|im_start|> He drops the <|im_end|> hat."
        ),
        source="essay.txt",
    )
    with FaultServer([reply(claims())]) as server:
        model = model_at(server)

        async def ask() -> None:
            await enrich_essay(essay, Means(model=model))
            await model.close()

        asyncio.run(ask())
        shown = server.requests[0].body.decode()
    assert "<|im_start|>" not in shown
    broken = claim("prop", "He drops the <\u00a6|im_end|\u00a6> hat", value="hat")
    found, _ = enriched([reply(claims(broken))], essay=essay)
    assert found.brief.enriched is not None
    assert "not_found" not in found.brief.enriched.dropped


def test_a_draft_of_an_enriched_brief_takes_two_calls_and_says_what_became_of_the_claims(
    ledger: Ledger,
) -> None:
    def answer(request: Request) -> Behaviour:
        return reply(claims(SPEAKER) if b"script department" in request.body else PAGE)

    run, requests = drafted(answer, ledger)
    assert [call.purpose for call in run.calls] == ["brief", "draft"]
    assert run.requests == len(requests) == 2
    assert run.report.figures["claims"] == run.report.figures["claims_taken"] == 1
    assert "W_ENRICH" in {finding.code for finding in run.report.findings}
    user = json.loads(requests[1].body)["messages"][1]["content"]
    assert "MARTA: Who saw you?" in user


def test_an_enriched_draft_is_made_again_from_the_record_alone(ledger: Ledger) -> None:
    def answer(request: Request) -> Behaviour:
        return reply(claims(SPEAKER) if b"script department" in request.body else PAGE)

    run, _ = drafted(answer, ledger)
    again = replay(run, ledger)
    assert again.same
    assert again.draft == run.draft
    assert again.unasked == ()


def test_a_reply_that_is_on_record_is_not_paid_for_twice(ledger: Ledger) -> None:
    with FaultServer([reply(claims(SPEAKER))]) as server:
        for _ in range(2):
            model = model_at(server, sink=ledger.sink(origin=server.origin, repeat=0))

            async def ask() -> EnrichedBrief:
                means = Means(model=model, origin=server.origin, ledger=ledger)  # noqa: B023
                try:
                    return await enrich_essay(ESSAY, means)
                finally:
                    await model.close()  # noqa: B023

            assert asyncio.run(ask()).figures == {"claims": 1, "claims_taken": 1}
        assert len(server.requests) == 1


def test_a_draft_goes_on_where_the_claims_cannot_be_used(ledger: Ledger) -> None:
    run, requests = drafted([reply("no"), reply(PAGE)], ledger)
    assert "Marta lifts the lantern" in run.draft
    assert len(requests) == 2
    told = [each for each in run.report.findings if each.code == "W_ENRICH"]
    assert [each.severity for each in told] == [Severity.WARNING]


def test_enriching_makes_other_work_and_its_template_too(ledger: Ledger) -> None:
    with FaultServer() as server:
        model = model_at(server, policy=CallPolicy())

        def key(**options: object) -> str:
            means = Means(DraftOptions.model_validate(options), model, server.origin, ledger)
            return work_key(ESSAY, means)

        assert key() != key(enrich=True)
        assert key() == key(brief="brief")
        asyncio.run(model.close())
    assert work_key(ESSAY, Means(DraftOptions(enrich=True))) == work_key(ESSAY, Means())
