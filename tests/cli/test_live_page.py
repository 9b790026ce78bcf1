"""``draft`` on a real terminal shows the page as a model writes it; what is published is whole."""

from __future__ import annotations

import asyncio
import re
import threading
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from fault_server import FaultServer, reply, status
from streams import events, sent
from terminals import Terminal

from scriptgen.cli import printing
from scriptgen.cli.columns import columns
from scriptgen.cli.live_page import LivePage, Watched
from scriptgen.ledger import Ledger
from scriptgen.llm import ScriptedModel
from scriptgen.prompt import JsonSchema, Prompt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.cli.conftest import Program

TREATMENT = """\
/*
TREATMENT

Mara keeps the letter. The scene turns when she puts the lantern on the table.
*/

"""
PAGE = """\
INT. LAMP ROOM - NIGHT

MARA VANCE stands at the window with a lantern. OLD TEODOR stops in the doorway.

TEODOR
You should have told me.

MARA
I did tell you.

Teodor takes off his wet coat and sits down.
"""
LANTERN = PAGE.index("lantern")
NO_REVISION = {"SCRIPTGEN_REVISIONS": "0"}


def pieces(text: str, size: int = 7) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


@contextmanager
def drafting(
    program: Program,
    server: FaultServer,
    *args: str,
    columns: int = 80,
    piped: bool = True,
    controlling: bool = True,
    env: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Terminal]:
    """``draft essay.txt`` with a model at ``server``, on a terminal."""
    command = program.command(
        "draft", "essay.txt", "--model", "loopback-1", "--base-url", server.base_url, *args
    )
    own = {name: value for name, value in program.env.items() if name != "COLUMNS"}
    with Terminal(
        command,
        cwd=program.cwd,
        env={**own, **NO_REVISION, **env},
        columns=columns,
        piped=piped,
        controlling=controlling,
    ) as terminal:
        yield terminal


def test_the_page_is_shown_while_it_is_written_and_published_once_it_is_whole(
    program: Program, essay: Path
) -> None:
    go = threading.Event()
    first, rest = events(pieces(TREATMENT + PAGE))[:30], events(pieces(TREATMENT + PAGE))[30:]
    draft = essay.parent / "outputs" / "essay.fountain"
    with (
        FaultServer([sent([*first, go, *rest])]) as server,
        drafting(program, server) as terminal,
    ):
        terminal.wait_for("INT. LAMP ROOM - NIGHT")
        assert not draft.exists()
        go.set()
        code, out = terminal.end()
    assert (code, out) == (0, b"outputs/essay.fountain\n")
    assert " ".join(PAGE.split()) in " ".join(terminal.plain.split())
    assert terminal.plain.startswith("-- loopback-1 writes --\n")
    assert "coat and sits down.\n-- end --\nessay.txt: written," in terminal.plain
    assert "I did tell you." in draft.read_text()
    assert len(server.requests) == 1


def test_into_a_pipe_goes_the_draft_alone_though_the_page_is_shown(
    program: Program, essay: Path
) -> None:
    assert essay.exists()
    with (
        FaultServer([sent(events(pieces(TREATMENT + PAGE)))]) as server,
        drafting(program, server, "-o", "-") as terminal,
    ):
        code, out = terminal.end()
    assert code == 0
    assert out.startswith(b"Title: ")
    assert b"TREATMENT" not in out
    assert b"--" not in out
    assert "TREATMENT" in terminal.plain


def test_with_both_streams_on_the_terminal_the_product_begins_a_line(
    program: Program, essay: Path
) -> None:
    assert essay.exists()
    with (
        FaultServer([sent(events(pieces(PAGE)))]) as server,
        drafting(program, server, piped=False) as terminal,
    ):
        code, _ = terminal.end()
    assert code == 0
    assert "\n-- end --\noutputs/essay.fountain\nessay.txt: written," in terminal.plain


def test_the_treatment_is_set_apart_and_dimmed_where_the_terminal_can(
    program: Program, essay: Path
) -> None:
    assert essay.exists()
    with (
        FaultServer([sent(events(pieces(TREATMENT + PAGE)))]) as server,
        drafting(program, server) as terminal,
    ):
        terminal.end()
    assert "\n| /*\n| TREATMENT\n|\n| Mara keeps the letter." in terminal.plain
    assert re.search(r"\x1b\[2m[^\x1b]*TREATMENT[^\x1b]*\x1b\[0m", terminal.shown)
    assert re.search(r"\x1b\[0m[^\x1b]*INT. LAMP ROOM", terminal.shown)
    assert terminal.shown.count("\x1b[2m") == terminal.shown.count("\x1b[0m")


