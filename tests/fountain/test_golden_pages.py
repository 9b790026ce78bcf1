"""Pages paired by file name: `golden/x.json` is what is meant, `golden/x.fountain` its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from scriptgen.fountain import printable, read_fountain, write_fountain
from scriptgen.screenplay import Screenplay

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_screenplay_is_written_as_its_golden_page(name: str) -> None:
    meant = Screenplay.model_validate_json((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    page = (GOLDEN / f"{name}.fountain").read_text(encoding="utf-8")
    assert write_fountain(meant, trace=True) == page
    assert read_fountain(page) == printable(meant)


def test_every_golden_page_has_its_screenplay() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.fountain")) == NAMES
    assert len(NAMES) > 10
