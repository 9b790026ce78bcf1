"""Where the pieces of a page come from in its essay, found by code."""

from __future__ import annotations

from scriptgen.tracing.pieces import said
from scriptgen.tracing.stamping import stamped
from scriptgen.tracing.trace import trace_screenplay

__all__ = ["said", "stamped", "trace_screenplay"]
