"""Many essays to many drafts, without losing one or paying for one twice."""

from __future__ import annotations

from scriptgen.batch.progress import Progress, Silent
from scriptgen.batch.result import BatchResult, Failure, Item, exit_code
from scriptgen.batch.running import BatchOptions, arun_batch, run_batch
from scriptgen.drafting import Means

__all__ = [
    "BatchOptions",
    "BatchResult",
    "Failure",
    "Item",
    "Means",
    "Progress",
    "Silent",
    "arun_batch",
    "exit_code",
    "run_batch",
]
