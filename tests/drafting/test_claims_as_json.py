"""Claims, however a server takes JSON and a model writes it: read as meant, or not at all."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import fault_server as fs
import pytest
from asking import model_at
from fault_server import FaultServer
from json_servers import STYLES, Style, call, rung_of

from scriptgen.cli.run_calls import call_line, calls_record
from scriptgen.drafting import DraftOptions, Means, adraft, enrich_essay, parse_essay
from scriptgen.enrichment import CLAIMS_SCHEMA
from scriptgen.ledger import Ledger
from scriptgen.llm.profile import RUNGS
from scriptgen.reader import essay_from_text
from scriptgen.report import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from scriptgen.drafting.enriching import EnrichedBrief
    from scriptgen.run import Run

ESSAY = essay_from_text(
    "In the boathouse at night, Marta Quill lifts the lantern from its nail. Joss Abney stands in"
    " the doorway with a coil of rope. She sets the lantern on the bench, and he lowers the rope.",
    source="essay.txt",
)
PROP = {"field": "prop", "quote": "a coil of rope", "target": None, "value": "coil of rope"}
CLAIMS = json.dumps({"claims": [PROP]})


def enriched(server: FaultServer, ledger: Ledger | None = None) -> EnrichedBrief:
    sink = ledger.sink(origin=server.origin) if ledger else None
    model = model_at(server, sink=sink)

    async def ask() -> EnrichedBrief:
        try:
            return await enrich_essay(
                ESSAY, Means(model=model, origin=server.origin, ledger=ledger)
            )
        finally:
            await model.close()

    return asyncio.run(ask())


def messages(found: EnrichedBrief) -> list[str]:
    return [finding.message for finding in found.findings]


@pytest.mark.parametrize("name", STYLES)
def test_claims_are_had_from_every_kind_of_server(name: str) -> None:
    refusals, ends_on = STYLES[name]
    answer = call(CLAIMS) if ends_on == "tool" else fs.reply(CLAIMS)
    with FaultServer(Style(refusals, answer)) as server:
        found, again = enriched(server), enriched(server)
    assert found.figures["claims"] == again.figures["claims"] == 1
    steps = RUNGS[: RUNGS.index(ends_on) + 1]
    assert [rung_of(request) for request in server.requests] == [*steps, ends_on]


def test_the_schema_that_is_sent_is_the_one_that_claims_are_read_by() -> None:
    with FaultServer([fs.reply(CLAIMS)]) as server:
        enriched(server)
    wanted = json.loads(server.requests[0].body)["response_format"]["json_schema"]
    assert wanted == {"name": "claims", "strict": True, "schema": json.loads(CLAIMS_SCHEMA.text)}


@pytest.mark.parametrize(
    ("reply", "mended"),
    [
        (f"```json\n{CLAIMS}\n```", False),
        (f"Here are the claims: {CLAIMS}", False),
        (f"<think>What can be seen?</think>{CLAIMS}", False),
        (json.dumps({"claims": [PROP], "notes": "none"}), False),
        (CLAIMS.replace("}]", "},]"), True),
        (repr({"claims": [PROP]}), True),
    ],
)
def test_a_reply_in_any_wrapping_gives_its_claims_and_mending_is_told(
    reply: str, *, mended: bool
) -> None:
    with FaultServer([fs.reply(reply)]) as server:
        found = enriched(server)
    assert found.figures["claims"] == 1
    assert ("slips in the JSON of loopback-1 were mended" in messages(found)) is mended


@pytest.mark.parametrize(
    "reply",
    [
        "INT. BOATHOUSE - NIGHT",
        f"{CLAIMS}\n{CLAIMS}",
        CLAIMS[:-1],
        CLAIMS[: len(CLAIMS) // 2],
        '{"claims": "none"}',
        f"[{CLAIMS}]",
    ],
)
def test_a_reply_that_cannot_be_used_is_kept_and_leaves_the_brief_with_a_warning(
    reply: str, tmp_path: Path
) -> None:
    with FaultServer([fs.reply(reply)]) as server, Ledger.open(tmp_path / "ledger") as ledger:
        found = enriched(server, ledger)
        spent = ledger.spent()
    assert len(server.requests) == 1
    assert found.brief == parse_essay(ESSAY)
    assert [finding.severity for finding in found.findings] == [Severity.WARNING]
    assert (spent.replies, spent.completion_tokens) == (1, 7)


def test_the_record_shows_the_messages_as_they_went_out(tmp_path: Path) -> None:
    refusals, _ = STYLES["DeepSeek"]

    def behave(request: fs.Request) -> fs.Behaviour:
        return Style(refusals, fs.reply(CLAIMS))(request) if b"JSON" in request.body else PAGE

    with FaultServer(behave) as server, Ledger.open(tmp_path / "ledger") as ledger:
        run = asyncio.run(drafted(server, ledger))
        shown = calls_record(run.calls, ledger)
    assert [call.rung for call in run.calls] == ["json_object", None]
    assert "by json_object" in call_line(run.calls[0])
    sent = [json.loads(request.body)["messages"] for request in server.requests]
    assert [each["messages"] for each in shown] == sent[1:]


PAGE = fs.reply("INT. BOATHOUSE - NIGHT\n\nMarta Quill lifts the lantern from its nail.\n")


async def drafted(server: FaultServer, ledger: Ledger) -> Run:
    model = model_at(server, sink=ledger.sink(origin=server.origin))
    options = DraftOptions(enrich=True, revisions=0)
    try:
        return await adraft(
            ESSAY, options=options, model=model, origin=server.origin, ledger=ledger
        )
    finally:
        await model.close()
