"""What a model claims of an essay, checked word for word before it comes into a brief.

A model that read the essay may see what the parser missed. It gives no brief, but claims, each with
a quote. Code finds the quote in the essay and stores the essay's own span; what cannot be found, or
may not be changed, is dropped with its reason. See `claims` for what can be claimed.
"""

from __future__ import annotations

from scriptgen.enrichment.claims import CLAIMS_SCHEMA, Claim, Claimed, Field, claims_in
from scriptgen.enrichment.enriching import MOST_CLAIMS, Dropped, Enrichment, enrich
from scriptgen.enrichment.reasons import TOLD, Reason

__all__ = [
    "CLAIMS_SCHEMA",
    "MOST_CLAIMS",
    "TOLD",
    "Claim",
    "Claimed",
    "Dropped",
    "Enrichment",
    "Field",
    "Reason",
    "claims_in",
    "enrich",
]
