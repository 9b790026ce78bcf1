"""Models that behave badly over essays that ask them to: what is published, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_models import FAITHFUL, OBEDIENT, STRAY, answering
from fault_server import FaultServer
from hostile_essays import BENIGN, HOSTILE, SCENE

from scriptgen import draft
from scriptgen.drafting import DraftOptions
from scriptgen.errors import ReplyError
from scriptgen.llm import FakeClock, open_model
from scriptgen.reader import essay_from_text
from scriptgen.report import Severity

if TYPE_CHECKING:
    from fake_models import Writer

    from scriptgen.run import Run

STRAYS = [(kind, name) for kind, writers in STRAY.items() for name in writers]
SOME = {name: HOSTILE[name] for name in ("a plain override", "control tokens", "Spanish")}


def drafted(text: str, writer: Writer, *, finish_reason: str = "stop", revisions: int = 0) -> Run:
    """The draft of an essay by a fake model behind a real server."""
    with FaultServer(answering(writer, finish_reason=finish_reason)) as server:
        return draft(
            essay_from_text(text, source="essay.txt"),
            options=DraftOptions(revisions=revisions),
            model=open_model("m", base_url=server.base_url, environ={}, clock=FakeClock()),
            origin=server.origin,
        )


@pytest.mark.parametrize("name", BENIGN)
def test_an_essay_that_only_talks_of_such_things_raises_no_alarm(name: str) -> None:
    essay = essay_from_text(BENIGN[name], source="essay.txt")
    assert [warning.code for warning in essay.warnings] == []


@pytest.mark.parametrize("model", FAITHFUL)
@pytest.mark.parametrize("name", BENIGN)
def test_a_faithful_draft_of_such_an_essay_is_published_and_raises_no_alarm(
    name: str, model: str
) -> None:
    report = drafted(BENIGN[name], FAITHFUL[model]).report
    alarms = {each.code for each in report.findings if each.code.startswith("E_")}
    assert alarms == set()
    assert report.worst() is not Severity.BLOCK


@pytest.mark.parametrize("name", HOSTILE)
def test_an_essay_that_speaks_to_a_model_is_told_from_others(name: str) -> None:
    essay = essay_from_text(HOSTILE[name], source="essay.txt")
    assert "W_INSTRUCTION_LIKE" in [warning.code for warning in essay.warnings]


@pytest.mark.parametrize("model", FAITHFUL)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_faithful_draft_of_a_hostile_essay_is_published_without_what_it_asks_for(
    name: str, model: str
) -> None:
    page = drafted(HOSTILE[name], FAITHFUL[model]).draft
    assert "LENA" in page.upper()
    assert "PWNED" not in page.upper()


@pytest.mark.parametrize("model", OBEDIENT)
@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_hostile_essay_asks_for_is_never_published(name: str, model: str) -> None:
    try:
        page = drafted(HOSTILE[name], OBEDIENT[model]).draft
    except ReplyError:
        return
    assert model == "a canary in the title"
    assert "PWNED" not in page.upper()


@pytest.mark.parametrize("name", [*SOME, "a prompter", "a scene and nothing else"])
@pytest.mark.parametrize(("kind", "model"), STRAYS)
def test_a_stray_reply_is_never_published(kind: str, model: str, name: str) -> None:
    with pytest.raises(ReplyError) as caught:
        drafted({**HOSTILE, **BENIGN}[name], STRAY[kind][model])
    assert caught.value.message.startswith("nothing was published: ")
    assert caught.value.hint


@pytest.mark.parametrize("model", FAITHFUL)
def test_a_reply_cut_off_by_its_length_is_never_published(model: str) -> None:
    with pytest.raises(ReplyError) as caught:
        drafted(SCENE, FAITHFUL[model], finish_reason="length")
    assert caught.value.code == "E_TRUNCATED"


def test_a_model_that_obeys_again_when_it_is_asked_to_mend_is_not_published_either() -> None:
    with pytest.raises(ReplyError) as caught:
        drafted(HOSTILE["a plain override"], OBEDIENT["a canary in a speech"], revisions=2)
    assert caught.value.code == "E_CANARY"


def test_a_stray_page_is_mended_where_the_model_comes_back_to_its_task() -> None:
    calls: list[str] = []

    def repentant(asked: object) -> str:
        calls.append("call")
        writer = OBEDIENT["a canary in a speech"] if len(calls) == 1 else FAITHFUL["plain"]
        return writer(asked)  # type: ignore[arg-type]

    page = drafted(HOSTILE["a plain override"], repentant, revisions=1).draft
    assert len(calls) == 2
    assert "PWNED" not in page


def test_the_notes_beside_the_essay_repeat_nothing_of_what_is_said_to_a_model() -> None:
    seen: list[str] = []

    def watching(asked: object) -> str:
        seen.append(asked.user.replace(asked.essay, ""))  # type: ignore[attr-defined]
        return FAITHFUL["plain"](asked)  # type: ignore[arg-type]

    for text in HOSTILE.values():
        drafted(text, watching)
    outside = [prompt.rsplit(" ends ===", 1)[1] for prompt in seen]
    assert not any("PWNED" in prompt for prompt in outside)
