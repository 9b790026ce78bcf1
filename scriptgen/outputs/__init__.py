"""Drafts on disk: what they are called, and how they get there.

`draft_paths` names them; `preflight` asks whether they can be written at all, `publish` writes
one, and `sweep` clears away what a killed process left.
"""

from scriptgen.outputs.naming import SUFFIX, draft_paths
from scriptgen.outputs.publishing import (
    PRIVATE,
    Published,
    preflight,
    publish,
    sha256_text,
    sweep,
)

__all__ = [
    "PRIVATE",
    "SUFFIX",
    "Published",
    "draft_paths",
    "preflight",
    "publish",
    "sha256_text",
    "sweep",
]
