# ruff: noqa: RUF001 - pages hold look-alike characters
"""Our pages as independent Fountain parsers read them.

``SCRIPTGEN_PEERS`` names a folder with ``venv/`` (screenplain and fountain-py from PyPI) and
``node_modules/`` (fountain-js from npm).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import groupby
from pathlib import Path

import pytest

from scriptgen.fountain import printable, write_fountain
from scriptgen.fountain.emphasis import plain
from scriptgen.fountain.forms import printed_extension
from scriptgen.screenplay import (
    Action,
    Centered,
    Dialogue,
    Heading,
    Note,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
    TitleField,
    Transition,
)

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "fountain" / "golden"
UNPRINTED = {"note", "synopsis"}
READERS = {
    "screenplain": ("venv/bin/python", "read_with_screenplain.py"),
    "fountain-py": ("venv/bin/python", "read_with_fountain_py.py"),
    "fountain-js": ("node", "read_with_fountain_js.cjs"),
}
MISREAD = {
    ("screenplain", "emphasis"),  # shows the backslash of an escaped underscore
    ("screenplain", "song"),  # has no lyrics
    ("fountain-py", "cues_that_need_a_mark"),  # wants a letter in a cue, forced or not
}
"""What no form of the page avoids; ``docs/fountain.md`` has the list."""


def _said(cue: str, *words: str, extension: str | None = None, dual: bool = False) -> Dialogue:
    return Dialogue(
        cue=cue, extension=extension, parts=tuple(Speech(text=text) for text in words), dual=dual
    )


DRAFT = Screenplay(
    title_page=(
        TitleField(key="Title", lines=("The Cup: a Life",)),
        TitleField(key="Author", lines=("A. Writer", "李伟")),
        TitleField(key="Notes", lines=("Written offline: no model.",)),
    ),
    elements=(
        Heading(text="INT. KITCHEN - NIGHT", number="1", sources=("b01",)),
        Action(text="MIA (30) enters.\nShe sets the cup down, slowly.", sources=("b02",)),
        _said("MIA", "I never said that.", "It is 3:30, isn't it?"),
        _said("DR. O'NEIL", "“Never” is a long time…", extension="V.O."),
        _said("JEAN-LUC", "NO.", dual=True),
        Note(text="He speaks; the words are not heard."),
        Action(text="A phone BUZZES.", invented=True),
        Dialogue(
            cue="ÉLODIE",
            parts=(
                Speech(text="¿Quién es?"),
                Parenthetical(text="sin mirarla"),
                Speech(text="...nadie."),
                Parenthetical(text="se va"),
            ),
        ),
        Action(text="She goes; the note says **RUN**."),
        Transition(text="CUT TO:"),
        Heading(text="EXT. 咖啡馆 - 日"),
        Action(text="李伟推开门，雨声涌进来。\n她没有回答——只是看着窗外……"),
        _said("李伟", "你好。", extension="画外音"),
        _said("GUARD 2", "1984"),
        PageBreak(),
        Section(text="Act Two"),
        Centered(text="THE END"),
        Transition(text="FADE OUT."),
    ),
)


def _peers() -> Path:
    """The folder of the other parsers; a missing one is a failure."""
    named = os.environ.get("SCRIPTGEN_PEERS")
    if not named:
        pytest.fail("SCRIPTGEN_PEERS is not set: name a folder with venv/ and node_modules/")
    folder = Path(named)
    wanted = (folder / "venv/bin/python", folder / "node_modules/fountain-js")
    missing = [str(path) for path in wanted if not path.exists()]
    if missing or shutil.which("node") is None:
        pytest.fail(f"the other parsers are not installed: {', '.join(missing) or 'node'}")
    return folder


def _read(reader: str, pages: list[Path]) -> list[list[list[object]]]:
    peers = _peers()
    program, script = READERS[reader]
    command = program if program == "node" else str(peers / program)
    environment = {**os.environ, "NODE_PATH": str(peers / "node_modules"), "PYTHONPATH": ""}
    done = subprocess.run(
        [command, str(HERE / script), *map(str, pages)],
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{reader}: {done.stderr.decode()[-500:]}")
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def _meant(screenplay: Screenplay) -> list[list[object]]:
    found: list[list[object]] = []
    for element in printable(screenplay).elements:
        if isinstance(element, Dialogue):
            cue = plain(element.cue)
            if element.extension:
                cue += f" ({printed_extension(plain(element.extension))})"
            found.append(["cue", cue, element.dual])
            found += [[part.type, _printed(part)] for part in element.parts]
        elif isinstance(element, Heading):
            found.append(["heading", plain(element.text), element.number])
        elif isinstance(element, Section):
            found.append(["section", plain(element.text), element.level])
        elif isinstance(element, PageBreak):
            found.append(["page_break"])
        else:
            found.append([element.type, "\n".join(map(plain, element.text.split("\n")))])
    return found


def _printed(part: Speech | Parenthetical) -> str:
    text = "\n".join(map(plain, part.text.split("\n")))
    return f"({text})" if isinstance(part, Parenthetical) else text


def _compared(elements: list[list[object]]) -> list[list[object]]:
    """Elements that are printed, lines of one kind in a row as one, blanks at ends left out."""
    printed = [element for element in elements if element[0] not in UNPRINTED]
    found: list[list[object]] = []
    for kind, run in groupby(printed, key=lambda element: element[0]):
        if kind in ("action", "speech", "centered", "lyrics"):
            lines = [line.strip() for element in run for line in str(element[1]).split("\n")]
            found.append([kind, "\n".join(lines)])
        else:
            found += run
    return found


@pytest.mark.parametrize("reader", READERS)
def test_a_draft_is_read_as_it_is_meant(reader: str, tmp_path: Path) -> None:
    page = tmp_path / "draft.fountain"
    for trace in (False, True):
        page.write_text(write_fountain(DRAFT, trace=trace), encoding="utf-8")
        assert _compared(_read(reader, [page])[0]) == _compared(_meant(DRAFT))


@pytest.mark.parametrize("reader", READERS)
def test_golden_pages_are_read_as_they_are_meant(reader: str) -> None:
    pages = sorted(GOLDEN.glob("*.fountain"))
    readings = _read(reader, pages)
    misread = set()
    for page, reading in zip(pages, readings, strict=True):
        meant = Screenplay.model_validate_json(page.with_suffix(".json").read_text("utf-8"))
        if _compared(reading) != _compared(_meant(meant)):
            misread.add((reader, page.stem))
    assert misread == {pair for pair in MISREAD if pair[0] == reader}
