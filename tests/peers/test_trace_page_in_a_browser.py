"""The page of a trace as a real browser shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chromium import measured

from scriptgen import check as checked
from scriptgen import draft, read_essay, read_fountain
from scriptgen.drafting import trace_draft
from scriptgen.exports.trace_page import trace_page
from scriptgen.reader import essay_from_text

pytestmark = pytest.mark.peers

SEEDS = Path(__file__).parent.parent.parent / "seeds"
HOSTILE = (
    "Mara <script>alert(1)</script> waits at the </p></main></style> window.\n\n"
    "“<img src=http://127.0.0.1:9/x onerror=alert(2)>,” she says. " + "x" * 400
)


def page_of(essay_text: str | None, page: str, name: str = "night_ferry.md") -> str:
    essay = read_essay(SEEDS / name) if essay_text is None else essay_from_text(essay_text)
    found = trace_draft(read_fountain(page), essay)
    return trace_page(
        found.essay,
        found.brief,
        found.screenplay,
        found.trace,
        found.spans,
        report=checked(found.screenplay, found.brief, essay=found.essay, trace=found.trace),
        draft="draft.fountain",
    )


def check(found: dict[str, Any]) -> None:
    assert found.pop("pdf") == "%PDF"
    looks = [found.pop(name) for name in list(found) if name.endswith("looks")]
    for name, screen in found.items():
        assert screen["overflow"] == 0, name
        assert screen["requests"] == 1, name
        assert (screen["said"], screen["scripts"], screen["dead"]) == ([], 0, 0), name
        assert screen["beside"] == name.startswith("desk"), name
    assert found["desk light"]["ground"] != found["desk dark"]["ground"]
    for look in looks:
        assert look["nothing"] == {"essay": 0, "page": 0}
        for how in ("pointed", "focused", "led to"):
            assert look[how]["essay"] >= 1, how
            assert look[how]["page"] >= 1, how
        assert look["source seen"]


def test_the_page_fits_every_screen_and_each_side_marks_the_other(tmp_path: Path) -> None:
    text = draft(SEEDS / "night_ferry.md").draft + "\nA parrot recites the tide tables.\n"
    found = measured("measure_trace.py", page_of(None, text), tmp_path)
    assert {"phone looks", "desk looks"} <= found.keys()
    check(found)


def test_a_hostile_essay_and_a_hostile_page_run_and_fetch_nothing(tmp_path: Path) -> None:
    page = f"INT. <script>alert(3)</script> - NIGHT\n\n{HOSTILE}\n\nMARA\n{HOSTILE}\n"
    check(measured("measure_trace.py", page_of(HOSTILE, page), tmp_path))
