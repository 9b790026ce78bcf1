"""A ledger in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scriptgen.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3") as opened:
        yield opened
