"""What a screenplay is made of, in figures: pages, scenes, places, people, speeches."""

from __future__ import annotations

from scriptgen.stats.chart import chart
from scriptgen.stats.figures import Character, LongSpeech, Place, Scene, Stats
from scriptgen.stats.measuring import measure
from scriptgen.stats.table import csv_table

__all__ = [
    "Character",
    "LongSpeech",
    "Place",
    "Scene",
    "Stats",
    "chart",
    "csv_table",
    "measure",
]
