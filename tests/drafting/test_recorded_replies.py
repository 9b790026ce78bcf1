"""Replies of a strong model to the rendered prompts, read and checked as a server's are."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from quality.records import RECORDED, SEEDS, Record, records, staleness, template_changed, text_of

from scriptgen import draft, read_fountain
from scriptgen.catalog import find_templates, packaged_templates_dir
from scriptgen.drafting import DraftOptions, Means, enrich_essay, parse_essay
from scriptgen.fountain import read_reply
from scriptgen.llm.scripted import ScriptedModel
from scriptgen.reader import read_essay
from scriptgen.screenplay import Dialogue, Heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.brief import SceneBrief

ROOT = Path(__file__).parent.parent.parent
REPLIES = records()


def replies_to(*ways: str) -> list[Record]:
    """Those to be asked about essays of the project's own."""
    return [each for each in REPLIES if each.way in ways and (SEEDS / each.essay).exists()]


def name_of(record: Record) -> str:
    return record.reply


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def speakers_right(brief: SceneBrief, gold: dict[str, Any]) -> int:
    """Spoken lines whose speaker goes by a form that a careful reader lists."""
    forms = {
        plain(each["name"]): {plain(form) for form in (each["name"], *each["aliases"])}
        for each in gold["characters"]
    }
    names = {
        each.id: {plain(text) for text in (each.name, *(span.text for span in each.aliases))}
        for each in brief.characters
    }
    lines = {plain(line.text): names.get(line.speaker or "", set()) for line in brief.lines}
    return sum(
        bool(forms.get(plain(each["speaker"]), set()) & lines.get(plain(each["text"]), set()))
        for each in gold["dialogue"]
        if each["kind"] == "spoken" and each["speaker"]
    )


@pytest.mark.parametrize("record", replies_to("brief"), ids=name_of)
def test_a_strong_models_claims_make_a_brief_better(record: Record) -> None:
    reply = text_of(record)
    essay = read_essay(ROOT / "seeds" / record.essay)
    means = Means(
        model=ScriptedModel([reply], name="recorded"),
        templates=find_templates(packaged_templates_dir()),
    )
    found = asyncio.run(enrich_essay(essay, means))
    told = found.brief.enriched
    assert told is not None
    assert told.taken / told.claims > 0.7
    assert told.model == "recorded"
    golden = ROOT / "tests" / "golden_briefs" / f"{Path(record.essay).stem}.gold.json"
    gold = json.loads(golden.read_text(encoding="utf-8"))
    spoken = [each for each in gold["dialogue"] if each["kind"] == "spoken" and each["speaker"]]
    before = speakers_right(parse_essay(essay), gold)
    assert before < speakers_right(found.brief, gold) == len(spoken)


@pytest.mark.parametrize("record", replies_to("draft", "draft.bare"), ids=name_of)
def test_a_strong_models_reply_is_published_and_every_element_has_a_source_or_a_mark(
    record: Record,
) -> None:
    reply = text_of(record)
    run = draft(
        ROOT / "seeds" / record.essay,
        options=DraftOptions(template=record.template, revisions=0),
        model=ScriptedModel([reply], name="recorded"),
        templates=find_templates(packaged_templates_dir()),
    )
    figures = run.report.figures
    assert figures["lines_spoken"] >= figures["lines_kept"] >= figures["lines_kept_before"] > 0
    assert figures["elements_unmarked"] == 0
    page = read_fountain(run.draft)
    assert sum(isinstance(element, Heading) for element in page.elements) > 2
    assert "TREATMENT" not in run.draft


@pytest.mark.parametrize("record", REPLIES, ids=name_of)
def test_a_recorded_reply_is_word_for_word_the_one_that_was_kept(record: Record) -> None:
    assert text_of(record).strip()


@pytest.mark.parametrize("record", [each for each in REPLIES if each.way != "brief"], ids=name_of)
def test_a_recorded_draft_is_read_as_a_page(record: Record) -> None:
    elements = read_reply(text_of(record)).screenplay.elements
    assert any(isinstance(element, Heading) for element in elements)
    assert sum(isinstance(element, Dialogue) for element in elements) > 1


def test_no_two_replies_answer_one_request() -> None:
    asked = [each.key for each in REPLIES if each.prompt_hash]
    assert len(asked) == len(set(asked))


def test_no_reply_is_left_out_of_the_list() -> None:
    listed = {each.reply for each in REPLIES} | {"README.md", "replies.json"}
    assert {path.name for path in RECORDED.iterdir()} == listed


def test_a_reply_to_a_template_that_has_changed_is_told_as_stale_and_stays(
    record_property: Callable[[str, object], None],
) -> None:
    stale = [each for each in REPLIES if template_changed(each)]
    record_property("stale", [each.reply for each in stale])
    assert all(staleness(each) == "the template has changed" for each in stale)
    changed = REPLIES[0].model_copy(update={"template_hash": "0" * 64})
    gone = REPLIES[0].model_copy(update={"template": "draft.gone"})
    assert template_changed(changed)
    assert template_changed(gone)
    assert text_of(changed) == text_of(REPLIES[0])
