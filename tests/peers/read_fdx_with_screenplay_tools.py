"""Print each named FDX file as screenplay-tools reads it, one line of JSON a file."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

reader = import_module("screenplay_tools.fdx.parser")
for name in sys.argv[1:]:
    script = reader.Parser().parse(Path(name).read_text(encoding="utf-8"))
    found = []
    for element in script.elements:
        kind = element.type.value.lower()
        if kind == "character":
            found.append([kind, element.name, element.extension])
        else:
            found.append([kind, element.text_raw])
    print(json.dumps(found))  # noqa: T201
