"""The floors of the house: who may import whom, and who may touch disk or network."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "scriptgen"

FLOORS = {
    0: (
        "brief",
        "collection",
        "costs",
        "errors",
        "essay",
        "language",
        "patterns",
        "ports",
        "prompt",
        "report",
        "run",
        "schemas",
        "screenplay",
        "trace",
        "triggers",
        "unshown",
        "values",
        "wording",
    ),
    1: ("fountain", "layout", "spoken"),
    2: (
        "checks",
        "enrichment",
        "exports",
        "offline",
        "parser",
        "prompting",
        "stats",
        "tracing",
        "verbatim",
    ),
    3: ("catalog", "config", "fonts", "ledger", "llm", "outputs", "reader"),
    4: ("batch", "drafting", "exporting"),
    5: ("__init__", "__main__", "cli"),
}
"""Floor 1 and 2 are 1a and 1b of the design, 3 to 5 its 2 to 4."""

FLOOR_OF = {name: floor for floor, names in FLOORS.items() for name in names}
NEIGHBOURS_MAY_MEET = {0, 4, 5}
PURE_BELOW = 3
EDGES = {
    "aiohttp",
    "httpx2",
    "io",
    "openai",
    "os",
    "pathlib",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "tomllib",
    "urllib",
}


def _house(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(tree: ast.AST) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "scriptgen":
                found += [(f"scriptgen.{alias.name}", node.lineno) for alias in node.names]
            else:
                found.append((node.module, node.lineno))
    return found


def breaches(name: str, source: str) -> list[str]:
    """Every import and call in a module of the room ``name`` that its floor forbids."""
    floor = FLOOR_OF.get(name)
    if floor is None:
        return [f"{name}: is on no floor"]
    tree = ast.parse(source)
    found = []
    for module, line in _imports(tree):
        top, _, rest = module.partition(".")
        if top != "scriptgen":
            if floor < PURE_BELOW and top in EDGES:
                found.append(f"{name}:{line} imports {module} below the edges")
            continue
        other = rest.split(".")[0]
        if other in ("__version__", name):
            continue
        if other not in FLOOR_OF:
            found.append(f"{name}:{line} imports {other}, which is on no floor")
        elif FLOOR_OF[other] > floor:
            found.append(f"{name}:{line} looks up to {other}")
        elif FLOOR_OF[other] == floor and floor not in NEIGHBOURS_MAY_MEET:
            found.append(f"{name}:{line} looks sideways at {other}")
    if floor < PURE_BELOW:
        found.extend(
            f"{name}:{node.lineno} opens a file below the edges"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "open"
        )
    return found


def test_no_module_breaks_its_floor() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        found += [
            f"{path.relative_to(PACKAGE)}: {breach}"
            for breach in breaches(_house(path), path.read_text(encoding="utf-8"))
        ]
    assert found == []


def test_the_page_on_architecture_has_every_room_on_its_floor() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    _, _, listed = page.partition("## The floors\n")
    floors = re.findall(
        r"^    (\d)(.*(?:\n {16}.*)*)", listed.partition("\n\nA module")[0], re.MULTILINE
    )
    named = {int(floor): set(re.findall(r"\w+", rooms)) for floor, rooms in floors}
    lost = {name for name, floor in FLOOR_OF.items() if name not in {"__init__", *named[floor]}}
    assert lost == set()


def test_a_breach_is_named_with_its_line() -> None:
    assert breaches("parser", "import os\nfrom scriptgen.llm import x\n") == [
        "parser:1 imports os below the edges",
        "parser:2 looks up to llm",
    ]
    assert breaches("parser", "from scriptgen.offline import write\n") == [
        "parser:1 looks sideways at offline"
    ]
    assert breaches("parser", "open('x')\n") == ["parser:1 opens a file below the edges"]
