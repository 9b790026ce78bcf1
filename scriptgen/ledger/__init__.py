"""The ledger: what was asked, what came back, what was written, and who is at work.

One SQLite file, private to its owner. It is never deleted by scriptgen, not even a damaged one:
it holds replies that were paid for.
"""

from __future__ import annotations

from scriptgen.ledger.kept import essay_record
from scriptgen.ledger.ledger import Ledger
from scriptgen.ledger.records import Failed, Spent, State, StoredReply, Work
from scriptgen.ledger.spending import Account, account

__all__ = [
    "Account",
    "Failed",
    "Ledger",
    "Spent",
    "State",
    "StoredReply",
    "Work",
    "account",
    "essay_record",
]
