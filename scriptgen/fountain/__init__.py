"""Fountain: a screenplay as plain text, written strictly and read leniently.

`write_fountain` and `read_fountain` are each other's inverse on what `printable` lets through;
`read_reply` reads what a model wrote, `read_page` what anybody did.
"""

from __future__ import annotations

from scriptgen.fountain.printing import printable, printable_with_findings
from scriptgen.fountain.reading import read_fountain
from scriptgen.fountain.replies import Reading, read_page, read_reply
from scriptgen.fountain.writing import write_fountain

__all__ = [
    "Reading",
    "printable",
    "printable_with_findings",
    "read_fountain",
    "read_page",
    "read_reply",
    "write_fountain",
]
