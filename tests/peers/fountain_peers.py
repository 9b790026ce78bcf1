"""Five independent Fountain parsers, and what a page of ours means in their terms.

``SCRIPTGEN_PEERS`` names a folder with ``venv/`` (screenplain, fountain-py, screenplay-tools from
PyPI) and ``node_modules/`` (fountain-js and aw-parser from npm).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from itertools import groupby
from pathlib import Path

import pytest

from scriptgen.fountain import printable
from scriptgen.fountain.emphasis import plain
from scriptgen.fountain.forms import printed_extension
from scriptgen.screenplay import (
    Dialogue,
    Heading,
    PageBreak,
    Parenthetical,
    Screenplay,
    Section,
    Speech,
)

HERE = Path(__file__).parent
UNPRINTED = {"note", "synopsis"}
READERS = {
    "screenplain": ("venv/bin/python", "read_with_screenplain.py"),
    "fountain-py": ("venv/bin/python", "read_with_fountain_py.py"),
    "screenplay-tools": ("venv/bin/python", "read_with_screenplay_tools.py"),
    "fountain-js": ("node", "read_with_fountain_js.cjs"),
    "aw-parser": ("node", "read_with_aw_parser.cjs"),
}
_MERGED = {"action", "speech", "centered", "lyrics"}
_CONTINUED = re.compile(r"\s*\(CONT'D\)")

Element = list[object]


def read_with(reader: str, pages: list[Path]) -> list[list[Element]]:
    """What a reader finds in each page."""
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
    return [_seen(json.loads(line)) for line in done.stdout.decode("utf-8").splitlines()]


def _seen(found: list[Element] | dict[str, list[Element]]) -> list[Element]:
    """The elements as they are seen: some readers leave the marks of emphasis to others."""
    if isinstance(found, list):
        return found
    return [
        [kind, _plain_lines(str(more[0])), *more[1:]] if more else [kind]
        for kind, *more in found["raw"]
    ]


def _plain_lines(text: str) -> str:
    return "\n".join(map(plain, text.split("\n")))


def meant(screenplay: Screenplay) -> list[Element]:
    """The elements that a page says, as a reader would print them."""
    found: list[Element] = []
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
            found.append([element.type, _plain_lines(element.text)])
    return found


def _printed(part: Speech | Parenthetical) -> str:
    text = _plain_lines(part.text)
    return f"({text})" if isinstance(part, Parenthetical) else text


def compared(elements: list[Element]) -> list[Element]:
    """Elements that are printed, lines of one kind in a row as one, blanks left out.

    ``(CONT'D)`` is left out too: screenplay-tools drops it.
    """
    printed = [
        element
        for element in elements
        if element[0] not in UNPRINTED and not (element[0] in _MERGED and not element[1])
    ]
    found: list[Element] = []
    for kind, run in groupby(printed, key=lambda element: element[0]):
        if kind in _MERGED:
            lines = [line.strip() for element in run for line in str(element[1]).split("\n")]
            found.append([kind, "\n".join(line for line in lines if line)])
        elif kind == "cue":
            found += [[kind, _CONTINUED.sub("", str(cue)), dual] for _, cue, dual in run]
        else:
            found += run
    return found


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
