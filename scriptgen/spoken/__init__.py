"""Where an essay's lines are spoken on a page, by whom, and how near to the word."""

from __future__ import annotations

from scriptgen.spoken.cast import Cast
from scriptgen.spoken.flow import PageWord, Turn, text_of, turns
from scriptgen.spoken.matching import matches
from scriptgen.spoken.nearing import likenesses
from scriptgen.spoken.quoting import Quotation, as_speech, quotations, spoken_lines
from scriptgen.spoken.spots import Match, Matches, Spot

__all__ = [
    "Cast",
    "Match",
    "Matches",
    "PageWord",
    "Quotation",
    "Spot",
    "Turn",
    "as_speech",
    "likenesses",
    "matches",
    "quotations",
    "spoken_lines",
    "text_of",
    "turns",
]
