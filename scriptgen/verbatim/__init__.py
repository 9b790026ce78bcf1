"""The essay's spoken lines put right, word for word and in the right mouth, where that is sure."""

from __future__ import annotations

from scriptgen.verbatim.righting import Righted, lines_kept, put_right, righted_findings

__all__ = ["Righted", "lines_kept", "put_right", "righted_findings"]
