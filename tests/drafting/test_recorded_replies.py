"""Replies of a strong model to the rendered prompts, read and checked as a server's are."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scriptgen import draft, read_fountain
from scriptgen.catalog import find_templates, packaged_templates_dir
from scriptgen.drafting import DraftOptions, Means, enrich_essay, parse_essay
from scriptgen.llm.scripted import ScriptedModel
from scriptgen.reader import read_essay
from scriptgen.report import Severity
from scriptgen.screenplay import Heading

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief

ROOT = Path(__file__).parent.parent.parent
RECORDED = ROOT / "tests" / "recorded"
REPLIES = json.loads((RECORDED / "replies.json").read_text(encoding="utf-8"))


def replies_to(template: str) -> list[dict[str, str]]:
    return [record for record in REPLIES if record["template"] == template]


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


@pytest.mark.parametrize("record", replies_to("brief"), ids=lambda record: record["reply"])
def test_a_strong_models_claims_make_a_brief_better(record: dict[str, str]) -> None:
    reply = (RECORDED / record["reply"]).read_text(encoding="utf-8")
    essay = read_essay(ROOT / "seeds" / record["essay"])
    means = Means(
        model=ScriptedModel([reply], name="recorded"),
        templates=find_templates(packaged_templates_dir()),
    )
    found = asyncio.run(enrich_essay(essay, means))
    told = found.brief.enriched
    assert told is not None
    assert told.taken / told.claims > 0.7
    assert told.model == "recorded"
    golden = ROOT / "tests" / "golden_briefs" / f"{Path(record['essay']).stem}.gold.json"
    gold = json.loads(golden.read_text(encoding="utf-8"))
    spoken = [each for each in gold["dialogue"] if each["kind"] == "spoken" and each["speaker"]]
    before = speakers_right(parse_essay(essay), gold)
    assert before < speakers_right(found.brief, gold) == len(spoken)


@pytest.mark.parametrize("record", replies_to("draft"), ids=lambda record: record["reply"])
def test_a_strong_models_reply_is_published_with_every_line_kept(record: dict[str, str]) -> None:
    reply = (RECORDED / record["reply"]).read_text(encoding="utf-8")
    run = draft(
        ROOT / "seeds" / record["essay"],
        options=DraftOptions(template=record["template"], revisions=0),
        model=ScriptedModel([reply], name="recorded"),
        templates=find_templates(packaged_templates_dir()),
    )
    figures = run.report.figures
    assert figures["lines_kept"] == figures["lines_spoken"] > 0
    assert run.report.worst() in (None, Severity.INFO, Severity.WARNING)
    page = read_fountain(run.draft)
    assert sum(isinstance(element, Heading) for element in page.elements) > 2
    assert "TREATMENT" not in run.draft
