"""What a server refuses, and how long it takes, as a draft and its record tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fault_server as fs
import pytest
from fault_server import FaultServer

from scriptgen.brief import Beat, Character, Line, LineKind, SceneBrief, Status
from scriptgen.drafting import DraftOptions, draft, open_writer, path
from scriptgen.errors import ProviderError, ReplyError
from scriptgen.language import LanguagePack
from scriptgen.ledger import Ledger
from scriptgen.llm import CallPolicy
from scriptgen.llm.profile import forget
from scriptgen.prompt import Parameters
from scriptgen.reader import essay_from_text
from scriptgen.report import Severity
from scriptgen.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scriptgen.essay import Essay
    from scriptgen.run import Run

SPOKEN = "The tide is late"
TEXT = f'On the pier Ilse waits. "{SPOKEN}," she says.'
PAGE = f"EXT. PIER - DAY\n\nIlse waits.\n\nILSE\n{SPOKEN}.\n"
SILENT = "EXT. PIER - DAY\n\nIlse waits.\n"


def parsed(essay: Essay) -> path.Parsed:
    def span(words: str) -> Span:
        start = essay.text.index(words)
        return Span.cut(essay.text, start, start + len(words))

    brief = SceneBrief(
        essay_id=essay.id,
        language="en",
        characters=(Character(id="c01", name="Ilse", cue="ILSE", status=Status.GIVEN),),
        beats=(Beat(id="b01", text="Ilse waits.", span=span("Ilse waits.")),),
        lines=(
            Line(id="d01", text=SPOKEN, kind=LineKind.SPOKEN, span=span(SPOKEN), speaker="c01"),
        ),
    )
    return path.Parsed(essay, brief, LanguagePack(code="en", name="English"))


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small parser; and the SDK loaded, so that no draft's time goes into that."""
    import scriptgen.llm.sdk  # noqa: F401

    monkeypatch.setattr(path, "parse_with_pack", parsed)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of its own."""
    with Ledger.open(tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3") as opened:
        yield opened


def drafted(server: FaultServer, ledger: Ledger, **options: object) -> Run:
    writer = open_writer(
        "loopback-1",
        environ={},
        base_url=server.base_url,
        ledger=ledger,
        policy=CallPolicy(attempts=1),
    )
    return draft(
        essay_from_text(TEXT, source="essay.txt"),
        options=DraftOptions.model_validate(options),
        model=writer.model,
        origin=writer.origin,
        ledger=ledger,
    )


def no_temperature(request: fs.Request) -> fs.Behaviour:
    if "temperature" in request.json():
        return fs.status(400, param="temperature", error_code="unsupported_parameter")
    return fs.reply(PAGE)


def test_a_parameter_that_was_not_sent_is_in_the_report_and_in_the_record(ledger: Ledger) -> None:
    warm = Parameters(temperature=0.7)
    with FaultServer(no_temperature) as server:
        run = drafted(server, ledger, parameters=warm, revisions=0)
        forget(server.origin)  # as another process would begin
        again = drafted(server, ledger, parameters=warm, revisions=0, fresh=True)
    (finding,) = (each for each in run.report.findings if each.code == "W_PARAMETER")
    assert finding.severity is Severity.INFO
    assert finding.message.startswith("temperature was not sent")
    assert (run.calls[0].dropped, run.calls[0].requests) == (("temperature",), 2)
    assert run.calls[0].parameters.temperature == 0.7
    assert (again.calls[0].dropped, again.calls[0].requests) == (("temperature",), 1)
    assert len(server.requests) == 3


def test_a_revision_that_runs_out_of_time_leaves_the_first_page_with_a_warning(
    ledger: Ledger,
) -> None:
    with FaultServer([fs.reply(SILENT), fs.hang()]) as server:
        run = drafted(server, ledger, revisions=1, run_deadline=4)
    assert "Ilse waits." in run.draft
    (finding,) = (each for each in run.report.findings if each.code == "E_DEADLINE")
    assert finding.severity is Severity.WARNING
    assert "longer than 4 seconds" in finding.message
    assert len(server.requests) == 2


def test_a_first_page_that_runs_out_of_time_is_an_error_with_the_setting_to_change(
    ledger: Ledger,
) -> None:
    with FaultServer([fs.hang()]) as server, pytest.raises(ProviderError) as caught:
        drafted(server, ledger, run_deadline=1)
    assert caught.value.code == "E_DEADLINE"
    assert "run_deadline" in (caught.value.hint or "")
    assert len(server.requests) <= 1


def test_a_reply_that_was_far_too_long_is_not_taken_from_the_record_either(ledger: Ledger) -> None:
    short = Parameters(max_tokens=20)
    with FaultServer([fs.reply(PAGE * 20), fs.reply(PAGE)]) as server:
        with pytest.raises(ReplyError) as caught:
            drafted(server, ledger, parameters=short, revisions=0)
        run = drafted(server, ledger, parameters=short, revisions=0)
    assert caught.value.code == "E_OVERLONG"
    assert SPOKEN in run.draft
    assert len(server.requests) == 2
