"""The weights for a language whose pack has none, and how pages go through essays."""

from __future__ import annotations

PLAIN_FIRST = {
    "always": -3.2,
    "said": 2.6,
    "around": 1.6,
    "same": 0.6,
    "much": 0.4,
    "played": 1.6,
    "people named": 0.5,
    "people meant": 0.3,
    "others named": -0.9,
    "others meant": -0.4,
    "place": 0.4,
    "other place": -0.8,
    "passage": -0.3,
    "line spoken": -1.0,
    "line imagined": -0.5,
}
PLAIN_SECOND = {
    "always": -0.5,
    "odds": 0.5,
    "plays": 2.5,
    "log there": 0.4,
    "likeliest": 0.5,
}
PLAIN_LIMITS = {"best": -0.5, "more": 0.0}
STEPS = {
    "skipped": 0.05,
    "skipped_most": 1.5,
    "back": 0.6,
    "behind": 0.05,
    "behind_most": 1.5,
}
"""For `scriptgen.tracing.alignment.align`."""
MOVES = {
    "on": 0.25,
    "on_far": 0.5,
    "back": 0.03,
    "back_far": 0.9,
    "jump": 0.001,
    "told": 3.5,
}
"""For `scriptgen.tracing.chances.chances`."""
