"""Our FDX as screenplay-tools reads it.

It knows one run of text a paragraph and no dual dialogue: of a paragraph with emphasis it keeps the
first run, and of two speeches side by side an empty paragraph. ``docs/exports.md`` says so.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fountain_strategies import drafts
from hypothesis import HealthCheck, given, settings

from scriptgen.exports.fdx import in_fdx, write_fdx
from scriptgen.fountain.emphasis import runs
from scriptgen.fountain.forms import printed_extension
from scriptgen.screenplay import Dialogue, Note, PageBreak, Parenthetical, Screenplay

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.peers

READER = Path(__file__).parent / "read_fdx_with_screenplay_tools.py"
KINDS = {"heading": "heading", "transition": "transition"}
MANY = 300


def _read(files: Sequence[Path]) -> list[list[list[str | None]]]:
    named = os.environ.get("SCRIPTGEN_PEERS")
    if not named:
        pytest.fail("SCRIPTGEN_PEERS is not set: name a folder with venv/")
    done = subprocess.run(
        [f"{named}/venv/bin/python", str(READER), *map(str, files)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": ""},
        timeout=300,
        check=False,
    )
    if done.returncode:
        pytest.fail(done.stderr.decode()[-500:])
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def _first(text: str) -> str:
    """What is before the first change of look."""
    return next((piece for piece, _ in runs(text)), "")


def _meant(screenplay: Screenplay) -> list[list[str | None]]:
    found: list[list[str | None]] = []
    for element in in_fdx(screenplay).elements:
        if isinstance(element, Note | PageBreak):
            continue
        if not isinstance(element, Dialogue):
            found.append([KINDS.get(element.type, "action"), _first(element.text)])
            continue
        if element.dual:
            while found.pop()[0] != "character":
                pass
            found.append(["action", ""])
            continue
        extension = printed_extension(element.extension) if element.extension else None
        found.append(["character", _first(element.cue), extension and _first(extension)])
        for part in element.parts:
            first = _first(part.text)
            if not isinstance(part, Parenthetical):
                found.append(["dialogue", first])
            elif len(runs(part.text)) == 1:
                found.append(["parenthetical", first])
            else:
                found.append(["parenthetical", f"({first}".strip()])
    return found


def test_every_element_is_kept(tmp_path: Path) -> None:
    made: list[Screenplay] = []

    @settings(
        max_examples=MANY, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(drafts())
    def make(draft: Screenplay) -> None:
        made.append(draft)

    make()
    files = []
    for number, draft in enumerate(made):
        files.append(tmp_path / f"{number}.fdx")
        files[-1].write_text(write_fdx(draft, trace=True), encoding="utf-8")
    for draft, read in zip(made, _read(files), strict=True):
        assert read == _meant(draft)
