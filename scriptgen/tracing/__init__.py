"""Where the pieces of a page come from in its essay, found by code."""

from __future__ import annotations

from scriptgen.tracing.moments import source_spans
from scriptgen.tracing.pieces import said
from scriptgen.tracing.stamping import stamped
from scriptgen.tracing.trace import trace_screenplay

__all__ = ["said", "source_spans", "stamped", "trace_screenplay"]
