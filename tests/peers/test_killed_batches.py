"""A batch that is killed again and again while its server fails one request in five.

It needs no other program, but as long as those that do, and so runs beside them.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from model_server import PAGE, ModelServer, Request

from scriptgen.errors import ScriptgenError
from scriptgen.ledger import Ledger, State
from scriptgen.llm import read_body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.peers

ESSAYS, AT_ONCE, KILLS = 300, 32, 6
SEED = 20_261_121
GUARD = 240.0
ESSAY = (
    "The kitchen is dark when Mara comes in. She sets the cup down and waits. A bell rings"
    " {number} times. “You said it twice,” she says to the door. What are we to make of it?\n"
)
_RINGS = re.compile(rb"rings (\d+) times")


class Bells(ModelServer):
    """Answers with the number of the essay; ``paid`` counts good replies by that number."""

    def __init__(self) -> None:
        super().__init__(faults=SEED, latency=0.02)
        self.asked: Counter[int] = Counter()
        self.paid: Counter[int] = Counter()
        self.reached = Event()
        self.target = 0

    def outcome(self, request: Request) -> str:
        self.asked[_number(request.body)] += 1
        return super().outcome(request)

    def page(self, request: Request) -> str:
        number = _number(request.body)
        self.paid[number] += 1
        if self.paid.total() >= self.target:
            self.reached.set()
        return f"{PAGE}The bell rings {number} times.\n"

    def wait_for(self, more: int) -> None:
        """Block until so many more replies have been paid for."""
        self.target = self.paid.total() + more
        self.reached.clear()
        assert self.reached.wait(GUARD), "the batch does not come on"


def _number(text: bytes) -> int:
    found = _RINGS.search(text)
    assert found
    return int(found[1])


@pytest.fixture
def server() -> Iterator[Bells]:
    """The server, in a thread with a loop of its own."""
    bells, ready, stop = Bells(), Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with bells:
            ready.set()
            await stop.wait()

    thread = Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(GUARD)
    yield bells
    loop.call_soon_threadsafe(stop.set)
    thread.join(GUARD)
    loop.close()


def _batch(folder: Path, server: Bells) -> subprocess.Popen[bytes]:
    own = {"SCRIPTGEN_REVISIONS": "0", "SCRIPTGEN_ATTEMPTS": "8"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SCRIPTGEN_", "OPENAI_"))}
    options = ["--model", "loopback-1", "--base-url", server.base_url, "-j", str(AT_ONCE)]
    return subprocess.Popen(
        [sys.executable, "-m", "scriptgen", "batch", "essays", "-o", "outputs", *options],
        cwd=folder,
        env={**kept, **own, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _stored(ledger: Path) -> set[int]:
    """The essays to which a usable reply is on record."""
    found = set()
    with Ledger.open(ledger) as opened:
        rows = opened._all("SELECT status, body FROM replies")
    for row in rows:
        try:
            found.add(_number(read_body(row["status"], row["body"]).text.encode()))
        except ScriptgenError:
            continue
    return found


def test_nothing_that_is_stored_is_paid_for_again_however_often_a_batch_is_killed(
    server: Bells, tmp_path: Path
) -> None:
    (tmp_path / "essays").mkdir()
    for number in range(ESSAYS):
        essay = tmp_path / "essays" / f"e{number:03}.txt"
        essay.write_text(ESSAY.format(number=number), encoding="utf-8")
    ledger = tmp_path / "outputs" / ".scriptgen" / "ledger.sqlite3"
    random = Random(SEED)  # noqa: S311 - moments
    asked: dict[int, int] = {}
    for _ in range(KILLS):
        batch = _batch(tmp_path, server)
        server.wait_for(random.randint(1, ESSAYS // (KILLS + 2)))
        batch.kill()
        batch.communicate(timeout=GUARD)
        assert asked == {number: server.asked[number] for number in asked}
        asked = {number: server.asked[number] for number in _stored(ledger)}
    _, said = _batch(tmp_path, server).communicate(timeout=GUARD)
    assert asked == {number: server.asked[number] for number in asked}
    assert b" 0 failed" in said, said[-2_000:]
    assert set(server.paid) == _stored(ledger) == set(range(ESSAYS))
    assert server.paid.total() - ESSAYS <= KILLS * AT_ONCE
    _check_drafts(tmp_path / "outputs", ledger)


def _check_drafts(outputs: Path, ledger: Path) -> None:
    """Every essay has its draft, whole and as it is on record, and nothing else lies about."""
    drafts = sorted(path for path in outputs.iterdir() if path.name != ".scriptgen")
    assert [path.name for path in drafts] == [f"e{n:03}.fountain" for n in range(ESSAYS)]
    with Ledger.open(ledger) as opened:
        assert opened.counts() == {State.DONE: ESSAYS}
        written = {run.essay_source: run.draft_sha256 for run in opened.runs()}
    for path in drafts:
        text = path.read_bytes()
        assert sha256(text).hexdigest() == written[f"essays/{path.stem}.txt"]
        assert _number(text) == int(path.stem[1:])
