"""The offline writer: a screenplay draft made of a brief alone, with nothing invented.

Ordered beats become present-tense action, spoken lines dialogue, places headings; what cannot be
seen or heard becomes notes. No model is asked.
"""

from __future__ import annotations

from scriptgen.offline.draft import OfflineDraft, write_draft

__all__ = ["OfflineDraft", "write_draft"]
