"""Where the pieces of a page come from in its essay, found by code."""

from __future__ import annotations

from scriptgen.tracing.annotating import TOLD, Annotation, Unproved, annotated, asked_about
from scriptgen.tracing.moments import source_spans
from scriptgen.tracing.pieces import said
from scriptgen.tracing.proposals import PROPOSALS_SCHEMA, Proposal, Proposed, proposals_in
from scriptgen.tracing.stamping import restamped, stamped
from scriptgen.tracing.trace import trace_screenplay

__all__ = [
    "PROPOSALS_SCHEMA",
    "TOLD",
    "Annotation",
    "Proposal",
    "Proposed",
    "Unproved",
    "annotated",
    "asked_about",
    "proposals_in",
    "restamped",
    "said",
    "source_spans",
    "stamped",
    "trace_screenplay",
]
