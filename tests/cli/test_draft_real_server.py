"""``draft`` and ``batch`` against a real server on loopback that answers well, badly or not at all.

Each row says what the server does, how the program ends, how many requests it makes with two
attempts allowed, and whether a draft is published.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from fault_server import Behaviour, FaultServer, body, completion, hang, reply, reset, status

if TYPE_CHECKING:
    from tests.cli.conftest import Program

PAGE = """\
INT. LAMP ROOM - NIGHT

MARA VANCE stands at the window with a lantern. OLD TEODOR stops in the doorway.

TEODOR
You should have told me.

MARA
I did tell you.

Teodor takes off his wet coat and sits down.
"""


class Row(NamedTuple):
    """One fault and its end."""

    behaviours: list[Behaviour]
    exit_code: int
    requests: int
    published: bool


def _document(**changes: object) -> Behaviour:
    return body(json.dumps({**completion(PAGE), **changes}).encode())


ROWS = {
    "a Fountain reply": Row([reply(PAGE)], 0, 1, published=True),
    "429 with Retry-After, then a reply": Row(
        [status(429, headers={"Retry-After": "0.05"}), reply(PAGE)], 0, 2, published=True
    ),
    "429 with Retry-After for ever": Row(
        [status(429, headers={"Retry-After": "0.05"})], 4, 2, published=False
    ),
    "500, then a reply": Row([status(500), reply(PAGE)], 0, 2, published=True),
    "500 for ever": Row([status(500)], 4, 2, published=False),
    "503 for ever": Row([status(503)], 4, 2, published=False),
    "a reset, then a reply": Row([reset(), reply(PAGE)], 0, 2, published=True),
    "a reset for ever": Row([reset()], 4, 2, published=False),
    "a hang past the deadline": Row([hang()], 4, 2, published=False),
    "malformed JSON": Row([body(b'{"choices": [')], 4, 2, published=False),
    "an HTML page with status 200": Row([body(b"<html>busy</html>")], 4, 2, published=False),
    "choices: null": Row([_document(choices=None)], 4, 2, published=False),
    "an empty message": Row([reply("")], 5, 2, published=False),
    "finish_reason: length": Row([reply(PAGE, finish_reason="length")], 5, 1, published=False),
    "a refusal": Row(
        [body(json.dumps(completion(None, refusal="I would rather not.")).encode())],
        5,
        1,
        published=False,
    ),
    "a refused key": Row([status(401)], 4, 1, published=False),
    "an exhausted account": Row(
        [status(429, error_code="insufficient_quota")], 4, 1, published=False
    ),
    "a reply that is no script": Row([reply("Here is a poem.")], 5, 1, published=False),
}

SETTINGS = {
    "SCRIPTGEN_ATTEMPTS": "2",
    "SCRIPTGEN_DEADLINE": "1",
    "SCRIPTGEN_REVISIONS": "0",
    "SCRIPTGEN_MODEL": "loopback-1",
}


@pytest.mark.parametrize("fault", ROWS)
@pytest.mark.parametrize("command", ["draft", "batch"])
def test_each_fault_ends_as_it_should_with_no_request_too_many(
    fault: str, command: str, program: Program, essay: Path
) -> None:
    row = ROWS[fault]
    with FaultServer(row.behaviours) as server:
        result = program(command, essay.name, "--base-url", server.base_url, env=SETTINGS)
    assert "Traceback" not in result.stderr
    assert (result.returncode, len(server.requests)) == (row.exit_code, row.requests), result.stderr
    assert {r.headers.get("x-stainless-retry-count", "0") for r in server.requests} == {"0"}
    draft = program.cwd / "outputs" / "essay.fountain"
    assert draft.exists() is row.published
    if not row.published:
        assert "error" in result.stderr or "failed" in result.stderr


def test_a_paid_reply_is_not_asked_for_again(program: Program, essay: Path) -> None:
    with FaultServer([reply(PAGE)]) as server:
        for _ in range(2):
            result = program("batch", essay.name, "--base-url", server.base_url, env=SETTINGS)
            assert result.returncode == 0, result.stderr
    assert len(server.requests) == 1


def test_a_hostile_folder_is_drafted_as_far_as_it_goes(program: Program, essay: Path) -> None:
    folder = program.cwd / "in"
    folder.mkdir()
    essay.rename(folder / "good.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"a\x00b")
    (folder / "latin.txt").write_bytes("Señal tras señal.".encode("latin-1"))
    result = program("batch", "in")
    assert result.returncode == 1
    assert Path("outputs/good.fountain").name in result.stdout
    for code in ("E_EMPTY", "E_BINARY", "E_DECODE"):
        assert code in result.stderr
    assert "Traceback" not in result.stderr
