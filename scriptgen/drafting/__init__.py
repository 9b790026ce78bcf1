"""One essay to one draft: the path that the command line, the batch and the workshop all take."""

from __future__ import annotations

from scriptgen.drafting.asking import read_stored
from scriptgen.drafting.means import Means, work_key
from scriptgen.drafting.opening import Writer, open_writer
from scriptgen.drafting.options import DraftOptions
from scriptgen.drafting.public import adraft, check, draft, enrich_essay, parse_essay
from scriptgen.drafting.publishing import Outcome, draft_file, publish_run, standing_draft
from scriptgen.drafting.replaying import Replay, replay
from scriptgen.drafting.title_page import credited_writer
from scriptgen.drafting.tracing import TracedDraft, trace_draft

__all__ = [
    "DraftOptions",
    "Means",
    "Outcome",
    "Replay",
    "TracedDraft",
    "Writer",
    "adraft",
    "check",
    "credited_writer",
    "draft",
    "draft_file",
    "enrich_essay",
    "open_writer",
    "parse_essay",
    "publish_run",
    "read_stored",
    "replay",
    "standing_draft",
    "trace_draft",
    "work_key",
]
