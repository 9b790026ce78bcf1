"""Print what screenplay-tools reads in the Fountain files named: a JSON list of elements a line.

Runs in the environment that screenplay-tools is installed in. It keeps the marks of emphasis and
puts a number for each note; it drops ``(CONT'D)`` from cues.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

PLAIN = {
    "DIALOGUE": "speech",
    "LYRIC": "lyrics",
    "TRANSITION": "transition",
    "SYNOPSIS": "synopsis",
}
NUMBERED_NOTE = re.compile(r"\[\[\d+\]\]")


def main(paths: list[str]) -> None:
    module = import_module("screenplay_tools.fountain.parser")
    for path in paths:
        parser = module.Parser()
        parser.add_text(Path(path).read_text(encoding="utf-8"))
        elements = [found for element in parser.script.elements for found in read(element)]
        sys.stdout.write(json.dumps({"raw": elements}) + "\n")


def read(element: Any) -> list[list[Any]]:
    kind = element.type.value
    text = NUMBERED_NOTE.sub("", element.text_raw)
    if kind == "CHARACTER":
        named = f"{element.name} ({element.extension})" if element.extension else element.name
        return [["cue", named, element.is_dual_dialogue]]
    if kind == "HEADING":
        return [["heading", text, element.scene_number]]
    if kind == "SECTION":
        return [["section", text, element.level]]
    if kind == "PAGEBREAK":
        return [["page_break"]]
    if kind == "PARENTHETICAL":
        return [["parenthetical", f"({text})"]]
    if kind == "ACTION":
        return [["centered" if element.centered else "action", text]] if text.strip() else []
    return [[PLAIN[kind], text]]


main(sys.argv[1:])