@pytest.mark.parametrize("name", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_nothing_but_text_is_shown(
    name: dict[str, str], program: Program, essay: Path
) -> None:
    assert essay.exists()
    with (
        FaultServer([sent(events(pieces(TREATMENT + PAGE)))]) as server,
        drafting(program, server, env=name) as terminal,
    ):
        assert terminal.end()[0] == 0
    assert "\x1b" not in terminal.shown
    assert "| TREATMENT" in terminal.shown
    assert "INT. LAMP ROOM - NIGHT" in terminal.shown


QUIET: dict[str, tuple[list[str], dict[str, str]]] = {
    "--json": (["--json"], {}),
    "several essays": (["other.txt"], {}),
    "--no-live": (["--no-live"], {}),
    "the setting": ([], {"SCRIPTGEN_LIVE": "0"}),
}


@pytest.mark.parametrize("name", QUIET)
def test_nothing_is_shown_or_streamed_where_nobody_would_look(
    name: str, program: Program, essay: Path
) -> None:
    args, env = QUIET[name]
    (essay.parent / "other.txt").write_text(essay.read_text() + "\nTeodor nods.\n")
    with (
        FaultServer([reply(PAGE)]) as server,
        drafting(program, server, *args, env=env) as terminal,
    ):
        code, _ = terminal.end()
    assert code == 0
    assert "LAMP ROOM" not in terminal.plain
    assert "--" not in terminal.plain
    assert not any("stream" in request.json() for request in server.requests)


def test_nothing_is_streamed_where_standard_error_is_no_terminal(
    program: Program, essay: Path
) -> None:
    with FaultServer([reply(PAGE)]) as server:
        done = program("draft", essay.name, "--model", "m", "--base-url", server.base_url)
    assert done.returncode == 0
    assert "LAMP ROOM" not in done.stderr
    assert "stream" not in server.requests[0].json()


def test_a_reply_that_broke_off_is_seen_to_begin_anew(program: Program, essay: Path) -> None:
    broken = sent([*events(pieces(PAGE))[:8], 0.2], then="break")
    with (
        FaultServer([broken, sent(events(pieces(PAGE)))]) as server,
        drafting(program, server) as terminal,
    ):
        code, _ = terminal.end()
    assert code == 0
    before, mark, after = terminal.plain.partition("\n-- broken off; anew from the beginning --\n")
    assert mark
    assert "INT. LAMP ROOM" in before
    assert "sits down." not in before
    assert after.startswith("INT. LAMP ROOM - NIGHT\n\nMARA VANCE")
    assert "sits down." in (essay.parent / "outputs" / "essay.fountain").read_text()


def test_a_request_that_failed_before_it_said_anything_is_not_mentioned(
    program: Program, essay: Path
) -> None:
    assert essay.exists()
    late = status(429, headers={"Retry-After": "0.01"})
    with (
        FaultServer([late, sent(events(pieces(PAGE)))]) as server,
        drafting(program, server) as terminal,
    ):
        assert terminal.end()[0] == 0
    assert terminal.plain.startswith("-- loopback-1 writes --\nINT. LAMP ROOM")


def test_a_revision_is_seen_to_be_one(program: Program, essay: Path) -> None:
    assert essay.exists()
    worse = PAGE.replace("INT. LAMP ROOM - NIGHT\n\n", "").replace("I did tell you.", "No.")
    with (
        FaultServer([sent(events(pieces(worse))), sent(events(pieces(PAGE)))]) as server,
        drafting(program, server, env={"SCRIPTGEN_REVISIONS": "1"}) as terminal,
    ):
        assert terminal.end()[0] == 0
    assert len(server.requests) == 2
    first, _, second = terminal.plain.partition("\n-- end --\n-- loopback-1 revises the page --\n")
    assert "No." in first
    assert second.startswith("INT. LAMP ROOM - NIGHT\n")


def test_nothing_a_terminal_would_obey_gets_through(program: Program, essay: Path) -> None:
    assert essay.exists()
    mean = "\x1b[2J\x1b]0;title\x07\r\x08\x9b31m\u202eA.\x00\x7f " + PAGE
    one_by_one = events(pieces(mean, 1))
    with FaultServer([sent(one_by_one)]) as server, drafting(program, server) as terminal:
        terminal.end()
    page = terminal.shown.partition("-- end --")[0]
    looks = re.findall(r"\x1b[^m]*m", page)
    assert set(looks) <= {"\x1b[2m", "\x1b[0m"}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", terminal.plain)
    assert "[2J]0;title31mA. INT. LAMP ROOM" in terminal.plain


CHINESE = (
    "INT. 灯室 - 夜\n\n" + "玛拉站在窗前,手里提着一盏灯。铁楼梯在缓慢的脚步下响着。" * 3 + "\n"
)


def test_no_line_of_a_page_is_wider_than_the_terminal(program: Program, essay: Path) -> None:
    assert essay.exists()
    with (
        FaultServer([sent(events(pieces(TREATMENT + PAGE + CHINESE, 3)))]) as server,
        drafting(program, server, columns=40) as terminal,
    ):
        terminal.end()
    shown = terminal.plain.partition("-- end --")[0].splitlines()
    assert max(map(columns, shown)) <= 39
    assert any(columns(line) > 30 for line in shown)
    assert not any(line.startswith(("。", ",")) for line in shown)


def test_ctrl_c_lets_the_reply_end_and_the_next_run_asks_nobody(
    program: Program, essay: Path
) -> None:
    go = threading.Event()
    parts = events(pieces(PAGE))
    with FaultServer([sent([*parts[:8], go, *parts[8:]])]) as server:
        with drafting(program, server) as terminal:
            terminal.wait_for("MARA VANCE")
            terminal.type("\x03")
            terminal.wait_for("\nstopping; replies under way get 30 seconds")
            go.set()
            code, out = terminal.end()
        assert (code, out) == (130, b"")
        assert "sits down." in terminal.plain
        assert terminal.plain.endswith("\ninterrupted; finished work is kept\n")
        assert not (essay.parent / "outputs" / "essay.fountain").exists()
        with drafting(program, server) as terminal:
            assert terminal.end() == (0, b"outputs/essay.fountain\n")
        assert "LAMP ROOM" not in terminal.plain
    assert len(server.requests) == 1


def test_a_second_ctrl_c_breaks_off_with_a_clean_terminal_and_keeps_what_came(
    program: Program, essay: Path
) -> None:
    outputs = essay.parent / "outputs"
    parts = events(pieces(TREATMENT + PAGE))
    behaviours = [sent(parts[:10], then="hang"), sent(parts)]
    with FaultServer(behaviours) as server:
        with drafting(program, server) as terminal:
            terminal.wait_for("Mara keeps")
            terminal.type("\x03")
            terminal.wait_for("stopping;")
            terminal.type("\x03")
            code, out = terminal.end()
        assert (code, out) == (130, b"")
        assert terminal.plain.endswith("\ninterrupted; finished work is kept\n")
        assert terminal.shown.count("\x1b[2m") == terminal.shown.count("\x1b[0m")
        assert [path.name for path in outputs.iterdir()] == [".scriptgen"]
        with Ledger.open(outputs / ".scriptgen" / "ledger.sqlite3") as ledger:
            assert ledger.spent().replies == 1
            assert next(ledger.runs(), None) is None
        with drafting(program, server) as terminal:
            assert terminal.end() == (0, b"outputs/essay.fountain\n")
    assert len(server.requests) == 2


def test_a_terminal_that_is_taken_away_changes_nothing_for_the_draft(
    program: Program, essay: Path
) -> None:
    go = threading.Event()
    parts = events(pieces(PAGE))
    with (
        FaultServer([sent([*parts[:8], go, *parts[8:]])]) as server,
        drafting(program, server, controlling=False) as terminal,
    ):
        terminal.wait_for("MARA VANCE")
        terminal.hang_up()
        go.set()
        assert terminal.end() == (0, b"outputs/essay.fountain\n")
    assert "sits down." in (essay.parent / "outputs" / "essay.fountain").read_text()


def test_a_terminal_that_stands_still_does_not_hold_up_the_draft(
    program: Program, essay: Path
) -> None:
    assert essay.exists()
    long = TREATMENT.replace("Mara keeps", "So it is. " * 4_000 + "Mara keeps") + PAGE
    with (
        FaultServer([sent(events(pieces(long, 500)))]) as server,
        drafting(program, server) as terminal,
    ):
        assert terminal.process.stdout is not None
        # Nobody has read a word of the terminal when the path is told.
        assert terminal.process.stdout.readline() == b"outputs/essay.fountain\n"
        assert terminal.shown == ""
        assert terminal.end()[0] == 0
    assert len(re.findall(r"So\s(?:\| )?it\s(?:\| )?is\.", terminal.plain)) == 4_000
    assert "\n-- end --\n" in terminal.plain


def test_a_page_that_ends_without_its_end_mark_is_shown_and_not_published(
    program: Program, essay: Path
) -> None:
    with (
        FaultServer([sent(events(pieces(PAGE))[:-1])]) as server,
        drafting(program, server) as terminal,
    ):
        code, out = terminal.end()
    assert (code, out) == (5, b"")
    assert "sits down.\nerror: " in terminal.plain
    assert "[E_TRUNCATED]\nhint: ask again, with --no-live" in terminal.plain
    assert not (essay.parent / "outputs" / "essay.fountain").exists()
    assert len(server.requests) == 1


def test_a_call_for_claims_is_named_and_its_json_is_not_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printing.prepare()
    prompt = Prompt(messages=(), template="brief", template_hash="0" * 64)
    claims = prompt.model_copy(update={"json_schema": JsonSchema(name="claims", text="{}")})
    page = LivePage("scripted")
    model = Watched(ScriptedModel(['{"a": 1}', PAGE], tap=page), page, "revise")
    for each in (claims, prompt):
        asyncio.run(model.reply(each))
    assert capsys.readouterr().err == "-- scripted reads the essay --\n-- scripted writes --\n"


def test_a_server_that_does_not_stream_writes_all_the_same(program: Program, essay: Path) -> None:
    with FaultServer([reply(PAGE)]) as server, drafting(program, server) as terminal:
        assert terminal.end() == (0, b"outputs/essay.fountain\n")
    assert terminal.plain.startswith("-- loopback-1 writes --\nessay.txt: written,")
    assert essay.exists()
