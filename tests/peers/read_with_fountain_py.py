"""Print what fountain-py reads in the Fountain files named: a JSON list of elements a line.

Runs in the environment that fountain-py is installed in.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

PLAIN = {
    "action": "action",
    "dialogue": "speech",
    "parenthetical": "parenthetical",
    "transition": "transition",
    "centered": "centered",
    "lyrics": "lyrics",
    "synopsis": "synopsis",
}


def main(paths: list[str]) -> None:
    parser = import_module("fountain").FountainParser()
    for path in paths:
        document = parser.parse(Path(path).read_text(encoding="utf-8"))
        elements = [found for element in document.elements for found in read(element, dual=False)]
        sys.stdout.write(json.dumps(elements) + "\n")


def read(element: Any, *, dual: bool) -> list[list[Any]]:
    kind = element.type.value
    more = element.metadata
    if kind == "dual_dialogue":
        left = [more["left_character"], *more["left_dialogue"]]
        right = [more["right_character"], *more["right_dialogue"]]
        found = [item for part in left for item in read(part, dual=False)]
        return found + [item for part in right for item in read(part, dual=True)]
    if kind == "character":
        extension = more.get("extension")
        return [["cue", f"{element.text} ({extension})" if extension else element.text, dual]]
    if kind == "scene_heading":
        return [["heading", element.text, more.get("scene_number")]]
    if kind == "section":
        return [["section", element.text, more["level"]]]
    if kind == "page_break":
        return [["page_break"]]
    if kind == "note":
        return [["note", element.text[2:-2]]]
    return [[PLAIN[kind], element.text]]


main(sys.argv[1:])
