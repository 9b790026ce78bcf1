"""A small essay with one spoken line, a page that keeps it, and one that does not."""

from __future__ import annotations

ESSAY = (
    "In the lamp room Mara Vance lifts the lantern. Old Teodor climbs the stairs."
    ' "You should have told me," Teodor says. Mara puts the lantern on the table.'
)
LACKING = "INT. LAMP ROOM - NIGHT\n\nMara lifts the lantern.\n"
WHOLE = f"{LACKING}\nTEODOR\nYou should have told me.\n"
