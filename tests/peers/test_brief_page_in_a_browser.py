"""The page of a brief as a real browser shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chromium import measured

from scriptgen import parse_essay, read_essay
from scriptgen.exports.brief_page import brief_page
from scriptgen.reader import essay_from_text

pytestmark = pytest.mark.peers

SEEDS = Path(__file__).parent.parent.parent / "seeds"
HOSTILE = (
    "Mara <script>alert(1)</script> waits at the </p></main></style> window.\n\n"
    "“<img src=http://127.0.0.1:9/x onerror=alert(2)>,” she says. " + "x" * 400
)


def check(found: dict[str, Any]) -> None:
    assert found.pop("first") == "Skip to the essay"
    assert found.pop("pdf") == "%PDF"
    for name, screen in found.items():
        assert screen["overflow"] == 0, name
        assert screen["requests"] == 1, name
        assert (screen["said"], screen["scripts"]) == ([], 0), name
        assert (screen["dead"], screen["unseen"]) == (0, 0), name
        assert screen["beside"] == name.startswith("desk"), name
    assert found["desk light"]["ground"] != found["desk dark"]["ground"]


@pytest.mark.parametrize("name", ["night_ferry.md", "family_meeting.txt"])
def test_the_page_fits_every_screen_and_fetches_nothing(name: str, tmp_path: Path) -> None:
    essay = read_essay(SEEDS / name)
    check(measured("measure_page.py", brief_page(essay, parse_essay(essay)), tmp_path))


def test_a_hostile_essay_runs_and_fetches_nothing(tmp_path: Path) -> None:
    essay = essay_from_text(HOSTILE)
    check(measured("measure_page.py", brief_page(essay, parse_essay(essay)), tmp_path))
