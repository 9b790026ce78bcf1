"""Drafts on disk: what they are called, and how they get there.

`draft_paths` names them; `preflight` asks whether they can be written at all, `publish` writes
one, and `sweep` clears away what a killed process left. Pages that no ledger knows carry a seal.
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
from scriptgen.outputs.seals import MARKUP, PDF, Seal, sealed, sealed_sha256

__all__ = [
    "MARKUP",
    "PDF",
    "PRIVATE",
    "SUFFIX",
    "Published",
    "Seal",
    "draft_paths",
    "preflight",
    "publish",
    "sealed",
    "sealed_sha256",
    "sha256_text",
    "sweep",
]
