"""Replies of a strong model to the rendered prompts, read and checked as a server's are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scriptgen import draft, read_fountain
from scriptgen.catalog import find_templates, packaged_templates_dir
from scriptgen.drafting import DraftOptions
from scriptgen.llm.scripted import ScriptedModel
from scriptgen.report import Severity
from scriptgen.screenplay import Heading

ROOT = Path(__file__).parent.parent.parent
RECORDED = ROOT / "tests" / "recorded"
REPLIES = json.loads((RECORDED / "replies.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("record", REPLIES, ids=lambda record: record["reply"])
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
