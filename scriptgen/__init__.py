"""Essays about filmed drama in, Fountain screenplay drafts out.

Names are loaded when they are first used, so that ``scriptgen --help`` stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from scriptgen.brief import SceneBrief
    from scriptgen.drafting import adraft, check, draft, parse_essay
    from scriptgen.errors import ScriptgenError
    from scriptgen.essay import Essay
    from scriptgen.fountain import read_fountain, write_fountain
    from scriptgen.reader import read_essay
    from scriptgen.report import Report
    from scriptgen.run import Run
    from scriptgen.screenplay import Screenplay

_HOME = {
    "Essay": "essay",
    "Report": "report",
    "Run": "run",
    "SceneBrief": "brief",
    "Screenplay": "screenplay",
    "ScriptgenError": "errors",
    "adraft": "drafting",
    "check": "drafting",
    "draft": "drafting",
    "parse_essay": "drafting",
    "read_essay": "reader",
    "read_fountain": "fountain",
    "write_fountain": "fountain",
}

__all__ = [
    "Essay",
    "Report",
    "Run",
    "SceneBrief",
    "Screenplay",
    "ScriptgenError",
    "adraft",
    "check",
    "draft",
    "parse_essay",
    "read_essay",
    "read_fountain",
    "write_fountain",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"scriptgen.{_HOME[name]}"), name)
    raise AttributeError(f"module 'scriptgen' has no attribute {name!r}")
