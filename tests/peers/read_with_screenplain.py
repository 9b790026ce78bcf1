"""Print what screenplain reads in the Fountain files named: a JSON list of elements a line.

Runs in the environment that screenplain is installed in. It drops notes and synopses.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def main(paths: list[str]) -> None:
    fountain = import_module("screenplain.parsers.fountain")
    for path in paths:
        with Path(path).open(encoding="utf-8") as file:
            paragraphs = list(fountain.parse(file))
        elements = [element for paragraph in paragraphs for element in read(paragraph)]
        sys.stdout.write(json.dumps(elements) + "\n")


def seen(rich: Any) -> str:
    return "".join(segment.text for segment in rich.segments)


def read(paragraph: Any) -> list[list[Any]]:
    kind = type(paragraph).__name__
    if kind == "Slug":
        number = seen(paragraph.scene_number) if paragraph.scene_number else None
        return [["heading", seen(paragraph.line), number]]
    if kind == "Dialog":
        return speech(paragraph, dual=False)
    if kind == "DualDialog":
        return speech(paragraph.left, dual=False) + speech(paragraph.right, dual=True)
    if kind == "Transition":
        return [["transition", seen(paragraph.line)]]
    if kind == "Section":
        return [["section", seen(paragraph.text), paragraph.level]]
    if kind == "PageBreak":
        return [["page_break"]]
    text = "\n".join(seen(line) for line in paragraph.lines)
    return [["centered" if paragraph.centered else "action", text]]


def speech(dialog: Any, *, dual: bool) -> list[list[Any]]:
    found = [["cue", seen(dialog.character), dual]]
    for parenthetical, line in dialog.blocks:
        found.append(["parenthetical" if parenthetical else "speech", seen(line)])
    return found


main(sys.argv[1:])
